/* "Read more" at the foot of a story: its related stories (related.h) as cards with headline, date
 * and picture. */
#pragma once

#include "paper/page_base.h"

/* Sets has_related and related, and records what was read. Nothing is set before the language has
 * an index. */
bool paper_fill_related(PaperPage *page, Value *map, int64_t story, GError **error);

/* Of the global input "related:LANG". Caller frees. */
char *paper_related_version(Store *store, void *run, const char *language, int64_t as_of,
                            GError **error);
