/* Differences as a person reads them. */
#include "text/difference_rows.h"

#include <string.h>

/* A line a row: "=" same, "-" less, "+" more, "~" changed with -…- and +…+ within, "… n" a gap. */
static char *shown(const char *old, const char *new, unsigned context)
{
    g_autoptr(GPtrArray) rows = difference_rows(old, new, context);
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < rows->len; i++) {
        const DifferenceRow *row = rows->pdata[i];
        g_string_append_c(all, "=-+~"[MIN(row->kind, 3)]);
        if (row->kind == DIFFERENCE_GAP) {
            all->str[all->len - 1] = '.';
            g_string_append_printf(all, "%u", row->skipped);
        }
        for (unsigned j = 0; j < row->parts->len; j++) {
            const DifferencePart *part = row->parts->pdata[j];
            const char *quote = row->kind != DIFFERENCE_CHANGED ? ""
                                : part->kind == DIFFERENCE_LESS ? "-"
                                : part->kind == DIFFERENCE_MORE ? "+"
                                                                : "";
            g_string_append_printf(all, "%s%s%s", quote, part->text, quote);
        }
        g_string_append_c(all, '\n');
    }
    return g_string_free(all, FALSE);
}

static void assert_shown(const char *old, const char *new, unsigned context, const char *expected)
{
    g_autofree char *found = shown(old, new, context);
    g_assert_cmpstr(found, ==, expected);
}

static void test_words(void)
{
    assert_shown("The fog came in at six.\n", "The mist came in at seven.\n", 1,
                 "~The -fog -+mist +came in at -six-+seven+.\n");
    assert_shown("Туман пришёл в шесть.", "Туман ушёл в шесть.", 1,
                 "~Туман -пришёл -+ушёл +в шесть.\n");
}

static void test_rows(void)
{
    assert_shown("a\n\nb\n\nc\n", "a\n\nb\n\nc\n", 1, "");
    assert_shown("a\n\nb\n", "a\n\nnew one\n\nb\n", 1, "=a\n+new one\n=b\n");
    assert_shown("a\n\nb\n\nc\n", "a\n\nc\n", 1, "=a\n-b\n=c\n");
    assert_shown("Completely other words here.\n", "Nothing alike anywhere at all!\n", 1,
                 "-Completely other words here.\n+Nothing alike anywhere at all!\n");
    assert_shown("One and two and three.\n", "One and two\n\nand three.\n", 1,
                 "~One and two +¶+\n=and three.\n");
}

static void test_gaps(void)
{
    assert_shown("1\n\n2\n\n3\n\n4\n\n5\n\n6\n", "1\n\n2\n\n3\n\n4\n\n5\n\n6\n\n7\n", 1,
                 ".5\n=6\n+7\n");
    assert_shown("0\n\n2\n\n3\n\n4\n\n5\n\n0\n", "2\n\n3\n\n4\n\n5\n", 1, "-0\n=2\n.2\n=5\n-0\n");
    assert_shown("1\n2\n", "1\n2\n3\n", 0, ".2\n+3\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/difference-rows/words", test_words);
    g_test_add_func("/text/difference-rows/rows", test_rows);
    g_test_add_func("/text/difference-rows/gaps", test_gaps);
    return g_test_run();
}
