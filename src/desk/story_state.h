/*
 * A story's way: draft, in edit, ready, scheduled, published, withdrawn; taken down is takedown.h.
 * Each call is one transaction with its touches; one that finds the story as it should be changes
 * nothing and is no failure. One that was taken down takes none of them but story_withdraw(), which
 * leaves it as it is: CONFLICT. Errors: NOT_FOUND, CONFLICT (the message says what stands in the
 * way: its state, its path held by another), INVALID (a moment that does not fit), those of the
 * store.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"

/* Visible now: at its own date if that is past, else now. Sets its path if it has none. A withdrawn
 * story comes back where it was. */
bool story_publish(Store *store, const DeskSite *site, int64_t id, int64_t now, GError **error);

/* Visible from `when` on, which must be to come. A visible story is refused. */
bool story_schedule(Store *store, const DeskSite *site, int64_t id, int64_t when, int64_t now,
                    GError **error);

/* Draft, in edit or ready, from any of the three. A story that is out, or has been, is refused;
 * so is another state (INVALID). */
bool story_set_stage(Store *store, const DeskSite *site, int64_t id, StoryState stage, int64_t now,
                     GError **error);

/* The same for ready and draft. */
bool story_set_ready(Store *store, const DeskSite *site, int64_t id, bool ready, int64_t now,
                     GError **error);

/* No longer visible, its address a tombstone (410). A story that nobody has seen becomes a draft.
 */
bool story_withdraw(Store *store, const DeskSite *site, int64_t id, int64_t now, GError **error);

/* A withdrawn story becomes a draft again; its address stays a tombstone until it is published. */
bool story_reopen(Store *store, const DeskSite *site, int64_t id, int64_t now, GError **error);

/* Sets the state of scheduled stories that are visible by now to published; no page depends on it.
 */
bool story_settle(Store *store, int64_t now, int64_t *settled, GError **error);
