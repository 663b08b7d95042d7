/* The difference of two texts on a page of the office: text/difference_rows.h with <ins> and <del>;
 * styles are in site/office/story.css. */
#pragma once

#include "text/html.h"

/* Everything around a change, as far as a story goes. */
#define DIFFERENCE_WHOLE 100000u

/* `language` is the texts'; of unchanged rows `context` before and after a change are shown. */
void difference_view_write(HtmlWriter *page, const char *old, const char *new, const char *language,
                           unsigned context);
