#include "fund/sweep.h"

#include "practice_fixture.h"

/* The provider's calls were all lost: the sweep finds what was paid (research: revenue E7). */
static void test_lost(Store *store, const char *url)
{
    fixture_begin();
    g_autoptr(Gift) gift = fixture_gift(store, "a", FREQUENCY_ONCE, 500);
    fixture_decide(store, gift, PRACTICE_PAY); /* its job is not run */
    fixture_time += 3 * CLOCK_DAY;
    SweepReport report;
    g_assert_true(fund_sweep(store, fixture_time, &report, NULL));
    g_assert_cmpint(report.waiting, ==, 1);
    g_assert_cmpint(report.booked, ==, 1);
    g_assert_cmpint(fixture_state(store, gift->id), ==, GIFT_SETTLED);
    fixture_run(store, "pay");
    g_assert_true(fund_sweep(store, fixture_time, &report, NULL));
    g_assert_cmpint(report.waiting + report.asked + report.booked + report.expired, ==, 0);
    clock_replace(NULL, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/sweep/lost", test_lost);
    return g_test_run();
}
