/*
 * Corrections: dated texts that stand on the story they correct and on the page of corrections.
 * They are never changed or removed. Inputs: "story:ID", and "list:corrections/LANG" ordered by
 * (created desc, id desc). Errors: NOT_FOUND (the story), INVALID (empty, not UTF-8), LIMIT (4,000
 * bytes), the store's.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"

typedef struct {
    int64_t id, story, created;
    char *text;
    char *path, *headline; /* of the story; NULL in correction_of_story */
} Correction;

void correction_free(Correction *correction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Correction, correction_free)

/* Adds one; the story's `updated` becomes now. The same text on the same story again is no second
 * one. */
bool story_correct(Store *store, const DeskSite *site, int64_t story, const char *text, int64_t now,
                   int64_t *id, GError **error);

/* Oldest first. Elements Correction. */
GPtrArray *correction_of_story(Store *store, int64_t story, GError **error);

/* The newest of a language whose stories are visible at as_of. Input "list:corrections/LANG". */
bool correction_list(Store *store, const char *language, int64_t as_of, unsigned limit,
                     GPtrArray **corrections, GError **error);
