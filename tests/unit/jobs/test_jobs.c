/* Entering jobs and what a person does with dead ones, on both engines. */
#include "jobs/jobs.h"

#include "handlers.h"

/* Due order, then the order of entering; nothing before its time; lanes apart. */
static void test_order(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    handlers_begin();
    g_assert_false(handlers_step(store));
    g_assert_cmpint(handlers_due(store), ==, INT64_MAX);
    handlers_enqueue(store, "1", "later", here.now + CLOCK_MINUTE);
    handlers_enqueue(store, "2", "first", here.now - 1);
    handlers_enqueue(store, "3", "second", here.now - 1);
    g_assert_true(job_enqueue(store, "slow", NULL, NULL, here.now, &error));
    g_assert_cmpint(handlers_due(store), ==, here.now - 1);
    g_assert_true(handlers_step(store));
    g_assert_true(handlers_step(store));
    g_assert_false(handlers_step(store));
    g_assert_cmpstr(here.ran->str, ==, "first@1 second@1 ");
    g_assert_cmpint(handlers_due(store), ==, here.now + CLOCK_MINUTE);
    here.now += CLOCK_MINUTE;
    g_assert_true(handlers_step(store));
    g_assert_cmpint(handlers_due(store), ==, INT64_MAX);
    bool ran = false;
    g_assert_true(jobs_run_one(store, "slow", NULL, &ran, &error));
    g_assert_true(ran);
    g_assert_cmpstr(here.ran->str, ==, "first@1 second@1 later@1 @1 ");
    handlers_end();
}

/* Of a kind and key one waits; asking again can only bring it forward. */
static void test_key(Store *store, const char *url)
{
    handlers_begin();
    handlers_enqueue(store, "a", "one", here.now + CLOCK_HOUR);
    handlers_enqueue(store, "a", "two", here.now + CLOCK_MINUTE);
    handlers_enqueue(store, "a", "three", here.now + CLOCK_DAY);
    handlers_enqueue(store, "b", "other", here.now + CLOCK_DAY);
    g_assert_cmpint(handlers_due(store), ==, here.now + CLOCK_MINUTE);
    here.now += CLOCK_MINUTE;
    g_assert_true(handlers_step(store));
    g_assert_false(handlers_step(store));
    g_assert_cmpstr(here.ran->str, ==, "one@1 ");
    handlers_end();
}

static bool enqueue_and_refuse(Store *store, void *data, GError **error)
{
    handlers_enqueue(store, "a", "one", here.now);
    return *(bool *)data || fail(error, KOLOKOL_ERROR_DENIED, "no");
}

static void test_transaction(Store *store, const char *url)
{
    handlers_begin();
    bool commit = false;
    g_assert_false(store_transact(store, enqueue_and_refuse, &commit, NULL));
    g_assert_false(handlers_step(store));
    commit = true;
    g_assert_true(store_transact(store, enqueue_and_refuse, &commit, NULL));
    g_assert_true(handlers_step(store));
    handlers_end();
}

static void test_refused(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    handlers_begin();
    g_assert_false(job_enqueue(store, "unknown", "", "", 0, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_autofree char *most = g_strnfill(JOB_PAYLOAD_MAX, 'x');
    g_assert_true(job_enqueue(store, "send", "", most, INT64_MAX, &error));
    g_autofree char *more = g_strnfill(JOB_PAYLOAD_MAX + 1, 'x');
    g_assert_false(job_enqueue(store, "send", "", more, 0, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_clear_error(&error);
    g_autofree char *key = g_strnfill(JOB_KEY_MAX + 1, 'x');
    g_assert_false(job_enqueue(store, "send", key, "", 0, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_clear_error(&error);
    g_assert_false(job_enqueue(store, "send", "\xff", "", 0, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    handlers_end();
}

/* What a person sees of a dead job. */
static bool see(const Job *job, const char *lane, const char *reason, void *data, GError **error)
{
    g_assert_cmpstr(job->kind, ==, "send");
    g_assert_cmpstr(job->key, ==, "a");
    g_assert_cmpstr(job->payload, ==, "one");
    g_assert_cmpint(job->attempts, ==, 1);
    g_assert_cmpint(job->created, ==, here.now);
    g_assert_cmpstr(lane, ==, "mail");
    g_assert_cmpstr(reason, ==, "the network \xEF\xBF\xBD is away");
    *(int64_t *)data = job->id;
    return true;
}

static void test_dead(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    handlers_begin();
    handlers_enqueue(store, "a", "one", here.now);
    here.code = KOLOKOL_ERROR_INVALID; /* no repetition would help */
    here.fail_times = 1;
    g_assert_true(handlers_step(store));
    g_assert_true(jobs_dead(store, 0, 10, see, &id, &error));
    g_assert_cmpint(id, >, 0);
    g_assert_cmpint(handlers_due(store), ==, INT64_MAX);

    handlers_enqueue(store, "a", "again", here.now + CLOCK_HOUR);
    g_assert_false(jobs_revive(store, id, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_clear_error(&error);
    here.now += CLOCK_HOUR;
    g_assert_true(handlers_step(store));

    g_assert_true(jobs_revive(store, id, &error));
    g_assert_cmpint(handlers_dead(store), ==, 0);
    g_assert_true(handlers_step(store));
    g_assert_cmpstr(here.ran->str, ==, "one@1 again@1 one@1 ");
    g_assert_false(jobs_revive(store, id, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_clear_error(&error);

    handlers_enqueue(store, "b", "b", here.now);
    here.fail_times = 1;
    here.code = KOLOKOL_ERROR_NOT_FOUND;
    g_assert_true(handlers_step(store));
    g_assert_cmpint(handlers_dead(store), ==, 1);
    g_assert_true(jobs_forget(store, here.dead_id, &error));
    g_assert_false(jobs_forget(store, here.dead_id, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_assert_cmpint(handlers_dead(store), ==, 0);
    handlers_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/jobs/order", test_order);
    stores_test_add("/jobs/key", test_key);
    stores_test_add("/jobs/transaction", test_transaction);
    stores_test_add("/jobs/refused", test_refused);
    stores_test_add("/jobs/dead", test_dead);
    return g_test_run();
}
