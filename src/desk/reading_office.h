/* Links for readers outside in the office: who made them, for whom, how often they were opened; and
 * the pages that somebody with such a link sees. What a link is: staff/reading.h. */
#pragma once

#include "desk/story_view.h"
#include "text/html.h"

extern const OfficeRoute reading_office[]; /* a table for main/office_rows.c */

/* At the top of a story's page: the link to its links, for who may make one. */
void reading_write_link(HtmlWriter *page, const StoryView *view);
