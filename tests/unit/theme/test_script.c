#include "theme/script.h"

#include <glib.h>
#include <string.h>

/* One line without comments that cannot end its element, and small. */
static void test_trap(void)
{
    static const char *const used[] = {"door-trap", "give", "story", NULL};
    g_autofree char *script = script_of("story", used);
    g_assert_true(g_str_has_prefix(script, "addEventListener("));
    g_assert_null(strpbrk(script, "\r\n"));
    g_assert_null(strstr(script, "</"));
    g_assert_null(strstr(script, "<!"));
    g_assert_cmpuint(strlen(script), <, 300);
}

/* A page's own script is a file beside it; partials without one add nothing. */
static void test_none(void)
{
    static const char *const own[] = {"search", "up", NULL}, *const empty[] = {NULL};
    g_assert_null(script_of("search", own));
    g_assert_null(script_of("search", empty));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/script/trap", test_trap);
    g_test_add_func("/script/none", test_none);
    return g_test_run();
}
