/*
 * The fault loop of the store (DESIGN 10.9): each SQL call of a piece of work fails, once and then
 * persistently. Afterwards the work is done whole or not at all, success is reported exactly if it
 * is done, and the next work succeeds. Leaks are the sanitized build's to find.
 */
#include "base/error.h"
#include "base/fault.h"
#include "doubles/stores.h"
#include "store/migrations.h"
#include "store_sql.h"

#include "probe.h"

static int64_t counter(Store *store)
{
    return probe_number(probe_counter_get(store, NULL));
}

static unsigned wakes;

static void wake(Store *store, void *data)
{
    wakes++;
}

/* Reads, writes, takes a number, writes with rows, and joins another transaction. */
static bool inner(Store *store, void *data, GError **error)
{
    g_autoptr(StoreRows) rows = probe_grow(store, 1, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
    }
    return step == STORE_END;
}

static bool work(Store *store, void *data, GError **error)
{
    int64_t id = 0;
    store_after_commit(store, wake, NULL);
    g_autoptr(StoreRows) rows = probe_counter_get(store, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    int64_t value = store_number(rows, 0);
    g_clear_pointer(&rows, store_rows_free);
    return store_next_id(store, "fault", &id, error) &&
           probe_insert(store, id, NULL, "text", "raw", 3, error) &&
           store_transact(store, inner, NULL, error) && probe_counter_set(store, value + 1, error);
}

static void one_failure(Store *store, uint64_t nth, bool persistent)
{
    g_autoptr(GError) error = NULL;
    int64_t before = counter(store), rows = probe_number(probe_count(store, NULL));
    wakes = 0;
    fault_plan(FAULT_SQL, nth, persistent);
    bool done = store_transact(store, work, NULL, &error);
    fault_end();
    g_assert_true(done == (error == NULL));
    if (error != NULL) {
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    }
    g_assert_false(store_in_transaction(store));
    g_assert_cmpint(counter(store), ==, before + done);
    g_assert_cmpint(probe_number(probe_count(store, NULL)), ==, rows + done);
    g_assert_cmpuint(wakes, ==, done);
}

static void test_transaction(Store *store, const char *url)
{
    probe_make(store);
    fault_plan(FAULT_SQL, 0, false);
    g_assert_true(store_transact(store, work, NULL, NULL));
    uint64_t calls = fault_end();
    g_assert_cmpuint(calls, >, 8);
    for (uint64_t nth = 1; nth <= calls; nth++) {
        one_failure(store, nth, false);
        one_failure(store, nth, true);
    }
    one_failure(store, calls + 2, false);
    g_assert_cmpint(counter(store), ==, 2);
}

static bool look(Store *store, void *data, GError **error)
{
    g_autoptr(StoreRows) rows = probe_count(store, error);
    return rows != NULL && store_rows_next(rows, error) == STORE_ROW;
}

static void test_snapshot(Store *store, const char *url)
{
    probe_make(store);
    for (uint64_t nth = 1; nth <= 4; nth++) {
        fault_plan(FAULT_SQL, nth, true);
        g_assert_false(store_snapshot(store, look, NULL, NULL));
        fault_end();
        g_assert_true(store_snapshot(store, look, NULL, NULL));
    }
}

/* A migration that fails leaves those before it, and goes on where it stopped. */
static void migrate_with_failures(StoreEngine engine)
{
    g_autofree char *url = stores_make(engine, false);
    uint64_t nth = 0;
    for (bool done = false; !done;) {
        g_autoptr(GError) error = NULL;
        fault_plan(FAULT_SQL, ++nth, false);
        g_autoptr(Store) store = store_open(url, &error);
        done = store != NULL && store_migrate(store, &error);
        fault_end();
        g_assert_true(done == (error == NULL));
        g_assert_cmpuint(nth, <, 1000);
    }
    g_autoptr(Store) store = store_open(url, NULL);
    g_autoptr(StoreRows) rows = store_migration_numbers(store, NULL);
    for (size_t i = 0; i < store_migrations_count; i++) {
        g_assert_cmpint(store_rows_next(rows, NULL), ==, STORE_ROW);
        g_assert_cmpint(store_number(rows, 0), ==, store_migrations[i].number);
    }
    g_assert_cmpint(store_rows_next(rows, NULL), ==, STORE_END);
    g_clear_pointer(&rows, store_rows_free);
    g_clear_pointer(&store, store_free);
    stores_drop(url);
}

static void test_migrate_sqlite(void)
{
    migrate_with_failures(STORE_SQLITE);
}

static void test_migrate_postgres(void)
{
    migrate_with_failures(STORE_POSTGRES);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/store/fault/transaction", test_transaction);
    stores_test_add("/store/fault/snapshot", test_snapshot);
    g_test_add_func("/store/fault/migrate/sqlite", test_migrate_sqlite);
    g_test_add_func("/store/fault/migrate/postgres", test_migrate_postgres);
    return g_test_run();
}
