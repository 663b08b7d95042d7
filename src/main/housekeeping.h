/*
 * What the slow lane does for the office's dashboard (docs/dashboard.md): copies readers' totals
 * every few seconds, counts pages once a minute, takes sizes once an hour, forgets old totals. It
 * never stops the lane: what could not be read is said once and tried again; only the database's
 * own trouble is an error.
 */
#pragma once

#include "main/newsroom.h"

typedef struct {
    const Newsroom *newsroom;
    Store *store;
    const volatile int *stop;
    unsigned copied;                   /* readers_copy()'s memory */
    int64_t looked, counted, measured; /* monotone; 0: not yet */
    char *said;                        /* the last line that was printed */
} Housekeeping;

void housekeeping_clear(Housekeeping *house);

/* What is due now; cheap when nothing is. `all`: everything, due or not. */
bool housekeeping_step(Housekeeping *house, bool all, GError **error);
