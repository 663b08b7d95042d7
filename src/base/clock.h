/*
 * The one clock. Unit everywhere in the program: microseconds since 1970-01-01 UTC, int64_t.
 * Tests replace it; nothing else calls time(), g_get_real_time() or gettimeofday() for business.
 */
#pragma once

#include <stdint.h>

#define CLOCK_SECOND INT64_C(1000000)
#define CLOCK_MINUTE (60 * CLOCK_SECOND)
#define CLOCK_HOUR   (60 * CLOCK_MINUTE)
#define CLOCK_DAY    (24 * CLOCK_HOUR)

typedef int64_t (*ClockFunction)(void *data);

/* The time now. Not monotone: the system may set it back. */
int64_t clock_now(void);

/* For durations and deadlines: never goes back, has no date. */
int64_t clock_monotonic(void);

/* What this process has used of the processors: for telling what something costs, whoever else
 * runs. */
int64_t clock_cpu(void);

/* Replaces the clock (tests); NULL restores the system's. */
void clock_replace(ClockFunction function, void *data);
