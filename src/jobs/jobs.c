/*
 * The durable queue: jobs.h. Entering, ending, and what a person does with dead jobs; leasing and
 * running is run.c, wake-ups are wake.c. Which kinds there are is their departments' business.
 */
#include "jobs/jobs.h"

#include "base/clock.h"
#include "base/error.h"
#include "jobs/kinds.h"
#include "jobs/wake.h"
#include "jobs_sql.h"

#include <string.h>

static const JobKind *registered;

void jobs_register(const JobKind *kinds)
{
    registered = kinds;
}

const JobKind *job_kind(const char *name)
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
    jobs_wake_all(store, lane);
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
    Enqueue enqueue = {job_kind(kind), key == NULL ? "" : key, payload == NULL ? "" : payload, due};
    if (enqueue.kind == NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "there is no kind of job \"%.60s\"", kind);
    }
    if (strlen(enqueue.payload) > JOB_PAYLOAD_MAX || strlen(enqueue.key) > JOB_KEY_MAX) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the job %s has at most %u bytes of payload and %u of key", kind,
                    JOB_PAYLOAD_MAX, JOB_KEY_MAX);
    }
    return store_transact(store, enqueue_body, &enqueue, error);
}

static bool still_ours(const Job *job, int64_t changed, GError **error)
{
    return changed == 1 || fail(error, KOLOKOL_ERROR_CONFLICT,
                                "the lease of the job %s \"%s\" was lost", job->kind, job->key);
}

bool job_done(Store *store, const Job *job, GError **error)
{
    int64_t changed = 0;
    return jobs_done_counted(store, job->id, job->fence, &changed, error) &&
           still_ours(job, changed, error);
}

bool job_extend(Store *store, const Job *job, int64_t lease, GError **error)
{
    int64_t changed = 0;
    return jobs_extend_counted(store, job->id, job->fence, clock_now() + lease, &changed, error) &&
           still_ours(job, changed, error);
}

/* The one number of a query, `fallback` if it has no row. */
static bool read_number(StoreRows *rows, int64_t fallback, int64_t *number, GError **error)
{
    g_autoptr(StoreRows) own = rows;
    StoreStep step = own == NULL ? STORE_FAILED : store_rows_next(own, error);
    if (step != STORE_FAILED) {
        *number = step == STORE_ROW ? store_number(own, 0) : fallback;
    }
    return step != STORE_FAILED;
}

bool jobs_next_due(Store *store, const char *lane, int64_t *due, GError **error)
{
    int64_t waiting = 0, leased = 0;
    if (!read_number(jobs_due_waiting(store, lane, error), INT64_MAX, &waiting, error) ||
        !read_number(jobs_due_leased(store, lane, error), INT64_MAX, &leased, error)) {
        return false;
    }
    *due = MIN(waiting, leased);
    return true;
}

bool jobs_dead(Store *store, int64_t after, unsigned most, JobTaker take, void *data,
               GError **error)
{
    g_autoptr(StoreRows) rows = jobs_dead_after(store, after, most, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Job job = {.id = store_number(rows, 0),
                   .attempts = store_number(rows, 5),
                   .created = store_number(rows, 7),
                   .kind = store_text(rows, 2),
                   .key = store_text(rows, 3),
                   .payload = store_text(rows, 4)};
        if (!take(&job, store_text(rows, 1), store_text(rows, 6), data, error)) {
            return false;
        }
    }
    return step == STORE_END;
}

typedef struct {
    int64_t id;
    const char *lane; /* of the kind, if this process knows it */
} Revival;

/* Is it dead at all? Finds the lane that is to be woken. */
static bool find_dead(Store *store, Revival *revival, GError **error)
{
    g_autoptr(StoreRows) rows = jobs_dead_lane(store, revival->id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        revival->lane = g_intern_string(store_text(rows, 0));
    }
    return step == STORE_ROW ||
           (step == STORE_END && fail(error, KOLOKOL_ERROR_NOT_FOUND,
                                      "there is no dead job %" G_GINT64_FORMAT, revival->id));
}

static bool revive_body(Store *store, void *data, GError **error)
{
    Revival *revival = data;
    int64_t changed = 0;
    if (!find_dead(store, revival, error) ||
        !jobs_revive_row_counted(store, revival->id, clock_now(), &changed, error)) {
        return false;
    }
    store_after_commit(store, wake_lane, (void *)(uintptr_t)revival->lane);
    return changed == 1 ||
           fail(error, KOLOKOL_ERROR_CONFLICT, "the same work waits already: forget the dead job");
}

bool jobs_revive(Store *store, int64_t id, GError **error)
{
    Revival revival = {.id = id};
    return store_transact(store, revive_body, &revival, error);
}

bool jobs_forget(Store *store, int64_t id, GError **error)
{
    int64_t changed = 0;
    return jobs_forget_row_counted(store, id, &changed, error) &&
           (changed == 1 ||
            fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no dead job %" G_GINT64_FORMAT, id));
}
