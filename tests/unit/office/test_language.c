/* Accept-Language, good and hostile. */
#include "office/language.h"

#include "theme/strings.h"

#include <string.h>

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

/* Each has texts of its own; another tag, even a longer one of the same language, is none. */
static void test_named(void)
{
    for (const char *const *one = office_languages(); *one != NULL; one++) {
        g_assert_cmpstr(strings_language(*one, strlen(*one)), ==, *one);
        g_assert_true(office_language_named(*one) == *one);
    }
    g_assert_null(office_language_named(""));
    g_assert_null(office_language_named("ru-RU"));
    g_assert_null(office_language_named("fi"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/office/language/chosen", test_chosen);
    g_test_add_func("/office/language/named", test_named);
    return g_test_run();
}
