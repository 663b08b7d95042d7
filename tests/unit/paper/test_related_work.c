/*
 * The life of an index: made, kept up to date, made anew when the archive has grown.
 * Covers: src/paper/related_queue.c, src/paper/related_words.c
 */
#include "paper/related_work.h"

#include "base/error.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "doubles/stores.h"
#include "paper/fixture.h"
#include "paper/related_work_private.h"
#include "paper_sql.h"

#include <string.h>

static Store *store_of(Fixture *fixture)
{
    return test_newsroom_store(fixture->newsroom);
}

/* How many stories were entered. */
static unsigned all(Fixture *fixture, const volatile int *stop)
{
    g_autoptr(GError) error = NULL;
    RelatedDone done = {.entered = 99};
    g_autoptr(RelatedWork) work = related_work_new(store_of(fixture));
    related_work_all(work, stop, &done, &error);
    g_assert_no_error(error);
    return done.entered;
}

static bool step(RelatedWork *work)
{
    g_autoptr(GError) error = NULL;
    bool more = false;
    related_work_step(work, &more, &error);
    g_assert_no_error(error);
    return more;
}

static int64_t index_of(Fixture *fixture, const char *language)
{
    RelatedIndex index;
    g_assert_true(related_index(store_of(fixture), language, &index, NULL));
    return index.id;
}

static guint indexes(Fixture *fixture)
{
    g_autoptr(GArray) all_of_them = related_indexes(store_of(fixture), NULL);
    return all_of_them->len;
}

static int64_t publish(Fixture *fixture, unsigned number)
{
    g_autofree char *title = g_strdup_printf("Ferry %u", number);
    g_autofree char *body = g_strdup_printf("The harbour and its word%u.", number / 2);
    return fixture_story(fixture, "title", title, "body", body, NULL);
}

static guint related(Fixture *fixture, int64_t story)
{
    g_autoptr(GArray) found = related_read(store_of(fixture), index_of(fixture, "en"), story,
                                           fixture->now, RELATED_SHOW, NULL);
    return found->len;
}

static void test_life(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin_at(&fixture, url, "en,ru");
    g_assert_cmpuint(all(&fixture, NULL), ==, 0);
    g_assert_cmpuint(indexes(&fixture), ==, 0); /* without stories there is none */
    int64_t first = publish(&fixture, 1);
    int64_t last = 0;
    for (unsigned i = 2; i <= 20; i++) {
        last = publish(&fixture, i);
    }
    g_assert_cmpuint(all(&fixture, NULL), ==, 20);
    int64_t made = index_of(&fixture, "en");
    g_assert_cmpint(made, >, 0);
    g_assert_cmpint(index_of(&fixture, "ru"), ==, 0);
    g_assert_cmpuint(related(&fixture, last), ==, RELATED_SHOW);
    g_assert_cmpuint(test_newsroom_check_related(fixture.newsroom), ==, 20);
    g_assert_cmpuint(all(&fixture, NULL), ==, 0); /* a quiet newsroom */

    for (unsigned i = 21; i <= 29; i++) { /* too few for a new count */
        last = publish(&fixture, i);
    }
    g_assert_cmpuint(all(&fixture, NULL), ==, 9);
    g_assert_cmpint(index_of(&fixture, "en"), ==, made);
    publish(&fixture, 30); /* half as many again */
    g_assert_cmpuint(all(&fixture, NULL), ==, 1 + 30);
    g_assert_cmpint(index_of(&fixture, "en"), !=, made);
    g_assert_cmpuint(indexes(&fixture), ==, 1); /* nothing of the old one is left */

    story_withdraw(store_of(&fixture), test_newsroom_site(fixture.newsroom), first, fixture.now,
                   &error);
    g_assert_no_error(error);
    g_assert_cmpuint(all(&fixture, NULL), ==, 1);
    g_assert_cmpuint(related(&fixture, first), ==, 0);
    test_newsroom_check_related(fixture.newsroom);
}

/* While an index is made, stories go on; what changes is in both when it is done. */
static void test_meanwhile(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin_at(&fixture, url, "en");
    int64_t first = publish(&fixture, 1);
    for (unsigned i = 2; i <= 12; i++) {
        publish(&fixture, i);
    }
    g_autoptr(RelatedWork) work = related_work_new(store_of(&fixture));
    unsigned steps = 0;
    for (bool more = true; more; steps++) {
        more = step(work);
        if (steps == 2) {
            publish(&fixture, 13);
        } else if (steps == 4) {
            story_withdraw(store_of(&fixture), test_newsroom_site(fixture.newsroom), first,
                           fixture.now, &error);
            g_assert_no_error(error);
        }
    }
    g_assert_cmpuint(steps, >, 5);
    g_assert_cmpuint(test_newsroom_check_related(fixture.newsroom), ==, 12);
    g_assert_cmpuint(related(&fixture, first), ==, 0);
}

static unsigned standing_in(Fixture *fixture, int64_t story)
{
    g_autoptr(GArray) lists = related_read(store_of(fixture), index_of(fixture, "en"), story,
                                           fixture->now, RELATED_MOST * 4, NULL);
    return lists->len;
}

static char *many_words(void)
{
    GString *words = g_string_new(NULL);
    for (unsigned i = 0; i < TERM_VECTOR_MOST; i++) {
        g_string_append_printf(words, "word%u ", i);
    }
    return g_string_free(words, FALSE);
}

/* Returns a story that stands in more lists than are marked at once. */
static int64_t many_begin(Fixture *fixture)
{
    g_autofree char *words = many_words();
    int64_t first = fixture_story(fixture, "title", "Everything", "body", words, NULL);
    for (unsigned i = 0; i < 2 * TERM_VECTOR_MOST; i++) {
        publish(fixture, i);
    }
    all(fixture, NULL);
    g_assert_cmpuint(standing_in(fixture, first), >, RELATED_MARKS);
    return first;
}

/* It changes, and goes. */
static void test_many(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    g_autofree char *words = many_words();
    fixture_begin_at(&fixture, url, "en");
    Store *store = store_of(&fixture);
    const DeskSite *site = test_newsroom_site(fixture.newsroom);
    int64_t first = many_begin(&fixture);
    story_save(store, site, first, "Half", "", "word1 word2 word3 word4", STORY_MARKDOWN, "ed",
               fixture.now, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(all(&fixture, NULL), ==, 1);
    g_assert_cmpuint(test_newsroom_check_related(fixture.newsroom), ==, 2 * TERM_VECTOR_MOST + 1);
    story_save(store, site, first, "All", "", words, STORY_MARKDOWN, "ed", fixture.now, NULL,
               &error);
    g_assert_no_error(error);
    g_assert_cmpuint(all(&fixture, NULL), ==, 1);
    test_newsroom_check_related(fixture.newsroom);
    g_assert_cmpuint(standing_in(&fixture, first), >, RELATED_MARKS);

    g_autoptr(RelatedWork) work = related_work_new(store);
    story_withdraw(store, site, first, fixture.now, &error);
    g_assert_no_error(error);
    g_assert_true(step(work)); /* of the queue: it has left all lists, none had its turn yet */
    g_assert_cmpuint(standing_in(&fixture, first), ==, 0);
    related_work_free(g_steal_pointer(&work)); /* whoever comes next takes the turns */
    all(&fixture, NULL);
    test_newsroom_check_related(fixture.newsroom);
}

/* A story that goes is marked in many transactions, and who reads holds the lease all along. */
static void test_lease(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    bool more = false;
    fixture_begin_at(&fixture, url, "en");
    Store *store = store_of(&fixture);
    int64_t first = many_begin(&fixture);
    story_withdraw(store, test_newsroom_site(fixture.newsroom), first, fixture.now, &error);
    g_assert_no_error(error);
    g_autoptr(RelatedWork) work = related_work_new(store);
    g_assert_true(words_lease_take(&work->lease, store, &error));
    fixture_wait(&fixture, WORDS_LEASE - 1);
    work->lease.until = 1; /* half of it is over, and more */
    g_assert_true(related_queue_step(work, &more, &error));
    g_assert_cmpuint(standing_in(&fixture, first), ==, 0);
    g_autoptr(StoreRows) rows = paper_words_lease(store, &error);
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_ROW);
    g_assert_cmpint(store_number(rows, 1), ==, fixture.now + WORDS_LEASE);
    g_clear_pointer(&rows, store_rows_free);
}

/* An index whose words had other stems is made anew. */
static void test_stems(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin_at(&fixture, url, "en,ru");
    Store *store = store_of(&fixture);
    fixture_story(&fixture, "title", "Паром", "language", "ru", NULL);
    publish(&fixture, 1);
    g_assert_cmpuint(all(&fixture, NULL), ==, 2);
    int64_t english = index_of(&fixture, "en");
    g_assert_true(paper_index_retire(store, "ru", NULL));
    g_assert_true(paper_index_insert(store, 500, "ru", 0, 0, 0, NULL));
    g_assert_true(paper_index_counted(store, 500, 1, 1, NULL));
    g_assert_true(paper_index_state(store, 500, INDEX_LIVE, NULL));
    g_assert_cmpuint(all(&fixture, NULL), ==, 1);
    g_assert_cmpint(index_of(&fixture, "ru"), !=, 500);
    g_assert_cmpint(index_of(&fixture, "en"), ==, english);
    g_assert_cmpuint(all(&fixture, NULL), ==, 0);
}

/* One that died in the midst is followed by another, which begins anew. */
static void test_dead(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin_at(&fixture, url, "en");
    for (unsigned i = 1; i <= 5; i++) {
        publish(&fixture, i);
    }
    RelatedWork *dead = related_work_new(store_of(&fixture));
    for (unsigned i = 0; i < 2; i++) { /* the queue, and the beginning of an index */
        g_assert_true(step(dead));
    }
    g_assert_cmpuint(indexes(&fixture), ==, 1);
    g_autoptr(RelatedWork) next = related_work_new(store_of(&fixture));
    g_assert_false(step(next)); /* it is still at it, for all that we know */
    g_assert_cmpuint(indexes(&fixture), ==, 1);
    fixture_wait(&fixture, 2 * WORDS_LEASE);
    while (step(next)) {
    }
    g_assert_cmpint(index_of(&fixture, "en"), >, 0);
    g_assert_cmpuint(indexes(&fixture), ==, 1);
    g_assert_cmpuint(test_newsroom_check_related(fixture.newsroom), ==, 5);
    related_work_free(dead);
}

/* Is there an index that has all stories up to that one, and only has to come into force? */
static bool is_built(Fixture *fixture, int64_t last)
{
    g_autoptr(GArray) all_of_them = related_indexes(store_of(fixture), NULL);
    const RelatedIndex *index = &g_array_index(all_of_them, RelatedIndex, 0);
    return all_of_them->len > 0 && index->state == INDEX_BUILDING && index->after_story == last;
}

/* Who is stopped after the last step of building may leave lists that wait for their turn. The next
 * brings the index into force without entering a story, and says so. */
static void test_in_force(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    int64_t last = 0;
    fixture_begin_at(&fixture, url, "en");
    for (unsigned i = 1; i <= 5; i++) {
        last = publish(&fixture, i);
    }
    g_autoptr(RelatedWork) dead = related_work_new(store_of(&fixture));
    while (!is_built(&fixture, last)) {
        g_assert_true(step(dead));
    }
    g_assert_true(paper_turn_put(store_of(&fixture), 1, last, &error));
    related_work_free(g_steal_pointer(&dead));
    g_assert_cmpint(index_of(&fixture, "en"), ==, 0);

    RelatedDone done = {0};
    g_autoptr(RelatedWork) next = related_work_new(store_of(&fixture));
    g_assert_true(related_work_all(next, NULL, &done, &error));
    g_assert_cmpuint(done.entered, ==, 0);
    g_assert_true(done.in_force);
    g_assert_cmpint(index_of(&fixture, "en"), ==, 1);
    test_newsroom_check_related(fixture.newsroom);

    g_autoptr(RelatedWork) quiet = related_work_new(store_of(&fixture));
    g_assert_true(related_work_all(quiet, NULL, &done, &error));
    g_assert_false(done.in_force);
}

static void note_step(unsigned done, void *data)
{
    unsigned *steps = data;
    g_assert_cmpuint(done, >=, steps[1]);
    steps[0] += done > steps[1];
    steps[1] = done;
}

/* Who watches sees turns go on, too: a story that goes is one, its lists are many. */
static void test_watch(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    RelatedDone done = {0};
    unsigned steps[2] = {0};
    fixture_begin_at(&fixture, url, "en");
    Store *store = store_of(&fixture);
    int64_t first = many_begin(&fixture);
    story_withdraw(store, test_newsroom_site(fixture.newsroom), first, fixture.now, &error);
    g_assert_no_error(error);
    g_autoptr(RelatedWork) work = related_work_new(store);
    related_work_watch(work, note_step, steps);
    g_assert_true(related_work_all(work, NULL, &done, &error));
    g_assert_cmpuint(done.entered, ==, 1);
    g_assert_cmpuint(done.turns, >, RELATED_MARKS);
    g_assert_cmpuint(steps[0], >, RELATED_MARKS / 4);
    g_assert_cmpuint(steps[1], ==, done.entered + done.turns);
}

static void test_stopped(Store *unused, const char *url)
{
    static const volatile int stop = 1;
    g_auto(Fixture) fixture = {0};
    fixture_begin_at(&fixture, url, "en");
    publish(&fixture, 1);
    g_assert_cmpuint(all(&fixture, &stop), ==, 0);
    g_assert_cmpuint(indexes(&fixture), ==, 0);
    related_work_free(NULL);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/related-work/life", test_life);
    stores_test_add("/related-work/meanwhile", test_meanwhile);
    stores_test_add("/related-work/many", test_many);
    stores_test_add("/related-work/lease", test_lease);
    stores_test_add("/related-work/stems", test_stems);
    stores_test_add("/related-work/dead", test_dead);
    stores_test_add("/related-work/in-force", test_in_force);
    stores_test_add("/related-work/watch", test_watch);
    stores_test_add("/related-work/stopped", test_stopped);
    return g_test_run();
}
