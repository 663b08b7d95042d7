/*
 * Comparing validators and reading ranges. What to answer is the door's decision (stand/site.c).
 */
#include "net/conditional.h"

#include <glib.h>
#include <string.h>
#include <time.h>

static const char *blanks(const char *cursor)
{
    while (*cursor == ' ' || *cursor == '\t' || *cursor == ',') {
        cursor++;
    }
    return cursor;
}

bool http_etag_listed(const char *value, const char *etag)
{
    size_t length = strlen(etag);
    const char *cursor = blanks(value);
    if (*cursor == '*' && *blanks(cursor + 1) == '\0') {
        return true;
    }
    while (*(cursor = blanks(cursor)) != '\0') {
        if (cursor[0] == 'W' && cursor[1] == '/') {
            cursor += 2;
        }
        if (*cursor != '"') {
            return false;
        }
        const char *end = strchr(cursor + 1, '"');
        if (end == NULL) {
            return false;
        }
        if ((size_t)(end + 1 - cursor) == length && memcmp(cursor, etag, length) == 0) {
            return true;
        }
        cursor = end + 1;
    }
    return false;
}

static const char days[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static int month_of(const char *name)
{
    for (int m = 0; m < 12; m++) {
        if (strncmp(name, months[m], 3) == 0) {
            return m;
        }
    }
    return -1;
}

/* Reads by a pattern in which d stands for a digit of the day, b for the month's name, y year, h
 * hour, m minute, s second, '?' for any letter; the rest is literal. '_' is a digit of the day or a
 * space. */
static bool pattern_read(const char *text, const char *pattern, struct tm *tm)
{
    for (; *pattern != '\0'; pattern++, text++) {
        int *field = NULL;
        switch (*pattern) {
        case 'd':
        case '_':
            field = &tm->tm_mday;
            break;
        case 'y':
            field = &tm->tm_year;
            break;
        case 'h':
            field = &tm->tm_hour;
            break;
        case 'm':
            field = &tm->tm_min;
            break;
        case 's':
            field = &tm->tm_sec;
            break;
        case '?':
            if (!g_ascii_isalpha(*text)) {
                return false;
            }
            continue;
        case 'b':
            if ((tm->tm_mon = month_of(text)) < 0) {
                return false;
            }
            text += 2;
            continue;
        default:
            if (*text != *pattern) {
                return false;
            }
            continue;
        }
        if (*pattern == '_' && *text == ' ') {
            continue;
        }
        if (!g_ascii_isdigit(*text)) {
            return false;
        }
        *field = *field * 10 + (*text - '0');
    }
    return *text == '\0' || *text == ' ';
}

/* RFC 9110 5.6.7: IMF-fixdate, RFC 850, asctime. The first two are read from their comma on. */
static bool date_read(const char *value, struct tm *tm)
{
    static const char *const patterns[] = {", dd b yyyy hh:mm:ss GMT", ", dd-b-yy hh:mm:ss GMT",
                                           "??? b _d hh:mm:ss yyyy"};
    const char *comma = strchr(value, ',');
    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++) {
        const char *text = patterns[i][0] == ',' ? comma : value;
        *tm = (struct tm){0};
        if (text != NULL && pattern_read(text, patterns[i], tm)) {
            if (tm->tm_year < 70) {
                tm->tm_year += 2000; /* two digits */
            }
            tm->tm_year -= tm->tm_year >= 1900 ? 1900 : 0;
            return true;
        }
    }
    return false;
}

bool http_date_parse(const char *value, int64_t *seconds)
{
    struct tm tm;
    if (!date_read(value, &tm)) {
        return false;
    }
    if (tm.tm_mday < 1 || tm.tm_mday > 31 || tm.tm_hour > 23 || tm.tm_min > 59 || tm.tm_sec > 60) {
        return false;
    }
    *seconds = (int64_t)timegm(&tm);
    return true;
}

void http_date_format(int64_t seconds, char text[HTTP_DATE])
{
    time_t time = (time_t)seconds;
    struct tm tm;
    if (gmtime_r(&time, &tm) == NULL || tm.tm_year > 8099 || tm.tm_year < 0) {
        tm = (struct tm){.tm_mday = 1, .tm_year = 70, .tm_wday = 4};
    }
    g_snprintf(text, HTTP_DATE, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[tm.tm_wday], tm.tm_mday,
               months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static bool number_read(const char **cursor, uint64_t *number)
{
    const char *at = *cursor;
    uint64_t value = 0;
    for (; g_ascii_isdigit(*at); at++) {
        if (value > UINT64_MAX / 16) {
            return false;
        }
        value = value * 10 + (uint64_t)(*at - '0');
    }
    if (at == *cursor) {
        return false;
    }
    *cursor = at;
    *number = value;
    return true;
}

HttpRange http_range_parse(const char *value, uint64_t length, uint64_t *first, uint64_t *count)
{
    uint64_t from = 0, to = 0;
    if (value == NULL || g_ascii_strncasecmp(value, "bytes=", 6) != 0) {
        return HTTP_RANGE_WHOLE;
    }
    const char *cursor = value + 6;
    bool has_from = number_read(&cursor, &from);
    if (*cursor++ != '-') {
        return HTTP_RANGE_WHOLE;
    }
    bool has_to = number_read(&cursor, &to);
    while (*cursor == ' ' || *cursor == '\t') {
        cursor++;
    }
    if (*cursor != '\0' || (!has_from && !has_to) || (has_from && has_to && to < from)) {
        return HTTP_RANGE_WHOLE;
    }
    if (!has_from) { /* the last `to` bytes */
        if (to == 0 || length == 0) {
            return HTTP_RANGE_UNSATISFIABLE;
        }
        from = to < length ? length - to : 0;
        has_to = false;
    }
    if (from >= length) {
        return HTTP_RANGE_UNSATISFIABLE;
    }
    if (!has_to || to >= length) {
        to = length - 1;
    }
    *first = from;
    *count = to - from + 1;
    return HTTP_RANGE_PART;
}

bool http_if_range(const char *value, const char *etag, int64_t modified)
{
    int64_t seconds;
    if (value[0] == '"') {
        return strcmp(value, etag) == 0;
    }
    return http_date_parse(value, &seconds) && seconds == modified;
}
