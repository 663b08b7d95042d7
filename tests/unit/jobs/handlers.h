/* Kinds of jobs for the queue's tests, a clock that they set, and chance that is always the same.
 */
#pragma once

#include "jobs/jobs.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "doubles/stores.h"

#include <string.h>

static struct {
    int64_t now;
    uint8_t chance;
    GString *ran; /* "payload@attempt " of each run */
    int fail_times;
    KolokolError code;
    bool silent;     /* fail without a reason */
    int64_t dead_id; /* the last that handlers_dead() saw */
} here;

static inline int64_t handlers_clock(void *data)
{
    return here.now;
}

static inline void handlers_random(void *bytes, size_t length, void *data)
{
    memset(bytes, here.chance, length);
}

static inline bool handlers_run(Store *store, const Job *job, void *context, GError **error)
{
    g_string_append_printf(here.ran, "%s@%d ", job->payload, (int)job->attempts);
    if (here.fail_times > 0) {
        here.fail_times--;
        return !here.silent && fail(error, here.code, "the network \xff is away");
    }
    return true;
}

static const JobKind handlers_kinds[] = {
    {"send", "mail", handlers_run, 4, CLOCK_MINUTE, CLOCK_SECOND, "Sends."},
    {"slow", "slow", handlers_run, 2, CLOCK_HOUR, CLOCK_HOUR, "Is slow."},
    {.kind = NULL}};

static inline void handlers_begin(void)
{
    here.now = INT64_C(1795000000) * CLOCK_SECOND;
    here.chance = 0;
    here.fail_times = 0;
    here.code = KOLOKOL_ERROR_IO;
    here.silent = false;
    here.ran = g_string_new(NULL);
    clock_replace(handlers_clock, NULL);
    random_replace(handlers_random, NULL);
    jobs_register(handlers_kinds);
}

static inline void handlers_end(void)
{
    clock_replace(NULL, NULL);
    random_replace(NULL, NULL);
    jobs_register(NULL);
    g_string_free(here.ran, TRUE);
}

static inline void handlers_enqueue(Store *store, const char *key, const char *payload, int64_t due)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(job_enqueue(store, "send", key, payload, due, &error));
    g_assert_no_error(error);
}

static inline bool handlers_step(Store *store)
{
    g_autoptr(GError) error = NULL;
    bool ran = false;
    g_assert_true(jobs_run_one(store, "mail", NULL, &ran, &error));
    g_assert_no_error(error);
    return ran;
}

static inline int64_t handlers_due(Store *store)
{
    g_autoptr(GError) error = NULL;
    int64_t due = 0;
    g_assert_true(jobs_next_due(store, "mail", &due, &error));
    return due;
}

static inline bool handlers_count_dead(const Job *job, const char *lane, const char *reason,
                                       void *data, GError **error)
{
    here.dead_id = job->id;
    ++*(int *)data;
    return true;
}

static inline int handlers_dead(Store *store)
{
    int count = 0;
    g_assert_true(jobs_dead(store, 0, 100, handlers_count_dead, &count, NULL));
    return count;
}
