/* Ordinary Markdown as HTML: blocks, headings, footnotes, tables. */
#include "rendered.h"

static void test_ordinary(void)
{
    assert_render("", "");
    assert_render("One *two* **three** `four & <five>`\nsix  \nseven",
                  "<p>One <em>two</em> <strong>three</strong> <code>four &amp; &lt;five&gt;</code>"
                  "\nsix<br>\nseven</p>");
    assert_render("- a\n- b\n\n  c\n", "<ul><li><p>a</p>\n</li><li><p>b</p>\n<p>c</p>\n</li></ul>");
    assert_render("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>");
    assert_render("> a\n\n---\n\n```c\n<x>\n```",
                  "<blockquote><p>a</p>\n</blockquote>\n<hr>\n<pre><code>&lt;x&gt;\n</code></pre>");
    assert_render("[a](b.html \"t\") <https://x.example> https://y.example/z ~~old~~",
                  "<p><a href=\"b.html\" title=\"t\">a</a> <a href=\"https://x.example\""
                  " rel=\"noopener noreferrer\">https://x.example</a> "
                  "<a href=\"https://y.example/z\" rel=\"noopener noreferrer\">"
                  "https://y.example/z</a> <del>old</del></p>");
    assert_render("[x](<javascript:alert(1)>) [y](//host/p)",
                  "<p>x <a href=\"https://host/p\" rel=\"noopener noreferrer\">y</a></p>");
}

static void test_headings(void)
{
    assert_render("# a\n\n## b\n\n###### c", "<h2>a</h2>\n<h3>b</h3>\n<h6>c</h6>");
    assert_render("## a\n\n### b", "<h2>a</h2>\n<h3>b</h3>");
}

static void test_footnotes(void)
{
    assert_render("a[^x] b[^y] c[^x]\n\n[^y]: Why.\n[^x]: Ex.\n",
                  "<p>a<sup class=\"fn\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup> "
                  "b<sup class=\"fn\"><a href=\"#fn-2\" id=\"fnref-2\">2</a></sup> "
                  "c<sup class=\"fn\"><a href=\"#fn-1\">1</a></sup></p>\n"
                  "<section class=\"footnotes\"><ol><li id=\"fn-1\"><p>Ex. <a href=\"#fnref-1\""
                  " class=\"fn-back\" aria-label=\"Back to the text\">↩</a></p>\n</li>"
                  "<li id=\"fn-2\"><p>Why. <a href=\"#fnref-2\" class=\"fn-back\""
                  " aria-label=\"Back to the text\">↩</a></p>\n</li></ol></section>");
    MarkdownOptions options = {.scope = "e7-", .back_label = "Назад"};
    assert_render_with("a[^1]\n\n[^1]:\n    > b\n", &options,
                       "<p>a<sup class=\"fn\"><a href=\"#fn-e7-1\" id=\"fnref-e7-1\">1</a></sup>"
                       "</p>\n<section class=\"footnotes\"><ol><li id=\"fn-e7-1\"><blockquote>"
                       "<p>b</p>\n</blockquote>\n <a href=\"#fnref-e7-1\" class=\"fn-back\""
                       " aria-label=\"Назад\">↩</a></li></ol></section>");
}

static void test_tables(void)
{
    assert_render("| a | b | c |\n|---|--:|:-:|\n| 1 | 2 | *3* |",
                  "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th>a</th>"
                  "<th class=\"right\">b</th><th class=\"center\">c</th></tr></thead><tbody><tr>"
                  "<td>1</td><td class=\"right\">2</td><td class=\"center\"><em>3</em></td></tr>"
                  "</tbody></table></div>");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/markdown_render/ordinary", test_ordinary);
    g_test_add_func("/markdown_render/headings", test_headings);
    g_test_add_func("/markdown_render/footnotes", test_footnotes);
    g_test_add_func("/markdown_render/tables", test_tables);
    return g_test_run();
}
