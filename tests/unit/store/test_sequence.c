/* Sequences on both engines: from 1, apart by name, without gaps. */
#include "base/error.h"
#include "doubles/stores.h"

static int64_t next(Store *store, const char *name)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_assert_true(store_next_id(store, name, &id, &error));
    g_assert_no_error(error);
    return id;
}

static void test_names(Store *store, const char *url)
{
    for (int64_t i = 1; i <= 3; i++) {
        g_assert_cmpint(next(store, "story"), ==, i);
    }
    g_assert_cmpint(next(store, "media"), ==, 1);
    g_assert_cmpint(next(store, ""), ==, 1);
    g_assert_cmpint(next(store, "story"), ==, 4);
}

static bool take_two(Store *store, void *data, GError **error)
{
    next(store, "story");
    next(store, "story");
    return *(bool *)data || fail(error, KOLOKOL_ERROR_DENIED, "no");
}

static void test_rollback(Store *store, const char *url)
{
    bool commit = false;
    g_assert_false(store_transact(store, take_two, &commit, NULL));
    g_assert_cmpint(next(store, "story"), ==, 1);
    commit = true;
    g_assert_true(store_transact(store, take_two, &commit, NULL));
    g_assert_cmpint(next(store, "story"), ==, 4);
}

static void test_refused(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    int64_t untouched = 77;
    g_assert_false(store_next_id(store, "\xff", &untouched, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_assert_cmpint(untouched, ==, 77);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/store/sequence/names", test_names);
    stores_test_add("/store/sequence/rollback", test_rollback);
    stores_test_add("/store/sequence/refused", test_refused);
    return g_test_run();
}
