/*
 * A story's body as markup for its page: Markdown or HTML through text/markdown.h and
 * text/sanitise.h, with "media:ID" pictures as hash-named files and addresses of the paper itself
 * made relative. Records the pictures read.
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
