/*
 * Once and not twice, for stories that come by the API: an Idempotency-Key makes a repeated request
 * the same request, and a story with the giver's own id is changed by a second giving only while
 * nobody in the newsroom has changed it since the first.
 *
 * All of it belongs into the transaction of the change. Errors: those of the store, and as said.
 */
#pragma once

#include "store/store.h"

#define STORY_ONCE_KEPT (24 * INT64_C(3600000000)) /* µs that a key is remembered */

typedef struct {
    int64_t token; /* or, negative, the person whose form it is (office/) */
    const char *key;
    const void *body; /* what was sent with it */
    size_t length;
} StoryOnce;

/* The story that this key made before; *story is 0 if it is a new one. INVALID: it made one of
 * another body. */
bool story_once_find(Store *store, const StoryOnce *once, int64_t now, int64_t *story,
                     GError **error);
bool story_once_keep(Store *store, const StoryOnce *once, int64_t story, int64_t now,
                     GError **error);

/* For a form that makes something: the hidden word `word` ("" for none), with what was sent. The
 * same word with the same texts is the same press of the button; *story is then what it made. Both
 * in the transaction of the making. */
typedef struct {
    int64_t person;
    const char *word, *first, *second;
} FormOnce;

bool form_once_find(Store *store, const FormOnce *once, int64_t now, int64_t *story,
                    GError **error);
bool form_once_keep(Store *store, const FormOnce *once, int64_t story, int64_t now, GError **error);

/* Has the story the version that it had when the API last put it? */
bool story_once_untouched(Store *store, int64_t story, int64_t version, bool *untouched,
                          GError **error);
bool story_once_put(Store *store, int64_t story, int64_t version, GError **error);
