/*
 * A story's body as markup for its page: Markdown or HTML through text/markdown.h and
 * text/sanitise.h, with "media:ID" pictures as hash-named files and addresses of the paper itself
 * made relative. A link to a story that is not out stays text until it is: the address would say
 * what the headline does. Records the pictures read, and for each link to a page of ours what
 * stands there.
 */
#pragma once

#include "desk/story.h"
#include "paper/page_base.h"

/* `scope` makes the ids of footnotes unique where several bodies stand on one page; NULL for one.
 */
bool paper_body(PaperPage *page, const char *text, StoryFormat format, const char *scope,
                SafeHtml *html, GError **error);

/* The same with absolute addresses, for feeds. */
bool paper_body_absolute(PaperPage *page, const char *text, StoryFormat format, SafeHtml *html,
                         GError **error);
