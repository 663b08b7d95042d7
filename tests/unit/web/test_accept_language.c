/* Accept-Language, good and hostile. */
#include "web/accept_language.h"

#include <string.h>

#include <glib.h>

static const char *known(const char *tag, size_t length, const void *data)
{
    for (const char *const *one = data; *one != NULL; one++) {
        if (strlen(*one) == length && strncmp(*one, tag, length) == 0) {
            return *one;
        }
    }
    return NULL;
}

static void test_chosen(void)
{
    static const char *const languages[] = {"ar", "en", "ru", NULL};
    static const char *const cases[][2] = {
        {"ru", "ru"},
        {"ru-RU,ru;q=0.9,en;q=0.8", "ru"},
        {"en ;q=0.2, ar;q=0.9", "ar"},
        {"en,ru", "en"},
        {"fi, de;q=0.9", NULL},
        {"ru;q=0", NULL},
        {"ru;q=9", NULL},
        {"*", NULL},
        {"", NULL},
        {",,,;;q=, \t,", NULL},
        {"\xff\xfe,ru", "ru"},
        {"a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,ru", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%zu", i);
        g_assert_cmpstr(accept_language(cases[i][0], known, languages), ==, cases[i][1]);
    }
    g_assert_null(accept_language(NULL, known, languages));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/web/accept-language/chosen", test_chosen);
    return g_test_run();
}
