/*
 * Topics and authors as one: what the office's pages and the API do with either. A kind is a row of
 * the functions of its noun (topic.h, author.h), with their errors.
 */
#pragma once

#include "desk/name_merge.h"

typedef struct {
    char *slug, *name, *about;
} Named;

void named_free(void *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Named, named_free)

typedef struct {
    const char *word; /* "topic": of its texts, lists and lines of the audit log */
    const char *root; /* "/topics": its pages in the office */
    Named *(*read)(Store *store, const char *language, const char *slug, GError **error);
    GPtrArray *(*after)(Store *store, const char *language, const char *after, unsigned most,
                        GError **error);
    Named *(*of)(const void *record); /* an element of `after`, as a Named of its own */
    char *(*named)(Store *store, const char *language, const char *name, GError **error);
    bool (*rename)(Store *store, const char *language, const char *slug, const char *name,
                   GError **error);
    bool (*describe)(Store *store, const char *language, const char *slug, const char *about,
                     GError **error);
    const NameMergeKind *merging;
} NameKind;

extern const NameKind topic_kind, author_kind;

/* Has another than `slug` this name? The two would look the same on every page. */
bool name_kind_taken(Store *store, const NameKind *kind, const char *language, const char *slug,
                     const char *name, bool *taken, GError **error);

/* The slug of the one that somebody wrote, by its slug or its name; NOT_FOUND. Caller frees. */
char *name_kind_slug(Store *store, const NameKind *kind, const char *language, const char *text,
                     GError **error);
