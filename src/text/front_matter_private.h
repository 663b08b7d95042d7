/*
 * What front_matter.c (the document) and front_matter_yaml.c (reading YAML into it) share.
 */
#pragma once

#include "text/front_matter.h"

struct FrontMatter {
    GPtrArray *entries; /* FrontMatterEntry, owned */
    const char *body;
    size_t body_length;
    unsigned body_line;
    const char *const *known; /* while reading: keys that may not be repeated; NULL: any */
};

/* Appends an entry; takes `values`. */
void front_matter_append(FrontMatter *front, const char *key, FrontMatterKind kind, char **values,
                         unsigned line);

/* Reads the head, without its --- lines, whose first line is line `first_line` of the file. */
bool front_matter_read_yaml(FrontMatter *front, const char *yaml, size_t length,
                            unsigned first_line, GError **error);
