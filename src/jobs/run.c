/* Running jobs: jobs.h. Takes the next one under a lease, calls its handler, and ends, delays or
 * buries it. The rest of the queue is jobs.c. */
#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "jobs/kinds.h"
#include "jobs_sql.h"

#include <string.h>

#define REASON_MAX    2000u        /* bytes of an error kept in a job */
#define LEASE_UNKNOWN CLOCK_MINUTE /* of a kind that this program does not have */

/* A job that was taken, with its texts owned. */
typedef struct {
    const char *lane;
    Job job;
    char *kind, *key, *payload;
    const JobKind *row; /* NULL if this program does not have the kind */
    bool found;
} Taken;

static void taken_clear(Taken *taken)
{
    g_clear_pointer(&taken->kind, g_free);
    g_clear_pointer(&taken->key, g_free);
    g_clear_pointer(&taken->payload, g_free);
    taken->found = false;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Taken, taken_clear)

static bool read_job(StoreRows *rows, Taken *taken, GError **error)
{
    g_autoptr(StoreRows) own = rows;
    StoreStep step = own == NULL ? STORE_FAILED : store_rows_next(own, error);
    if (step != STORE_ROW) {
        return step == STORE_END;
    }
    taken->found = true;
    taken->kind = store_text_copy(own, 1);
    taken->key = store_text_copy(own, 2);
    taken->payload = store_text_copy(own, 3);
    taken->row = job_kind(taken->kind);
    taken->job = (Job){.id = store_number(own, 0),
                       .attempts = store_number(own, 4),
                       .fence = store_number(own, 5),
                       .created = store_number(own, 6),
                       .kind = taken->kind,
                       .key = taken->key,
                       .payload = taken->payload};
    return true;
}

/* One whose worker did not come back is dead if that was its last attempt; otherwise it goes first,
 * being the oldest. */
static bool find_expired(Store *store, Taken *taken, int64_t now, GError **error)
{
    for (;;) {
        taken_clear(taken);
        if (!read_job(jobs_next_expired(store, taken->lane, now, error), taken, error)) {
            return false;
        }
        const Job *job = &taken->job;
        if (!taken->found || taken->row == NULL || job->attempts < taken->row->max_attempts) {
            return true;
        }
        if (!jobs_bury(store, job->id, job->fence,
                       "its worker did not come back: it died, or took longer than the lease",
                       error)) {
            return false;
        }
    }
}

static bool take_body(Store *store, void *data, GError **error)
{
    Taken *taken = data;
    int64_t now = clock_now(), changed = 0;
    if (!find_expired(store, taken, now, error)) {
        return false;
    }
    if (!taken->found &&
        !read_job(jobs_next_waiting(store, taken->lane, now, error), taken, error)) {
        return false;
    }
    if (!taken->found) {
        return true;
    }
    int64_t lease = taken->row == NULL ? LEASE_UNKNOWN : taken->row->lease;
    if (!jobs_lease_counted(store, taken->job.id, taken->job.fence, now + lease, &changed, error)) {
        return false;
    }
    taken->job.fence++;
    taken->job.attempts++;
    return changed == 1 || fail(error, KOLOKOL_ERROR_BUSY, "another worker has taken the job");
}

/* Doubles with each attempt; some chance, so that what failed together does not come together. */
static int64_t delay(const JobKind *kind, int64_t attempts)
{
    uint32_t chance = 0;
    random_bytes(&chance, sizeof chance);
    int64_t first = MIN(kind->first_delay, JOB_DELAY_MAX);
    int64_t wait = MIN(first << CLAMP(attempts - 1, 0, 20), JOB_DELAY_MAX);
    return wait + wait / 10 * (int64_t)(chance % 1001) / 1000;
}

typedef struct {
    const Taken *taken;
    const GError *reason;
} Failure;

static bool hopeless(const Taken *taken, const GError *reason)
{
    return taken->row == NULL || taken->job.attempts >= taken->row->max_attempts ||
           g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID) ||
           g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

/* Buried, or later again; but if the same work has been asked for meanwhile, that job is enough.
 * Nothing happens if the lease was lost. */
static bool failed_body(Store *store, void *data, GError **error)
{
    const Failure *failure = data;
    const Taken *taken = failure->taken;
    const Job *job = &taken->job;
    g_autofree char *cut = g_strndup(failure->reason->message, REASON_MAX);
    g_autofree char *reason = g_utf8_make_valid(cut, -1);
    if (hopeless(taken, failure->reason)) {
        return jobs_bury(store, job->id, job->fence, reason, error);
    }
    bool waits = false;
    if (!store_rows_any(jobs_waiting(store, taken->kind, taken->key, error), &waits, error)) {
        return false;
    }
    if (waits) {
        return jobs_done(store, job->id, job->fence, error);
    }
    return jobs_again(store, job->id, job->fence, clock_now() + delay(taken->row, job->attempts),
                      reason, error);
}

static bool run_taken(Store *store, Taken *taken, void *context, GError **error)
{
    g_autoptr(GError) reason = NULL;
    bool done = taken->row != NULL
                    ? taken->row->run(store, &taken->job, context, &reason)
                    : fail(&reason, KOLOKOL_ERROR_INVALID, "this program has no such kind of job");
    if (done) {
        /* Gone already if the handler has ended it in its own transaction. */
        return jobs_done(store, taken->job.id, taken->job.fence, error);
    }
    if (reason == NULL) {
        fail(&reason, KOLOKOL_ERROR_IO, "the handler failed without a reason");
    }
    Failure failure = {taken, reason};
    return store_transact(store, failed_body, &failure, error);
}

bool jobs_run_one(Store *store, const char *lane, void *context, bool *ran, GError **error)
{
    int64_t due = 0;
    if (store_in_transaction(store)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a job cannot be run inside a transaction");
    }
    /* A look first: idle workers need not take SQLite's one lock every second. */
    if (!jobs_next_due(store, lane, &due, error)) {
        return false;
    }
    g_auto(Taken) taken = {.lane = lane};
    if (due <= clock_now() && !store_transact(store, take_body, &taken, error)) {
        return false;
    }
    *ran = taken.found;
    return !taken.found || run_taken(store, &taken, context, error);
}
