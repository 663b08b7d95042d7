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
    g_assert_cmpstr(g_quark_to_string(KOLOKOL_ERROR), ==, "kolokol-error-quark");
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
    g_test_add_func("/error/long", test_long);
    return g_test_run();
}
