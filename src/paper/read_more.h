/* "Read more" at the foot of a story: its related stories (related.h) as cards with headline, date
 * and picture. */
#pragma once

#include "desk/story.h"
#include "paper/page_base.h"

/* Sets has_related and related, and records what was read. A story that none is related to, or
 * whose words are still to be read, has the newest others of its section's month instead. Nothing
 * is set before the language has an index. */
bool paper_fill_related(PaperPage *page, Value *map, const Story *story, GError **error);

/* Of the global input "related:LANG". Caller frees. */
char *paper_related_version(Store *store, void *run, const char *language, int64_t as_of,
                            GError **error);
