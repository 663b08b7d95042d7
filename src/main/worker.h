/*
 * The worker: no door, runs what is due (DESIGN 3). One process per lane under `serve`, so that a
 * publish never waits for mail or for brotli, nor a reader for somebody else's network:
 *
 * forms  what readers sent (the intake), and quick jobs.
 * pay, mail  their jobs.
 * press  pages that are stale. News at once; the rest when nothing new has come for WORKER_QUIET,
 * at the latest WORKER_COALESCE after the first; moments of the clock when they come. slow   coded
 * forms of pages, sweeping of what no kept edition needs, and the jobs of that lane.
 *
 * Wake-ups are datagrams to run/worker.LANE.sock; a lost one costs at most a second.
 */
#pragma once

#include "main/newsroom.h"

#define WORKER_QUIET    (2 * INT64_C(1000000))  /* µs */
#define WORKER_COALESCE (30 * INT64_C(1000000)) /* µs; DESIGN 5 allows 60 s for wave 2 */

/* Runs one lane, or all if NULL, until *stop is set by a signal; with until_idle, until nothing is
 * due. */
bool worker_run(const Newsroom *newsroom, const char *lane, bool until_idle,
                const volatile int *stop, GError **error);

/* A lane by its name, NULL if there is none; and all names, for messages (caller frees). */
typedef struct WorkerLane WorkerLane;
const WorkerLane *worker_lane(const char *name);
char *worker_lanes(void);
