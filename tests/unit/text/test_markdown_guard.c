/* The guard: what it lets pass, what it refuses, and that nothing it lets pass is slow. */
#include "text/markdown_guard.h"

#include "base/error.h"
#include "base/limits.h"
#include "text/markdown.h"

#include <string.h>
#include <time.h>

static void assert_guard(const char *unit, unsigned times, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new("first\n\n");
    for (unsigned i = 0; i < times; i++) {
        g_string_append(text, unit);
    }
    g_assert_true(markdown_guard(text->str, text->len, &error) == (message == NULL));
    g_assert_cmpstr(error == NULL ? NULL : error->message, ==, message);
}

static void test_budgets(void)
{
    assert_guard("\"", 9000, NULL);
    assert_guard("\"", 11000, "body, line 3: too many quotation marks in one paragraph; divide it");
    assert_guard("\"\n\n", 100000, NULL);
    assert_guard("[", 14000, NULL);
    assert_guard("[", 15000, "body, line 3: too many brackets in one paragraph; divide it");
    assert_guard("|", 9000, NULL);
    assert_guard("|", 11000, "body, line 3: too many columns in one row; divide it");
    assert_guard("|\n", 11000, NULL);
    assert_guard(")", 40000, "body, line 3: too many parentheses in one word; divide it");
    assert_guard(") ", 40000, NULL);
    assert_guard("@", 70000, "body, line 3: too many @ signs in one paragraph; divide it");
    assert_guard("> a\n", 20000, NULL);
}

static void assert_rows(const char *head, unsigned times, bool passes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(head);
    for (unsigned i = 0; i < times; i++) {
        g_string_append(text, "|x\n");
    }
    g_assert_true(markdown_guard(text->str, text->len, &error) == passes);
    g_assert_cmpstr(error == NULL ? "" : error->message, ==,
                    passes ? ""
                           : "the body has tables whose rows are too short for their columns; give "
                             "the rows all their cells, or the tables fewer columns");
}

/* Cells that the parser makes up: 20,000 rows of "|x" in a table of 1,000 columns took minutes and
 * gigabytes. */
static void test_cells(void)
{
    assert_rows("|a|b|c|d|e\n|-|-|-|-|-\n", 20000, true);
    assert_rows("|a|b|c|d|e\n|-|-|-|-|-\n", 26000, false);
    assert_rows("> |a|b|c|d|e\n> |:-:|-|-|-|-\n", 26000, false);
    assert_rows("1. |a|b|c|d|e\n   |-|-|-|-|-\n", 26000, false);
    assert_rows("|a|b|c|d|e\n|-|-|-|-|-\n\n", 26000, true); /* the table is over */
    assert_rows("|a|b|c|d|e\n|-|-|no|-|-\n", 26000, true);
    assert_rows("a | b\n- | -\n", 30000, true);
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
 * sanitizer or valgrind makes all slow. */
static void test_bombs(void)
{
    bool slow = SLOW_BUILD || g_getenv("KOLOKOL_WRAPPED") != NULL;
    const size_t size = slow ? 100000 : LIMIT_BODY - 100;
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
        g_assert_true(slow || seconds < 4.0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/markdown/guard/cells", test_cells);
    g_test_add_func("/markdown_guard/budgets", test_budgets);
    g_test_add_func("/markdown_guard/bombs", test_bombs);
    return g_test_run();
}
