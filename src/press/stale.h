/*
 * Which pages are stale: touches, passed moments and changed global inputs turned into names of
 * pages. The names stand in press_dirty until their page has been rendered and entered into the
 * books, so a run that is killed loses nothing. Pages stale only by a global input are not listed
 * there: they are those whose recorded combination of versions is out of date.
 */
#pragma once

#include "press/render.h"

/* Takes all touches, those due by renderer->as_of included, and all pages whose boundary has
 * passed. *took becomes true if there were any: what the run shares may be older than they are, so
 * that another run of the recipes must follow. *touched is whether there were touches: what they
 * tell of may be later than renderer->as_of, and is to be rendered as of a later moment. */
bool press_stale_collect(PressRenderer *renderer, bool *took, bool *touched, GError **error);

/* Marks every page if an earlier collect found that this is wanted: after PRESS_EVERYTHING, and
 * after a press as of an earlier time. At the beginning of a run, whose recipes have begun since.
 */
bool press_stale_wanted(PressRenderer *renderer, GError **error);

/* Takes all touches in one and asks none of them which pages it concerns, since all pages are to be
 * marked: of a full press, and of a first, when no page can be found by what it read. For
 * press_stale_wanted() of a run whose recipes begin after this. Does nothing if neither is so. */
bool press_stale_whole(Store *store, bool full, GError **error);

/* Pages of the fixed kinds that do not exist; once a run. */
bool press_stale_fixed(PressRenderer *renderer, GError **error);

/* Every page that there is or may be, for a full press; the nodes too. */
bool press_stale_everything(PressRenderer *renderer, GError **error);

/* The next names to render, at most `most`: *wave gets their wave, or 0 for pages stale by a global
 * input (newest first), and an empty array means that nothing is stale up to `last_wave`. Owned by
 * the caller. */
GPtrArray *press_stale_batch(PressRenderer *renderer, int last_wave, unsigned most, int *wave,
                             GError **error);

/* The moment from which something will be stale by the clock alone; INT64_MAX if none is known. */
bool press_stale_next(Store *store, int64_t after, int64_t *moment, GError **error);
