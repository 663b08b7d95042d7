/* Attributes and links: which stay, and with what values. */
#include "cleaned.h"

static void test_attributes(void)
{
    assert_clean("<p onclick=x style=y class='a embed' data-x=1 align=left>a</p>", "<p>a</p>");
    assert_clean("<figure class='x embed'>a</figure><aside class=pull>b</aside><aside>c</aside>",
                 "<figure class=\"embed\">a</figure><aside class=\"pull\">b</aside>"
                 "<div>c</div>");
    assert_clean("<h2 id=forms>a</h2><a href=#forms>b</a><p id=forms>c</p><p id='a b'>d</p>",
                 "<h2 id=\"u-forms\">a</h2><a href=\"#u-forms\">b</a><p>c</p><p>d</p>");
    assert_clean("<a id=x></a><a name=y>b</a>", "<a id=\"u-x\"></a>b");
    assert_clean("<p lang=ru dir=rtl>a<p lang='\"' dir=x>b",
                 "<p lang=\"ru\" dir=\"rtl\">a</p><p>b</p>");
    assert_clean("<ol start=3 reversed type=a><li value=x>y</ol>",
                 "<ol start=\"3\" reversed=\"\" type=\"a\"><li>y</li></ol>");
    assert_clean("<abbr title='a\"b<c>&amp;'>x</abbr>",
                 "<abbr title=\"a&quot;b&lt;c&gt;&amp;\">x</abbr>");
    assert_clean("<p/lang='ru'/onclick=x>a", "<p lang=\"ru\">a</p>");
    assert_clean("<p lang=ru lang=en LANG=de>a", "<p lang=\"ru\">a</p>");
    assert_clean("<time datetime=2026-11-23T10:00Z>x</time><bdo>y</bdo>",
                 "<time datetime=\"2026-11-23T10:00Z\">x</time>y");
}

static void test_links(void)
{
    assert_clean("<a href='https://a.example/?x=1&y=2' target=_blank rel=opener>a</a>",
                 "<a href=\"https://a.example/?x=1&amp;y=2\"" EXTERNAL ">a</a>");
    assert_clean("<a href=//a.example/b>a</a>",
                 "<a href=\"https://a.example/b\"" EXTERNAL ">a</a>");
    assert_clean("<a href='/\\evil.example'>a</a>",
                 "<a href=\"https://evil.example\"" EXTERNAL ">a</a>");
    assert_clean("<a href=mailto:a@b.example>a</a><a href=tel:+1>b</a>",
                 "<a href=\"mailto:a@b.example\">a</a><a href=\"tel:+1\">b</a>");
    assert_clean("<a href='../2026/a b.html#c'>a</a>", "<a href=\"../2026/a%20b.html#c\">a</a>");
    const char *const bad[] = {"javascript:alert(1)",
                               "JaVaScRiPt:x",
                               " java\tscript:x",
                               "java\nscript:x",
                               "&#1;javascript:x",
                               "javascript&colon;x",
                               "&#106avascript:x",
                               "data:text/html,x",
                               "vbscript:x",
                               "file:///x",
                               "http:x",
                               "https:",
                               "https:///x",
                               "blob:x",
                               "",
                               "#",
                               "#a b",
                               "jav&#x0A;ascript:x",
                               "x:y"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *html = g_strdup_printf("<a href=\"%s\">t</a>", bad[i]);
        assert_clean(html, "t");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sanitise_attribute/attributes", test_attributes);
    g_test_add_func("/sanitise_attribute/links", test_links);
    return g_test_run();
}
