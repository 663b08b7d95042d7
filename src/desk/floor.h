/*
 * What was taken out of a story does not come back by a window that was open before. A story's
 * floor is its version (not the revision, which stays where a name stood in an entry or a caption
 * only) when a name was last withheld in it, or when it was taken down; 0 if neither ever was.
 * Every form of the office that holds words of a story says which floor it was made after (field
 * FLOOR_FIELD), and so does a working copy; what was made below the present one is neither kept nor
 * saved. A program of others has ETags for that, which a withholding changes.
 */
#pragma once

#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

#define FLOOR_FIELD "floor"

bool floor_read(Store *store, int64_t story, int64_t *floor, GError **error);

/* CONFLICT, if the floor is another one now. In the transaction that would write. */
bool floor_check(Store *store, int64_t story, int64_t seen, GError **error);

/* Was it that, after a failure? */
bool floor_moved(Store *store, int64_t story, int64_t seen);

/* Words that are refused for it, to be given back to their person, who may put them in again: with
 * the withheld names replaced that are still known (an order that is not finished yet has them),
 * and those that stand where `clean`, the story's text now, says that a name is withheld. Others
 * are not found: the text is to be shown, not kept. Caller frees; NULL on failure of the store. */
char *floor_mend(Store *store, const char *language, const char *text, const char *clean,
                 GError **error);
