/*
 * Comments of the staff on a story's text: on a passage, which is kept as its words, or on the
 * whole. They stay when the text changes; comment_stands() finds the passage again as long as its
 * words are there. Settled ones are kept. No reader ever sees one.
 *
 * Limits: text 4,000 bytes, passage 1,000, COMMENT_MOST a story. Errors: NOT_FOUND, INVALID (empty,
 * not UTF-8), LIMIT, those of the store.
 */
#pragma once

#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

#define COMMENT_TEXT    4000u
#define COMMENT_PASSAGE 1000u
#define COMMENT_MOST    500u

typedef struct {
    int64_t id, story, person, created;
    char *name;    /* of the person, as it was then */
    char *passage; /* "" for the whole story */
    char *text;
    int64_t settled; /* when, or 0: open */
    char *settled_by;
} Comment;

void comment_free(Comment *comment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Comment, comment_free)

bool comment_add(Store *store, int64_t story, int64_t person, const char *name, const char *passage,
                 const char *text, int64_t now, int64_t *id, GError **error);

/* Settles one of a story's comments; one that is settled stays as it is. */
bool comment_settle(Store *store, int64_t story, int64_t id, const char *by, int64_t now,
                    GError **error);

/* Oldest first. Elements Comment. */
GPtrArray *comment_list(Store *store, int64_t story, GError **error);

/* Are the passage's words in the text, with Markdown's marks or without them? As searches compare
 * (story_text_find.h). Pure. */
bool comment_stands(const char *text, const char *passage);
