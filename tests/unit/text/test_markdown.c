/* Markdown as a whole: raw HTML, refusals, large bodies. */
#include "base/error.h"
#include "base/limits.h"
#include "rendered.h"

static void test_raw_html(void)
{
    assert_render("<script>alert(1)</script>\n\na <b onclick=x>b</b> <img src=x onerror=y>\n",
                  "<p>a <b>b</b> <img src=\"x\" alt=\"\" loading=\"lazy\"></p>");
    assert_render("<div style=x>\n\n*a*\n\n</div>\n\nb",
                  "<div><p><em>a</em></p>\n</div>\n<p>b</p>");
    assert_render("a <b>never closed\n\nb", "<p>a <b>never closed</b></p>\n<p>b</p>");
    assert_render("<iframe src=\"https://www.map.example/x\"></iframe>",
                  "<p><a href=\"https://www.map.example/x\" rel=\"noopener noreferrer\">"
                  "map.example</a></p>");
}

static void assert_refused(const char *text, size_t length, int code, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_auto(SafeHtml) html = {0};
    g_assert_false(markdown_render(text, length, NULL, &html, &error));
    g_assert_error(error, KOLOKOL_ERROR, code);
    g_assert_cmpstr(error->message, ==, message);
    g_assert_true(safe_html_is_empty(&html));
}

static void test_refused(void)
{
    assert_refused("a\n\0", 3, KOLOKOL_ERROR_INVALID,
                   "body, line 2: a NUL byte; save the text as UTF-8");
    assert_refused("\xFF", 1, KOLOKOL_ERROR_INVALID,
                   "body, line 1: a byte that is not UTF-8; save the text as UTF-8");
    size_t size = 20u * 1024 * 1024;
    g_autofree char *huge = g_malloc(size);
    memset(huge, 'a', size);
    assert_refused(huge, size, KOLOKOL_ERROR_LIMIT,
                   "the body has 20971520 bytes, more than the 2 MB that a story may have");
}

static void test_pictures(void)
{
    static const char text[] = "![a *b*\nc](media:1 \"C | D\")\n\n`![x](media:2)` and "
                               "[l](media:3)\n\n    ![x](media:4)\n\n"
                               "```\n![x](media:5)\n```\n\n![see [here](x)](media:6) "
                               "[![s](media:7)](https://v.example/)\n\n"
                               "![r]\n\n[r]: media:8 'T'\n\na <img src=media:9 alt=h>\n\n"
                               "<figure>\n<img src=media:10><figcaption>C</figcaption></figure>\n";
    g_autoptr(GPtrArray) pictures = markdown_pictures(text, strlen(text));
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < pictures->len; i++) {
        const TextPicture *picture = pictures->pdata[i];
        g_string_append_printf(all, "%s,%s,%s;", picture->url, picture->alt, picture->title);
    }
    g_assert_cmpstr(all->str, ==,
                    "media:1,a b c,C | D;media:6,see here,;media:7,s,;media:8,r,T;"
                    "media:9,h,;media:10,,;");
    g_autoptr(GPtrArray) none = markdown_pictures("![a](media:1)\xff", 14);
    g_assert_cmpuint(none->len, ==, 0);
}

/* Usual sizes are rendered, also the hard ones. */
static void test_large_but_usual(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (unsigned i = 0; i < 4000; i++) {
        g_string_append_printf(
            text, "Paragraph %u with \"quotes\", a [link](a%u.html) and *more*.\n\n", i, i);
    }
    g_string_append(text, "| a | b |\n|---|---|\n");
    for (unsigned i = 0; i < 2000; i++) {
        g_string_append(text, "| 1 | 2 |\n");
    }
    g_autofree char *html = render(text->str, NULL);
    g_assert_nonnull(strstr(html, "Paragraph 3999"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/markdown/raw_html", test_raw_html);
    g_test_add_func("/markdown/pictures", test_pictures);
    g_test_add_func("/markdown/refused", test_refused);
    g_test_add_func("/markdown/large_but_usual", test_large_but_usual);
    return g_test_run();
}
