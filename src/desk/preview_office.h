/* Previews in the office: a story's page as readers would get it, with what is typed in it. */
#pragma once

#include "desk/story_view.h"
#include "text/html.h"

extern const OfficeRoute preview_office[]; /* a table for main/office_rows.c */

/* Below the form on a story's page: a link to the preview, and where the script shows it. */
void preview_write_place(HtmlWriter *page, const StoryView *view);
