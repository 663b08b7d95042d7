/* Values and rows on both engines: what goes in comes out, and errors are of the right kind. */
#include "base/error.h"
#include "doubles/stores.h"

#include "probe.h"

static StoreRows *row(Store *store, int64_t id)
{
    g_autoptr(GError) error = NULL;
    StoreRows *rows = probe_by_id(store, id, &error);
    g_assert_no_error(error);
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_ROW);
    return rows;
}

static void test_values(Store *store, const char *url)
{
    static const char raw[] = {0, 1, '\\', '\'', 'x', (char)255, 0};
    g_autoptr(GError) error = NULL;
    probe_make(store);
    int64_t least = INT64_MIN, most = INT64_MAX;
    g_assert_true(
        probe_insert(store, 1, &least, "Привет, \"мир\"\\ $1 ?1\n", raw, sizeof raw, &error));
    g_assert_true(probe_insert(store, 2, &most, "", "", 0, &error));
    g_assert_true(probe_insert(store, 3, NULL, NULL, NULL, 0, &error));
    g_assert_no_error(error);

    size_t length = 9;
    StoreRows *rows = row(store, 1);
    g_assert_cmpint(store_number(rows, 0), ==, INT64_MIN);
    g_assert_cmpstr(store_text(rows, 1), ==, "Привет, \"мир\"\\ $1 ?1\n");
    const void *bytes = store_bytes(rows, 2, &length);
    g_assert_cmpmem(bytes, (int)length, raw, sizeof raw);
    g_autofree char *copy = store_text_copy(rows, 1);
    store_rows_free(rows);
    g_assert_true(g_str_has_prefix(copy, "Привет"));

    rows = row(store, 2);
    g_assert_cmpint(store_number(rows, 0), ==, INT64_MAX);
    g_assert_cmpstr(store_text(rows, 1), ==, "");
    g_assert_nonnull(store_bytes(rows, 2, &length)); /* empty is not NULL */
    g_assert_cmpuint(length, ==, 0);
    store_rows_free(rows);

    rows = row(store, 3);
    g_assert_cmpint(store_number(rows, 0), ==, 0);
    g_assert_null(store_text(rows, 1));
    g_assert_null(store_bytes(rows, 2, &length));
    g_assert_cmpuint(length, ==, 0);
    g_assert_null(store_text_copy(rows, 1));
    store_rows_free(rows);
}

static void test_parameters(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    probe_make(store);
    g_assert_true(probe_insert(store, 7, NULL, NULL, NULL, 0, &error));
    g_autoptr(StoreRows) rows = probe_swapped(store, "a", 40, &error);
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_ROW);
    g_assert_cmpint(store_number(rows, 0), ==, 41);
    g_assert_cmpstr(store_text(rows, 1), ==, "a");
    g_assert_cmpint(store_number(rows, 2), ==, 42);
    g_assert_cmpstr(store_text(rows, 3), ==, "a");
    g_autoptr(StoreRows) truth = probe_truth(store, 7, &error);
    g_assert_cmpint(store_rows_next(truth, &error), ==, STORE_ROW);
    g_assert_cmpint(store_number(truth, 0), ==, 1);
    g_assert_cmpint(store_number(truth, 1), ==, 0);
    g_assert_null(store_text(truth, 2));
    g_autoptr(StoreRows) engine = probe_engine(store, &error);
    g_assert_cmpint(store_rows_next(engine, &error), ==, STORE_ROW);
    g_assert_cmpstr(store_text(engine, 0), ==,
                    store_engine(store) == STORE_SQLITE ? "it's \"sqlite\" \\"
                                                        : "it's \"postgres\" \\");
    g_assert_no_error(error);
}

/* Texts are ordered by their bytes, whatever the machine's language. */
static void test_order(Store *store, const char *url)
{
    static const char *const words[] = {"", "B", "Z", "a", "a ", "a-b", "ab", "É", "é", "я", "😀"};
    g_autoptr(GError) error = NULL;
    probe_make(store);
    for (size_t i = G_N_ELEMENTS(words); i-- > 0;) {
        g_assert_true(probe_insert(store, (int64_t)i, NULL, words[i], NULL, 0, &error));
    }
    g_autoptr(StoreRows) rows = probe_words_in_order(store, &error);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_ROW);
        g_assert_cmpstr(store_text(rows, 0), ==, words[i]);
    }
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_END);
}

/* After its end a statement is not run again. */
static void test_end(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    probe_make(store);
    g_assert_true(probe_insert(store, 1, NULL, NULL, NULL, 0, &error));
    g_autoptr(StoreRows) none = probe_by_id(store, 99, &error);
    g_assert_cmpint(store_rows_next(none, &error), ==, STORE_END);
    g_assert_cmpint(store_rows_next(none, &error), ==, STORE_END);
    StoreRows *rows = probe_grow(store, 5, &error);
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_ROW);
    g_assert_cmpint(store_number(rows, 0), ==, 5);
    for (int i = 0; i < 3; i++) {
        g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_END);
    }
    store_rows_free(rows);
    g_assert_cmpint(probe_number(probe_by_id(store, 1, &error)), ==, 5);
    /* Written even if nobody walks the rows. */
    store_rows_free(probe_grow(store, 1, &error));
    g_assert_cmpint(probe_number(probe_by_id(store, 1, &error)), ==, 6);
    /* The same statement twice at once. */
    g_autoptr(StoreRows) first = probe_words_in_order(store, &error);
    g_autoptr(StoreRows) second = probe_words_in_order(store, &error);
    g_assert_cmpint(store_rows_next(second, &error), ==, STORE_ROW);
    g_assert_cmpint(store_rows_next(first, &error), ==, STORE_ROW);
    g_assert_no_error(error);
}

static void test_changed(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    int64_t changed = -1;
    probe_make(store);
    g_assert_true(probe_insert_other_counted(store, 1, "a", &changed, &error));
    g_assert_cmpint(changed, ==, 1);
    g_assert_true(probe_insert_other_counted(store, 1, "b", &changed, &error));
    g_assert_cmpint(changed, ==, 0);
    g_assert_true(probe_insert_other(store, 2, "c", &error));
    StoreCounts before = store_counts(store);
    g_assert_true(probe_update_all_counted(store, 4, &changed, &error));
    g_assert_cmpint(changed, ==, 2);
    g_assert_true(probe_delete_counted(store, 3, &changed, &error));
    g_assert_cmpint(changed, ==, 0);
    StoreCounts after = store_counts(store);
    g_assert_cmpuint(after.writes - before.writes, ==, 2);
    g_assert_cmpuint(after.statements - before.statements, ==, 2);
    g_assert_cmpint(probe_number(probe_count(store, &error)), ==, 2);
    g_assert_cmpuint(store_counts(store).rows - after.rows, ==, 1);
}

static void test_errors(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    int64_t untouched = 77;
    probe_make(store);
    g_assert_true(probe_insert(store, 1, NULL, "a", NULL, 0, NULL));
    g_assert_false(probe_insert(store, 1, NULL, "b", NULL, 0, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_assert_null(strchr(error->message, '\n'));
    g_clear_error(&error);
    g_assert_null(probe_broken(store, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "probe_broken"));
    g_clear_error(&error);
    g_assert_false(probe_insert(store, 2, NULL, "\xff\xfe", NULL, 0, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_false(probe_insert_other_counted(store, 3, "\xc3", &untouched, &error));
    g_assert_cmpint(untouched, ==, 77);
    g_assert_cmpint(probe_number(probe_count(store, NULL)), ==, 1);
}

static void test_open(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(store_open("mysql://localhost/x", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_null(store_open("sqlite:/nowhere/at/all.db", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "/nowhere/at/all.db"));
    g_clear_error(&error);
    g_assert_null(store_open("postgresql://nobody:secret@/x?host=/nowhere", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    g_assert_null(strstr(error->message, "secret"));
}

static void test_any(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    bool any = true;
    probe_make(store);
    g_assert_true(probe_insert(store, 7, NULL, NULL, NULL, 0, &error));
    g_assert_true(store_rows_any(probe_by_id(store, 8, &error), &any, &error));
    g_assert_false(any);
    g_assert_true(store_rows_any(probe_by_id(store, 7, &error), &any, &error));
    g_assert_true(any);
    g_assert_false(store_rows_any(NULL, &any, &error));
    g_assert_true(any);
    g_assert_true(probe_insert(store, 9, NULL, NULL, NULL, 0, &error)); /* no rows are open */
    g_assert_no_error(error);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/store/values", test_values);
    stores_test_add("/store/parameters", test_parameters);
    stores_test_add("/store/order", test_order);
    stores_test_add("/store/end", test_end);
    stores_test_add("/store/changed", test_changed);
    stores_test_add("/store/errors", test_errors);
    g_test_add_func("/store/open", test_open);
    stores_test_add("/store/any", test_any);
    return g_test_run();
}
