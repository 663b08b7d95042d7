/* Wake-ups: a worker hears of committed work at once, and never waits longer than a second. */
#include "jobs/wake.h"

#include "handlers.h"

#include <unistd.h>

static Store *waiting_store;

/* Microseconds that a wait took. */
static int64_t waited(int socket, int64_t microseconds)
{
    int64_t start = clock_monotonic();
    jobs_wake_wait(socket, waiting_store, microseconds);
    return clock_monotonic() - start;
}

static void test_datagram(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("kolokol-wake-XXXXXX", NULL);
    jobs_wake_directory(folder);
    g_assert_false(jobs_wake_heard("press"));
    int listening = jobs_wake_listen("press", &error);
    g_assert_no_error(error);
    g_assert_true(jobs_wake_heard("press"));
    jobs_wake("press");
    jobs_wake("press");
    jobs_wake("mail"); /* nobody listens: nothing happens */
    g_assert_cmpint(waited(listening, CLOCK_SECOND), <, CLOCK_SECOND / 2);
    g_assert_cmpint(waited(listening, CLOCK_SECOND / 50), >=, CLOCK_SECOND / 50); /* all taken */
    g_assert_cmpint(waited(listening, -5), <, CLOCK_SECOND / 2);
    g_assert_cmpint(waited(listening, INT64_MAX), <, 2 * CLOCK_SECOND);
    close(listening);
    g_assert_false(jobs_wake_heard("press"));
    listening = jobs_wake_listen("press", &error); /* in the place of the one left */
    g_assert_no_error(error);
    close(listening);
    stores_remove_tree(folder);
    jobs_wake_directory(NULL);
}

/* A waker that was kept knows its way though the directory is forgotten. */
static void test_held(void)
{
    g_autoptr(GError) error = NULL;
    static const char *const lanes[] = {"press", "mail", NULL};
    g_autofree char *folder = g_dir_make_tmp("kolokol-wake-XXXXXX", NULL);
    jobs_wake_directory(folder);
    int listening = jobs_wake_listen("press", &error);
    g_assert_no_error(error);
    jobs_wake_hold(lanes);
    jobs_wake_directory(NULL);
    jobs_wake("press");
    jobs_wake("mail"); /* nobody listens: nothing happens */
    g_assert_cmpint(waited(listening, CLOCK_SECOND), <, CLOCK_SECOND / 2);
    jobs_wake_hold(NULL);
    jobs_wake("press"); /* no way any more */
    g_assert_cmpint(waited(listening, CLOCK_SECOND / 50), >=, CLOCK_SECOND / 50);
    close(listening);
    stores_remove_tree(folder);
}

static void test_refused(void)
{
    g_autoptr(GError) error = NULL;
    jobs_wake_directory(NULL);
    g_assert_cmpint(jobs_wake_listen("press", &error), ==, -1);
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_autofree char *far = g_strnfill(200, 'x');
    jobs_wake_directory(far);
    g_assert_cmpint(jobs_wake_listen("press", &error), ==, -1);
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    jobs_wake("press");
    jobs_wake_directory("/nowhere/at/all");
    g_assert_cmpint(jobs_wake_listen("press", &error), ==, -1);
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    jobs_wake_directory(NULL);
}

static bool enqueue(Store *store, void *data, GError **error)
{
    handlers_enqueue(store, "a", "x", here.now);
    g_assert_cmpint(waited(*(int *)data, CLOCK_SECOND / 50), >=, CLOCK_SECOND / 50);
    return true;
}

/* The datagram comes after the commit, not before. */
static void test_enqueue(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("kolokol-wake-XXXXXX", NULL);
    handlers_begin();
    jobs_wake_directory(folder);
    int listening = jobs_wake_listen("mail", NULL);
    g_assert_true(store_transact(store, enqueue, &listening, NULL));
    g_assert_cmpint(waited(listening, CLOCK_SECOND), <, CLOCK_SECOND / 2);
    close(listening);
    jobs_wake_directory(NULL);
    stores_remove_tree(folder);
    handlers_end();
}

/* As from another machine: no datagram arrives, only the database's call. */
static void test_far(Store *store, const char *url)
{
    if (store_engine(store) != STORE_POSTGRES) {
        return;
    }
    g_autofree char *folder = g_dir_make_tmp("kolokol-wake-XXXXXX", NULL);
    g_autoptr(Store) far = store_open(url, NULL);
    handlers_begin();
    jobs_wake_directory(folder);
    int listening = jobs_wake_listen("mail", NULL);
    jobs_wake_directory(NULL);
    waiting_store = store;
    g_assert_cmpint(waited(listening, CLOCK_SECOND / 50), >=, CLOCK_SECOND / 50);
    handlers_enqueue(far, "a", "x", here.now);
    g_assert_cmpint(waited(listening, CLOCK_SECOND), <, CLOCK_SECOND / 2);
    g_assert_cmpint(waited(listening, CLOCK_SECOND / 50), >=, CLOCK_SECOND / 50);
    handlers_enqueue(far, "b", "x", here.now);
    g_assert_cmpint(handlers_due(store), ==, here.now); /* it comes in with the answer */
    g_assert_cmpint(waited(listening, CLOCK_SECOND), <, CLOCK_SECOND / 2);
    waiting_store = NULL;
    close(listening);
    stores_remove_tree(folder);
    handlers_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/jobs/wake/datagram", test_datagram);
    g_test_add_func("/jobs/wake/held", test_held);
    g_test_add_func("/jobs/wake/refused", test_refused);
    stores_test_add("/jobs/wake/enqueue", test_enqueue);
    stores_test_add("/jobs/wake/far", test_far);
    return g_test_run();
}
