/*
 * Entries of a live story: timed texts with an anchor each, newest first. The anchor never changes
 * ("e1", "e2" … in order of adding within the story), so a link to an entry holds. A removed entry
 * keeps its anchor from being used again. Input "story:ID" of the story. Errors: NOT_FOUND, INVALID
 * (a story of another kind, texts), LIMIT (headline LIMIT_TITLE, body 100,000 bytes, 5,000 entries
 * a story), the store's.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"

#define LIVE_BODY    100000u
#define LIVE_ENTRIES 5000u

typedef struct {
    int64_t id, story, time;
    char *anchor;
    char *headline; /* "" if none */
    char *body;
    StoryFormat format;
    bool removed;
} LiveEntry;

void live_entry_free(LiveEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LiveEntry, live_entry_free)

bool live_add(Store *store, const DeskSite *site, int64_t story, int64_t time, const char *headline,
              const char *body, StoryFormat format, int64_t now, int64_t *id, GError **error);
bool live_edit(Store *store, const DeskSite *site, int64_t id, const char *headline,
               const char *body, StoryFormat format, int64_t now, GError **error);
bool live_remove(Store *store, const DeskSite *site, int64_t id, int64_t now, GError **error);

/* Entries that are not removed, by (time desc, id desc). Elements LiveEntry. */
GPtrArray *live_list(Store *store, int64_t story, GError **error);

/* Removed ones too. */
LiveEntry *live_read(Store *store, int64_t id, GError **error);
