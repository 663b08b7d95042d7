#include "base/moment.h"

#include "base/clock.h"

#define GOOD(text, expected)                                                                       \
    do {                                                                                           \
        int64_t moment = 0;                                                                        \
        g_assert_true(moment_parse(text, zone, &moment, NULL));                                    \
        g_autofree char *back = moment_rfc3339(moment);                                            \
        g_assert_cmpstr(back, ==, expected);                                                       \
    } while (0)

static void test_parse(void)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Riga");
    GOOD("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z");
    GOOD("2026-11-23T10:00:00+03:00", "2026-11-23T07:00:00Z");
    GOOD("2026-11-23 10:00:00 -0400", "2026-11-23T14:00:00Z");
    GOOD("2026-11-23T10:00:00", "2026-11-23T08:00:00Z");
    GOOD("2026-11-23 10:00", "2026-11-23T08:00:00Z");
    GOOD("2026-11-23", "2026-11-22T22:00:00Z");
}

static void test_refuse(void)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    const char *const bad[] = {"",           "yesterday",  "0000-01-01", "0000-01-01T00:00:00Z",
                               "2026-13-01", "2026-02-30", "9999-01-01", "2026-11-23T25:00:00Z",
                               NULL};
    for (int i = 0; bad[i] != NULL; i++) {
        int64_t moment = 42;
        g_autoptr(GError) error = NULL;
        g_assert_false(moment_parse(bad[i], zone, &moment, &error));
        g_assert_nonnull(error);
        g_assert_cmpint(moment, ==, 42);
    }
}

static void test_days(void)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Riga");
    int64_t moment = 0;
    g_assert_true(moment_of_day("2026-11-23", zone, &moment));
    g_autofree char *day = moment_day(moment, zone);
    g_assert_cmpstr(day, ==, "2026-11-23");
    g_autofree char *before = moment_day(moment - 1, zone);
    g_assert_cmpstr(before, ==, "2026-11-22");
    g_autofree char *http = moment_http(784111777 * CLOCK_SECOND);
    g_assert_cmpstr(http, ==, "Sun, 06 Nov 1994 08:49:37 GMT");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/moment/parse", test_parse);
    g_test_add_func("/moment/refuse", test_refuse);
    g_test_add_func("/moment/days", test_days);
    return g_test_run();
}
