/*
 * What the desk must know of the site, from the settings: its languages and its calendar. Borrowed
 * by every call that takes it; the desk keeps none.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    const char *const
        *languages;  /* NULL-ended, at least one; the first has no xx/ before its paths */
    GTimeZone *zone; /* days and months of paths and archives */
    const char *url; /* of the newspaper, without a slash at the end; NULL where none is needed */
} DeskSite;

bool desk_site_has_language(const DeskSite *site, const char *language);

/* The language whose paths stand at the root, without xx/. */
const char *desk_site_first_language(const DeskSite *site);

/* The local calendar day of a moment as the number YYYYMMDD. */
int64_t desk_site_day(const DeskSite *site, int64_t moment);
