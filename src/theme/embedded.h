/*
 * Files inside the program: the default theme, the starter pages and the demo newspaper.
 *
 * tools/embed puts everything below site/theme, site/starter, site/demo and site/office into a
 * table at build time, so that the program works from wherever it lies, with nothing installed
 * beside it. Names are relative to site/ ("theme/story.mustache", "demo/pictures/harbour.jpg"). The
 * bytes are constant, live as long as the program, and are followed by a NUL that `length` does not
 * count.
 */
#pragma once

#include <stddef.h>

typedef struct {
    const char *name;
    const char *bytes;
    size_t length;
} EmbeddedFile;

/* The table, sorted by the bytes of the names. For the two functions below and the generator. */
extern const EmbeddedFile embedded_files[];
extern const size_t embedded_count;

/* The file of that exact name, or NULL. */
const EmbeddedFile *embedded_read(const char *name);

/* The files whose names begin with `prefix` ("demo/"): a run of `*count` rows in the order of their
 * names, inside the table. */
const EmbeddedFile *embedded_list(const char *prefix, size_t *count);
