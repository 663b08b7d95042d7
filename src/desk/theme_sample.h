/*
 * Pages of the newspaper to look at a theme on: for each kind of page one that is there, the newest
 * where there are many.
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

/* A kind of page: its word in addresses and texts, and the template that makes it. */
typedef struct {
    const char *kind, *template;
} ThemeSample;

/* Ended by kind NULL. */
extern const ThemeSample theme_samples[];

/* The row of that kind, or NULL. */
const ThemeSample *theme_sample_find(const char *kind);

/* The page's name for press_show(): "story:12". NOT_FOUND if the newspaper has no such page in that
 * language yet, or there is no such kind. Caller frees. */
char *theme_sample_page(Store *store, const char *language, const char *kind, int64_t now,
                        GError **error);
