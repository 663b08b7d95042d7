#include "theme/dates.h"

#include "base/clock.h"
#include "base/moment.h"

static void check(const char *language, const char *moment, const char *zone_name, DateStyle style,
                  const char *expected)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(zone_name);
    int64_t time;
    g_assert_true(moment_parse(moment, zone, &time, NULL));
    g_autofree char *text = date_text(language, time, zone, style);
    g_assert_cmpstr(text, ==, expected);
}

static void test_styles(void)
{
    const char *moment = "2026-11-23T12:05:59Z";
    check("en", moment, "UTC", DATE_DAY, "23 November 2026");
    check("en", moment, "UTC", DATE_WEEKDAY, "Monday, 23\u00a0November\u00a02026");
    check("en", moment, "UTC", DATE_WEEKDAY_SHORT, "Mon 23 Nov");
    check("en", moment, "UTC", DATE_MOMENT, "23 November 2026, 12:05");
    check("en", moment, "UTC", DATE_SHORT, "23 Nov");
    check("en", moment, "UTC", DATE_TIME, "12:05");
    check("en", moment, "UTC", DATE_MONTH, "November 2026");
    check("en", moment, "UTC", DATE_YEAR, "2026");
    check("ru", moment, "UTC", DATE_DAY, "23 ноября 2026");
    check("ru", moment, "UTC", DATE_MONTH, "Ноябрь 2026");
    check("ru", moment, "UTC", DATE_WEEKDAY, "Понедельник, 23\u00a0ноября\u00a02026");
    check("ru", moment, "UTC", DATE_WEEKDAY_SHORT, "Пн, 23 нояб.");
    check("xx", moment, "UTC", DATE_TIME, "12:05");
    check("ar", moment, "UTC", DATE_TIME, "12:05"); /* Latin digits, as the texts have */
}

static void test_zones(void)
{
    check("en", "2026-11-23T22:30:00Z", "Europe/Vilnius", DATE_MOMENT, "24 November 2026, 00:30");
    check("en", "2026-07-01T22:30:00Z", "Europe/Vilnius", DATE_MOMENT, "2 July 2026, 01:30");
    check("en", "2026-11-23T22:30:00Z", "+05:30", DATE_TIME, "04:00");
    check("en", "1901-01-01T00:00:00Z", "UTC", DATE_DAY, "1 January 1901");
}

/* A moment before 1970 that is no whole second belongs to the second before. */
static void test_before_1970(void)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autofree char *text = date_text("en", -1, utc, DATE_MOMENT);
    g_assert_cmpstr(text, ==, "31 December 1969, 23:59");
}

/* Many languages: the cache forgets and goes on. */
static void test_cache(void)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    for (int i = 0; i < 600; i++) {
        char language[] = {'e', 'n', '-', 'x', '-', (char)('a' + i % 26), (char)('a' + i / 26), 0};
        g_autofree char *text = date_text(language, 0, utc, DATE_YEAR);
        g_assert_cmpstr(text, ==, "1970");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dates/styles", test_styles);
    g_test_add_func("/dates/zones", test_zones);
    g_test_add_func("/dates/before-1970", test_before_1970);
    g_test_add_func("/dates/cache", test_cache);
    return g_test_run();
}
