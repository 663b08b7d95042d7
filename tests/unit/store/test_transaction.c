/* Transactions on both engines: atomic, joined, run again, and what follows a commit. */
#include "base/error.h"
#include "doubles/stores.h"

#include "probe.h"

static int64_t counter(Store *store)
{
    return probe_number(probe_counter_get(store, NULL));
}

static bool add(Store *store, void *data, GError **error)
{
    return probe_counter_add(store, error);
}

static bool add_and_refuse(Store *store, void *data, GError **error)
{
    return probe_counter_add(store, error) &&
           fail(error, KOLOKOL_ERROR_DENIED, "on second thoughts");
}

static bool add_and_say_nothing(Store *store, void *data, GError **error)
{
    probe_counter_add(store, error);
    return false;
}

static void test_atomic(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    probe_make(store);
    g_assert_true(store_transact(store, add, NULL, &error));
    g_assert_cmpint(counter(store), ==, 1);
    g_assert_false(store_transact(store, add_and_refuse, NULL, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_DENIED);
    g_clear_error(&error);
    g_assert_false(store_transact(store, add_and_say_nothing, NULL, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    g_assert_cmpint(counter(store), ==, 1);
    g_assert_false(store_in_transaction(store));
    g_assert_cmpint(store_counts(store).longest_write, >, 0);
}

/* Deferred commits are commits for everybody, and a transaction is no place to begin with them. */
static bool defer_inside(Store *store, void *data, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_assert_false(store_defer_commits(store, true, &reason));
    g_assert_error(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    return probe_counter_add(store, error);
}

static void test_defer(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    probe_make(store);
    g_assert_true(store_defer_commits(store, true, &error));
    g_assert_true(store_transact(store, add, NULL, &error));
    g_assert_false(store_transact(store, add_and_refuse, NULL, NULL));
    g_autoptr(Store) other = store_open(url, &error);
    g_assert_no_error(error);
    g_assert_cmpint(counter(other), ==, 1);
    g_assert_true(store_defer_commits(store, false, &error));
    g_assert_true(store_transact(store, defer_inside, NULL, &error));
    g_assert_cmpint(counter(other), ==, 2);
}

/* A failed statement spoils the transaction even if the body goes on. */
static bool stumble(Store *store, void *data, GError **error)
{
    g_autoptr(GError) second = NULL;
    probe_counter_add(store, NULL);
    g_assert_true(probe_insert(store, 1, NULL, NULL, NULL, 0, NULL));
    g_assert_false(probe_insert(store, 1, NULL, NULL, NULL, 0, NULL));
    g_assert_false(probe_counter_add(store, &second));
    g_assert_error(second, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    return true;
}

static bool swallow(Store *store, void *data, GError **error)
{
    probe_counter_add(store, error);
    g_assert_false(store_transact(store, add_and_refuse, NULL, NULL));
    return true;
}

static bool nest(Store *store, void *data, GError **error)
{
    g_assert_true(store_in_transaction(store));
    return store_transact(store, add, NULL, error) && store_snapshot(store, add, NULL, error);
}

static void test_spoilt(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    probe_make(store);
    g_assert_false(store_transact(store, stumble, NULL, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_clear_error(&error);
    g_assert_false(store_transact(store, swallow, NULL, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_DENIED);
    g_clear_error(&error);
    g_assert_cmpint(counter(store), ==, 0);
    g_assert_cmpint(probe_number(probe_count(store, NULL)), ==, 0);
    g_assert_true(store_transact(store, nest, NULL, &error));
    g_assert_no_error(error);
    g_assert_cmpint(counter(store), ==, 2);
}

/* BUSY runs the body again. */
typedef struct {
    int runs, busy;
} Runs;

static bool be_busy(Store *store, void *data, GError **error)
{
    Runs *runs = data;
    if (!probe_counter_add(store, error)) {
        return false;
    }
    return ++runs->runs > runs->busy || fail(error, KOLOKOL_ERROR_BUSY, "not yet");
}

static void test_again(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    probe_make(store);
    Runs runs = {.busy = 3};
    g_assert_true(store_transact(store, be_busy, &runs, &error));
    g_assert_cmpint(runs.runs, ==, 4);
    g_assert_cmpint(counter(store), ==, 1);
    runs = (Runs){.busy = 1000};
    g_assert_false(store_transact(store, be_busy, &runs, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    g_assert_cmpint(runs.runs, ==, 10);
    g_assert_cmpint(counter(store), ==, 1);
}

/* Snapshots see one state and do not write. */
static bool look_twice(Store *store, void *data, GError **error)
{
    Store *other = data;
    int64_t before = counter(store);
    g_assert_true(probe_counter_add(other, error));
    g_assert_cmpint(counter(store), ==, before);
    return true;
}

static bool write_once(Store *store, void *data, GError **error)
{
    return probe_counter_add(store, error);
}

static bool write_grow(Store *store, void *data, GError **error)
{
    g_autoptr(StoreRows) rows = probe_grow(store, 1, error);
    return rows != NULL;
}

static bool write_inside(Store *store, void *data, GError **error)
{
    return store_transact(store, write_once, NULL, error);
}

static void test_snapshot(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) other = store_open(url, &error);
    probe_make(store);
    g_assert_true(store_snapshot(store, look_twice, other, &error));
    g_assert_no_error(error);
    g_assert_cmpint(counter(store), ==, 1);
    StoreBody bodies[] = {write_once, write_grow, write_inside};
    for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_assert_false(store_snapshot(store, bodies[i], NULL, &error));
        g_assert_nonnull(error);
        g_clear_error(&error);
    }
    g_assert_cmpint(counter(store), ==, 1);
    g_assert_true(store_transact(store, add, NULL, &error));
    g_assert_no_error(error);
}

/* After the commit, once per pair, in order; not after a rollback. */
static GString *calls;

static void called(Store *store, void *data)
{
    g_assert_false(store_in_transaction(store));
    g_string_append(calls, data);
}

static void called_and_writes(Store *store, void *data)
{
    g_assert_true(store_transact(store, add, NULL, NULL));
    g_string_append(calls, data);
}

static bool register_some(Store *store, void *data, GError **error)
{
    static char a[] = "a", b[] = "b", c[] = "c";
    store_after_commit(store, called, a);
    store_after_commit(store, called_and_writes, b);
    store_after_commit(store, called, a);
    store_after_commit(store, called, c);
    g_assert_cmpstr(calls->str, ==, "");
    return *(bool *)data || fail(error, KOLOKOL_ERROR_DENIED, "no");
}

static void test_after(Store *store, const char *url)
{
    static char d[] = "d";
    probe_make(store);
    calls = g_string_new(NULL);
    bool succeed = false;
    g_assert_false(store_transact(store, register_some, &succeed, NULL));
    g_assert_cmpstr(calls->str, ==, "");
    succeed = true;
    g_assert_true(store_transact(store, register_some, &succeed, NULL));
    g_assert_cmpstr(calls->str, ==, "abc");
    store_after_commit(store, called, d);
    g_assert_cmpstr(calls->str, ==, "abcd");
    g_assert_cmpint(counter(store), ==, 1);
    g_string_free(calls, TRUE);
}

/* Several connections, each reading and then writing: no update is lost, none gives up. */
#define THREADS 4
#define ADDS    40

static bool read_and_write(Store *store, void *data, GError **error)
{
    int64_t id = 0;
    g_autoptr(StoreRows) rows = probe_counter_get(store, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    int64_t value = store_number(rows, 0);
    g_clear_pointer(&rows, store_rows_free);
    return store_next_id(store, "probe", &id, error) && probe_counter_set(store, value + 1, error);
}

static gpointer write_much(gpointer url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = store_open(url, &error);
    g_assert_no_error(error);
    for (int i = 0; i < ADDS; i++) {
        store_transact(store, read_and_write, NULL, &error);
        g_assert_no_error(error);
    }
    return NULL;
}

static void test_together(Store *store, const char *url)
{
    probe_make(store);
    GThread *threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        threads[i] = g_thread_new("writer", write_much, (gpointer)(uintptr_t)url);
    }
    for (int i = 0; i < THREADS; i++) {
        g_thread_join(threads[i]);
    }
    int64_t id = 0;
    g_assert_cmpint(counter(store), ==, THREADS * ADDS);
    g_assert_true(store_next_id(store, "probe", &id, NULL));
    g_assert_cmpint(id, ==, THREADS * ADDS + 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/store/transaction/atomic", test_atomic);
    stores_test_add("/store/transaction/defer", test_defer);
    stores_test_add("/store/transaction/spoilt", test_spoilt);
    stores_test_add("/store/transaction/again", test_again);
    stores_test_add("/store/transaction/snapshot", test_snapshot);
    stores_test_add("/store/transaction/after", test_after);
    stores_test_add("/store/transaction/together", test_together);
    return g_test_run();
}
