/* Running jobs on both engines: attempts, delays, leases and fences, and effects in one transaction
 * with their completion. */
#include "jobs/jobs.h"

#include "handlers.h"

#include <sys/wait.h>
#include <unistd.h>

/* 1, 2, 4 s … and dead after the last attempt. */
static void test_delays(Store *store, const char *url)
{
    handlers_begin();
    handlers_enqueue(store, "a", "x", here.now);
    here.fail_times = 4;
    for (int64_t wait = 1; wait <= 4; wait *= 2) {
        g_assert_true(handlers_step(store));
        g_assert_false(handlers_step(store));
        g_assert_cmpint(handlers_due(store), ==, here.now + wait * CLOCK_SECOND);
        here.now += wait * CLOCK_SECOND;
    }
    here.silent = true;
    g_assert_true(handlers_step(store));
    g_assert_cmpint(handlers_dead(store), ==, 1);
    g_assert_cmpstr(here.ran->str, ==, "x@1 x@2 x@3 x@4 ");
    handlers_end();
}

/* At most an hour, with up to a tenth added. */
static void test_longest_delay(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    handlers_begin();
    here.chance = 0xff;
    here.fail_times = 1;
    bool ran = false;
    int64_t due = 0;
    g_assert_true(job_enqueue(store, "slow", "", "", here.now, &error));
    g_assert_true(jobs_run_one(store, "slow", NULL, &ran, &error));
    g_assert_true(jobs_next_due(store, "slow", &due, &error));
    g_assert_cmpint(due - here.now, >, JOB_DELAY_MAX);
    g_assert_cmpint(due - here.now, <=, JOB_DELAY_MAX + JOB_DELAY_MAX / 10);
    handlers_end();
}

/* If the same is asked for while it runs and fails, one is left. */
static bool ask_again_and_fail(Store *store, const Job *job, void *context, GError **error)
{
    handlers_enqueue(store, job->key, "new", here.now);
    return fail(error, KOLOKOL_ERROR_IO, "no");
}

static bool ask_again(Store *store, const Job *job, void *context, GError **error)
{
    handlers_enqueue(store, job->key, "new", here.now);
    return true;
}

static void with_handler(bool (*run)(Store *, const Job *, void *, GError **))
{
    static JobKind kinds[2];
    kinds[0] = handlers_kinds[0];
    kinds[0].run = run;
    jobs_register(kinds);
}

static void test_asked_again(Store *store, const char *url)
{
    handlers_begin();
    with_handler(ask_again_and_fail);
    handlers_enqueue(store, "a", "old", here.now);
    g_assert_true(handlers_step(store));
    jobs_register(handlers_kinds);
    g_assert_true(handlers_step(store));
    g_assert_false(handlers_step(store));
    g_assert_cmpint(handlers_due(store), ==, INT64_MAX);

    with_handler(ask_again);
    handlers_enqueue(store, "a", "old", here.now);
    g_assert_true(handlers_step(store));
    jobs_register(handlers_kinds);
    g_assert_true(handlers_step(store)); /* the running one had looked already */
    g_assert_cmpstr(here.ran->str, ==, "new@1 new@1 ");
    handlers_end();
}

/* A worker that takes longer than its lease: another takes the job, and the first cannot end it. */
static Store *second;

static bool outlive_lease(Store *store, const Job *job, void *context, GError **error)
{
    g_autoptr(GError) own = NULL;
    jobs_register(handlers_kinds);
    here.now += 2 * CLOCK_MINUTE;
    g_assert_true(handlers_step(second));
    g_assert_false(job_done(store, job, &own));
    g_assert_error(own, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_clear_error(&own);
    g_assert_false(job_extend(store, job, CLOCK_MINUTE, &own));
    g_assert_error(own, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    return fail(error, KOLOKOL_ERROR_IO, "late");
}

static void test_lease(Store *store, const char *url)
{
    handlers_begin();
    second = store_open(url, NULL);
    with_handler(outlive_lease);
    handlers_enqueue(store, "a", "x", here.now);
    g_assert_true(handlers_step(store));
    g_assert_cmpstr(here.ran->str, ==, "x@2 "); /* the second worker's run; and nothing is left */
    g_assert_cmpint(handlers_due(store), ==, INT64_MAX);
    g_assert_cmpint(handlers_dead(store), ==, 0);
    store_free(second);
    handlers_end();
}

static bool extend(Store *store, const Job *job, void *context, GError **error)
{
    g_assert_true(job_extend(store, job, 10 * CLOCK_MINUTE, error));
    here.now += 5 * CLOCK_MINUTE;
    g_assert_false(handlers_step(second)); /* still ours */
    g_assert_cmpint(handlers_due(second), ==, here.now + 5 * CLOCK_MINUTE);
    return true;
}

static void test_extend(Store *store, const char *url)
{
    handlers_begin();
    second = store_open(url, NULL);
    with_handler(extend);
    handlers_enqueue(store, "a", "x", here.now);
    g_assert_true(handlers_step(store));
    g_assert_cmpint(handlers_due(store), ==, INT64_MAX);
    store_free(second);
    handlers_end();
}

/* A job that kills its worker each time ends dead: here the worker is a process that exits. */
static bool die(Store *store, const Job *job, void *context, GError **error)
{
    _exit(7);
}

static void test_killer(const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = store_open(url, &error);
    bool ran = false;
    with_handler(die);
    jobs_run_one(store, "mail", NULL, &ran, &error);
    _exit(ran ? 1 : 0);
}

static int run_in_child(const char *url)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        test_killer(url);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    return WEXITSTATUS(status);
}

static void test_died(Store *store, const char *url)
{
    handlers_begin();
    handlers_enqueue(store, "a", "x", here.now);
    for (int attempt = 1; attempt <= 4; attempt++) {
        g_assert_cmpint(run_in_child(url), ==, 7);
        g_assert_false(handlers_step(store)); /* leased to the dead */
        here.now += CLOCK_MINUTE;
    }
    g_assert_false(handlers_step(store));
    g_assert_cmpint(handlers_dead(store), ==, 1);
    g_assert_cmpint(handlers_due(store), ==, INT64_MAX);
    handlers_end();
}

/* Effect and completion in one transaction. */
typedef struct {
    const Job *job;
    bool fall;
} Effect;

static bool effect_body(Store *store, void *data, GError **error)
{
    const Effect *effect = data;
    int64_t id = 0;
    return store_next_id(store, "effect", &id, error) && job_done(store, effect->job, error) &&
           (!effect->fall || fail(error, KOLOKOL_ERROR_IO, "fell"));
}

static bool in_one(Store *store, const Job *job, void *context, GError **error)
{
    Effect effect = {job, here.fail_times-- > 0};
    return store_transact(store, effect_body, &effect, error);
}

static void test_one_transaction(Store *store, const char *url)
{
    handlers_begin();
    with_handler(in_one);
    handlers_enqueue(store, "a", "x", here.now);
    here.fail_times = 1;
    g_assert_true(handlers_step(store));
    here.now = handlers_due(store);
    g_assert_true(handlers_step(store));
    g_assert_cmpint(handlers_due(store), ==, INT64_MAX);
    int64_t id = 0;
    g_assert_true(store_next_id(store, "effect", &id, NULL));
    g_assert_cmpint(id, ==, 2);
    handlers_end();
}

/* A kind that this program does not have, and running inside a transaction. */
static bool run_inside(Store *store, void *data, GError **error)
{
    bool ran = false;
    return jobs_run_one(store, "mail", NULL, &ran, error);
}

static void test_refused(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    handlers_begin();
    handlers_enqueue(store, "a", "x", here.now);
    g_assert_false(store_transact(store, run_inside, NULL, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    jobs_register(NULL);
    g_assert_true(handlers_step(store));
    g_assert_cmpint(handlers_dead(store), ==, 1);
    g_assert_cmpstr(here.ran->str, ==, "");
    handlers_end();
}

/* Several workers on one lane: each job runs once. */
#define WORKERS 3
#define JOBS    60
static int runs[JOBS];

static bool count_run(Store *store, const Job *job, void *context, GError **error)
{
    g_atomic_int_inc(&runs[g_ascii_strtoll(job->key, NULL, 10)]);
    return true;
}

static gpointer work(gpointer url)
{
    g_autoptr(Store) store = store_open(url, NULL);
    while (handlers_step(store)) {
    }
    return NULL;
}

static void test_together(Store *store, const char *url)
{
    handlers_begin();
    random_replace(NULL, NULL);
    with_handler(count_run);
    memset(runs, 0, sizeof runs);
    for (int i = 0; i < JOBS; i++) {
        g_autofree char *key = g_strdup_printf("%d", i);
        handlers_enqueue(store, key, "", here.now);
    }
    GThread *threads[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        threads[i] = g_thread_new("worker", work, (gpointer)(uintptr_t)url);
    }
    for (int i = 0; i < WORKERS; i++) {
        g_thread_join(threads[i]);
    }
    for (int i = 0; i < JOBS; i++) {
        g_assert_cmpint(runs[i], ==, 1);
    }
    handlers_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/jobs/run/delays", test_delays);
    stores_test_add("/jobs/run/longest-delay", test_longest_delay);
    stores_test_add("/jobs/run/asked-again", test_asked_again);
    stores_test_add("/jobs/run/lease", test_lease);
    stores_test_add("/jobs/run/extend", test_extend);
    stores_test_add("/jobs/run/died", test_died);
    stores_test_add("/jobs/run/one-transaction", test_one_transaction);
    stores_test_add("/jobs/run/refused", test_refused);
    stores_test_add("/jobs/run/together", test_together);
    return g_test_run();
}
