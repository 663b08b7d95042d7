/* The parts of forms that narrow a list of stories: lists of things to choose from, with "any" at
 * the top. For the list and the calendar. */
#pragma once

#include "desk/story_desk.h"
#include "office/office.h"
#include "text/html.h"

/* A <select> in its label; ids of texts for the label and for "any". */
void story_filter_open(HtmlWriter *page, const OfficeVisit *visit, const char *name,
                       const char *label, const char *any);
void story_filter_close(HtmlWriter *page);

/* Fields "section" (slugs of all languages) and "language". */
bool story_filter_places(HtmlWriter *page, const OfficeVisit *visit, const StoryDesk *desk,
                         const char *section, const char *language, GError **error);
