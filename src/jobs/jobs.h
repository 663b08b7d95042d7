/*
 * Jobs: work that must happen, though the process that asked for it is gone (DESIGN 2.3, 3).
 *
 * A job is a row. Enqueued in a transaction it exists exactly if the transaction does. Its kind is
 * a row of a table that the process registers: lane, handler, limits. States:
 *
 *   waiting --lease--> leased --done--> (row gone)
 *      ^                 |--failed--> waiting, later; after max_attempts: dead
 *      '-----------------'  lease ran out: the next worker takes it again, with a new fence
 *
 * A lease has a fencing number: a worker that was thought dead cannot finish a job that another has
 * taken. Each lease counts as an attempt, so a job that kills its worker ends dead as well. A
 * handler may run more than once, so its effect must bear that, or be in one transaction with
 * job_done().
 *
 * Idempotency: of a kind and key at most one job waits; enqueuing it again keeps its payload and
 * only brings it forward. One that is running does not count, since it may have looked already.
 *
 * Schedule: a job whose `due` is to come waits for it. Failures wait 1, 2, 4 … times the kind's
 * first delay, at most an hour, with up to a tenth added by chance. Dead jobs stay, with the last
 * error, until a person revives or forgets them.
 *
 * The kinds are the queue's one process-wide state, so that a department can enqueue by name what
 * another handles.
 */
#pragma once

#include "store/store.h"

#define JOB_PAYLOAD_MAX (64u * 1024)              /* bytes */
#define JOB_KEY_MAX     300u                      /* bytes */
#define JOB_DELAY_MAX   (3600 * INT64_C(1000000)) /* µs, without the chance */

typedef struct {
    int64_t id, fence;
    int64_t attempts; /* this one among them */
    int64_t created;
    const char *kind, *key, *payload;
} Job;

typedef struct {
    const char *kind;
    const char *lane; /* "press", "pay", "mail", "slow" */
    /* INVALID and NOT_FOUND bury the job at once: no repetition would help. Any other error is
     * tried again. The job is the handler's for the length of the call. */
    bool (*run)(Store *store, const Job *job, void *context, GError **error);
    unsigned max_attempts;
    int64_t lease;       /* µs; longer than the handler ever takes, or it calls job_extend() */
    int64_t first_delay; /* µs */
    const char *help;
} JobKind;

/* The kinds of this process, ended by kind NULL. Borrowed; enqueuing looks them up for the lane. */
void jobs_register(const JobKind *kinds);

/* NULL for a key or payload is the empty one. INVALID (a kind that is not registered), LIMIT. Wakes
 * the lane after the commit. */
bool job_enqueue(Store *store, const char *kind, const char *key, const char *payload, int64_t due,
                 GError **error);

/* Runs the next job that is due in a lane; *ran is false if there is none. An error is the queue's
 * own; what a handler says goes into the job. Not inside a transaction. */
bool jobs_run_one(Store *store, const char *lane, void *context, bool *ran, GError **error);

/* For a handler: ends the job in the handler's own transaction, as the last thing in it. CONFLICT
 * if the lease was lost, so that the transaction falls. */
bool job_done(Store *store, const Job *job, GError **error);

/* For a handler that takes long: the lease is `lease` from now. CONFLICT if it was lost: stop. */
bool job_extend(Store *store, const Job *job, int64_t lease, GError **error);

/* When the lane's next job is due; INT64_MAX if there is none. A worker sleeps until then, with
 * jobs_wake_wait() (wake.h). */
bool jobs_next_due(Store *store, const char *lane, int64_t *due, GError **error);

/* Dead jobs, for a person: those with an id above `after`, at most `most`. */
typedef bool (*JobTaker)(const Job *job, const char *lane, const char *reason, void *data,
                         GError **error);
bool jobs_dead(Store *store, int64_t after, unsigned most, JobTaker take, void *data,
               GError **error);

/* Lets a dead job run again at once, with all its attempts, or removes it. NOT_FOUND if it is not
 * dead; CONFLICT if another of its kind and key waits, which makes it needless. */
bool jobs_revive(Store *store, int64_t id, GError **error);
bool jobs_forget(Store *store, int64_t id, GError **error);
