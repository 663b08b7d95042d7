/*
 * What a takedown (takedown.h) reaches beyond the story's own row: for the order itself, and for
 * the page that says beforehand what will go. Reads only.
 */
#pragma once

#include "desk/story.h"

#define TAKEDOWN_PICTURES 1000u /* of one story that are looked at */

typedef struct {
    GPtrArray *paths; /* char *: where it stands and stood */
    GArray *months;   /* int64_t beside them: of the line in STATUS */
    GArray *media;    /* int64_t: pictures that it has or had, each once */
} TakedownReach;

/* Pictures are those of the present photo, of every photo before, of all revisions, of live
 * entries and of what somebody has typed and not saved. */
bool takedown_reach_read(Store *store, const Story *story, TakedownReach *reach, GError **error);

/* Of those pictures, does this one go? One that another story shows stays. */
bool takedown_reach_goes(Store *store, int64_t story, int64_t media, bool *goes, GError **error);

void takedown_reach_clear(TakedownReach *reach);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TakedownReach, takedown_reach_clear)
