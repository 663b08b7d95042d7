/*
 * A story as its page would have it, before it is out: the saved one, or what a person has typed
 * and not saved (working.h) put over it. Only reads: a section, topic or author whose name is new
 * has the slug that it would get, and its name as typed.
 *
 * Errors: NOT_FOUND (no such story), those of the store.
 */
#pragma once

#include "desk/site.h"
#include "desk/story_card.h"

typedef struct {
    Story *story;    /* path and date are never missing: what they would be if it went out now */
    StoryCard *card; /* of the same */
    char *body;
    char **topics; /* names, in the order of story->topics */
} StoryDraft;

/* `person` 0: as it is saved. */
bool story_draft_read(Store *store, const DeskSite *site, int64_t id, int64_t person, int64_t now,
                      StoryDraft *draft, GError **error);
void story_draft_clear(StoryDraft *draft);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StoryDraft, story_draft_clear)
