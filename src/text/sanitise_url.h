/*
 * What a URL in a body may be (URL Standard 4.4, reduced): a relative reference, http or https with
 * a host, mailto, tel; and "media:ID", which names a picture of the newsroom and is no address of
 * the web. Everything else is refused.
 */
#pragma once

#include <glib.h>

typedef enum {
    URL_REFUSED,
    URL_FRAGMENT, /* "#name" */
    URL_RELATIVE, /* path or query, no host */
    URL_WEB,      /* http, https; "//host/…" is completed to https */
    URL_OTHER,    /* mailto, tel */
    URL_MEDIA     /* "media:7": of a picture only, and only for a resolver that knows it */
} UrlKind;

/* Judges `url` and cleans it in place as a browser would read it: blanks and controls around it and
 * line breaks in it go, "\" becomes "/", a blank inside becomes %20. */
UrlKind url_clean(GString *url);

/* Appends the host of a URL_WEB, without "www." and port, for a reader to see. */
void url_append_host(GString *out, const char *url);
