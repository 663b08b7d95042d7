/* Headers of pages that are made on demand: page.h. */
#include "web/page.h"

void web_headers(HttpReply *reply, const WebHeaders *headers)
{
    http_reply_header(reply, "Content-Security-Policy", headers->policy);
    http_reply_header(reply, "Cache-Control", "no-store");
    http_reply_header(reply, "Referrer-Policy", headers->referrer);
    http_reply_header(reply, "X-Content-Type-Options", "nosniff");
    http_reply_header(reply, "X-Robots-Tag", "noindex, nofollow");
    http_reply_header(reply, "Cross-Origin-Opener-Policy", "same-origin");
    http_reply_header(reply, "Permissions-Policy", HTTP_PERMISSIONS);
    if (headers->https) {
        http_reply_header(reply, "Strict-Transport-Security", HTTP_HSTS);
    }
}

static void common(HttpReply *reply, const char *style_hash, bool https)
{
    g_autofree char *policy =
        g_strdup_printf("default-src 'none'; style-src %s; form-action 'self'; base-uri 'none'; "
                        "frame-ancestors 'none'",
                        style_hash == NULL ? "'none'" : style_hash);
    WebHeaders headers = {.policy = policy, .referrer = "no-referrer", .https = https};
    web_headers(reply, &headers);
}

HttpReply *web_page(const WebPage *page, GBytes *html)
{
    HttpReply *reply = http_reply_new(page->status, html);
    http_reply_header(reply, "Content-Type", "text/html; charset=utf-8");
    common(reply, page->style_hash, page->https);
    return reply;
}

HttpReply *web_see_other(const char *path, bool https)
{
    HttpReply *reply = http_reply_new(303, NULL);
    http_reply_header(reply, "Location", path);
    common(reply, NULL, https);
    return reply;
}

HttpReply *web_text(unsigned status, const char *text, bool https)
{
    HttpReply *reply = http_reply_new_text(status, text);
    common(reply, NULL, https);
    return reply;
}
