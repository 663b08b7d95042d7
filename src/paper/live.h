/*
 * The entries of a live story on its page, newest first, and the parts that older ones are split
 * off to, so that the page stays within its budget. Entries are cut into chunks from the oldest on,
 * each closed when it passes LIVE_CHUNK bytes of text; the page has the last two chunks, and each
 * one before them is a part with an address of its own, "…/storm-part-1.html", which no longer
 * changes unless its entries do. An entry keeps its anchor.
 */
#pragma once

#include "desk/story.h"
#include "paper/page_base.h"

#define LIVE_CHUNK 12000u /* bytes of entries' Markdown */

/* Sets entries and parts for the story's own page. */
bool paper_fill_live(PaperPage *page, Value *map, const Story *story, GError **error);
