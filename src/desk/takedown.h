/*
 * Taking a story down for good, on demand (docs/takedown.md): from any state; its address answers
 * 410, and its text leaves everything of ours: row, all revisions, working copies, comments, live
 * entries, corrections, the breaking line that leads to it, and every picture that no other story
 * shows. Pages, lists, feeds and search follow by the touches of the same transaction; older
 * editions, newsletters and the database's free space follow by an erasure (erasure.h). It cannot
 * be undone: nobody opens the story again, and nothing is written to it any more (story_change.h).
 *
 * What stays: number, kind, language, dates, path (or the neutral one), reason, who and when. An
 * importer's id stays as its hash, so that an import of the same story is refused. What it cannot
 * reach: mail that was sent, mirrors and archives of others (GONE tells them), backups; other
 * stories that quote or link it, translations, a breaking line that only says the same.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"

typedef struct {
    const char *reason; /* "" or at most 2,000 bytes; kept, not shown */
    const char *person; /* who ordered it; "" for the command */
    /* NULL: the tombstone stands at the story's own address. Else at this path (as in a story's
     * file), and the old addresses are forgotten, for a slug may tell; 410 by their hash
     * (edition/gone.h). */
    const char *path;
    const char *once; /* NULL, or the order's own word: with one that was taken before nothing is
                       * done, and that is no error (erasure.h) */
} Takedown;

/* One transaction. Errors: NOT_FOUND, INVALID (reason, path), CONFLICT (the neutral path is held),
 * those of the store. */
bool story_takedown(Store *store, const DeskSite *site, int64_t id, const Takedown *how,
                    int64_t now, GError **error);

/* What stands in place of an importer's id. Caller frees. */
char *takedown_external(const char *external);
