#include "text/replace.h"

static const char *const names[] = {"Anna", "Anna Petrova", "Анна", "A"};

static char *replaced(const char *text, unsigned *count)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_ptr_array_add(words, (gpointer)(guintptr)names[i]);
    }
    return text_replace_words(text, words, "X", count);
}

/* Whole words only, the longest of several, at both ends of a text. */
static void test_words(void)
{
    static const char *const cases[][2] = {
        {"Anna", "X"},
        {"by Anna Petrova.", "by X."},
        {"Annabel, Hannah, Joanna", NULL},
        {"Anna, Anna Petrov; (Anna)", "X, X Petrov; (X)"},
        {"**Anna**_Anna_", "**X**_X_"},
        {"Анна, Аннабель, \"Анна\"", "X, Аннабель, \"X\""},
        {"Anna\xcc\x81", NULL}, /* another letter */
        {"éAnna Annaé", NULL},
        {"A Anna A", "X X X"},
        {"Anna\nPetrova, Anna \xc2\xa0 Petrova", "X, X"},
        {"Anna\n\nPetrova", "X\n\nPetrova"},
        {"", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = replaced(cases[i][0], NULL);
        g_assert_cmpstr(got, ==, cases[i][1]);
    }
}

/* A spelling as it was pasted. */
static void test_spaces(void)
{
    static const char *const pasted[] = {"Anna\u00a0Petrova", " Anna\u202f\tPetrova\u00a0",
                                         "Anna\nPetrova"};
    for (size_t i = 0; i < G_N_ELEMENTS(pasted); i++) {
        g_autoptr(GPtrArray) words = g_ptr_array_new();
        g_ptr_array_add(words, (gpointer)(guintptr)pasted[i]);
        g_autofree char *got =
            text_replace_words("Anna Petrova, Anna\u202fPetrova, Anna\r\nPetrova, "
                               "AnnaPetrova, Anna.",
                               words, "X", NULL);
        g_assert_cmpstr(got, ==, "X, X, X, AnnaPetrova, Anna.");
    }
}

static void test_count(void)
{
    unsigned count = 1;
    g_autofree char *got = replaced("Anna and Anna", &count);
    g_assert_cmpstr(got, ==, "X and X");
    g_assert_cmpuint(count, ==, 3);
    g_assert_null(replaced("nobody", &count));
    g_assert_cmpuint(count, ==, 3);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/replace/words", test_words);
    g_test_add_func("/replace/spaces", test_spaces);
    g_test_add_func("/replace/count", test_count);
    return g_test_run();
}
