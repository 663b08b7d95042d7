/*
 * What the edition tells all who keep copies to forget: the lines of GONE/MONTH (edition/gone.h).
 * They are stored state, entered by takedowns and withheld names, and never go. Input "gone:MONTH".
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

/* Enters a line, in the UTC month of `now`. Needs an open transaction. */
bool desk_gone_line(Store *store, int64_t now, const char *line, GError **error);

/* Forgets a path that a story holds, or held: its row, what it was to touch, its line in STATUS of
 * that month; and enters it by its hash if `tell`. Needs an open transaction. */
bool desk_gone_path(Store *store, int64_t now, const char *path, int64_t month, bool tell,
                    GError **error);

/* Those of a month "2026-11", in byte order; the months that have any, growing. Elements char *. */
GPtrArray *desk_gone_of_month(Store *store, const char *month, GError **error);
GPtrArray *desk_gone_month_list(Store *store, GError **error);
