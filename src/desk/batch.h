/*
 * What a transaction of the desk gathers before it ends: touches and list counters, each once; and,
 * over a row of stories, which sections, topics and authors are known to be there. For the files of
 * this folder.
 *
 * Touches of one list are merged to the newest position: it makes stale all pages that the others
 * would.
 */
#pragma once

#include "desk/story_touch.h"

typedef struct DeskBatch DeskBatch;

DeskBatch *desk_batch_new(void);
void desk_batch_free(DeskBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DeskBatch, desk_batch_free)

/* Forgets everything: at the beginning of a transaction's body, which may run again. */
void desk_batch_reset(DeskBatch *batch);

/* Keeps what is known of names beyond the transaction, which was committed. */
void desk_batch_committed(DeskBatch *batch);

void desk_batch_touch(DeskBatch *batch, const StoryTouch *touch);

/* A plain input, now. */
void desk_batch_touch_now(DeskBatch *batch, const char *input);

/* Adds to the number of stories of a list in a month (YYYYMM). */
void desk_batch_count(DeskBatch *batch, const char *list, int64_t month, int64_t delta);

/* Writes touches and counters: the last thing in the body. */
bool desk_batch_flush(DeskBatch *batch, Store *store, GError **error);

/* section_ensure() and the like through what is known. `kind` is 's', 't' or 'a'. Caller frees
 * *slug; *created is true if it is new. */
bool desk_batch_ensure(DeskBatch *batch, Store *store, char kind, const char *language,
                       const char *name, char **slug, bool *created, GError **error);
