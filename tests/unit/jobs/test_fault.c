/*
 * The fault loop of the queue (DESIGN 10.9): each SQL call of enqueuing and running fails, once and
 * then persistently. A job that was accepted is never lost: it runs in the end, and its
 * transactional effect happens exactly once.
 */
#include "jobs/jobs.h"

#include "base/fault.h"
#include "handlers.h"

static int64_t effects(Store *store)
{
    int64_t id = 0;
    g_assert_true(store_next_id(store, "effect", &id, NULL));
    return id;
}

static bool effect_body(Store *store, void *data, GError **error)
{
    int64_t id = 0;
    return store_next_id(store, "effect", &id, error) && job_done(store, data, error);
}

static bool effect(Store *store, const Job *job, void *context, GError **error)
{
    return store_transact(store, effect_body, (void *)(uintptr_t)job, error);
}

static const JobKind kinds[] = {
    {"send", "mail", effect, 1000, CLOCK_MINUTE, CLOCK_SECOND, "Has an effect."}, {.kind = NULL}};

/* Runs what is left, over all delays and leases. */
static void run_all(Store *store)
{
    for (int i = 0; i < 10 && handlers_due(store) != INT64_MAX; i++) {
        here.now = MAX(here.now, handlers_due(store));
        handlers_step(store);
    }
    g_assert_cmpint(handlers_due(store), ==, INT64_MAX);
    g_assert_cmpint(handlers_dead(store), ==, 0);
}

/* False if the nth call was not reached. */
static bool one_failure(Store *store, uint64_t nth, bool persistent)
{
    g_autoptr(GError) error = NULL;
    bool ran = false;
    int64_t before = effects(store);
    fault_plan(FAULT_SQL, nth, persistent);
    bool accepted = job_enqueue(store, "send", "key", "x", here.now, &error);
    g_assert_true(accepted == (error == NULL));
    g_clear_error(&error);
    if (!jobs_run_one(store, "mail", NULL, &ran, &error)) {
        g_assert_nonnull(error);
    }
    bool reached = fault_end() >= nth;
    run_all(store);
    g_assert_cmpint(effects(store), ==, before + 1 + accepted);
    return reached;
}

static void test_fault(Store *store, const char *url)
{
    handlers_begin();
    jobs_register(kinds);
    for (int persistent = 0; persistent < 2; persistent++) {
        uint64_t nth = 1;
        while (one_failure(store, nth, persistent)) {
            g_assert_cmpuint(++nth, <, 200);
        }
        g_assert_cmpuint(nth, >, 15);
    }
    handlers_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/jobs/fault", test_fault);
    return g_test_run();
}
