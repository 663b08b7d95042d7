/* The lease: one at a time on a machine, one at a time in a database, and a fence that tells. */
#include "press/lease.h"

#include "base/clock.h"
#include "base/error.h"
#include "doubles/stores.h"
#include "fixture.h"
#include "press_sql.h"

static PressLease take(Store *store, int directory)
{
    g_autoptr(GError) error = NULL;
    PressLease lease;
    press_lease_take(&lease, store, directory, &error);
    g_assert_no_error(error);
    return lease;
}

static void refused(Store *store, int directory)
{
    g_autoptr(GError) error = NULL;
    PressLease lease;
    g_assert_false(press_lease_take(&lease, store, directory, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    press_lease_drop(&lease); /* of none: does nothing */
}

static void test_one(Store *store, const char *url)
{
    Fixture fixture;
    fixture_begin(&fixture);
    PressLease lease = take(store, fixture.directory);
    int64_t first = lease.fence;
    refused(store, fixture.directory);
    g_assert_true(press_lease_renew(&lease, NULL));
    press_lease_drop(&lease);
    g_assert_cmpint(lease.lock, ==, -1);
    lease = take(store, fixture.directory);
    g_assert_cmpint(lease.fence, >, first);
    press_lease_drop(&lease);
    fixture_end(&fixture);
}

/* Of another machine: kept out while its lease lives; taken over when it is over. */
static void test_elsewhere(Store *store, const char *url)
{
    Fixture fixture;
    fixture_begin(&fixture);
    g_assert_true(press_lease_put(store, "elsewhere", 9, clock_now() + CLOCK_MINUTE, NULL));
    refused(store, fixture.directory);
    g_assert_true(press_lease_put(store, "elsewhere", 9, clock_now() - 1, NULL));
    PressLease lease = take(store, fixture.directory);
    g_assert_cmpint(lease.fence, ==, 10);
    press_lease_drop(&lease);
    fixture_end(&fixture);
}

static void test_fence(Store *store, const char *url)
{
    Fixture fixture;
    fixture_begin(&fixture);
    g_autoptr(GError) error = NULL;
    PressLease lease = take(store, fixture.directory);
    g_assert_true(press_lease_put(store, "elsewhere", lease.fence + 1, clock_now(), NULL));
    g_assert_false(press_lease_renew(&lease, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    press_lease_drop(&lease); /* leaves the other's lease alone */
    g_autoptr(StoreRows) rows = press_lease_read(store, NULL);
    g_assert_cmpint(store_rows_next(rows, NULL), ==, STORE_ROW);
    g_assert_cmpstr(store_text(rows, 0), ==, "elsewhere");
    g_assert_cmpint(store_number(rows, 2), >, 0);
    fixture_end(&fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/lease/one", test_one);
    stores_test_add("/lease/elsewhere", test_elsewhere);
    stores_test_add("/lease/fence", test_fence);
    return g_test_run();
}
