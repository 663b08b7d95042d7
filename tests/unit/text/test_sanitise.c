/* The sanitiser: what stays, what goes, and that the output survives being parsed again. */
#include "text/sanitise.h"

#include "base/error.h"
#include "base/limits.h"
#include "reparse.h"

#include <string.h>

static char *clean_with(const char *html, const SanitiseResolver *resolver)
{
    g_autoptr(GError) error = NULL;
    g_auto(SafeHtml) out = {0};
    g_assert_true(sanitise_html(html, strlen(html), resolver, &out, &error));
    g_assert_no_error(error);
    g_autofree char *bad = reparse_check(safe_html_markup(&out), NULL);
    g_assert_cmpstr(bad, ==, NULL);
    g_auto(SafeHtml) again = {0};
    const char *markup = safe_html_markup(&out);
    g_assert_true(sanitise_html(markup, strlen(markup), NULL, &again, NULL));
    if (resolver == NULL && strcmp(safe_html_markup(&again), markup) != 0) {
        g_test_message("unstable: %s", html);
        g_assert_cmpstr(safe_html_markup(&again), ==, markup);
    }
    return g_strdup(markup);
}

static void assert_clean(const char *html, const char *expected)
{
    g_autofree char *clean = clean_with(html, NULL);
    g_assert_cmpstr(clean, ==, expected);
}

static void test_text(void)
{
    assert_clean("", "");
    assert_clean("a < b & c > d", "a &lt; b &amp; c &gt; d");
    assert_clean("&copy; &laquo;x&raquo; &#8212; &#x2014; &#151; &nbsp;.", "© «x» — — — \xC2\xA0.");
    assert_clean("&amp;lt;script&amp;gt; &lt;b&gt;", "&amp;lt;script&amp;gt; &lt;b&gt;");
    assert_clean("&unknown; &amp &copy 2026 &#xD800; &#0;",
                 "&amp;unknown; &amp; © 2026 \xEF\xBF\xBD \xEF\xBF\xBD");
    assert_clean("a\xC2\x8C"
                 "b\xEF\xBF\xBF"
                 "c&#xFFFE;<p title=x lang=\"r\xC2\x8Cu\">\xF0\x9F\x94\x94",
                 "abc\xEF\xBF\xBD<p lang=\"ru\">\xF0\x9F\x94\x94</p>");
    assert_clean("a\r\nb\rc\x01", "a\nb\nc");
    assert_clean("a<!-- c -->b<!doctype x>c<?php x ?>d<![CDATA[e]]>f", "abcdf");
    assert_clean("a<!-->b<!--->c<!-- --!>d</>e</ f>g", "abcdeg");
    assert_clean("a<!-- never closed <p>b", "a");
    assert_clean("1<2 <3 a<", "1&lt;2 &lt;3 a&lt;");
}

static void test_elements(void)
{
    assert_clean("<P>a <B>b</B> <em>c</em><br/>d</P>", "<p>a <b>b</b> <em>c</em><br>d</p>");
    assert_clean("<h1>a</h1><h2>b</h2>", "<h2>a</h2><h2>b</h2>");
    assert_clean("<custom-x>a</custom-x><font color=red>b</font>", "ab");
    assert_clean("<section>a</section><main>b</main><form>c<input name=x></form>",
                 "<div>a</div><div>b</div><div>c</div>");
    assert_clean("<strike>a</strike><tt>b</tt><acronym title=x>c</acronym>",
                 "<s>a</s><code>b</code><abbr title=\"x\">c</abbr>");
    assert_clean("<span>a</span><span lang=ru>b</span><span class=credit>c</span>",
                 "a<span lang=\"ru\">b</span><span class=\"credit\">c</span>");
    assert_clean("<pre>\n\nx\n <b>y</b></pre>", "<pre>\n\nx\n <b>y</b></pre>");
    assert_clean("<pre>\nx</pre><pre><code>\ny</code></pre>",
                 "<pre>x</pre><pre><code>\ny</code></pre>");
    assert_clean("<details open><summary>a</summary><p>b</p></details>",
                 "<details><summary>a</summary><p>b</p></details>");
}

static void test_dropped(void)
{
    assert_clean("a<script>alert(1)</script>b<style>x</style>c", "abc");
    assert_clean("a<script>alert('<p>b", "a");
    assert_clean("a<svg><script>alert(1)</script><text>x</text></svg>b", "ab");
    assert_clean("a<svg/>b<math><mi>x</mi></math>c", "abc");
    assert_clean("a<svg><p>b", "a<p>b</p>");
    assert_clean("a<object><object>x</object>y</object>b", "ab");
    assert_clean("a<object>never closed <p>b", "anever closed <p>b</p>");
    assert_clean("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
                 "<img src=\"x\" alt=\"\" loading=\"lazy\">\"&gt;");
    assert_clean("<template><p>a</template>b<textarea><b>x</b></textarea>c<xmp><b></xmp>d", "bcd");
    assert_clean("<select><option>a</select>b<video src=x>c</video>d<audio></audio>e", "bde");
    assert_clean(
        "<title>x</title><meta http-equiv=refresh content=0><link rel=stylesheet><base href=x>y",
        "y");
}

static void test_nesting(void)
{
    assert_clean("<p>a<p>b", "<p>a</p><p>b</p>");
    assert_clean("<p>a<div>b</div>c</p>", "<p>a</p><div>b</div>c");
    assert_clean("<b>1<i>2</b>3</i>4", "<b>1<i>2</i></b><i>3</i>4");
    assert_clean("<b><p>x</p><p>y</p></b>z", "<p><b>x</b></p><p><b>y</b></p>z");
    assert_clean("<b><p>x</b>y</p>", "<p><b>x</b>y</p>");
    assert_clean("<a href=x>1<a href=y>2</a>", "<a href=\"x\">1</a><a href=\"y\">2</a>");
    assert_clean("<ul><li>a<li>b<ul><li>c</ul></ul>",
                 "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>");
    assert_clean("<ul>x<li>y</ul>", "<ul><li>x</li><li>y</li></ul>");
    assert_clean("<ul><ul><li>x</ul></ul>", "<ul><li><ul><li>x</li></ul></li></ul>");
    assert_clean("<li>x</li><td>y</td><dt>z</dt>", "<div>x</div><div>y</div><div>z</div>");
    assert_clean("<dl><dt>a<dd>b<div><dt>c</div></dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>");
    assert_clean("<h2>a<p>b</p></h2>c<h3>d</h2>e", "<h2>a b</h2>c<h3>d</h3>e");
    assert_clean("<p></p><div><p></p></div><ul></ul><li></li>", "");
    assert_clean("</p></div></b></table>x", "x");
    assert_clean("<figure><img src=a.jpg alt=A><figcaption>c</figcaption></figure>",
                 "<figure><img src=\"a.jpg\" alt=\"A\" loading=\"lazy\">"
                 "<figcaption>c</figcaption></figure>");
    assert_clean("<figcaption>c</figcaption><summary>s</summary>", "<div>c</div><div>s</div>");
}

static void test_tables(void)
{
    assert_clean("<table><tr><td>a<td>b<tr><th scope=row colspan=2 rowspan=9999>c</table>d",
                 "<table><tbody><tr><td>a</td><td>b</td></tr><tr><th scope=\"row\" colspan=\"2\">"
                 "c</th></tr></tbody></table>d");
    assert_clean("<table>x</table>", "<table><tbody><tr><td>x</td></tr></tbody></table>");
    assert_clean("<table><caption>k</caption><td>x</table>",
                 "<table><caption>k</caption><tbody><tr><td>x</td></tr></tbody></table>");
    assert_clean("<table><tr><td><table><td>x</table></div>y</table>",
                 "<table><tbody><tr><td><table><tbody><tr><td>x</td></tr></tbody></table>y</td>"
                 "</tr></tbody></table>");
    assert_clean("<table><table><td>x", "<table><tbody><tr><td><table><tbody><tr><td>x</td></tr>"
                                        "</tbody></table></td></tr></tbody></table>");
    assert_clean("<div class=table><table><td class=right>1</table></div>",
                 "<div class=\"table\" tabindex=\"0\"><table><tbody><tr><td class=\"right\">1</td>"
                 "</tr></tbody></table></div>");
}

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

#define EXTERNAL " rel=\"noopener noreferrer\""

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

static void test_pictures(void)
{
    assert_clean("<img src=a.jpg alt='x \"y\"' width=10 height=20 onerror=z>",
                 "<img src=\"a.jpg\" alt=\"x &quot;y&quot;\" width=\"10\" height=\"20\""
                 " loading=\"lazy\">");
    assert_clean("<img src=https://t.example/pixel.gif alt='A cat'>",
                 "<a href=\"https://t.example/pixel.gif\"" EXTERNAL ">A cat</a>");
    assert_clean("<a href=x><img src=//t.example/p.gif></a>", "<a href=\"x\">t.example</a>");
    assert_clean("<img src=javascript:x><img src=data:image/png;base64,AA><img>", "");
    assert_clean("<img src=a.jpg srcset='https://t.example/x 2x' sizes=x>",
                 "<img src=\"a.jpg\" alt=\"\" loading=\"lazy\">");
    assert_clean("<iframe src='https://www.video.example/e/1' width=1>old</iframe>a",
                 "<p><a href=\"https://www.video.example/e/1\"" EXTERNAL ">video.example</a></p>a");
}

static bool find_picture(const char *destination, SanitisePicture *picture, void *data)
{
    if (strstr(destination, "known") == NULL) {
        return false;
    }
    *picture = (SanitisePicture){g_strdup("o/ab/x.jpg"), g_strdup("o/ab/x.jpg 800w"),
                                 g_strdup("100vw"), 800, 600};
    return true;
}

static char *find_link(const char *destination, void *data)
{
    if (strcmp(destination, "hostile") == 0) {
        return g_strdup("javascript:alert(1)");
    }
    return strstr(destination, "gone") != NULL ? NULL : g_strconcat("../", destination, NULL);
}

static void take_notice(SanitiseNotice notice, const char *what, void *data)
{
    g_string_append_printf(data, "%d %s;", notice, what);
}

static void test_resolver(void)
{
    g_autoptr(GString) notices = g_string_new(NULL);
    SanitiseResolver resolver = {find_picture, find_link, take_notice, notices};
    g_autofree char *clean =
        clean_with("<img src=known.png alt=A><img src=lost.png alt=B><img src=http://a/known>"
                   "<a href=b.html>c</a><a href=gone>d</a><a href=hostile>e</a><a href=#f>f</a>"
                   "<a href=mailto:x@y>g</a><script>1</script>",
                   &resolver);
    g_assert_cmpstr(clean, ==,
                    "<img src=\"o/ab/x.jpg\" alt=\"A\" srcset=\"o/ab/x.jpg 800w\" sizes=\"100vw\""
                    " width=\"800\" height=\"600\" loading=\"lazy\">"
                    "<img src=\"o/ab/x.jpg\" alt=\"\" srcset=\"o/ab/x.jpg 800w\" sizes=\"100vw\""
                    " width=\"800\" height=\"600\" loading=\"lazy\">"
                    "<a href=\"../b.html\">c</a>de<a href=\"#u-f\">f</a>"
                    "<a href=\"mailto:x@y\">g</a>");
    g_assert_cmpstr(notices->str, ==, "0 lost.png;2 gone;2 hostile;3 script;");
}

static char *repeat(const char *unit, unsigned times)
{
    GString *text = g_string_new(NULL);
    for (unsigned i = 0; i < times; i++) {
        g_string_append(text, unit);
    }
    return g_string_free(text, FALSE);
}

/* Deep, wide and long: never a crash, the text stays, the output is bounded. */
static void test_bombs(void)
{
    static const char *const units[] = {"<div>",
                                        "<b>",
                                        "<ul><li>",
                                        "<table><tr><td>",
                                        "<blockquote><p>x",
                                        "<li><dt>",
                                        "<a id=x>",
                                        "<object>",
                                        "<svg>",
                                        "<template>",
                                        "<svg><math>",
                                        "<select>",
                                        "<p><b>",
                                        "</b>",
                                        "</p>",
                                        "<!--",
                                        "<",
                                        "</",
                                        "&",
                                        "&#",
                                        "<a b=\"",
                                        "<h2><p>",
                                        "<table>",
                                        "<dl><dd>",
                                        "<pre>\n",
                                        "<details><summary>",
                                        "<iframe>",
                                        "<x "};
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autofree char *many = repeat(units[i], 60000);
        g_autofree char *html = g_strconcat(many, "end", NULL);
        g_auto(SafeHtml) out = {0};
        g_assert_true(sanitise_html(html, strlen(html), NULL, &out, NULL));
        const char *markup = safe_html_markup(&out);
        g_auto(SafeHtml) again = {0};
        g_assert_true(sanitise_html(markup, strlen(markup), NULL, &again, NULL));
        g_assert_cmpstr(safe_html_markup(&again), ==, markup);
    }
    g_autofree char *deep = repeat("<div>", 400);
    g_autofree char *html = g_strconcat(deep, "end", NULL);
    g_autofree char *clean = clean_with(html, NULL);
    g_assert_nonnull(strstr(clean, ">end<"));
}

static void test_many_attributes(void)
{
    g_autoptr(GString) html = g_string_new("<p ");
    for (unsigned i = 0; i < 200000; i++) {
        g_string_append_printf(html, "a%u=1 ", i);
    }
    g_string_append(html, "lang=ru>text");
    g_auto(SafeHtml) out = {0};
    g_assert_true(sanitise_html(html->str, html->len, NULL, &out, NULL));
    g_assert_cmpstr(safe_html_markup(&out), ==, "<p>text</p>");
}

static void test_refused(void)
{
    g_auto(SafeHtml) out = {0};
    g_autoptr(GError) error = NULL;
    g_assert_false(sanitise_html("a\nb\0c", 5, NULL, &out, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_assert_cmpstr(error->message, ==, "body, line 2: a NUL byte; save the text as UTF-8");
    g_clear_error(&error);
    g_assert_false(sanitise_html("caf\xE9", 4, NULL, &out, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    size_t size = 20u * 1024 * 1024;
    g_autofree char *huge = g_malloc(size);
    memset(huge, 'a', size);
    g_assert_false(sanitise_html(huge, size, NULL, &out, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_clear_error(&error);
    g_autofree char *links = repeat("<a href=//x>.", 150000);
    g_assert_false(sanitise_html(links, strlen(links), NULL, &out, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_assert_true(safe_html_is_empty(&out));
}

/* Random soup of tags and text: clean, stable, and gumbo reads the same tree. */
static void test_soup(void)
{
    static const char *const pieces[] = {
        "<p>",           "</p>",           "<b>",         "</b>",        "<i>",
        "</i>",          "<a href=x>",     "</a>",        "<ul>",        "</ul>",
        "<li>",          "</li>",          "<table>",     "</table>",    "<tr>",
        "<td>",          "</td>",          "<th>",        "<caption>",   "<tbody>",
        "<h2>",          "</h2>",          "<h3>",        "<div>",       "</div>",
        "<pre>",         "</pre>",         "\n",          " ",           "x",
        "&lt;",          "<br>",           "<hr>",        "<img src=a>", "<dl>",
        "<dt>",          "<dd>",           "</dl>",       "<figure>",    "<figcaption>",
        "</figure>",     "<details>",      "<summary>",   "</details>",  "<blockquote>",
        "</blockquote>", "<span lang=ru>", "</span>",     "<code>",      "</code>",
        "<svg>",         "</svg>",         "<style>",     "</style>",    "<!--",
        "-->",           "<object>",       "</object>",   "<a id=q>",    "<math>",
        "<mi>",          "<p lang=en>",    "&",           "<select>",    "<option>",
        "</select>",     "<font>",         "<form>",      "</form>",     "<aside class=pull>",
        "</aside>",      "<template>",     "</template>", "<title>",     "</title>",
        "&#10;",         "<section>"};
    GRand *random = g_rand_new_with_seed(20261123);
    for (unsigned round = 0; round < 20000; round++) {
        g_autoptr(GString) html = g_string_new(NULL);
        for (int i = g_rand_int_range(random, 1, 24); i > 0; i--) {
            g_string_append(html, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        }
        g_free(clean_with(html->str, NULL));
    }
    g_rand_free(random);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sanitise/text", test_text);
    g_test_add_func("/sanitise/elements", test_elements);
    g_test_add_func("/sanitise/dropped", test_dropped);
    g_test_add_func("/sanitise/nesting", test_nesting);
    g_test_add_func("/sanitise/tables", test_tables);
    g_test_add_func("/sanitise/attributes", test_attributes);
    g_test_add_func("/sanitise/links", test_links);
    g_test_add_func("/sanitise/pictures", test_pictures);
    g_test_add_func("/sanitise/resolver", test_resolver);
    g_test_add_func("/sanitise/bombs", test_bombs);
    g_test_add_func("/sanitise/many_attributes", test_many_attributes);
    g_test_add_func("/sanitise/refused", test_refused);
    g_test_add_func("/sanitise/soup", test_soup);
    return g_test_run();
}
