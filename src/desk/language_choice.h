/*
 * The language of the paper that a page of the office is about: named by the field or the query
 * "language", else the site's first; and the line that leads to the others.
 */
#pragma once

#include "desk/story_desk.h"
#include "office/office.h"
#include "text/html.h"

/* Borrowed from the visit or the desk. INVALID: no language of the site. */
const char *language_choice(const OfficeVisit *visit, const StoryDesk *desk, GError **error);

/* Links to `path` in each language; nothing where there is one only. */
void language_choice_write(HtmlWriter *page, const OfficeVisit *visit, const StoryDesk *desk,
                           const char *language, const char *path);
