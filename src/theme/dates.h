/*
 * Dates and times as readers see them, by ICU with the language given at each call.
 *
 * The order of day, month and year is a text of the interface (site/po/, the ids date_…, in the
 * pattern letters of Unicode TR 35), so translators own it; ICU has the names of months and days.
 * The moment is turned into the zone's wall clock by GLib, as everywhere in the program, so that a
 * page's date and its path agree. Any thread may call.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef enum {
    DATE_DAY,           /* 23 November 2026 */
    DATE_WEEKDAY,       /* Monday, 23 November 2026 */
    DATE_WEEKDAY_SHORT, /* Mon 23 Nov */
    DATE_MOMENT,        /* 23 November 2026, 14:05 */
    DATE_SHORT,         /* 23 Nov */
    DATE_TIME,          /* 14:05 */
    DATE_MONTH,         /* November 2026 */
    DATE_YEAR,          /* 2026 */
    DATE_STYLES
} DateStyle;

/* `moment` in microseconds UTC (base/clock.h). Caller frees. */
char *date_text(const char *language, int64_t moment, GTimeZone *zone, DateStyle style);
