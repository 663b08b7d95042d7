#include "text/html.h"

#include "base/error.h"

#include <string.h>

typedef void (*Escape)(GString *out, const char *text, size_t length);

static void assert_escapes(Escape escape, const char *text, size_t length, const char *expected)
{
    g_autoptr(GString) out = g_string_new(NULL);
    escape(out, text, length);
    g_assert_cmpstr(out->str, ==, expected);
    g_assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
}

static void test_escape(void)
{
    assert_escapes(html_escape_text, "<a href=\"x\">&'", 15, "&lt;a href=\"x\"&gt;&amp;'");
    assert_escapes(html_escape_attribute, "<a href=\"x\">&'", 15,
                   "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    assert_escapes(html_escape_text, "", 0, "");
    assert_escapes(html_escape_text, "Привет, мир", strlen("Привет, мир"), "Привет, мир");
}

static void test_escape_hostile(void)
{
    assert_escapes(html_escape_text, "a\0b\x01\x7f\t\r\n", 8, "ab\t\r\n");
    assert_escapes(html_escape_text, "\xff<\xc0\xaf\xed\xa0\x80", 7,
                   "\xEF\xBF\xBD&lt;\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_escapes(html_escape_attribute, "\xd0\x9f\xd1", 3, "\xd0\x9f\xEF\xBF\xBD");
    /* 1 MB of a byte that begins a sequence and a NUL in turn: time must not grow with the square.
     */
    size_t length = 1024 * 1024;
    g_autofree char *text = g_malloc(length);
    for (size_t i = 0; i < length; i++) {
        text[i] = i % 2 == 0 ? '\xe2' : '\0';
    }
    g_autoptr(GString) out = g_string_new(NULL);
    html_escape_text(out, text, length);
    g_assert_cmpuint(out->len, ==, length / 2 * 3);
}

static void test_urls(void)
{
    static const char *const good[] = {"",         "/a/b?c:d",   "a/b",    "#top",
                                       "?x=y:z",   "//host/x",   "../x",   "https://x/",
                                       "HTTP://x", "mailto:a@b", "tel:+1", "./javascript:x"};
    static const char *const bad[] = {"javascript:alert(1)",   "JaVaScRiPt:alert(1)",
                                      " \t javascript:x",      "java\nscript:x",
                                      "java\tscript:x",        "\x01javascript:x",
                                      "data:text/html,x",      "vbscript:x",
                                      "file:///etc/passwd",    "httpsx:x",
                                      "averyverylongscheme:x", ":x",
                                      "http\xc2\xa0:x"};
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        g_assert_true(html_url_is_safe(good[i], strlen(good[i])));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(html_url_is_safe(bad[i], strlen(bad[i])));
        assert_escapes(html_escape_url, bad[i], strlen(bad[i]), "#");
    }
    assert_escapes(html_escape_url, "/?a=1&b=\"", 9, "/?a=1&amp;b=&quot;");
}

static void test_safe_html(void)
{
    g_auto(SafeHtml) html = safe_html_from_text("a<b");
    g_assert_cmpstr(safe_html_markup(&html), ==, "a&lt;b");
    g_auto(SafeHtml) copy = safe_html_copy(&html);
    g_assert_cmpstr(safe_html_markup(&copy), ==, "a&lt;b");
    g_auto(SafeHtml) none = {NULL};
    g_assert_true(safe_html_is_empty(&none));
    g_assert_cmpstr(safe_html_markup(&none), ==, "");
    g_auto(SafeHtml) null = safe_html_from_text(NULL);
    g_assert_true(safe_html_is_empty(&null));
}

static void test_writer(void)
{
    g_autoptr(HtmlWriter) writer = html_writer_new(0);
    g_auto(SafeHtml) markup = safe_html_from_already_safe_markup(g_strdup("<i>x</i>"));
    html_open(writer, "p");
    html_attribute(writer, "class", "a\"b");
    html_attribute(writer, "id", NULL);
    html_text(writer, "1 < 2");
    html_open(writer, "img");
    html_url_attribute(writer, "src", "javascript:x");
    html_flag(writer, "hidden", true);
    html_flag(writer, "open", false);
    html_append_already_safe_markup(writer, &markup);
    html_element(writer, "b", "bold");
    html_open(writer, "br");
    html_close(writer, "p");
    g_auto(SafeHtml) html = {NULL};
    g_assert_true(html_writer_finish(writer, &html, NULL));
    g_assert_cmpstr(
        safe_html_markup(&html), ==,
        "<p class=\"a&quot;b\">1 &lt; 2<img src=\"#\" hidden><i>x</i><b>bold</b><br></p>");
    html_text(writer, "again");
    g_auto(SafeHtml) second = {NULL};
    g_assert_true(html_writer_finish(writer, &second, NULL));
    g_assert_cmpstr(safe_html_markup(&second), ==, "again");
}

static void assert_finish_fails(HtmlWriter *writer, int code, const char *message)
{
    g_autoptr(GError) error = NULL;
    SafeHtml html = {NULL};
    g_assert_false(html_writer_finish(writer, &html, &error));
    g_assert_error(error, KOLOKOL_ERROR, code);
    if (strstr(error->message, message) == NULL) {
        g_error("expected \"%s\" in \"%s\"", message, error->message);
    }
    g_assert_null(html.markup);
}

static void test_misuse(void)
{
    g_autoptr(HtmlWriter) writer = html_writer_new(100);
    html_open(writer, "p");
    assert_finish_fails(writer, KOLOKOL_ERROR_INVALID, "<p> is not closed");
    html_open(writer, "p");
    html_close(writer, "div");
    html_text(writer, "ignored");
    assert_finish_fails(writer, KOLOKOL_ERROR_INVALID, "</div> closes <p>");
    html_close(writer, "p");
    assert_finish_fails(writer, KOLOKOL_ERROR_INVALID, "</p> closes nothing");
    html_text(writer, "x");
    html_attribute(writer, "class", "y");
    assert_finish_fails(writer, KOLOKOL_ERROR_INVALID, "class stands outside");
    for (unsigned i = 0; i < 40; i++) {
        html_text(writer, "<<<");
    }
    assert_finish_fails(writer, KOLOKOL_ERROR_LIMIT, "ceiling of 100");
    g_autoptr(HtmlWriter) deep = html_writer_new(0);
    for (unsigned i = 0; i <= HTML_DEPTH_LIMIT; i++) {
        html_open(deep, "div");
    }
    assert_finish_fails(deep, KOLOKOL_ERROR_INVALID, "more than 128");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/html/escape", test_escape);
    g_test_add_func("/text/html/escape_hostile", test_escape_hostile);
    g_test_add_func("/text/html/urls", test_urls);
    g_test_add_func("/text/html/safe_html", test_safe_html);
    g_test_add_func("/text/html/writer", test_writer);
    g_test_add_func("/text/html/misuse", test_misuse);
    return g_test_run();
}
