/* Failing: one domain, one line, and a caller that does not want to know. */
#include "base/error.h"

#include <string.h>

static bool refuse(int number, GError **error)
{
    return fail(error, KOLOKOL_ERROR_LIMIT, "%d is more than %s", number, "three");
}

static void test_fail(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(refuse(4, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_assert_cmpstr(error->message, ==, "4 is more than three");
    g_assert_false(refuse(4, NULL));
    g_assert_cmpstr(error_sentence(error), ==, "{1} is more than {2}");
    g_assert_cmpstr(error_arguments(error)[0], ==, "4");
    g_assert_cmpstr(error_arguments(error)[1], ==, "three");
    g_assert_null(error_arguments(error)[2]);
    g_assert_null(error_sentence(NULL));
}

/* Each directive that messages use, with what is behind it still in its place; and a copy. */
static void test_taken_apart(void)
{
    g_autoptr(GError) error = NULL;
    fail(&error, KOLOKOL_ERROR_INVALID,
         "100%% of %.3s, %zu, %" G_GINT64_FORMAT ", %td, %u, %c, %.*s and %s", "abcdef", (size_t)5,
         G_MININT64, (ptrdiff_t)-7, 8u, 'x', 2, "yzz", (const char *)NULL);
    g_autoptr(GError) copy = g_error_copy(error);
    g_clear_error(&error);
    g_assert_cmpstr(error_sentence(copy), ==, "100% of {1}, {2}, {3}, {4}, {5}, {6}, {7} and {8}");
    g_autofree char *all = g_strjoinv("|", (char **)error_arguments(copy));
    g_assert_cmpstr(all, ==, "abc|5|-9223372036854775808|-7|8|x|yz|");
    g_prefix_error(&copy, "before: ");
    g_assert_cmpstr(error_arguments(copy)[0], ==, "abc");
}

/* Half a letter at the end of what was cut, and bytes that are no text: arguments are texts. */
static void test_torn(void)
{
    g_autoptr(GError) error = NULL;
    fail(&error, KOLOKOL_ERROR_INVALID, "\"%.3s\"", "нет");
    g_assert_true(g_utf8_validate(error_arguments(error)[0], -1, NULL));
    g_assert_true(g_str_has_prefix(error_arguments(error)[0], "н"));
    g_autoptr(GError) other = g_error_new(g_quark_from_static_string("other"), 1, "x");
    g_assert_null(error_sentence(other));
    g_assert_null(error_arguments(other));
}

/* The longest message is whole: who shortens is who prints. */
static void test_long(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strnfill(100000, 'x');
    fail(&error, KOLOKOL_ERROR_INVALID, "%s", text);
    g_assert_cmpuint(strlen(error->message), ==, 100000);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/error/fail", test_fail);
    g_test_add_func("/error/taken-apart", test_taken_apart);
    g_test_add_func("/error/torn", test_torn);
    g_test_add_func("/error/long", test_long);
    return g_test_run();
}
