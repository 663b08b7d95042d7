/* A text beside its translation: pairing by order and by headings, what changed, hostile bytes. */
#include "text/parallel.h"

#include "text/difference.h"

#include <string.h>

/* "=a/x" the same, "~b>c/y" changed, "+d/" new, "-e/z" gone, "./w" alone. Caller frees. */
static char *told(const char *before, const char *now, const char *translation)
{
    static const char marks[] = "=~+-.";
    GString *all = g_string_new(NULL);
    g_autoptr(GPtrArray) rows = parallel_rows(before, now, translation);
    for (guint i = 0; i < rows->len; i++) {
        const ParallelRow *row = rows->pdata[i];
        g_string_append_printf(all, "%s%c%s%s%s/%s", i == 0 ? "" : " ", marks[row->kind],
                               row->before == NULL ? "" : row->before,
                               row->kind == PARALLEL_CHANGED ? ">" : "",
                               row->original == NULL ? "" : row->original,
                               row->translation == NULL ? "" : row->translation);
    }
    return g_string_free(all, FALSE);
}

static void check(const char *before, const char *now, const char *translation,
                  const char *expected)
{
    g_autofree char *text = told(before, now, translation);
    g_assert_cmpstr(text, ==, expected);
}

static void test_same(void)
{
    check("", "", "", "");
    check("a\n\nb\n", "a\n\nb", "\n\nx\r\n\r\n \ny\n", "=a/x =b/y");
    check("a\nb\n\nc", "a\nb\n\nc", "x\n\ny", "=a\nb/x =c/y"); /* a paragraph of two lines */
    check("```\na\n\nb\n```\n\nc", "```\na\n\nb\n```\n\nc", "x\n\ny", "=```\na\n\nb\n```/x =c/y");
}

static void test_more_and_less(void)
{
    check("a\n\nb", "a\n\nb", "x", "=a/x =b/");
    check("a", "a", "x\n\ny", "=a/x ./y");
    check("", "", "x", "./x");
    check("", "a", "x", "+a/ ./x");
}

static void test_headings(void)
{
    check("a\n\nb\n\n# h\n\nc", "a\n\nb\n\n# h\n\nc", "x\n\n# k\n\nz", "=a/x =b/ =# h/# k =c/z");
    check("a\n\n# h\n\nc", "a\n\n# h\n\nc", "x\n\ny\n\n# k\n\nz", "=a/x ./y =# h/# k =c/z");
    check("# h\n\nc", "# h\n\nc", "x\n\n# k\n\nz", "./x =# h/# k =c/z");
    check("# h\n\nc", "# h\n\nc", "x\n\nz", "=# h/x =c/z"); /* not the same number */
}

static void test_changed(void)
{
    check("a\n\nb\n\nc", "a\n\nB\n\nc", "x\n\ny\n\nz", "=a/x ~b>B/y =c/z");
    check("a\n\nb\n\nc", "a\n\nc", "x\n\ny\n\nz", "=a/x -b/y =c/z");
    check("a\n\nb", "a\n\nn\n\nb", "x\n\ny", "=a/x +n/ =b/y");
    check("a\n\nb", "n\n\nm", "x\n\ny", "~a>n/x ~b>m/y");
    check("a", "b\n\nc", "x", "~a>b/x +c/");
}

static void test_large(void)
{
    enum { MANY = DIFFERENCE_STEPS * 2 };

    GString *before = g_string_new(NULL), *now = g_string_new(NULL);
    for (unsigned i = 0; i < MANY; i++) {
        g_string_append_printf(before, "a%u\n\n", i);
        g_string_append_printf(now, "b%u\n\n", i);
    }
    g_string_append(now, "\xff\xfe");
    g_autoptr(GPtrArray) rows = parallel_rows(before->str, now->str, before->str);
    g_assert_cmpuint(rows->len, ==, MANY + 1);
    g_string_free(before, TRUE);
    g_string_free(now, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/parallel/same", test_same);
    g_test_add_func("/text/parallel/more_and_less", test_more_and_less);
    g_test_add_func("/text/parallel/headings", test_headings);
    g_test_add_func("/text/parallel/changed", test_changed);
    g_test_add_func("/text/parallel/large", test_large);
    return g_test_run();
}
