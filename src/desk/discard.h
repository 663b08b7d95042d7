/*
 * Throwing a draft away: one that no reader ever knew, by whoever may write it. The row goes, with
 * all versions, comments, live entries, unsaved texts, its task and its links for readers outside;
 * then the worker scrubs the database (erasure.h), as after a takedown. It cannot be undone.
 *
 * Denied by default: CONFLICT for a story in any other state, one that was ever out or about to be,
 * or to which an old address leads, one with a correction, one that the front or the breaking line
 * shows, and an original that has translations. Withdrawing and taking down (takedown.h) are for
 * those.
 *
 * What stays: pictures, which are the library's; the line of the audit log, which the caller
 * writes in the same transaction; and that a story of this number was thrown away, by whom and
 * when. An importer's id and its own address are free again: a feed that still has the story brings
 * it in anew.
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

/* What goes. */
typedef struct {
    int64_t revisions, comments, entries, unsaved;
    int64_t entered; /* another number with each change of an entry */
    int64_t typed;   /* when the newest of the unsaved texts was kept; 0: none is */
} Discard;

/* NOT_FOUND, CONFLICT as above. */
bool story_discard_look(Store *store, int64_t id, Discard *what, GError **error);

/* One transaction; errors are those of the look. `person` is a name, "" for the command. */
bool story_discard(Store *store, int64_t id, const char *person, int64_t now, GError **error);
