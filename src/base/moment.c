/* Moments to and from text: moment.h. GDateTime does the calendar. */
#include "base/moment.h"

#include "base/clock.h"
#include "base/error.h"

#include <string.h>

#define YEAR_FIRST 1900
#define YEAR_LAST  2199

static int64_t moment_of(GDateTime *time)
{
    return g_date_time_to_unix(time) * CLOCK_SECOND + g_date_time_get_microsecond(time);
}

static GDateTime *date_time_of(int64_t moment)
{
    int64_t seconds = moment / CLOCK_SECOND - (moment % CLOCK_SECOND < 0 ? 1 : 0);
    return g_date_time_new_from_unix_utc(seconds);
}

/* A bare date, a time without seconds, an hour or an offset of one digit ("9:05:00 -4", as YAML and
 * Jekyll allow) made into a form that GLib reads. */
static char *completed(const char *text)
{
    size_t length = strlen(text);
    bool short_hour = length > 12 && g_ascii_isdigit(text[11]) && text[12] == ':';
    bool short_zone = length > 2 && g_ascii_isdigit(text[length - 1]) &&
                      (text[length - 2] == '-' || text[length - 2] == '+') && length > 14;
    char *full = length == 10 ? g_strconcat(text, "T00:00:00", NULL)
                              : g_strdup_printf("%.11s%s%.*s%s%s", text, short_hour ? "0" : "",
                                                (int)(length - MIN(length, 11) - short_zone),
                                                length > 11 ? text + 11 : "", short_zone ? "0" : "",
                                                short_zone ? text + length - 1 : "");
    if (strlen(full) >= 16 && full[10] == ' ') {
        full[10] = 'T';
    }
    if (strlen(full) >= 16 && full[10] == 'T' && full[13] == ':' && full[16] != ':') {
        char *with = g_strdup_printf("%.16s:00%s", full, full + 16);
        g_free(full);
        full = with;
    }
    char *space = strchr(full, ' '); /* "2026-11-23T10:00:00 -0400", as Hugo and Jekyll write it */
    if (space != NULL && (space[1] == '+' || space[1] == '-')) {
        memmove(space, space + 1, strlen(space));
    }
    return full;
}

bool moment_parse(const char *text, GTimeZone *zone, int64_t *moment, GError **error)
{
    size_t length = strlen(text);
    if (length < 10 || length > 40) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%.40s\" is not a date; write it like 2026-11-23T10:00:00Z", text);
    }
    g_autofree char *full = completed(text);
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(full, zone);
    if (time == NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%.40s\" is not a date; write it like 2026-11-23T10:00:00Z", text);
    }
    int year = g_date_time_get_year(time);
    if (year < YEAR_FIRST || year > YEAR_LAST) {
        return fail(error, KOLOKOL_ERROR_INVALID, "the year %d is outside %d to %d", year,
                    YEAR_FIRST, YEAR_LAST);
    }
    *moment = moment_of(time);
    return true;
}

char *moment_rfc3339(int64_t moment)
{
    g_autoptr(GDateTime) time = date_time_of(moment);
    return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}

char *moment_http(int64_t moment)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    g_autoptr(GDateTime) t = date_time_of(moment);
    return g_strdup_printf("%s, %02d %s %04d %02d:%02d:%02d GMT",
                           days[g_date_time_get_day_of_week(t) - 1],
                           g_date_time_get_day_of_month(t), months[g_date_time_get_month(t) - 1],
                           g_date_time_get_year(t), g_date_time_get_hour(t),
                           g_date_time_get_minute(t), g_date_time_get_second(t));
}

char *moment_day(int64_t moment, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = date_time_of(moment);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);
    return g_strdup_printf("%04d-%02d-%02d", g_date_time_get_year(local),
                           g_date_time_get_month(local), g_date_time_get_day_of_month(local));
}

bool moment_of_day(const char *day, GTimeZone *zone, int64_t *moment)
{
    int64_t found = 0;
    if (strlen(day) != 10 || !moment_parse(day, zone, &found, NULL)) {
        return false;
    }
    *moment = found;
    return true;
}
