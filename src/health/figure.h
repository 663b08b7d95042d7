/*
 * Figures: numbers that a worker takes now and then and the office shows, each the last one only:
 * "size.media" (bytes), "forms.aside" (how many). Who takes one names it.
 */
#pragma once

#include "store/store.h"

typedef struct {
    int64_t number;
    int64_t taken; /* 0: never */
} Figure;

bool figure_put(Store *store, const char *name, int64_t number, int64_t now, GError **error);

/* All 0 if it was never taken. */
bool figure_read(Store *store, const char *name, Figure *figure, GError **error);
