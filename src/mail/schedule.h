/*
 * When a newsletter's next issue is due, as its file says it (`schedule:`):
 *
 *     weekly friday 08:00     also without "weekly"
 *     daily 07:30
 *     monthly 1 08:00         day 1 to 28
 *
 * in the site's time zone: the wall clock counts, so 08:00 stays 08:00 when summer time begins. An
 * hour that the clock leaves out is the moment of the jump.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    enum { SCHEDULE_NONE, SCHEDULE_DAILY, SCHEDULE_WEEKLY, SCHEDULE_MONTHLY } every;

    int day; /* 1 (Monday) to 7 of the week, or 1 to 28 of the month */
    int hour, minute;
} Schedule;

/* The empty text is SCHEDULE_NONE. INVALID says how to write it. */
bool schedule_parse(const char *text, Schedule *schedule, GError **error);

/* The first moment of the schedule after `now`; not for SCHEDULE_NONE. */
int64_t schedule_next(const Schedule *schedule, GTimeZone *zone, int64_t now);
