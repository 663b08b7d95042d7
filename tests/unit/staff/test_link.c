/* One-time links, on both engines: one use, their ends, and that a token is nowhere in the
 * database. */
#include "staff/link.h"

#include "base/clock.h"
#include "base/error.h"
#include "doubles/stores.h"
#include "staff_sql.h"

#define NOW INT64_C(1795000000000000)

static void made(Store *store, LinkPurpose purpose, int64_t person, char token[LINK_TOKEN])
{
    g_autoptr(GError) error = NULL;
    g_assert_true(link_make(store, purpose, person, NOW, token, NULL, &error));
    g_assert_no_error(error);
}

static bool good(Store *store, const char *token, int64_t now)
{
    g_autoptr(GError) error = NULL;
    Link link;
    bool found = link_find(store, token, now, &link, &error);
    g_assert_true(found || g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND));
    return found;
}

static bool use_body(Store *store, void *data, GError **error)
{
    return link_use(store, data, error);
}

static void test_once(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char token[LINK_TOKEN];
    Link link;
    made(store, LINK_INVITE, 7, token);
    g_assert_true(link_find(store, token, NOW, &link, &error));
    g_assert_cmpint(link.person, ==, 7);
    g_assert_cmpint(link.purpose, ==, LINK_INVITE);
    g_assert_true(good(store, token, NOW)); /* looking changes nothing */
    g_assert_true(store_transact(store, use_body, &link, &error));
    g_assert_false(store_transact(store, use_body, &link, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_assert_false(good(store, token, NOW));
}

static void test_ends(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char one[LINK_TOKEN], two[LINK_TOKEN], other[LINK_TOKEN];
    int64_t when = 0;
    made(store, LINK_RESET, 7, one);
    g_assert_true(good(store, one, NOW + link_lasts(LINK_RESET) - 1));
    g_assert_false(good(store, one, NOW + link_lasts(LINK_RESET)));
    made(store, LINK_RESET, 7, two);
    made(store, LINK_RESET, 8, other);
    g_assert_false(good(store, one, NOW)); /* replaced */
    g_assert_true(good(store, two, NOW));
    g_assert_true(link_made(store, LINK_RESET, 7, &when, &error));
    g_assert_cmpint(when, ==, NOW);
    g_assert_true(link_end_of(store, 7, &error));
    g_assert_false(good(store, two, NOW));
    g_assert_true(good(store, other, NOW));
    g_assert_true(link_made(store, LINK_INVITE, 7, &when, &error));
    g_assert_cmpint(when, ==, 0);
    g_assert_false(good(store, "", NOW));
    g_assert_false(good(store, "00000000000000000000000000000000", NOW));
}

static void test_hashed(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char token[LINK_TOKEN];
    made(store, LINK_FIRST, 0, token);
    g_autoptr(StoreRows) rows = staff_link_by_hash(store, token, NOW, &error);
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_END);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/staff/link/once", test_once);
    stores_test_add("/staff/link/ends", test_ends);
    stores_test_add("/staff/link/hashed", test_hashed);
    return g_test_run();
}
