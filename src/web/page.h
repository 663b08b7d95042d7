/*
 * Pages of a door that makes them as they are asked for: never kept by anyone, never framed, no
 * script, nothing from elsewhere, posting to the door itself only.
 */
#pragma once

#include "net/reply.h"

typedef struct {
    unsigned status;
    const char *style_hash; /* "'sha256-…'", or NULL for a page without style */
    bool https;
} WebPage;

/* An HTML page with all security headers (DESIGN 8); takes its own reference on `html`. */
HttpReply *web_page(const WebPage *page, GBytes *html);

/* 303 to a path of this door. */
HttpReply *web_see_other(const char *path, bool https);

/* A line of text with the same headers. */
HttpReply *web_text(unsigned status, const char *text, bool https);
