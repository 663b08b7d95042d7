#include "store/store.h"

#include "base/error.h"
#include "base/fault.h"
#include "doubles/stores.h"
#include "press_sql.h"

#include <string.h>

/* press_setting is a table of two texts: good for trying an engine. */
static char *setting(Store *store, const char *name)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(StoreRows) rows = press_setting_read(store, name, &error);
    g_assert_no_error(error);
    StoreStep step = store_rows_next(rows, &error);
    g_assert_no_error(error);
    return step == STORE_ROW ? store_text_copy(rows, 0) : NULL;
}

static void test_values(Store *store, const char *url)
{
    static const uint8_t bytes[] = {0, 1, 255, 0, '\'', '\\'};
    int64_t boundary = INT64_MIN + 1;
    g_assert_true(press_page_insert(store, 7, "story:7", "a/ü.html", "a", 3, bytes, sizeof bytes,
                                    INT64_MAX, -1, 0, "", 0, &boundary, 0, NULL));
    g_autoptr(StoreRows) rows = press_page_by_name(store, "story:7", NULL);
    g_assert_cmpint(store_rows_next(rows, NULL), ==, STORE_ROW);
    g_assert_cmpint(store_number(rows, 0), ==, 7);
    g_assert_cmpstr(store_text(rows, 1), ==, "a/ü.html");
    size_t length = 0;
    const void *read = store_bytes(rows, 2, &length);
    g_assert_cmpmem(bytes, sizeof bytes, read, (int)length);
    store_bytes(rows, 4, &length);
    g_assert_cmpuint(length, ==, 0);
    g_assert_cmpint(store_number(rows, 5), ==, boundary);
    g_assert_cmpint(store_number(rows, 6), ==, INT64_MAX);
    g_assert_cmpint(store_rows_next(rows, NULL), ==, STORE_END);
}

static void test_conflict(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(press_globals_insert(store, 1, "a", NULL));
    g_assert_false(press_globals_insert(store, 2, "a", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    int64_t changed = -1;
    g_assert_true(press_globals_delete_unused_counted(store, 1, &changed, NULL));
    g_assert_cmpint(changed, ==, 1);
    g_assert_true(press_globals_delete_unused_counted(store, 1, &changed, NULL));
    g_assert_cmpint(changed, ==, 0);
}

typedef struct {
    unsigned runs, after;
    bool result;
    bool inner;
} Trial;

static void after(Store *store, void *data)
{
    ((Trial *)data)->after++;
}

static bool write_a(Store *store, void *data, GError **error)
{
    Trial *trial = data;
    trial->runs++;
    store_after_commit(store, after, trial);
    store_after_commit(store, after, trial);
    if (!press_setting_put(store, "a", "1", error)) {
        return false;
    }
    return trial->result || fail(error, KOLOKOL_ERROR_INVALID, "no");
}

static bool nested(Store *store, void *data, GError **error)
{
    Trial *trial = data;
    Trial inner = {.result = trial->inner};
    bool done = store_transact(store, write_a, &inner, NULL);
    g_assert_true(done == trial->inner);
    return press_setting_put(store, "b", "2", error);
}

static void test_transactions(Store *store, const char *url)
{
    Trial trial = {.result = false};
    g_assert_false(store_transact(store, write_a, &trial, NULL));
    g_assert_null(setting(store, "a"));
    g_assert_cmpuint(trial.after, ==, 0);
    g_assert_false(store_in_transaction(store));
    trial.result = true;
    g_assert_true(store_transact(store, write_a, &trial, NULL));
    g_autofree char *a = setting(store, "a");
    g_assert_cmpstr(a, ==, "1");
    g_assert_cmpuint(trial.after, ==, 1);
}

/* A failure inside that the outer body does not heed must not be half committed. */
static void test_nested(Store *store, const char *url)
{
    Trial trial = {.inner = false};
    g_autoptr(GError) error = NULL;
    g_assert_false(store_transact(store, nested, &trial, &error));
    g_assert_nonnull(error);
    g_assert_null(setting(store, "a"));
    g_assert_null(setting(store, "b"));
    trial.inner = true;
    g_assert_true(store_transact(store, nested, &trial, NULL));
    g_autofree char *b = setting(store, "b");
    g_assert_cmpstr(b, ==, "2");
}

static void test_sequence(Store *store, const char *url)
{
    for (int64_t expected = 1; expected <= 3; expected++) {
        int64_t id = 0;
        g_assert_true(store_next_id(store, "things", &id, NULL));
        g_assert_cmpint(id, ==, expected);
    }
    int64_t other = 0;
    g_assert_true(store_next_id(store, "others", &other, NULL));
    g_assert_cmpint(other, ==, 1);
}

static bool fails_once(Store *store, void *data, GError **error)
{
    unsigned *runs = data;
    return ++*runs > 1 || fail(error, KOLOKOL_ERROR_BUSY, "busy");
}

static void test_retry(Store *store, const char *url)
{
    unsigned runs = 0;
    g_assert_true(store_transact(store, fails_once, &runs, NULL));
    g_assert_cmpuint(runs, ==, 2);
}

/* Each SQL call fails, once and then persistently: afterwards the transaction was whole or not at
 * all. */
static void test_faults(Store *store, const char *url)
{
    for (int persistent = 0; persistent < 2; persistent++) {
        for (uint64_t n = 1;; n++) {
            Trial trial = {.result = true};
            g_assert_true(press_setting_delete(store, "a", NULL));
            fault_plan(FAULT_SQL, n, persistent != 0);
            g_autoptr(GError) error = NULL;
            bool done = store_transact(store, write_a, &trial, &error);
            bool reached = fault_end() >= n;
            g_autofree char *a = setting(store, "a");
            g_assert_true(done == (a != NULL));
            g_assert_true(done == (error == NULL));
            g_assert_false(store_in_transaction(store));
            if (!reached) {
                g_assert_true(done);
                break;
            }
        }
    }
}

static void test_migrate_again(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) second = store_open(url, &error);
    g_assert_no_error(error);
    g_assert_true(store_migrate(second, &error));
    g_assert_no_error(error);
}

static void test_refuse(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(store_open("mysql://x", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_null(store_open("sqlite:/nowhere/at/all.db", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/store/values", test_values);
    stores_test_add("/store/conflict", test_conflict);
    stores_test_add("/store/transactions", test_transactions);
    stores_test_add("/store/nested", test_nested);
    stores_test_add("/store/sequence", test_sequence);
    stores_test_add("/store/retry", test_retry);
    stores_test_add("/store/faults", test_faults);
    stores_test_add("/store/migrate-again", test_migrate_again);
    g_test_add_func("/store/refuse", test_refuse);
    return g_test_run();
}
