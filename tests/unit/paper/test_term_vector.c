/* Terms counted and weighed. */
#include "paper/term_vector.h"

#include "base/error.h"

#include <string.h>

static bool stories_of(uint64_t term, int64_t *stories, void *data, GError **error)
{
    *stories = *(int64_t *)data;
    return true;
}

static GArray *counts_of(const char *text, int64_t *words)
{
    g_autoptr(Stemmer) stemmer = stemmer_new("en", NULL);
    return term_counts(stemmer, text, words);
}

static void test_counts(void)
{
    int64_t words = 0;
    g_autoptr(GArray) counts = counts_of("bridge Bridges, the bridge; the ferry", &words);
    g_assert_cmpint(words, ==, 6);
    g_assert_cmpuint(counts->len, ==, 3);
    uint32_t times = 0, most = 0;
    for (guint i = 0; i < counts->len; i++) {
        const TermCount *count = &g_array_index(counts, TermCount, i);
        times += count->times;
        most = MAX(most, count->times);
        g_assert_true(i == 0 || g_array_index(counts, TermCount, i - 1).term < count->term);
    }
    g_assert_cmpuint(times, ==, 6);
    g_assert_cmpuint(most, ==, 3);
}

static TermVector vector_of(const char *text, int64_t stories)
{
    TermTotals totals = {10000, 10000 * 100};
    TermVector vector = {.story = 7, .published = 9};
    int64_t words = 0;
    g_autoptr(GArray) counts = counts_of(text, &words);
    g_assert_true(term_vector_make(counts, words, &totals, stories_of, &stories, &vector, NULL));
    return vector;
}

/* Rarer is heavier, twice is heavier than once, and what stands nearly everywhere is left out. */
static void test_weights(void)
{
    TermVector rare = vector_of("ferry", 3), frequent = vector_of("ferry", 1500);
    TermVector twice = vector_of("ferry ferry", 3);
    g_assert_cmpuint(rare.count, ==, 1);
    g_assert_cmpuint(rare.terms[0].weight, >, frequent.terms[0].weight);
    g_assert_cmpuint(twice.terms[0].weight, >, rare.terms[0].weight);
    g_assert_cmpuint(vector_of("ferry", TERM_STORIES_MOST).count, ==, 1);
    g_assert_cmpuint(vector_of("ferry", TERM_STORIES_MOST + 1).count, ==, 0);
    g_assert_cmpuint(vector_of("", 3).count, ==, 0);
}

static void test_packed(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 200; i++) {
        g_string_append_printf(text, "word%d ", i * i);
    }
    TermVector vector = vector_of(text->str, 5), back = {.story = 7, .published = 9};
    uint8_t bytes[TERM_VECTOR_MOST * TERM_WEIGHT_BYTES];
    g_assert_cmpuint(vector.count, ==, TERM_VECTOR_MOST);
    g_assert_cmpuint(term_vector_pack(&vector, bytes), ==, sizeof bytes);
    g_assert_true(term_vector_unpack(bytes, sizeof bytes, &back, NULL));
    g_assert_true(term_vector_same(&vector, &back));
    back.terms[3].weight++;
    g_assert_false(term_vector_same(&vector, &back));
    g_autoptr(GError) error = NULL;
    g_assert_false(term_vector_unpack(bytes, 11, &back, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/term-vector/counts", test_counts);
    g_test_add_func("/term-vector/weights", test_weights);
    g_test_add_func("/term-vector/packed", test_packed);
    return g_test_run();
}
