/*
 * Days as numbers YYYYMMDD and months as YYYYMM, whatever the zone; for the files of this folder.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* "2026-11-23" → 20261123; "2026-11" → 202611; "2026" → 2026. False if it is no such date. */
bool calendar_day_parse(const char *text, int64_t *day);
bool calendar_month_parse(const char *text, int64_t *month);
bool calendar_year_parse(const char *text, int64_t *year);

/* Bounds, in microseconds UTC, of when that day (YYYYMMDD; 31 is taken for a month's last) is
 * anywhere on earth: no zone has been more than 16 hours from UTC. `latest` is past the end. */
int64_t calendar_earliest(int64_t day);
int64_t calendar_latest(int64_t day);
