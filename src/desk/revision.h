/*
 * Revisions of a story: rows that never change, numbered from 1 within their story. story_save()
 * (story_edit.h) and imports make them; a save that changes nothing makes none.
 */
#pragma once

#include "desk/story.h"

typedef struct {
    int64_t number, created;
    char *editor; /* "" for an import */
    char *title, *lead;
    char *body; /* NULL in lists */
    StoryFormat format;
    int64_t size; /* bytes of the body */
} Revision;

Revision *revision_read(Store *store, int64_t story, int64_t number, GError **error);
void revision_free(Revision *revision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Revision, revision_free)

/* Newest first, without bodies. Elements Revision. */
GPtrArray *revision_list(Store *store, int64_t story, unsigned most, GError **error);
