/*
 * What pages weigh, coded (DESIGN 2.5: readable through a 16 KB wall). Measured when the brotli
 * form is made in the background, with the inlined style, and kept beside the page; no page and no
 * edition depends on it. Pages of kinds that have a budget (PressKind.budgeted) are heavy beyond
 * PRESS_BUDGET_BROTLI or PRESS_BUDGET_GZIP bytes.
 */
#pragma once

#include "store/store.h"

#define PRESS_BUDGET_BROTLI (10 * 1024) /* bytes, level 11 */
#define PRESS_BUDGET_GZIP   (12 * 1024) /* bytes, level 9 */

typedef struct {
    int64_t brotli, gzip; /* bytes; 0: not measured yet */
    bool heavy;
} PressWeight;

/* Of the page of that name; zeros if there is none. */
bool press_weight(Store *store, const char *name, PressWeight *weight, GError **error);

/* Heavy pages, the heaviest first, at most `most`; *count is how many there are. */
typedef void (*PressWeightTaker)(const char *path, const PressWeight *weight, void *data);
bool press_each_heavy(Store *store, unsigned most, PressWeightTaker take, void *data,
                      int64_t *count, GError **error);
