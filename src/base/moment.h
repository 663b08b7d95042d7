/*
 * Moments: int64_t microseconds UTC (clock.h) to and from text, and calendar days in a site's zone.
 * Years 1900 to 2199 are accepted from outside; anything else is refused by name.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Reads RFC 3339 ("2026-11-23T10:00:00Z", with offset, fraction), the same with a space, without
 * seconds or without zone (then `zone`), or a bare date (midnight in `zone`). */
bool moment_parse(const char *text, GTimeZone *zone, int64_t *moment, GError **error);

/* "2026-11-23T10:00:00Z"; fractions of a second are cut. Caller frees. */
char *moment_rfc3339(int64_t moment);

/* "Mon, 23 Nov 2026 10:00:00 GMT" (RFC 9110 IMF-fixdate). Caller frees. */
char *moment_http(int64_t moment);

/* "2026-11-23" in the zone. Caller frees. */
char *moment_day(int64_t moment, GTimeZone *zone);

/* Midnight that begins the day "YYYY-MM-DD" of the zone; false if it is not a date. */
bool moment_of_day(const char *day, GTimeZone *zone, int64_t *moment);
