/* Touches exist exactly if their transaction does. */
#include "press/press.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "fixture.h"
#include "press_sql.h"

#include <string.h>

static bool touch_three(Store *store, void *data, GError **error)
{
    return press_touch(store, "story:1", error) &&
           press_touch_at(store, "list:all/en", 50, 3, error) &&
           press_touch_due(store, 99, "story:2", 0, 0, error) &&
           (data == NULL || fail(error, KOLOKOL_ERROR_INVALID, "no"));
}

static void test_kept(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    store_transact(store, touch_three, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(StoreRows) rows = press_change_take(store, 10, &error);
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_ROW);
    g_assert_cmpstr(store_text(rows, 0), ==, "story:1");
    g_assert_cmpint(store_number(rows, 1), ==, INT64_MAX); /* whoever read it, wherever */
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_ROW);
    g_assert_cmpint(store_number(rows, 1), ==, 50);
    g_assert_cmpint(store_number(rows, 2), ==, 3);
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_END);
    g_clear_pointer(&rows, store_rows_free);
    g_assert_false(fixture_any(press_change_any(store, &error)));
    g_assert_cmpuint(fixture_count(press_due_between(store, 0, 98, &error)), ==, 0);
    g_assert_cmpuint(fixture_count(press_due_between(store, 98, 99, &error)), ==, 1);
}

static void test_rolled_back(Store *store, const char *url)
{
    g_assert_false(store_transact(store, touch_three, store, NULL));
    g_assert_false(fixture_any(press_change_any(store, NULL)));
    g_assert_false(fixture_any(press_due_between(store, 0, INT64_MAX, NULL)));
}

static bool touch_long(Store *store, void *data, GError **error)
{
    return press_touch(store, data, error);
}

static void test_refused(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(press_touch(store, "story:1", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    char name[400];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    g_assert_false(store_transact(store, touch_long, name, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/touch/kept", test_kept);
    stores_test_add("/touch/rolled_back", test_rolled_back);
    stores_test_add("/touch/refused", test_refused);
    return g_test_run();
}
