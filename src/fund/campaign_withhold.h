/* A withheld name (docs/takedown.md) out of campaigns: headings, calls, letters and what they say
 * of danger and of other ways to help. */
#pragma once

#include "store/store.h"

/* In all campaigns, running or not; `names` are exact spellings (text/replace.h), `instead` "" for
 * each language's own words. May be done again. Errors: those of the store. */
bool campaign_withhold(Store *store, const GPtrArray *names, const char *instead, int64_t now,
                       GError **error);
