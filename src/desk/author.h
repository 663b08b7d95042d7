/*
 * Authors: bylines, which are not accounts: a slug, unique within its language, and the name shown.
 * Inputs: "author:LANG/SLUG" (the record), and the lists and counts of story_list.h and
 * story_count.h. Unknown ones are created by what names them first; a story holds the slug, so a
 * new name changes only pages that show it. Errors: NOT_FOUND, INVALID (a name that is empty, not
 * UTF-8 or without a letter or digit), LIMIT (200 bytes), those of the store.
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

typedef struct {
    char *language, *slug, *name;
    char *about; /* a few sentences, plain text; "" if none */
} Author;

void author_free(Author *author);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Author, author_free)

Author *author_read(Store *store, const char *language, const char *slug, GError **error);

/* The slug of the author of exactly this name; NOT_FOUND. Caller frees. */
char *author_named(Store *store, const char *language, const char *name, GError **error);

/* Those after a slug ("" to begin) in byte order, at most `most`: to walk all of them. */
GPtrArray *author_list_after(Store *store, const char *language, const char *after, unsigned most,
                             GError **error);

/* The author that a name or slug stands for, created if there is none; of a merged one
 * (author_merge.h) that which it became. Caller frees *slug; *created may be NULL. */
bool author_ensure(Store *store, const char *language, const char *name, char **slug, bool *created,
                   GError **error);

/* Changes the display name; the slug stays. */
bool author_rename(Store *store, const char *language, const char *slug, const char *name,
                   GError **error);

/* Changes the text about it, at most 4,000 bytes. */
bool author_describe(Store *store, const char *language, const char *slug, const char *about,
                     GError **error);
