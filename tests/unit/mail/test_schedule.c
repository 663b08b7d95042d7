#include "mail/schedule.h"

#include "base/error.h"
#include "base/moment.h"

static int64_t moment(const char *text)
{
    int64_t at = 0;
    g_assert_true(moment_parse(text, NULL, &at, NULL));
    return at;
}

static void next_is(const char *schedule, const char *zone_name, const char *now,
                    const char *expected)
{
    Schedule read;
    g_autoptr(GError) error = NULL;
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(zone_name);
    g_assert_true(schedule_parse(schedule, &read, &error));
    g_assert_no_error(error);
    g_autofree char *next = moment_rfc3339(schedule_next(&read, zone, moment(now)));
    g_assert_cmpstr(next, ==, expected);
}

static void test_next(void)
{
    next_is("weekly friday 08:00", "UTC", "2026-11-25T10:00:00Z", "2026-11-27T08:00:00Z");
    next_is("friday 08:00", "Europe/Riga", "2026-11-25T10:00:00Z", "2026-11-27T06:00:00Z");
    next_is("Friday  8:00 ", "UTC", "2026-11-27T08:00:00Z", "2026-12-04T08:00:00Z");
    next_is("weekly friday 08:00", "UTC", "2026-11-27T07:59:59Z", "2026-11-27T08:00:00Z");
    next_is("daily 07:30", "UTC", "2026-11-25T07:30:00Z", "2026-11-26T07:30:00Z");
    next_is("monthly 1 08:00", "UTC", "2026-11-25T10:00:00Z", "2026-12-01T08:00:00Z");
    next_is("monthly 28 08:00", "UTC", "2026-01-29T10:00:00Z", "2026-02-28T08:00:00Z");
    /* The wall clock counts, over the change of summer time. */
    next_is("sunday 08:00", "Europe/Berlin", "2026-03-25T00:00:00Z", "2026-03-29T06:00:00Z");
    next_is("sunday 08:00", "Europe/Berlin", "2026-10-20T00:00:00Z", "2026-10-25T07:00:00Z");
    /* 02:30 does not exist that night: when the clock jumps. */
    next_is("sunday 02:30", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z");
}

static void test_refused(void)
{
    static const char *const texts[] = {"friday",
                                        "08:00",
                                        "weekly 08:00",
                                        "weekly friday 24:00",
                                        "friday 8",
                                        "friday 08:60",
                                        "friday 08:5",
                                        "weekly freitag 08:00",
                                        "monthly 29 08:00",
                                        "monthly 08:00",
                                        "daily friday 08:00",
                                        "weekly friday 08:00 UTC",
                                        "x",
                                        "friday -1:00",
                                        "monthly 0 08:00"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        Schedule schedule = {SCHEDULE_NONE};
        g_autoptr(GError) error = NULL;
        g_assert_false(schedule_parse(texts[i], &schedule, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    Schedule none = {SCHEDULE_DAILY};
    g_assert_true(schedule_parse("  ", &none, NULL));
    g_assert_cmpint(none.every, ==, SCHEDULE_NONE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/schedule/next", test_next);
    g_test_add_func("/schedule/refused", test_refused);
    return g_test_run();
}
