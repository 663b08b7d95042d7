/* Days, months and years as numbers: calendar.h. Moments and zones are base/moment.h and site.c. */
#include "desk/calendar.h"

#include "base/clock.h"

#include <glib.h>
#include <string.h>

#define ZONES_MOST  (16 * CLOCK_HOUR)
#define UNIX_JULIAN 719163 /* 1970-01-01 as GDate counts days */

static bool number(const char *text, unsigned digits, int64_t *value)
{
    int64_t sum = 0;
    for (unsigned i = 0; i < digits; i++) {
        if (!g_ascii_isdigit(text[i])) {
            return false;
        }
        sum = sum * 10 + (text[i] - '0');
    }
    *value = sum;
    return true;
}

bool calendar_year_parse(const char *text, int64_t *year)
{
    int64_t value = 0;
    if (strlen(text) != 4 || !number(text, 4, &value) || value == 0) {
        return false;
    }
    *year = value;
    return true;
}

bool calendar_month_parse(const char *text, int64_t *month)
{
    int64_t year = 0;
    int64_t in_year = 0;
    if (strlen(text) != 7 || text[4] != '-' || !number(text, 4, &year) ||
        !number(text + 5, 2, &in_year) || year == 0 || in_year < 1 || in_year > 12) {
        return false;
    }
    *month = year * 100 + in_year;
    return true;
}

bool calendar_day_parse(const char *text, int64_t *day)
{
    int64_t month = 0;
    int64_t in_month = 0;
    if (strlen(text) != 10 || text[7] != '-' || !number(text + 8, 2, &in_month)) {
        return false;
    }
    char head[8];
    g_strlcpy(head, text, sizeof head);
    if (!calendar_month_parse(head, &month) ||
        !g_date_valid_dmy((GDateDay)in_month, (GDateMonth)(month % 100),
                          (GDateYear)(month / 100))) {
        return false;
    }
    *day = month * 100 + in_month;
    return true;
}

static int64_t midnight(int64_t day)
{
    GDateYear year = (GDateYear)(day / 10000);
    GDateMonth month = (GDateMonth)(day / 100 % 100);
    int64_t in_month = MIN(day % 100, (int64_t)g_date_get_days_in_month(month, year));
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)in_month, month, year);
    return ((int64_t)g_date_get_julian(&date) - UNIX_JULIAN) * CLOCK_DAY;
}

int64_t calendar_earliest(int64_t day)
{
    return midnight(day) - ZONES_MOST;
}

int64_t calendar_latest(int64_t day)
{
    return midnight(day) + CLOCK_DAY + ZONES_MOST;
}
