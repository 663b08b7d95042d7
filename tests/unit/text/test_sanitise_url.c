/* URLs: their kinds, their cleaning, the host that is shown. */
#include "text/sanitise_url.h"

static void assert_url(const char *given, UrlKind kind, const char *cleaned)
{
    g_autoptr(GString) url = g_string_new(given);
    g_assert_cmpint(url_clean(url), ==, kind);
    if (kind != URL_REFUSED) {
        g_assert_cmpstr(url->str, ==, cleaned);
    }
}

static void test_kinds(void)
{
    assert_url("a/b.html?c#d", URL_RELATIVE, "a/b.html?c#d");
    assert_url("?x:y", URL_RELATIVE, "?x:y");
    assert_url("./x:y", URL_RELATIVE, "./x:y");
    assert_url("#d", URL_FRAGMENT, "#d");
    assert_url("HTTP://a.example", URL_WEB, "HTTP://a.example");
    assert_url("//a.example/b", URL_WEB, "https://a.example/b");
    assert_url("mailto:a@b.example", URL_OTHER, "mailto:a@b.example");
    assert_url("TEL:+7", URL_OTHER, "TEL:+7");
    assert_url("media:7", URL_MEDIA, "media:7");
    assert_url(" media:12345\n", URL_MEDIA, "media:12345");
    assert_url("media:", URL_REFUSED, NULL);
    assert_url("media:-1", URL_REFUSED, NULL);
    assert_url("media:7/x", URL_REFUSED, NULL);
    assert_url("MEDIA:7", URL_REFUSED, NULL);
    assert_url("", URL_REFUSED, NULL);
    assert_url("  ", URL_REFUSED, NULL);
    assert_url("x:y", URL_REFUSED, NULL);
    assert_url("javascript:x", URL_REFUSED, NULL);
    assert_url("http:/a", URL_REFUSED, NULL);
    assert_url("http://", URL_REFUSED, NULL);
    assert_url("https://?x", URL_REFUSED, NULL);
    assert_url("///", URL_REFUSED, NULL);
}

static void test_cleaning(void)
{
    assert_url(" \x01 java\nscript:x", URL_REFUSED, NULL);
    assert_url("\n a b\t.html ", URL_RELATIVE, "a%20b.html");
    assert_url("a\x01"
               "b",
               URL_REFUSED, NULL);
    assert_url("\\\\a.example\\b?c\\d", URL_WEB, "https://a.example/b?c\\d");
    assert_url("http:\\\\a.example\\b", URL_WEB, "http://a.example/b");
}

static void assert_host(const char *url, const char *host)
{
    g_autoptr(GString) out = g_string_new(NULL);
    url_append_host(out, url);
    g_assert_cmpstr(out->str, ==, host);
}

static void test_host(void)
{
    assert_host("https://www.video.example/watch?v=1", "video.example");
    assert_host("https://user@a.example:8080#x", "a.example");
    assert_host("https://www.", "www.");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sanitise_url/kinds", test_kinds);
    g_test_add_func("/sanitise_url/cleaning", test_cleaning);
    g_test_add_func("/sanitise_url/host", test_host);
    return g_test_run();
}
