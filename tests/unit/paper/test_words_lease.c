/* One reader of words at a time. */
#include "paper/words_lease.h"

#include "base/clock.h"
#include "base/error.h"
#include "doubles/stores.h"
#include "paper_sql.h"

static int64_t test_clock(void *data)
{
    return *(int64_t *)data;
}

static void test_lease(Store *store, const char *url)
{
    int64_t now = INT64_C(1795000000000000);
    WordsLease a, b;
    g_autoptr(GError) error = NULL;
    clock_replace(test_clock, &now);
    words_lease_init(&a);
    words_lease_init(&b);
    g_assert_false(words_lease_held(&a));
    g_assert_true(words_lease_take(&a, store, NULL));
    g_assert_true(words_lease_held(&a));
    g_assert_true(words_lease_take(&b, store, NULL));
    g_assert_false(words_lease_held(&b));
    g_assert_true(words_lease_take(&a, store, NULL)); /* renewed */
    g_assert_true(words_lease_drop(&b, store, NULL)); /* was not its own */
    g_assert_true(words_lease_check(&a, store, NULL));

    now += WORDS_LEASE + 1;
    g_assert_true(words_lease_take(&b, store, NULL));
    g_assert_true(words_lease_held(&b));
    g_assert_false(words_lease_check(&a, store, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    g_assert_true(words_lease_drop(&a, store, NULL)); /* too late: the other keeps it */
    g_assert_true(words_lease_check(&b, store, NULL));
    g_assert_true(words_lease_drop(&b, store, NULL));
    g_assert_true(words_lease_take(&a, store, NULL));
    g_assert_true(words_lease_held(&a));
    clock_replace(NULL, NULL);
}

static int64_t row_until(Store *store)
{
    g_autoptr(StoreRows) rows = paper_words_lease(store, NULL);
    g_assert_cmpint(store_rows_next(rows, NULL), ==, STORE_ROW);
    return store_number(rows, 1);
}

/* A long step goes on holding it; not if somebody had it meanwhile, even if he is done. */
static void test_renewed(Store *store, const char *url)
{
    int64_t now = INT64_C(1795000000000000), first = now;
    WordsLease a, b;
    g_autoptr(GError) error = NULL;
    clock_replace(test_clock, &now);
    words_lease_init(&a);
    words_lease_init(&b);
    g_assert_true(words_lease_take(&a, store, NULL));
    now += CLOCK_SECOND;
    g_assert_true(words_lease_renew(&a, store, NULL)); /* fresh enough: nothing is written */
    g_assert_cmpint(row_until(store), ==, first + WORDS_LEASE);
    a.until = 1;
    g_assert_true(words_lease_renew(&a, store, NULL));
    g_assert_true(words_lease_held(&a));
    g_assert_cmpint(row_until(store), ==, now + WORDS_LEASE);

    now += WORDS_LEASE + 1;
    a.until = 1;
    g_assert_true(words_lease_renew(&a, store, NULL)); /* too old, but nobody minded */
    now += WORDS_LEASE + 1;
    g_assert_true(words_lease_take(&b, store, NULL));
    g_assert_true(words_lease_drop(&b, store, NULL));
    a.until = 1;
    g_assert_false(words_lease_renew(&a, store, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    g_assert_false(words_lease_held(&a));
    clock_replace(NULL, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/words-lease/one", test_lease);
    stores_test_add("/words-lease/renewed", test_renewed);
    return g_test_run();
}
