/*
 * How many stories there are in a day, a month, a year: for archives. NAME is a slug.
 *
 *   count:month/LANG/2026-11                 keys "2026-11-23"
 *   count:year/LANG/2026                     keys "2026-11"
 *   count:years/LANG                         keys "2026"
 *   count:section-year/LANG/NAME/2026        keys "2026-11"; the same for topic and author
 *   count:section-years/LANG/NAME            keys "2026"; the same for topic and author
 * A month's days are counted from its own rows; months and years come from counters kept with each
 * change, less what is not visible yet. Only keys with stories are given, in growing order.
 */
#pragma once

#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    char key[12];
    int64_t count;
} StoryCount;

/* Elements StoryCount. Errors: INVALID (no such input). */
bool story_counts_read(Store *store, const char *input, int64_t as_of, GArray **counts,
                       GError **error);

/* How many are in list:all, list:section, list:topic, list:author … (no month, no day). */
bool story_count_list(Store *store, const char *list, int64_t as_of, int64_t *count,
                      GError **error);
