/*
 * The queue as a person sees it (jobs.h): how many jobs wait, run, are late or were given up, by
 * lane; and those that are late or running, one by one. Only looks.
 *
 * Late: due JOBS_LATE ago and still waiting, or leased by a worker that did not come back in time.
 * That is a worker which is gone, or has more to do than it can.
 */
#pragma once

#include "jobs/jobs.h"

#define JOBS_LATE  (60 * INT64_C(1000000)) /* µs */
#define JOBS_LANES 16u                     /* at most are counted */

typedef struct {
    char lane[16];
    int64_t waiting; /* late ones and those for a later time among them */
    int64_t late, running, dead;
} JobsLane;

/* *count gets how many lanes have any. */
bool jobs_look(Store *store, int64_t now, JobsLane lanes[JOBS_LANES], unsigned *count,
               GError **error);

typedef enum { JOBS_SEEN_LATE, JOBS_SEEN_RUNNING } JobsSeen;

/* One that is late (`since`: when it was due) or is being run (until when its lease is). `reason`
 * is what its last attempt failed with, "" before. */
typedef bool (*JobsLookTaker)(const Job *job, const char *lane, int64_t since, const char *reason,
                              void *data, GError **error);
bool jobs_look_each(Store *store, JobsSeen what, int64_t now, unsigned most, JobsLookTaker take,
                    void *data, GError **error);

/* How many were given up, in all lanes. */
bool jobs_dead_count(Store *store, int64_t *count, GError **error);
