/* Translations in the office: a story beside the one it was made from, with what has changed in
 * that since; beginning another translation. What is kept of it is match.h. */
#pragma once

#include "desk/story_view.h"
#include "text/html.h"

extern const OfficeRoute translation_office[]; /* a table for main/office_rows.c */

/* At the top of a story's page: the link to its translations, and whether it is behind its
 * original. Nothing in a paper of one language. */
bool translation_write_link(HtmlWriter *page, const StoryView *view, GError **error);

/* In a list: a word behind the headline of a translation that is behind. */
void translation_write_behind(HtmlWriter *page, const OfficeVisit *visit, int64_t story);
