/* What is PostgreSQL's alone: a connection that is lost comes back. */
#include "base/error.h"
#include "doubles/stores.h"

#include "probe.h"

static void lose(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) other = store_open(url, &error);
    g_assert_no_error(error);
    int64_t backend = probe_number(probe_backend(store, &error));
    probe_number(probe_kill(other, backend, &error));
    g_assert_no_error(error);
    g_usleep(100000);
}

static bool add(Store *store, void *data, GError **error)
{
    return probe_counter_add(store, error);
}

static bool add_and_lose(Store *store, void *data, GError **error)
{
    if (!probe_counter_add(store, error)) {
        return false;
    }
    lose(store, data);
    return probe_counter_add(store, error);
}

static void test_lost(Store *store, const char *url)
{
    if (store_engine(store) != STORE_POSTGRES) {
        return;
    }
    g_autoptr(GError) error = NULL;
    probe_make(store);

    lose(store, url); /* while idle: a transaction does not even notice */
    g_assert_true(store_transact(store, add, NULL, &error));
    g_assert_no_error(error);

    lose(store, url); /* a single statement fails, the next goes on */
    g_assert_false(probe_counter_add(store, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    g_clear_error(&error);
    g_assert_true(probe_counter_add(store, &error));

    /* In the middle of a transaction: that is gone as a whole. */
    g_assert_false(store_transact(store, add_and_lose, (void *)(uintptr_t)url, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    g_clear_error(&error);
    g_assert_true(store_transact(store, add, NULL, &error));
    g_assert_cmpint(probe_number(probe_counter_get(store, &error)), ==, 3);
    g_assert_no_error(error);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/store/postgres/lost", test_lost);
    return g_test_run();
}
