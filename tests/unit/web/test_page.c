/* Headers of pages made on demand. */
#include "web/page.h"

#include <string.h>

static const char *const always[][2] = {
    {"Cache-Control", "no-store"},         {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"}, {"Cross-Origin-Opener-Policy", "same-origin"},
    {"X-Robots-Tag", "noindex, nofollow"},
};

static void check(HttpReply *reply, unsigned status, const char *style, bool https)
{
    const char *policy = http_reply_find(reply, "Content-Security-Policy");
    g_assert_cmpuint(http_reply_status(reply), ==, status);
    for (size_t i = 0; i < G_N_ELEMENTS(always); i++) {
        g_assert_cmpstr(http_reply_find(reply, always[i][0]), ==, always[i][1]);
    }
    g_assert_true(g_str_has_prefix(policy, "default-src 'none'; "));
    g_assert_nonnull(strstr(policy, style));
    g_assert_nonnull(strstr(policy, "frame-ancestors 'none'"));
    g_assert_nonnull(strstr(policy, "form-action 'self'"));
    g_assert_null(strstr(policy, "unsafe"));
    g_assert_true((http_reply_find(reply, "Strict-Transport-Security") != NULL) == https);
    http_reply_unref(reply);
}

static void test_headers(void)
{
    g_autoptr(GBytes) html = g_bytes_new_static("<p>", 3);
    WebPage page = {.status = 200, .style_hash = "'sha256-abc'", .https = true};
    check(web_page(&page, html), 200, "style-src 'sha256-abc'", true);
    WebPage plain = {.status = 422};
    check(web_page(&plain, html), 422, "style-src 'none'", false);
    check(web_text(404, "no", false), 404, "style-src 'none'", false);
    HttpReply *away = web_see_other("/t/1", true);
    g_assert_cmpstr(http_reply_find(away, "Location"), ==, "/t/1");
    check(away, 303, "style-src 'none'", true);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/page/headers", test_headers);
    return g_test_run();
}
