/*
 * back() and what follows for others, by vectors made by hand; and which pages are touched.
 * Covers: src/paper/related_enter.c, src/paper/related_write.c
 */
#include "paper/related_enter.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "paper_sql.h"
#include "press_sql.h"

#include <limits.h>
#include <string.h>

#define NOW 1000

static const RelatedIndex live = {.id = 1, .language = "en", .state = INDEX_LIVE};
static const RelatedIndex building = {.id = 1, .language = "en", .state = INDEX_BUILDING};

static uint64_t most_statements; /* of a transaction that writes */

/* What is done in one transaction. */
typedef struct {
    const RelatedIndex *index;
    const RelatedEntry *entry; /* a part of its lists marked, up to `end`, or the rest and itself */
    guint from, end;
    const RelatedTurn *turn; /* or this */
} Step;

static bool step_body(Store *store, void *data, GError **error)
{
    const Step *step = data;
    if (step->turn != NULL) {
        return related_turn(store, step->index, step->turn, NOW, error);
    }
    return step->end > 0 ? related_mark(store, step->entry, step->from, step->end, error)
                         : related_enter(store, step->entry, step->from, NOW, error);
}

static void run(Store *store, Step step)
{
    g_autoptr(GError) error = NULL;
    uint64_t before = store_counts(store).statements;
    store_transact(store, step_body, &step, &error);
    g_assert_no_error(error);
    most_statements = MAX(most_statements, store_counts(store).statements - before);
}

/* The story itself, with what is to be marked before; `vector` NULL: out. */
static void enter_only(Store *store, const RelatedIndex *index, int64_t story,
                       const TermVector *vector)
{
    g_autoptr(GError) error = NULL;
    g_auto(RelatedEntry) entry = {0};
    guint from = 0;
    related_foresee(store, index, story, vector, NULL, &entry, &error);
    g_assert_no_error(error);
    for (; !entry.nothing && entry.lists->len - from > RELATED_MARKS; from += RELATED_MARKS) {
        run(store, (Step){.entry = &entry, .from = from, .end = from + RELATED_MARKS});
    }
    run(store, (Step){.entry = &entry, .from = from});
}

static unsigned take_turns(Store *store, const RelatedIndex *index, unsigned most)
{
    g_autoptr(GError) error = NULL;
    unsigned taken = 0;
    for (bool more = true; more && taken < most;) {
        g_autoptr(GPtrArray) turns = related_turns(store, index, 3, &error);
        g_assert_no_error(error);
        more = turns->len > 0;
        for (guint i = 0; i < turns->len; i++, taken++) {
            run(store, (Step){.index = index, .turn = turns->pdata[i]});
        }
    }
    return taken;
}

static void enter_into(Store *store, const RelatedIndex *index, int64_t story, int64_t published,
                       unsigned weight_a, unsigned weight_b)
{
    TermVector vector = {.story = story, .published = published};
    if (weight_a > 0) {
        vector.terms[vector.count++] = (TermWeight){11, (uint16_t)weight_a};
    }
    if (weight_b > 0) {
        vector.terms[vector.count++] = (TermWeight){22, (uint16_t)weight_b};
    }
    enter_only(store, index, story, vector.count > 0 ? &vector : NULL);
    take_turns(store, index, UINT_MAX);
}

/* "story:score …" of a list; frees it. Caller frees. */
static char *said(GArray *stories)
{
    g_autoptr(GArray) owned = stories;
    GString *out = g_string_new(NULL);
    g_assert_nonnull(owned);
    for (guint i = 0; i < owned->len; i++) {
        const RelatedStory *story = &g_array_index(owned, RelatedStory, i);
        g_string_append_printf(out, "%s%d:%d", i > 0 ? " " : "", (int)story->story,
                               (int)story->score);
    }
    return g_string_free(out, FALSE);
}

static void check_back(Store *store, int64_t story, const char *expected)
{
    g_autofree char *stored = said(related_back(store, 1, story, NULL));
    g_autofree char *anew = said(related_back_anew(store, 1, story, NULL));
    g_assert_cmpstr(stored, ==, expected);
    g_assert_cmpstr(anew, ==, expected);
}

static void check_read(Store *store, int64_t story, int64_t as_of, const char *expected)
{
    g_autofree char *read = said(related_read(store, 1, story, as_of, RELATED_SHOW, NULL));
    g_assert_cmpstr(read, ==, expected);
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Inputs touched since, sorted, "related:1 related:3". Caller frees. */
static char *touched(Store *store)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(StoreRows) rows = press_change_take(store, 1000000, &error);
    while (rows != NULL && store_rows_next(rows, &error) == STORE_ROW) {
        g_ptr_array_add(names, store_text_copy(rows, 0));
    }
    g_assert_no_error(error);
    g_ptr_array_sort(names, by_text);
    g_ptr_array_add(names, NULL);
    return g_strjoinv(" ", (char **)names->pdata);
}

static void test_scores(Store *store, const char *url)
{
    enter_into(store, &live, 1, 10, 100, 0);
    enter_into(store, &live, 2, 20, 200, 0);
    enter_into(store, &live, 3, 30, 300, 50);
    enter_into(store, &live, 4, 40, 0, 60);
    check_back(store, 1, "");
    check_back(store, 2, "1:20000");
    check_back(store, 3, "2:60000 1:30000");
    check_back(store, 4, "3:3000");
    check_back(store, 9, "");
    check_read(store, 1, 100, "3:30000 2:20000"); /* also those that have it in their back() */
    check_read(store, 1, 25, "2:20000");          /* as of before the third */
    check_read(store, 3, 100, "2:60000 1:30000 4:3000");
    check_read(store, 9, 100, "");
}

/* An older one that comes late enters the back() of the newer; one that leaves, leaves it. */
static void test_order(Store *store, const char *url)
{
    enter_into(store, &live, 3, 30, 300, 0);
    enter_into(store, &live, 2, 20, 200, 0);
    enter_into(store, &live, 1, 10, 100, 0);
    check_back(store, 3, "2:60000 1:30000");
    check_back(store, 2, "1:20000");
    enter_into(store, &live, 2, 20, 0, 7); /* edited: it shares no word any more */
    check_back(store, 3, "1:30000");
    check_back(store, 2, "");
    enter_into(store, &live, 1, 35, 100, 0); /* another date: now it is the newer */
    check_back(store, 3, "");
    check_back(store, 1, "3:30000");
    enter_into(store, &live, 3, 0, 0, 0); /* out */
    check_back(store, 1, "");
    check_read(store, 1, 100, "");
    enter_into(store, &live, 3, 0, 0, 0); /* out of what it is not in */
}

/* Of equal scores the newer is first, then the higher id; twelve stay, and the thirteenth comes in
 * when one leaves. */
static void test_ties(Store *store, const char *url)
{
    for (int64_t story = 1; story <= RELATED_BACK + 1; story++) {
        enter_into(store, &live, story, story <= 2 ? 1 : story, 10, 0);
    }
    enter_into(store, &live, 99, 50, 10, 0);
    check_back(store, 99,
               "13:100 12:100 11:100 10:100 9:100 8:100 7:100 6:100 5:100 4:100 3:100 2:100");
    check_read(store, 99, 100, "13:100 12:100 11:100 10:100 9:100");
    enter_into(store, &live, 8, 0, 0, 0);
    check_back(store, 99,
               "13:100 12:100 11:100 10:100 9:100 7:100 6:100 5:100 4:100 3:100 2:100 1:100");
    enter_into(store, &live, 8, 8, 11, 0); /* back, and stronger */
    check_back(store, 99,
               "8:110 13:100 12:100 11:100 10:100 9:100 7:100 6:100 5:100 4:100 3:100 2:100");
}

/* Pages that show something else are touched, and no others; while an index is being built, none.
 */
static void test_touches(Store *store, const char *url)
{
    enter_into(store, &building, 1, 10, 100, 0);
    enter_into(store, &building, 2, 20, 200, 0);
    g_autofree char *none = touched(store);
    g_assert_cmpstr(none, ==, "");
    enter_into(store, &live, 3, 30, 300, 0);
    g_autofree char *three = touched(store);
    g_assert_cmpstr(three, ==, "related:1 related:2 related:3");
    enter_into(store, &live, 3, 30, 310, 0); /* another weight: the same lists */
    g_autofree char *same = touched(store);
    g_assert_cmpstr(same, ==, "");
    enter_into(store, &live, 4, 40, 0, 5); /* shares nothing with anybody */
    g_autofree char *alone = touched(store);
    g_assert_cmpstr(alone, ==, "");
    enter_into(store, &live, 3, 0, 0, 0);
    g_autofree char *out = touched(store);
    g_assert_cmpstr(out, ==, "related:1 related:2 related:3");
}

/* A date that moves past another's: at no moment is each in the back() of the other, whose pages
 * would show it twice; and what changes is touched when it does. */
static void test_moved(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_auto(RelatedEntry) entry = {0};
    TermVector moved = {.story = 1, .published = 30, .count = 1, .terms = {{11, 100}}};
    enter_into(store, &live, 1, 10, 100, 0);
    enter_into(store, &live, 2, 20, 200, 0);
    enter_into(store, &live, 3, 40, 10, 0);
    check_back(store, 2, "1:20000");
    g_free(touched(store));

    g_assert_true(related_foresee(store, &live, 1, &moved, NULL, &entry, &error));
    g_assert_cmpuint(entry.lists->len, ==, 2); /* of the second, and of the third, which keeps it */
    run(store, (Step){.entry = &entry, .from = 0, .end = 2});
    check_read(store, 1, 100, "3:1000");
    check_read(store, 2, 100, "3:2000");
    g_autofree char *left = touched(store);
    g_assert_cmpstr(left, ==, "card:1 related:1");

    run(store, (Step){.entry = &entry, .from = 2});
    check_read(store, 1, 100, "2:20000 3:1000");
    check_read(store, 2, 100, "1:20000 3:2000");
    check_read(store, 3, 100, "2:2000 1:1000");
    g_autofree char *entered = touched(store);
    g_assert_cmpstr(entered, ==, "related:1 related:2");

    g_assert_cmpuint(take_turns(store, &live, UINT_MAX), ==, 2);
    check_back(store, 1, "2:20000");
    check_back(store, 2, "");
    check_back(store, 3, "2:2000 1:1000");
    check_read(store, 1, 100, "2:20000 3:1000");
    check_read(store, 2, 100, "1:20000 3:2000");
    g_free(touched(store));
    moved.published = 10; /* and back */
    enter_only(store, &live, 1, &moved);
    check_read(store, 1, 100, "3:1000");
    check_read(store, 2, 100, "3:2000");
    take_turns(store, &live, UINT_MAX);
    check_back(store, 2, "1:20000");
    check_read(store, 1, 100, "2:20000 3:1000");
}

/* A story to come appears on the pages of others at its moment, not before. */
static void test_scheduled(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    enter_into(store, &live, 1, 10, 100, 0);
    g_free(touched(store));
    enter_into(store, &live, 2, NOW + 500, 100, 0);
    check_read(store, 1, NOW, "");
    check_read(store, 1, NOW + 500, "2:10000");
    g_autoptr(StoreRows) due = press_due_between(store, NOW, NOW + 500, &error);
    g_assert_cmpint(store_rows_next(due, &error), ==, STORE_ROW);
    g_assert_cmpstr(store_text(due, 0), ==, "related:1");
}

static void test_indexes(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    RelatedIndex index = {.id = 9};
    g_assert_true(related_index(store, "en", &index, &error));
    g_assert_cmpint(index.id, ==, 0);
    g_assert_true(paper_index_insert(store, 1, "en", INT64_MIN, 0, 3, NULL));
    g_assert_true(paper_index_insert(store, 2, "ru", INT64_MIN, 0, 0, NULL));
    g_assert_true(paper_index_counted(store, 1, 500, 40000, NULL));
    g_assert_true(paper_index_reached(store, 1, 77, 5, NULL));
    g_assert_true(related_index(store, "en", &index, &error));
    g_assert_cmpint(index.id, ==, 0); /* being built is not in force */
    g_autoptr(GArray) all = related_indexes(store, &error);
    g_assert_cmpuint(all->len, ==, 2);
    const RelatedIndex *first = &g_array_index(all, RelatedIndex, 0);
    g_assert_cmpint(first->state, ==, INDEX_BUILDING);
    g_assert_cmpint(first->totals.stories, ==, 500);
    g_assert_cmpint(first->totals.words, ==, 40000);
    g_assert_cmpint(first->stems, ==, 3);
    g_assert_cmpint(first->after_published, ==, 77);
    g_assert_cmpint(first->after_story, ==, 5);
    g_assert_true(paper_index_state(store, 1, INDEX_LIVE, NULL));
    g_assert_true(related_index(store, "en", &index, &error));
    g_assert_cmpint(index.id, ==, 1);
    g_assert_cmpstr(index.language, ==, "en");
}

#define SOME  30   /* turns with all their touches; the rest without them, which is faster */
#define FIRST 1000 /* the oldest story, which all others are most like */

/* Each shares one term with the first story and few others. */
static TermVector one_of_many(int64_t story)
{
    return (TermVector){.story = story,
                        .published = story,
                        .count = 1,
                        .terms = {{(uint64_t)story % TERM_VECTOR_MOST, 9}}};
}

static TermVector first_of_many(uint16_t weight)
{
    TermVector vector = {.story = FIRST, .published = 1, .count = TERM_VECTOR_MOST};
    for (unsigned i = 0; i < TERM_VECTOR_MOST; i++) {
        vector.terms[i] = (TermWeight){i, weight};
    }
    return vector;
}

/* A few thousand; fewer where each statement has a way to go. */
static unsigned many(const Store *store)
{
    return store_engine(store) == STORE_SQLITE ? 3000 : 300;
}

static unsigned standing_in(Store *store)
{
    g_autoptr(GError) error = NULL;
    unsigned lists = 0;
    for (int64_t story = FIRST + 1; story <= FIRST + many(store); story++) {
        g_autoptr(GArray) back = related_back(store, 1, story, &error);
        g_assert_no_error(error);
        for (guint i = 0; i < back->len; i++) {
            lists += g_array_index(back, RelatedStory, i).story == FIRST;
        }
    }
    return lists;
}

static void check_many(Store *store)
{
    g_autoptr(GError) error = NULL;
    for (int64_t story = FIRST; story <= FIRST + many(store); story += 17) {
        g_autofree char *stored = said(related_back(store, 1, story, &error));
        g_autofree char *anew = said(related_back_anew(store, 1, story, &error));
        g_assert_cmpstr(stored, ==, anew);
    }
}

static void take_many(Store *store)
{
    unsigned taken = take_turns(store, &live, SOME);
    g_assert_cmpuint(taken, ==, SOME);
    g_assert_cmpuint(take_turns(store, &building, UINT_MAX), ==, many(store) - SOME);
}

/* A story in the lists of thousands: no transaction grows with them, whether it changes, leaves
 * (all lists, before any of them has its turn) or enters again. */
static void test_many(Store *store, const char *url)
{
    TermVector first = first_of_many(100);
    enter_only(store, &building, FIRST, &first);
    for (int64_t story = FIRST + 1; story <= FIRST + many(store); story++) {
        TermVector vector = one_of_many(story);
        enter_only(store, &building, story, &vector);
    }
    g_assert_cmpuint(standing_in(store), ==, many(store));
    g_free(touched(store));

    most_statements = 0;
    first = first_of_many(50); /* edited */
    enter_only(store, &live, FIRST, &first);
    g_assert_cmpuint(standing_in(store), ==, many(store)); /* as they were, till it is their turn */
    take_many(store);
    check_many(store);
    g_free(touched(store));

    enter_only(store, &live, FIRST, NULL);
    g_assert_cmpuint(standing_in(store), ==, 0);
    g_autofree char *out = touched(store);
    g_assert_nonnull(strstr(out, "card:1000"));
    take_many(store);
    check_many(store);

    enter_only(store, &live, FIRST, &first);
    take_many(store);
    g_assert_cmpuint(standing_in(store), ==, many(store));
    check_many(store);
    g_test_message("%" G_GUINT64_FORMAT " statements in one transaction", most_statements);
    g_assert_cmpuint(most_statements, <=, 500);
}

/* Who was stopped between marks and the story itself has changed nothing that stays. */
static void test_stopped(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_auto(RelatedEntry) entry = {0};
    bool waiting = true;
    enter_into(store, &live, 1, 10, 100, 0);
    enter_into(store, &live, 2, 20, 200, 0);
    g_assert_true(related_waiting(store, &waiting, &error));
    g_assert_false(waiting);
    g_assert_true(related_foresee(store, &live, 1, NULL, NULL, &entry, &error));
    g_assert_cmpuint(entry.lists->len, ==, 1);
    run(store, (Step){.entry = &entry, .from = 0, .end = 1});
    g_assert_true(related_waiting(store, &waiting, &error));
    g_assert_true(waiting);
    check_read(store, 2, 100, "");
    g_assert_cmpuint(take_turns(store, &live, UINT_MAX), ==, 1);
    check_back(store, 2, "1:20000");
}

/* Foreseeing asks each newer story that is like it, and holds the lease meanwhile. */
static void test_lease(Store *store, const char *url)
{
    TermVector vector = {.story = 1, .published = 10, .count = 1, .terms = {{11, 100}}};
    g_autoptr(GError) error = NULL;
    g_auto(RelatedEntry) entry = {0}, other = {0};
    WordsLease lease, thief;
    words_lease_init(&lease);
    words_lease_init(&thief);
    enter_into(store, &live, 2, 20, 200, 0);
    g_assert_true(words_lease_take(&lease, store, &error));
    lease.until = 1; /* half of it is over */
    g_assert_true(related_foresee(store, &live, 1, &vector, &lease, &entry, &error));
    g_assert_true(words_lease_held(&lease));
    g_assert_cmpuint(entry.lists->len, ==, 1);

    g_assert_true(words_lease_drop(&lease, store, &error));
    g_assert_true(words_lease_take(&thief, store, &error));
    lease.until = 1;
    g_assert_false(related_foresee(store, &live, 1, &vector, &lease, &other, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
}

/* A vector that is broken says so, and nothing is entered by halves. */
static void test_broken(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(paper_vector_put(store, 1, 5, 10, "short", 5, NULL));
    g_assert_null(related_back_anew(store, 1, 5, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/related/scores", test_scores);
    stores_test_add("/related/order", test_order);
    stores_test_add("/related/ties", test_ties);
    stores_test_add("/related/touches", test_touches);
    stores_test_add("/related/moved", test_moved);
    stores_test_add("/related/scheduled", test_scheduled);
    stores_test_add("/related/many", test_many);
    stores_test_add("/related/stopped", test_stopped);
    stores_test_add("/related/lease", test_lease);
    stores_test_add("/related/indexes", test_indexes);
    stores_test_add("/related/broken", test_broken);
    return g_test_run();
}
