/*
 * The office's pages of a live story: the form for an entry above the list of them, and one entry.
 * Handlers are live_office.c.
 */
#pragma once

#include "desk/live.h"
#include "desk/story_desk.h"
#include "office/office.h"

#define LIVE_FORM_MOST (LIVE_BODY * 4u) /* bytes, with percent escapes */

typedef struct {
    OfficeVisit *visit;
    StoryDesk desk;
    Story *story;
    LiveEntry *entry; /* of the page of one; else NULL */
    /* What stands in the form. Borrowed. */
    const char *headline, *body, *time;
    const char *problem; /* borrowed, or NULL */
    bool conflict;       /* show the entry as it stands beside what was typed */
    int64_t floor;       /* of the story now (floor.h) */
    char *typed;         /* words that cannot be kept, to be copied from the page; NULL: none */
    unsigned status;
} LiveView;

void live_view_clear(LiveView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LiveView, live_view_clear)

/* The story, and its entry if `entry` is not 0. NOT_FOUND too for an entry of another story. */
bool live_view_load(OfficeVisit *visit, int64_t story, int64_t entry, LiveView *view,
                    GError **error);

/* Does what this person enters into the story wait for somebody who may publish? */
bool live_view_waits(const LiveView *view);

/* May this person change that entry? What readers see, only who may publish. */
bool live_view_may(const LiveView *view, const LiveEntry *entry);

/* Reads story and entry again, as they are in the transaction that changes them. */
bool live_view_again(LiveView *view, GError **error);

/* The list, or one entry. */
HttpReply *live_view_page(LiveView *view);
HttpReply *live_view_entry(LiveView *view);
