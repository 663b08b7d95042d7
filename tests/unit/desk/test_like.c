/* Patterns: what LIKE takes for more than itself is escaped. */
#include "desk/like.h"

#include <glib.h>

static void test_patterns(void)
{
    static const char *const rows[][3] = {{"fog", "", "%fog%"},
                                          {"anna", " ", "% anna %"},
                                          {"100%_!", "", "%100!%!_!!%"},
                                          {"туман", "", "%туман%"},
                                          {"", "", "%%"}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *pattern = desk_like(rows[i][0], rows[i][1]);
        g_assert_cmpstr(pattern, ==, rows[i][2]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/desk/like/patterns", test_patterns);
    return g_test_run();
}
