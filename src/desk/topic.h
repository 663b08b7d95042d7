/*
 * Topics: a slug, unique within its language, and the name shown. Inputs: "topic:LANG/SLUG" (the
 * record), and the lists and counts of story_list.h and story_count.h. Unknown ones are created by
 * what names them first; a story holds the slug, so a new name changes only pages that show it.
 * Errors: NOT_FOUND, INVALID (a name that is empty, not UTF-8 or without a letter or digit), LIMIT
 * (200 bytes), those of the store.
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

typedef struct {
    char *language, *slug, *name;
    char *about; /* a few sentences, plain text; "" if none */
} Topic;

void topic_free(Topic *topic);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Topic, topic_free)

Topic *topic_read(Store *store, const char *language, const char *slug, GError **error);

/* The slug of the topic of exactly this name; NOT_FOUND. Caller frees. */
char *topic_named(Store *store, const char *language, const char *name, GError **error);

/* Those after a slug ("" to begin) in byte order, at most `most`: to walk all of them. */
GPtrArray *topic_list_after(Store *store, const char *language, const char *after, unsigned most,
                            GError **error);

/* The topic that a name or slug stands for, created if there is none; of a merged one
 * (topic_merge.h) that which it became. Caller frees *slug; *created
 * may be NULL. */
bool topic_ensure(Store *store, const char *language, const char *name, char **slug, bool *created,
                  GError **error);

/* Changes the display name; the slug stays. */
bool topic_rename(Store *store, const char *language, const char *slug, const char *name,
                  GError **error);

/* Changes the text about it, at most 4,000 bytes. */
bool topic_describe(Store *store, const char *language, const char *slug, const char *about,
                    GError **error);
