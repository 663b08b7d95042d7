/* The check of the encoding: what is refused, and where it says the fault is. */
#include "text/encoding.h"

#include "base/error.h"

static void assert_bad(const char *text, size_t length, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(encoding_check(text, length, "story", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_assert_cmpstr(error->message, ==, message);
}

static void test_check(void)
{
    g_assert_true(encoding_check("", 0, "story", NULL));
    g_assert_true(encoding_check("Колокол\n", 15, "story", NULL));
    assert_bad("a\0b", 3, "story, line 1: a NUL byte; save the text as UTF-8");
    assert_bad("a\n\nb\xC0\xAF", 6,
               "story, line 3: a byte that is not UTF-8; save the text as UTF-8");
    assert_bad("\xED\xA0\x80", 3,
               "story, line 1: a byte that is not UTF-8; save the text as UTF-8");
    assert_bad("\xD0", 1, "story, line 1: a byte that is not UTF-8; save the text as UTF-8");
}

static void test_line(void)
{
    g_assert_cmpuint(encoding_line("a\nb\nc", 0), ==, 1);
    g_assert_cmpuint(encoding_line("a\nb\nc", 4), ==, 3);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/encoding/check", test_check);
    g_test_add_func("/encoding/line", test_line);
    return g_test_run();
}
