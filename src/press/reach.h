/*
 * How far a change would reach: the pages that were last rendered with a global input (page.h),
 * such as "frame:en/recent". For people who are about to change one (DESIGN 5). Reads a row a page.
 */
#pragma once

#include "store/store.h"

/* Pages and their bytes, uncompressed. Errors: those of the store. */
bool press_reach(Store *store, const char *global, uint64_t *pages, uint64_t *bytes,
                 GError **error);
