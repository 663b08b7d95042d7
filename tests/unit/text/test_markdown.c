/* Markdown: Kolokol's forms, typography, ceilings, and time on hostile input. */
#include "text/markdown.h"

#include "base/error.h"
#include "base/limits.h"
#include "reparse.h"

#include <string.h>
#include <time.h>

static char *render(const char *text, const MarkdownOptions *options)
{
    g_autoptr(GError) error = NULL;
    g_auto(SafeHtml) html = {0};
    g_assert_true(markdown_render(text, strlen(text), options, &html, &error));
    g_assert_no_error(error);
    g_autofree char *bad = reparse_check(safe_html_markup(&html), NULL);
    g_assert_cmpstr(bad, ==, NULL);
    return g_strdup(safe_html_markup(&html));
}

static void assert_render_with(const char *text, const MarkdownOptions *options,
                               const char *expected)
{
    g_autofree char *html = render(text, options);
    g_strchomp(html);
    g_assert_cmpstr(html, ==, expected);
}

static void assert_render(const char *text, const char *expected)
{
    assert_render_with(text, NULL, expected);
}

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

static void test_figures(void)
{
    assert_render("![A cat](cat.jpg \"The cat at | home | Ann Ivanova / AFP\")",
                  "<figure><img src=\"cat.jpg\" alt=\"A cat\" loading=\"lazy\"><figcaption>"
                  "The cat at | home <span class=\"credit\">Ann Ivanova / AFP</span></figcaption>"
                  "</figure>");
    assert_render("![A *cat*](a.jpg)\n![B](b.jpg \"| Reuters\")",
                  "<figure><img src=\"a.jpg\" alt=\"A cat\" loading=\"lazy\"></figure>\n"
                  "<figure><img src=\"b.jpg\" alt=\"B\" loading=\"lazy\"><figcaption>"
                  "<span class=\"credit\">Reuters</span></figcaption></figure>");
    assert_render("see ![A](a.jpg) here",
                  "<p>see <img src=\"a.jpg\" alt=\"A\" loading=\"lazy\"> here</p>");
    assert_render("![A](https://other.example/a.jpg)",
                  "<figure><a href=\"https://other.example/a.jpg\" rel=\"noopener noreferrer\">A"
                  "</a></figure>");
}

static void test_embeds(void)
{
    assert_render(
        "[![A film](still.jpg \"What it shows | TV\")](https://www.video.example/watch?v=1)",
        "<figure class=\"embed\"><a href=\"https://www.video.example/watch?v=1\""
        " rel=\"noopener noreferrer\"><img src=\"still.jpg\" alt=\"A film\""
        " loading=\"lazy\"><span class=\"host\">video.example</span></a><figcaption>"
        "What it shows <span class=\"credit\">TV</span></figcaption></figure>");
    assert_render("[![A](a.jpg)](other.html)",
                  "<figure><a href=\"other.html\"><img src=\"a.jpg\" alt=\"A\" loading=\"lazy\">"
                  "</a></figure>");
    assert_render("https://www.video.example/watch?v=1",
                  "<p><a href=\"https://www.video.example/watch?v=1\" rel=\"noopener noreferrer\">"
                  "https://www.video.example/watch?v=1</a></p>");
}

static void test_pull(void)
{
    assert_render("> !pull\n> We *stay*.",
                  "<aside class=\"pull\"><blockquote><p>We <em>stay</em>.</p>\n</blockquote>"
                  "</aside>");
    assert_render("> !pull\n>\n> a\n>\n> b",
                  "<aside class=\"pull\"><blockquote><p>a</p>\n<p>b</p>\n</blockquote></aside>");
    assert_render("> !pull x\n> a", "<blockquote><p>!pull x\na</p>\n</blockquote>");
    assert_render("> !pull", "");
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

static void test_typography(void)
{
    assert_render("\"It's 'so'\" -- a--b...", "<p>“It’s ‘so’” – a–b…</p>");
    MarkdownOptions russian = {.language = "ru"};
    assert_render_with("\"Слово \"внутри\" слова\" -- \\\"прямые\\\"", &russian,
                       "<p>«Слово „внутри“ слова» – \"прямые\"</p>");
    assert_render_with("“Кавычки” автора, \"наши\" и [\"ссылка\"](a “b”.html)", &russian,
                       "<p>“Кавычки” автора, «наши» и [«ссылка»](a “b”.html)</p>");
    assert_render_with("\"а\n\n\"б\"", &russian, "<p>«а</p>\n<p>«б»</p>");
    MarkdownOptions french = {.language = "fr-CA"};
    assert_render_with("\"Bon\"", &french,
                       "<p>«\xC2\xA0"
                       "Bon\xC2\xA0»</p>");
    MarkdownOptions german = {.language = "de"};
    assert_render_with("\"Na \"ja\"\" ⸢x⸣", &german, "<p>“Na “ja”” ⸢x⸣</p>");
    assert_render_with("\"Gut\"", &german, "<p>„Gut“</p>");
}

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

static bool find_picture(const char *destination, SanitisePicture *picture, void *data)
{
    if (strcmp(destination, "known.jpg") != 0) {
        return false;
    }
    *picture = (SanitisePicture){.url = g_strdup("../o/ab/x.jpg"), .width = 8, .height = 6};
    return true;
}

static void take_notice(SanitiseNotice notice, const char *what, void *data)
{
    g_string_append_printf(data, "%d %s;", notice, what);
}

static void test_resolver(void)
{
    g_autoptr(GString) notices = g_string_new(NULL);
    SanitiseResolver resolver = {.picture = find_picture, .notice = take_notice, .data = notices};
    MarkdownOptions options = {.resolver = &resolver};
    assert_render_with("![A](known.jpg \"C\")\n\n![B](lost.jpg \"D\")\n\n"
                       "[![E](gone.jpg \"F\")](https://v.example/1)",
                       &options,
                       "<figure><img src=\"../o/ab/x.jpg\" alt=\"A\" width=\"8\" height=\"6\""
                       " loading=\"lazy\"><figcaption>C</figcaption></figure>\n"
                       "<p><a href=\"https://v.example/1\" rel=\"noopener noreferrer\">"
                       "<span class=\"host\">v.example</span></a></p>");
    g_assert_cmpstr(notices->str, ==, "0 lost.jpg;0 gone.jpg;");
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

/* After the parser's own test/pathological_tests.py, and what we found besides. The unit is
 * repeated until the text has `size` bytes, between head and tail. */
static const struct {
    const char *name;
    const char *head;
    const char *unit;
    const char *tail;
} BOMBS[] = {
    {"nested strong", "", "*a **a ", "b"},
    {"many closers", "", "a_ ", ""},
    {"many openers", "", "_a ", ""},
    {"mismatched", "", "*a_ ", ""},
    {"multiple of three", "a**b", "c* ", ""},
    {"link closers", "", "a]", ""},
    {"link openers", "", "[a", ""},
    {"link and emphasis", "", "[ a_", ""},
    {"bracket parenthesis", "", "[ (](", ""},
    {"images", "", "![[]()", ""},
    {"image in image", "", "![a[b](c)", ""},
    {"brackets", "", "[", "a"},
    {"quotations", "", "> ", "a"},
    {"quotations tight", "", ">", "a"},
    {"lists in a line", "", "- ", "a"},
    {"lists and blanks", "- - - - - - - - - - - - - - - - - - - - - - a\n", "\n", "b"},
    {"numbers in a line", "", "1. ", "a"},
    {"stars", "", "*", "a"},
    {"backticks", "", "`a", ""},
    {"unclosed <", "", "</", ""},
    {"comments", "", "<!--", ""},
    {"instructions", "", "<?", ""},
    {"declarations", "", "<!A ", ""},
    {"cdata", "", "<![CDATA[", ""},
    {"tag", "", "<a ", ""},
    {"attributes", "<a", " b='c'", ">"},
    {"definitions", "", "[a]: b\n", "[a]"},
    {"definitions with titles", "", "[a]: b\n\"t\n", ""},
    {"uses", "[a]: b\n\n", "[a] ", ""},
    {"footnotes", "", "[^a]:", "x"},
    {"footnote uses", "[^1]: a\n\n", "[^1] ", ""},
    {"rows", "|a|b|\n|-|-|\n", "|x|y|\n", ""},
    {"columns", "|", "a|", "\n|-|"},
    {"lines before a table", "", "a\n", "|-|\n"},
    {"tildes", "", "~~a~ ", ""},
    {"addresses", "", "http://", ""},
    {"www", "", "www.", ""},
    {"at", "", "a@", ""},
    {"address parentheses", "http://a.b/", ")", ""},
    {"address points", "http://a.b/", ").", ""},
    {"address references", "http://a.b/", "&a;", ""},
    {"double quotes", "", "\"", ""},
    {"single quotes", "", "'", ""},
    {"mixed quotes", "", "\"'", ""},
    {"quotes and stars", "", "\"*", ""},
    {"points", "", ".", ""},
    {"dashes", "a ", "-", ""},
    {"references", "", "&amp;", ""},
    {"escapes", "", "\\*", ""},
    {"divs", "", "<div>\n", ""},
    {"bold", "", "<b>", ""},
    {"cells", "", "<table><td>", ""},
    {"fences", "", "~~~\na\n", ""},
    {"tabs", "", "\t", ""},
    {"blanks", "a", " ", "b"},
    {"figures", "", "![a](b \"c|d\")\n\n", ""},
    {"pull", "", "> !pull\n\n", ""},
};

static GString *bomb_new(size_t i, size_t size)
{
    GString *text = g_string_new(BOMBS[i].head);
    while (text->len < size) {
        g_string_append(text, BOMBS[i].unit);
    }
    return g_string_append(text, BOMBS[i].tail);
}

#if defined(__SANITIZE_ADDRESS__)
#define SLOW_BUILD 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLOW_BUILD 1
#endif
#endif
#ifndef SLOW_BUILD
#define SLOW_BUILD 0
#endif

/* Rendered or refused, never slow. The time is the processor's, and it is not judged where a
 * sanitizer makes all slow. */
static void test_bombs(void)
{
    const size_t size = SLOW_BUILD ? 100000 : LIMIT_BODY - 100;
    for (size_t i = 0; i < G_N_ELEMENTS(BOMBS); i++) {
        GString *text = bomb_new(i, size);
        g_auto(SafeHtml) html = {0};
        g_autoptr(GError) error = NULL;
        clock_t begin = clock();
        bool made = markdown_render(text->str, text->len, NULL, &html, &error);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        g_string_free(text, TRUE);
        g_test_message("%s: %.2f s, %s", BOMBS[i].name, seconds,
                       made ? "rendered" : error->message);
        g_assert_true(made || g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT));
        g_assert_true(SLOW_BUILD || seconds < 4.0);
    }
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
    g_test_add_func("/markdown/ordinary", test_ordinary);
    g_test_add_func("/markdown/headings", test_headings);
    g_test_add_func("/markdown/figures", test_figures);
    g_test_add_func("/markdown/embeds", test_embeds);
    g_test_add_func("/markdown/pull", test_pull);
    g_test_add_func("/markdown/footnotes", test_footnotes);
    g_test_add_func("/markdown/tables", test_tables);
    g_test_add_func("/markdown/typography", test_typography);
    g_test_add_func("/markdown/raw_html", test_raw_html);
    g_test_add_func("/markdown/resolver", test_resolver);
    g_test_add_func("/markdown/refused", test_refused);
    g_test_add_func("/markdown/bombs", test_bombs);
    g_test_add_func("/markdown/large_but_usual", test_large_but_usual);
    return g_test_run();
}
