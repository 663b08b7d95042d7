/* What two people changed is all there afterwards. */
#include "text/merge.h"

#include <glib.h>
#include <string.h>

static void assert_merge(const char *base, const char *mine, const char *theirs,
                         const char *expected, unsigned expected_conflicts)
{
    unsigned conflicts = 0;
    g_autofree char *merged = merge_texts(base, mine, theirs, "Vera", "Ilya\nSten", &conflicts);
    g_assert_cmpstr(merged, ==, expected);
    g_assert_cmpuint(conflicts, ==, expected_conflicts);
    g_assert_true(merge_marked(merged, NULL) == (conflicts > 0));
}

static void test_clean(void)
{
    const char *base = "One.\n\nTwo.\n\nThree.\n";
    assert_merge(base, base, base, base, 0);
    assert_merge(base, "Uno.\n\nTwo.\n\nThree.\n", "One.\n\nTwo.\n\nTres.\n",
                 "Uno.\n\nTwo.\n\nTres.\n", 0);
    assert_merge(base, "One.\n\nThree.\n", "Zero.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.",
                 "Zero.\n\nOne.\n\nThree.\n\nFour.", 0);
    assert_merge(base, "One.\n\nDos.\n\nThree.\n", "One.\n\nDos.\n\nThree.\n",
                 "One.\n\nDos.\n\nThree.\n", 0); /* alike: once */
    assert_merge("", "a\n", "", "a\n", 0);
}

/* Two people in one paragraph, in sentences with one between. */
static void test_sentences(void)
{
    assert_merge("The fog came. It stayed. It left.\n", "A fog came. It stayed. It left.\n",
                 "The fog came. It stayed. It left at noon.\n",
                 "A fog came. It stayed. It left at noon.\n", 0);
}

static void test_conflict(void)
{
    assert_merge("Head.\n\nThe fog came.\n\nTail.\n", "Head.\n\nA fog came.\n\nTail.\n",
                 "Head.\n\nThe mist came.\n\nTail.\n",
                 "Head.\n\n⟪⟪⟪ Vera\n\nA fog came.\n\n⟪⟫ Ilya Sten\n\nThe mist came.\n\n⟫⟫⟫\n\n"
                 "\nTail.\n",
                 1);
    assert_merge("a", "b", "c", "⟪⟪⟪ Vera\n\nb\n\n⟪⟫ Ilya Sten\n\nc\n\n⟫⟫⟫\n\n", 1);
    assert_merge("a\n", "", "c\n", "⟪⟪⟪ Vera\n\n⟪⟫ Ilya Sten\n\nc\n\n⟫⟫⟫\n\n", 1);
}

static void test_marked(void)
{
    unsigned line = 0;
    g_assert_false(merge_marked("", NULL));
    g_assert_false(merge_marked("a ⟪⟪⟪\n", NULL));
    g_assert_true(merge_marked("a\n⟪⟪⟪ b", &line));
    g_assert_cmpuint(line, ==, 2);
    g_assert_true(merge_marked("a\n\n⟫⟫⟫", &line));
    g_assert_cmpuint(line, ==, 3);
}

static char *text_random(void)
{
    static const char *const words[] = {"fog",  "came ",    "in. ", "\n",
                                        "\n\n", "at six! ", "Да",   "\r"};
    GString *text = g_string_new(NULL);
    for (int i = g_test_rand_int_range(0, 20); i > 0; i--) {
        g_string_append(text, words[g_test_rand_int_range(0, G_N_ELEMENTS(words))]);
    }
    return g_string_free(text, FALSE);
}

/* One side alone is that side; neither side's bytes are missing. */
static void test_random(void)
{
    for (unsigned round = 0; round < 300; round++) {
        g_autofree char *base = text_random();
        g_autofree char *mine = text_random();
        g_autofree char *theirs = text_random();
        assert_merge(base, mine, base, mine, 0);
        assert_merge(base, base, theirs, theirs, 0);
        assert_merge(base, mine, mine, mine, 0);
        unsigned conflicts = 0;
        g_autofree char *merged = merge_texts(base, mine, theirs, "", "", &conflicts);
        g_assert_true(g_utf8_validate(merged, -1, NULL));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/merge/clean", test_clean);
    g_test_add_func("/text/merge/sentences", test_sentences);
    g_test_add_func("/text/merge/conflict", test_conflict);
    g_test_add_func("/text/merge/marked", test_marked);
    g_test_add_func("/text/merge/random", test_random);
    return g_test_run();
}
