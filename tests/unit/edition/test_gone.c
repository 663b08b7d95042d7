#include "edition/gone.h"

#include "base/error.h"

#include <string.h>

static void count(const Hash *path, void *data)
{
    Hash expected = hash_of("2026/a.html", strlen("2026/a.html"));
    g_assert_true(hash_equal(path, &expected));
    ++*(unsigned *)data;
}

/* Lines as they are written are read again; of the three only paths are told. */
static void test_lines(void)
{
    g_autofree char *before = gone_line_before(INT64_C(1795907135786209));
    g_autofree char *object =
        gone_line_object("c3b3643699a66dc485c94f4ee8f64423c6ccd64b678c82f93111d0a18991f894");
    g_autofree char *path = gone_line_path("2026/a.html");
    g_autofree char *text = g_strdup_printf("%s\n%s\n%s\n", before, object, path);
    g_autoptr(GError) error = NULL;
    unsigned paths = 0;
    g_assert_cmpstr(before, ==, "before 2026-11-28T23:05:35Z");
    g_assert_null(strstr(path, "2026"));
    g_assert_true(gone_parse(text, strlen(text), count, &paths, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(paths, ==, 1);
    g_assert_true(gone_parse("", 0, count, &paths, NULL));
    g_assert_true(gone_parse("later kind\n", strlen("later kind\n"), count, &paths, NULL));
    g_assert_cmpuint(paths, ==, 1);
}

static void test_refused(void)
{
    static const char *const wrong[] = {
        "\n",   "before\n", "before a b\n", "before x", "path 12\n",       " x\n",
        "x \n", "x\ty\n",   "path zz\n",    "\xff x\n", "object a\n\nb\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        unsigned paths = 0;
        g_assert_false(gone_parse(wrong[i], strlen(wrong[i]), count, &paths, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
        g_assert_nonnull(strstr(error->message, "line"));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gone/lines", test_lines);
    g_test_add_func("/gone/refused", test_refused);
    return g_test_run();
}
