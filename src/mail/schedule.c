/* Schedules of newsletters: schedule.h. */
#include "mail/schedule.h"

#include "base/clock.h"
#include "base/error.h"

#include <string.h>

static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                   "friday", "saturday", "sunday"};

static bool take_time(const char *text, Schedule *schedule)
{
    g_auto(GStrv) parts = g_strsplit(text, ":", -1);
    gint64 hour = 0, minute = 0;
    if (g_strv_length(parts) != 2 || strlen(parts[1]) != 2 ||
        !g_ascii_string_to_signed(parts[0], 10, 0, 23, &hour, NULL) ||
        !g_ascii_string_to_signed(parts[1], 10, 0, 59, &minute, NULL)) {
        return false;
    }
    schedule->hour = (int)hour;
    schedule->minute = (int)minute;
    return true;
}

static int week_day(const char *word)
{
    for (int i = 0; i < 7; i++) {
        if (strcmp(days[i], word) == 0) {
            return i + 1;
        }
    }
    return 0;
}

static bool take_words(char **words, guint count, Schedule *schedule)
{
    gint64 day = 0;
    if (count == 0 || !take_time(words[count - 1], schedule)) {
        return false;
    }
    if (count == 2 && strcmp(words[0], "daily") == 0) {
        schedule->every = SCHEDULE_DAILY;
        return true;
    }
    if (count == 3 && strcmp(words[0], "monthly") == 0 &&
        g_ascii_string_to_signed(words[1], 10, 1, 28, &day, NULL)) {
        schedule->every = SCHEDULE_MONTHLY;
        schedule->day = (int)day;
        return true;
    }
    bool weekly = count == 2 || (count == 3 && strcmp(words[0], "weekly") == 0);
    schedule->every = SCHEDULE_WEEKLY;
    schedule->day = weekly ? week_day(words[count - 2]) : 0;
    return schedule->day != 0;
}

bool schedule_parse(const char *text, Schedule *schedule, GError **error)
{
    g_autofree char *lower = g_strstrip(g_ascii_strdown(text, -1));
    if (*lower == '\0') {
        *schedule = (Schedule){SCHEDULE_NONE};
        return true;
    }
    Schedule read = {SCHEDULE_NONE};
    g_auto(GStrv) words = g_strsplit_set(lower, " \t", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (char **word = words; *word != NULL; word++) {
        if (**word != '\0') {
            g_ptr_array_add(kept, *word);
        }
    }
    if (!take_words((char **)kept->pdata, kept->len, &read)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "`schedule: %.60s` is not like \"weekly friday 08:00\", \"daily 07:30\" or "
                    "\"monthly 1 08:00\"",
                    text);
    }
    *schedule = read;
    return true;
}

static bool day_fits(const Schedule *schedule, GDateTime *date)
{
    switch (schedule->every) {
    case SCHEDULE_DAILY:
        return true;
    case SCHEDULE_WEEKLY:
        return g_date_time_get_day_of_week(date) == schedule->day;
    case SCHEDULE_MONTHLY:
        return g_date_time_get_day_of_month(date) == schedule->day;
    case SCHEDULE_NONE:
        break;
    }
    return false;
}

int64_t schedule_next(const Schedule *schedule, GTimeZone *zone, int64_t now)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now / CLOCK_SECOND);
    g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, zone);
    for (int ahead = 0; ahead <= 32; ahead++) {
        g_autoptr(GDateTime) day = g_date_time_add_days(here, ahead);
        g_autoptr(GDateTime) then =
            g_date_time_new(zone, g_date_time_get_year(day), g_date_time_get_month(day),
                            g_date_time_get_day_of_month(day), schedule->hour, schedule->minute, 0);
        int64_t moment = then == NULL ? 0 : g_date_time_to_unix(then) * CLOCK_SECOND;
        if (moment > now && day_fits(schedule, day)) {
            return moment;
        }
    }
    return INT64_MAX; /* of SCHEDULE_NONE */
}
