/* A withheld name (docs/takedown.md) out of what newsletters say of themselves; their issues are
 * issue_erase.h. */
#pragma once

#include "store/store.h"

/* Heading, description and sender's name of all; `names` are exact spellings (text/replace.h),
 * `instead` "" for each language's own words. May be done again. Errors: those of the store. */
bool newsletter_withhold(Store *store, const GPtrArray *names, const char *instead, GError **error);
