/* Accept-Language, good and hostile. */
#include "office/language.h"

#include <glib.h>

static void test_chosen(void)
{
    static const char *const cases[][2] = {
        {"ru", "ru"},
        {"ru-RU,ru;q=0.9,en;q=0.8", "ru"},
        {"fi, de;q=0.9", "en"},
        {"en;q=0.2, ar;q=0.9", "ar"},
        {"fi;q=1, RU;q=0.1", "ru"},
        {"ru;q=0", "en"},
        {"ru;q=9", "en"},
        {"*", "en"},
        {"", "en"},
        {",,,;;q=, \t,", "en"},
        {"rus", "en"},
        {"\xff\xfe,ru", "ru"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpstr(office_language(cases[i][0]), ==, cases[i][1]);
    }
    g_assert_cmpstr(office_language(NULL), ==, "en");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/office/language/chosen", test_chosen);
    return g_test_run();
}
