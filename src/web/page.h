/*
 * Pages of a door that makes them as they are asked for: never kept by anyone, never framed, no
 * script, nothing from elsewhere, posting to the door itself only. A door that needs more (the
 * office: script and style of its own) says so by web_headers().
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

/* What every answer of a door has (DESIGN 8), with the door's own policy. */
typedef struct {
    const char *policy;   /* Content-Security-Policy */
    const char *referrer; /* Referrer-Policy */
    bool https;
} WebHeaders;

void web_headers(HttpReply *reply, const WebHeaders *headers);
