/* The durable queue: jobs.h. Wake-ups are wake.c; which kinds there are is their departments'
 * business. */
#include "jobs/jobs.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "jobs/wake.h"
#include "jobs_sql.h"

#include <string.h>

#define DELAY_MOST CLOCK_HOUR
#define ERROR_MAX  2000

static const JobKind *registered;

void jobs_register(const JobKind *kinds)
{
    registered = kinds;
}

static const JobKind *kind_of(const char *name)
{
    for (const JobKind *kind = registered; kind != NULL && kind->kind != NULL; kind++) {
        if (strcmp(kind->kind, name) == 0) {
            return kind;
        }
    }
    return NULL;
}

static void wake_lane(Store *store, void *lane)
{
    jobs_wake(lane);
}

typedef struct {
    const JobKind *kind;
    const char *key, *payload;
    int64_t due;
} Enqueue;

static bool enqueue_body(Store *store, void *data, GError **error)
{
    const Enqueue *enqueue = data;
    const JobKind *kind = enqueue->kind;
    int64_t id = 0;
    store_after_commit(store, wake_lane, (void *)(uintptr_t)kind->lane);
    return store_next_id(store, "jobs_job", &id, error) &&
           jobs_insert(store, id, kind->lane, kind->kind, enqueue->key, enqueue->payload,
                       enqueue->due, clock_now(), error) &&
           jobs_hasten(store, kind->kind, enqueue->key, enqueue->due, error);
}

bool job_enqueue(Store *store, const char *kind, const char *key, const char *payload, int64_t due,
                 GError **error)
{
    Enqueue enqueue = {kind_of(kind), key, payload, due};
    if (enqueue.kind == NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "there is no kind of job \"%s\"", kind);
    }
    if (strlen(payload) > JOB_PAYLOAD_MAX || strlen(key) > JOB_KEY_MAX) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "a job's payload has at most %u bytes and its key %u", JOB_PAYLOAD_MAX,
                    JOB_KEY_MAX);
    }
    return store_transact(store, enqueue_body, &enqueue, error);
}

/* A job that was taken, with its texts owned. */
typedef struct {
    Job job;
    char *kind, *key, *payload;
    const JobKind *row;
    const char *lane;
    bool found;
} Taken;

static void taken_clear(Taken *taken)
{
    g_clear_pointer(&taken->kind, g_free);
    g_clear_pointer(&taken->key, g_free);
    g_clear_pointer(&taken->payload, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Taken, taken_clear)

static bool read_next(Store *store, Taken *taken, int64_t now, GError **error)
{
    g_autoptr(StoreRows) rows = jobs_next(store, taken->lane, now, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    taken->found = step == STORE_ROW;
    if (!taken->found) {
        return step == STORE_END;
    }
    taken->kind = store_text_copy(rows, 1);
    taken->key = store_text_copy(rows, 2);
    taken->payload = store_text_copy(rows, 3);
    taken->job = (Job){.id = store_number(rows, 0),
                       .attempts = store_number(rows, 4) + 1,
                       .fence = store_number(rows, 5),
                       .created = store_number(rows, 6),
                       .kind = taken->kind,
                       .key = taken->key,
                       .payload = taken->payload};
    return true;
}

static bool take_body(Store *store, void *data, GError **error)
{
    Taken *taken = data;
    int64_t now = clock_now(), changed = 0;
    taken_clear(taken);
    if (!read_next(store, taken, now, error) || !taken->found) {
        return !taken->found && (error == NULL || *error == NULL);
    }
    taken->row = kind_of(taken->kind);
    int64_t lease = taken->row == NULL ? CLOCK_MINUTE : taken->row->lease;
    if (!jobs_lease_counted(store, taken->job.id, taken->job.fence, now + lease, &changed, error)) {
        return false;
    }
    taken->job.fence++;
    return changed == 1 || fail(error, KOLOKOL_ERROR_BUSY, "another worker has taken the job");
}

static int64_t delay(const JobKind *kind, int64_t attempts)
{
    uint32_t chance = 0;
    random_bytes(&chance, sizeof chance);
    int64_t wait = MIN(kind->first_delay << MIN(attempts - 1, 20), DELAY_MOST);
    return wait + wait / 10 * (int64_t)(chance % 1000) / 1000;
}

typedef struct {
    const Taken *taken;
    const GError *reason;
} Failure;

static bool waits_already(Store *store, const Taken *taken, bool *waits, GError **error)
{
    g_autoptr(StoreRows) rows = jobs_waiting(store, taken->kind, taken->key, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *waits = step == STORE_ROW;
    return step != STORE_FAILED;
}

static bool hopeless(const GError *reason)
{
    return g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID) ||
           g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

/* Later again, or buried. If the same work has been asked for meanwhile, that job is enough. */
static bool failed_body(Store *store, void *data, GError **error)
{
    const Failure *failure = data;
    const Taken *taken = failure->taken;
    const Job *job = &taken->job;
    g_autofree char *reason = g_strndup(failure->reason->message, ERROR_MAX);
    g_autofree char *text = g_utf8_make_valid(reason, -1);
    bool waits = false;
    if (!waits_already(store, taken, &waits, error)) {
        return false;
    }
    if (waits) {
        return jobs_done(store, job->id, job->fence, error);
    }
    if (taken->row == NULL || job->attempts >= taken->row->max_attempts ||
        hopeless(failure->reason)) {
        return jobs_bury(store, job->id, job->fence, text, error);
    }
    return jobs_again(store, job->id, job->fence, clock_now() + delay(taken->row, job->attempts),
                      text, error);
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
    Failure failure = {taken, reason};
    return store_transact(store, failed_body, &failure, error);
}

bool jobs_run_one(Store *store, const char *lane, void *context, bool *ran, GError **error)
{
    g_auto(Taken) taken = {.lane = lane};
    if (!store_transact(store, take_body, &taken, error)) {
        return false;
    }
    *ran = taken.found;
    return !taken.found || run_taken(store, &taken, context, error);
}

bool job_done(Store *store, const Job *job, GError **error)
{
    int64_t changed = 0;
    if (!jobs_done_counted(store, job->id, job->fence, &changed, error)) {
        return false;
    }
    return changed == 1 ||
           fail(error, KOLOKOL_ERROR_CONFLICT, "the lease of the job %s was lost", job->kind);
}

bool job_extend(Store *store, const Job *job, int64_t lease, GError **error)
{
    int64_t changed = 0;
    if (!jobs_extend_counted(store, job->id, job->fence, clock_now() + lease, &changed, error)) {
        return false;
    }
    return changed == 1 ||
           fail(error, KOLOKOL_ERROR_CONFLICT, "the lease of the job %s was lost", job->kind);
}

bool jobs_next_due(Store *store, const char *lane, int64_t *due, GError **error)
{
    g_autoptr(StoreRows) rows = jobs_next_due_query(store, lane, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    *due = store_text(rows, 0) == NULL ? INT64_MAX : store_number(rows, 0);
    return true;
}

bool jobs_dead(Store *store, int64_t after, unsigned most, JobTaker take, void *data,
               GError **error)
{
    g_autoptr(StoreRows) rows = jobs_dead_query(store, after, most, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_autofree char *lane = store_text_copy(rows, 1), *kind = store_text_copy(rows, 2);
        g_autofree char *key = store_text_copy(rows, 3), *payload = store_text_copy(rows, 4);
        g_autofree char *reason = store_text_copy(rows, 6);
        Job job = {.id = store_number(rows, 0),
                   .attempts = store_number(rows, 5),
                   .created = store_number(rows, 8),
                   .kind = kind,
                   .key = key,
                   .payload = payload};
        if (!take(&job, lane, reason, data, error)) {
            return false;
        }
    }
    return step == STORE_END;
}

static bool one(int64_t changed, GError **error)
{
    return changed == 1 ||
           fail(error, KOLOKOL_ERROR_NOT_FOUND,
                "there is no such dead job, or another of its kind and key waits already");
}

bool jobs_revive(Store *store, int64_t id, GError **error)
{
    int64_t changed = 0;
    return jobs_revive_row_counted(store, id, clock_now(), &changed, error) && one(changed, error);
}

bool jobs_forget(Store *store, int64_t id, GError **error)
{
    int64_t changed = 0;
    return jobs_forget_row_counted(store, id, &changed, error) && one(changed, error);
}
