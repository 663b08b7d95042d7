/* The sanitiser: what stays, what goes, and that the output survives being parsed again. */
#include "base/error.h"
#include "base/limits.h"
#include "cleaned.h"

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
    g_test_add_func("/sanitise/elements", test_elements);
    g_test_add_func("/sanitise/dropped", test_dropped);
    g_test_add_func("/sanitise/bombs", test_bombs);
    g_test_add_func("/sanitise/many_attributes", test_many_attributes);
    g_test_add_func("/sanitise/refused", test_refused);
    g_test_add_func("/sanitise/soup", test_soup);
    return g_test_run();
}
