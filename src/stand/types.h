/*
 * Content types by name: const rows, extension to type, as WHATWG and IANA have them.
 */
#pragma once

#include <stdbool.h>

typedef struct {
    const char *suffix; /* ".html", or a whole name: "EDITION" */
    const char *type;
    bool text;     /* worth compressing: coded forms may exist, so Vary is sent */
    bool document; /* a browser may show it as a page: the page headers are sent */
    bool active;   /* a document that could run script and has no policy of its own in it */
} ContentType;

/* The row of a name inside an edition; application/octet-stream if none fits. Never NULL. */
const ContentType *content_type_of(const char *name);
