/* The stories of a term: added, found, taken out, over more than one row. */
#include "paper/term_posting.h"

#include "base/error.h"
#include "doubles/stores.h"

#define MANY (3 * (int64_t)POSTING_PART)

typedef struct {
    unsigned count;
    int64_t sum, weights, newest;
} Seen;

static void see(const Posting *posting, void *data)
{
    Seen *seen = data;
    seen->count++;
    seen->sum += posting->story;
    seen->weights += posting->weight;
    seen->newest = MAX(seen->newest, posting->published);
}

static Seen look(Store *store, uint64_t term)
{
    Seen seen = {0};
    g_assert_true(postings_each(store, 1, term, see, &seen, NULL));
    return seen;
}

static TermVector vector_of(int64_t story)
{
    TermVector vector = {.story = story, .published = -story * 1000000, .count = 2};
    vector.terms[0] = (TermWeight){UINT64_MAX - 1, 300};
    vector.terms[1] = (TermWeight){(uint64_t)story % 2, 200};
    return vector;
}

static bool add_all(Store *store, void *data, GError **error)
{
    for (int64_t story = 1; story <= MANY; story++) {
        TermVector vector = vector_of(story);
        if (!postings_add(store, 1, &vector, error)) {
            return false;
        }
    }
    return true;
}

static bool remove_odd(Store *store, void *data, GError **error)
{
    for (int64_t story = 1; story <= MANY; story += 2) {
        TermVector vector = vector_of(story);
        if (!postings_remove(store, 1, &vector, error)) {
            return false;
        }
    }
    return true;
}

static void test_postings(Store *store, const char *url)
{
    g_assert_true(store_transact(store, add_all, NULL, NULL));
    Seen all = look(store, UINT64_MAX - 1);
    g_assert_cmpuint(all.count, ==, MANY);
    g_assert_cmpint(all.sum, ==, MANY * (MANY + 1) / 2);
    g_assert_cmpint(all.weights, ==, 300 * MANY);
    g_assert_cmpuint(look(store, 0).count, ==, MANY / 2);
    g_assert_cmpuint(look(store, 5).count, ==, 0);
    g_assert_true(store_transact(store, remove_odd, NULL, NULL));
    g_assert_true(store_transact(store, remove_odd, NULL, NULL)); /* what is gone stays so */
    g_assert_cmpuint(look(store, UINT64_MAX - 1).count, ==, MANY / 2);
    g_assert_cmpuint(look(store, 0).count, ==, MANY / 2);
    g_assert_cmpuint(look(store, 1).count, ==, 0);
    g_autoptr(GError) error = NULL;
    TermVector far = vector_of(INT64_C(1) << 40);
    g_assert_false(postings_add(store, 1, &far, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/term-posting/rows", test_postings);
    return g_test_run();
}
