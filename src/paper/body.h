/*
 * A story's body as markup for its page: Markdown or HTML through text/markdown.h and
 * text/sanitise.h, with "media:ID" pictures as hash-named files and addresses of the paper itself,
 * also those written relative to the story, made relative to the page. A link to a story that is
 * not out stays text until it is: the address would say what the headline does. Records the
 * pictures read, and for each link to a page of ours what stands there.
 */
#pragma once

#include "desk/story.h"
#include "paper/page_base.h"

/* A body, or an entry of a live story. Borrowed. */
typedef struct {
    const char *text;
    StoryFormat format;
    const char *from;  /* the path of its story: where relative addresses lead from */
    const char *scope; /* makes the ids of footnotes unique where several bodies stand on one page;
                          NULL for one */
} PaperBody;

bool paper_body(PaperPage *page, const PaperBody *body, SafeHtml *html, GError **error);

/* The same with absolute addresses, for feeds. */
bool paper_body_absolute(PaperPage *page, const PaperBody *body, SafeHtml *html, GError **error);

/* The same with absolute addresses and without pictures, for text editions. */
bool paper_body_bare(PaperPage *page, const PaperBody *body, SafeHtml *html, GError **error);
