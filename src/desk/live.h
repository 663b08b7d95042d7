/*
 * Entries of a live story: timed texts with an anchor each, newest first. The anchor never changes
 * ("e1", "e2" … in order of adding within the story), so a link to an entry holds. A removed entry
 * keeps its anchor from being used again, and may come back. An entry that waits is seen by the
 * staff only, until somebody who may publish lets it out. Input "story:ID" of the story. Errors:
 * NOT_FOUND, INVALID (a story of another kind, texts, pictures without words: checklist.h), LIMIT
 * (headline LIMIT_TITLE, body 100,000 bytes, 5,000 entries a story), CONFLICT (somebody else
 * changed it), the store's.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"

#define LIVE_BODY    100000u
#define LIVE_ENTRIES 5000u
#define LIVE_KEY     64u /* bytes */

typedef struct {
    int64_t id, story, time;
    char *anchor;
    char *headline; /* "" if none */
    char *body;
    StoryFormat format;
    bool removed, waiting;
    int64_t person; /* who entered it, or 0: an import */
    int64_t serial; /* counts its changes, from 1 */
} LiveEntry;

void live_entry_free(LiveEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LiveEntry, live_entry_free)

bool live_add(Store *store, const DeskSite *site, int64_t story, int64_t time, const char *headline,
              const char *body, StoryFormat format, int64_t now, int64_t *id, GError **error);
bool live_edit(Store *store, const DeskSite *site, int64_t id, const char *headline,
               const char *body, StoryFormat format, int64_t now, GError **error);
bool live_remove(Store *store, const DeskSite *site, int64_t id, int64_t now, GError **error);

/* An entry as somebody sends it. Borrowed. */
typedef struct {
    int64_t time, person;
    const char *headline, *body;
    StoryFormat format;
    const char *key; /* the sender's own: sent again with the same headline and body, it is the same
                      * entry; "" for none */
    bool waiting;
} LiveNew;

/* *fresh (may be NULL) is false if an entry of that key was there: it stays as it is, whatever
 * became of it since. CONFLICT if it was sent with other texts: these would be in no entry. INVALID
 * too for an entry without text. */
bool live_enter(Store *store, const DeskSite *site, int64_t story, const LiveNew *given,
                int64_t now, int64_t *id, bool *fresh, GError **error);

/* What shall become of an entry. Borrowed. */
typedef struct {
    int64_t seen;                /* the serial that the person saw: CONFLICT if it is another now */
    int64_t time;                /* 0: unchanged */
    const char *headline, *body; /* NULL: unchanged; so is the format */
    bool remove, restore;        /* out of sight, and back */
    bool release;                /* it waits no longer */
} LiveChange;

/* One that is so already is no failure, whatever was seen. */
bool live_change(Store *store, const DeskSite *site, int64_t id, const LiveChange *wanted,
                 int64_t now, GError **error);

/* Entries that readers see, by (time desc, id desc). Elements LiveEntry. */
GPtrArray *live_list(Store *store, int64_t story, GError **error);

/* Of these the ones that show pictures. */
GPtrArray *live_pictured(Store *store, int64_t story, GError **error);

/* For the staff: those that are not removed, or those that are, behind `after` (NULL: from the
 * newest on). */
GPtrArray *live_page(Store *store, int64_t story, bool removed, const LiveEntry *after,
                     unsigned most, GError **error);

/* Removed ones too. */
LiveEntry *live_read(Store *store, int64_t id, GError **error);
