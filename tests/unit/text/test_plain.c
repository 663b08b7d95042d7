/* Plain text in both forms. */
#include "text/plain.h"

#include "text/markdown.h"

#include <string.h>

static void assert_plain(const char *markdown, PlainForm form, const char *expected)
{
    g_auto(SafeHtml) html = {0};
    g_assert_true(markdown_render(markdown, strlen(markdown), NULL, &html, NULL));
    g_autofree char *plain = plain_from_html(&html, form);
    g_assert_cmpstr(plain, ==, expected);
}

static void test_edition(void)
{
    assert_plain("", PLAIN_EDITION, "");
    assert_plain("# A & <b>B</b>\n\nOne\ntwo  \nthree.\n\n---\n\nEnd", PLAIN_EDITION,
                 "A & B\n\nOne two\nthree.\n\n* * *\n\nEnd");
    assert_plain("a\n\n- b\n- c\n  1. d\n  2. e\n\nf", PLAIN_EDITION,
                 "a\n\n- b\n- c\n  1. d\n  2. e\n\nf");
    assert_plain("3. a\n\n   b\n\n4. c", PLAIN_EDITION, "3. a\n\n   b\n\n4. c");
    assert_plain("> a\n>\n> - b\n>   c\n\nd", PLAIN_EDITION, "> a\n>\n> - b c\n\nd");
    assert_plain("> !pull\n> We stay.", PLAIN_EDITION, "> We stay.");
    assert_plain("[x](https://a.example/b) <https://c.example> [y](z.html)", PLAIN_EDITION,
                 "x <https://a.example/b> https://c.example y");
    assert_plain("![Alt](p.jpg \"Caption | Who / AP\")\n\n![](q.jpg)", PLAIN_EDITION,
                 "[Alt]\nCaption Who / AP");
    assert_plain("a[^1]b\n\n[^1]: Note.", PLAIN_EDITION, "a[1]b\n\n1. Note.");
    assert_plain("|a|b|\n|-|-|\n|1|2|\n\nc", PLAIN_EDITION, "a | b\n1 | 2\n\nc");
    assert_plain("```\nx\n\n  y\n```\nz", PLAIN_EDITION, "x\n\n  y\n\nz");
    assert_plain("x<sup>2</sup> \"q\"", PLAIN_EDITION, "x2 “q”");
}

static void test_prose(void)
{
    assert_plain("## H\n\nOne *two*.[^1]\n\n- a\n- b\n\n![A](p.jpg \"C\")\n\n|t|\n|-|\n\n"
                 "```\ncode\n```\n\n> quote, x<sup>2</sup> [l](https://a.example)\n\n[^1]: Note.",
                 PLAIN_PROSE, "H\nOne two.\na\nb\nquote, x2 l");
    assert_plain("a ![inline](b.jpg) c", PLAIN_PROSE, "a c");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plain/edition", test_edition);
    g_test_add_func("/plain/prose", test_prose);
    return g_test_run();
}
