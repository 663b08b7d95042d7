/* Relative dates of the demo. The demo itself is made by tests/scenario/demo.txt. */
#include "main/demo.h"

#include "base/clock.h"
#include "base/moment.h"

static void check(const char *text, const char *expected)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Vilnius");
    int64_t today = 0, moment = 0;
    g_assert_true(
        moment_of_day("2026-10-26", zone, &today)); /* the day after the clocks went back */
    g_assert_true(demo_date(text, today, zone, &moment));
    g_autofree char *got = moment_rfc3339(moment);
    g_assert_cmpstr(got, ==, expected);
}

static void test_dates(void)
{
    check("today 09:30", "2026-10-26T07:30:00Z");
    check("today-1 09:30", "2026-10-25T07:30:00Z");
    check("today-2 09:30", "2026-10-24T06:30:00Z");
    check("today-0 00:00", "2026-10-25T22:00:00Z");
    check("today+1 09:30", "2026-10-27T07:30:00Z");
}

static void test_others(void)
{
    static const char *const others[] = {
        "", "tomorrow", "2026-11-23", "today-", "todays 09:30", "today-1x 09:30", "today 99:99"};
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    int64_t moment = 7;
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        g_assert_false(demo_date(others[i], CLOCK_DAY * 20000, zone, &moment));
    }
    g_assert_cmpint(moment, ==, 7);
}

static void test_values(void)
{
    char *values[INI_KEYS] = {NULL};
    g_assert_true(demo_values(values, NULL));
    g_assert_cmpstr(values[INI_SITE_LANGUAGES], ==, "en,ru");
    g_assert_cmpstr(values[INI_SITE_NAME], ==, "The Harbour Bell");
    for (int i = 0; i < INI_KEYS; i++) {
        g_free(values[i]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/demo/dates", test_dates);
    g_test_add_func("/demo/others", test_others);
    g_test_add_func("/demo/values", test_values);
    return g_test_run();
}
