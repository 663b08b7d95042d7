#include "desk/calendar.h"

#include "desk/site.h"
#include "fixture.h"

static void test_parse(void)
{
    int64_t number = 0;
    g_assert_true(calendar_day_parse("2024-02-29", &number));
    g_assert_cmpint(number, ==, 20240229);
    g_assert_true(calendar_month_parse("2026-11", &number));
    g_assert_cmpint(number, ==, 202611);
    g_assert_true(calendar_year_parse("1987", &number));
    g_assert_cmpint(number, ==, 1987);
    static const char *const bad[] = {"",           "2026-02-29", "2026-13-01",  "2026-00-10",
                                      "0000-01-01", "2026-1-1",   "2026-11-23x", "x026-11-23",
                                      "2026/11/23", "2026-11-00"};
    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(calendar_day_parse(bad[i], &number));
    }
    g_assert_false(calendar_month_parse("2026-13", &number));
    g_assert_false(calendar_month_parse("2026-1", &number));
    g_assert_false(calendar_year_parse("0000", &number));
    g_assert_false(calendar_year_parse("20261", &number));
    g_assert_cmpint(number, ==, 1987);
}

static void test_bounds(void)
{
    g_assert_cmpint(calendar_earliest(20261123), ==, fixture_moment("2026-11-22T08:00:00Z"));
    g_assert_cmpint(calendar_latest(20261123), ==, fixture_moment("2026-11-24T16:00:00Z"));
    g_assert_cmpint(calendar_latest(20260231), ==, fixture_moment("2026-03-01T16:00:00Z"));
}

static void test_day(void)
{
    g_assert_cmpint(desk_site_day(fixture_site(), fixture_moment("2026-11-22T22:00:00Z")), ==,
                    20261123);
    g_assert_cmpint(desk_site_day(fixture_site(), fixture_moment("2026-11-22T21:59:59Z")), ==,
                    20261122);
    g_assert_cmpint(desk_site_day(fixture_site(), -1), ==, 19700101);
    g_assert_true(desk_site_has_language(fixture_site(), "ru"));
    g_assert_false(desk_site_has_language(fixture_site(), "de"));
    g_assert_false(desk_site_has_language(fixture_site(), NULL));
    g_assert_cmpstr(desk_site_first_language(fixture_site()), ==, "en");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/desk/calendar/parse", test_parse);
    g_test_add_func("/desk/calendar/bounds", test_bounds);
    g_test_add_func("/desk/calendar/day", test_day);
    return g_test_run();
}
