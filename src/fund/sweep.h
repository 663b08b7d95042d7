/*
 * The sweep (research: revenue E7): after any outage, what waits is taken up again and what is open
 * is asked for, so that nothing depends on a provider's call having come. Hourly as the job
 * "pay.sweep", or by hand.
 */
#pragma once

#include "jobs/jobs.h"

#define SWEEP_EVERY (60 * INT64_C(60000000)) /* µs */

typedef struct {
    int64_t waiting;  /* calls in the inbox that were taken up again */
    int64_t requests; /* requests without an answer, sent again */
    int64_t asked;    /* open gifts whose provider was asked */
    int64_t booked;   /* of them, what had been paid without our knowing: an alarm */
    int64_t expired;
} SweepReport;

bool fund_sweep(Store *store, int64_t now, SweepReport *report, GError **error);

/* The handler of "pay.sweep": sweeps, and comes again in an hour. */
bool sweep_run(Store *store, const Job *job, void *context, GError **error);
