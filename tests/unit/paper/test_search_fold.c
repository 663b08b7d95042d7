/* Tiers made anew: what they hold, what they leave behind, and what a stop does. */
#include "paper/search_fold.h"

#include "base/error.h"
#include "desk/story_state.h"
#include "doubles/stores.h"
#include "paper/fixture.h"
#include "paper/search_doc.h"
#include "paper/search_query.h"
#include "paper_search_sql.h"

#include <string.h>

typedef struct {
    Fixture fixture;
    Store *store;
    Stemmer *stemmer;
    SearchFold fold;
    unsigned renewed;
} Stage;

static bool renew(void *data, GError **error)
{
    (*(unsigned *)data)++;
    return true;
}

static void stage_begin(Stage *stage, const char *url)
{
    *stage = (Stage){.store = NULL};
    fixture_begin_at(&stage->fixture, url, "en");
    stage->store = test_newsroom_store(stage->fixture.newsroom);
    stage->stemmer = stemmer_new("en", NULL);
    fixture_story(&stage->fixture, "title", "Ferry stopped", "body", "The harbour froze.", NULL);
    fixture_story(&stage->fixture, "title", "Bell rung", "body", "A ferry was seen.", NULL);
    fixture_story(&stage->fixture, "title", "About us", "kind", "page", "body", "Ferry.", NULL);
    stage->fold = (SearchFold){.store = stage->store,
                               .stemmer = stage->stemmer,
                               .as_of = stage->fixture.now,
                               .today = 20261118,
                               .renew = renew,
                               .data = &stage->renewed};
}

static void stage_end(Stage *stage)
{
    stemmer_free(stage->stemmer);
    fixture_end(&stage->fixture);
}

static SearchState state_of(Stage *stage)
{
    SearchState state = {0};
    g_assert_true(search_state_read(stage->store, "en", &state, NULL));
    return state;
}

static guint hits(Stage *stage, const char *query)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) found = search_query(stage->store, "en", query, 100, &error);
    g_assert_no_error(error);
    return found->len;
}

static void fold_archive(Stage *stage, SearchState *state)
{
    g_autoptr(GError) error = NULL;
    search_fold_archive(&stage->fold, state, &error);
    g_assert_no_error(error);
}

static void test_archive(Store *unused, const char *url)
{
    Stage stage;
    stage_begin(&stage, url);
    g_auto(SearchState) state = state_of(&stage);
    fold_archive(&stage, &state);
    g_assert_cmpint(state.archive, ==, 1);
    g_assert_cmpint(state.archive_files, ==, 1);
    g_assert_cmpint(state.stories, ==, 2); /* pages are not searched */
    g_assert_cmpint(state.next, ==, 2);
    g_assert_cmpint(state.first_day, ==, 2);
    g_assert_cmpint(state.day, ==, 20261118);
    g_assert_cmpuint(stage.renewed, >=, 1);
    g_assert_cmpuint(hits(&stage, "ferry"), ==, 2);
    g_assert_cmpuint(hits(&stage, "bell"), ==, 1);
    static const char *const files[] = {"a1/0", "a1/c0", "a1/w66-5", "day"};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(GBytes) bytes = search_file_read(stage.store, "en", files[i], NULL);
        g_assert_nonnull(bytes);
    }
    /* The next one has the same words under other numbers, and nothing of this one is left. */
    fold_archive(&stage, &state);
    g_assert_cmpint(state.archive, ==, 2);
    g_assert_cmpint(state.first_archive, ==, 2);
    g_assert_cmpint(state.next, ==, 4);
    g_assert_cmpuint(hits(&stage, "ferry"), ==, 2);
    g_assert_null(search_file_read(stage.store, "en", "a1/0", NULL));
    int64_t story = 0;
    g_assert_false(search_doc_story(stage.store, "en", 0, &story, NULL));
    g_assert_true(search_doc_story(stage.store, "en", 2, &story, NULL));
    stage_end(&stage);
}

/* Stopped before its end it changes nothing; the next one clears what it left. */
static void test_stopped(Store *unused, const char *url)
{
    static const volatile int stop = 1;
    Stage stage;
    g_autoptr(GError) error = NULL;
    stage_begin(&stage, url);
    g_auto(SearchState) state = state_of(&stage);
    fold_archive(&stage, &state);
    paper_search_doc_put(stage.store, "en", 2, 99, 1, "", 0, "", 0, &error); /* left behind */
    g_assert_no_error(error);
    stage.fold.stop = &stop;
    g_auto(SearchState) again = state_of(&stage);
    g_assert_false(search_fold_archive(&stage.fold, &again, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    g_auto(SearchState) after = state_of(&stage);
    g_assert_cmpint(after.archive, ==, 1);
    g_assert_cmpuint(hits(&stage, "ferry"), ==, 2);
    stage.fold.stop = NULL;
    fold_archive(&stage, &after);
    g_assert_cmpint(after.archive, ==, 2);
    g_assert_cmpuint(hits(&stage, "ferry"), ==, 2);
    stage_end(&stage);
}

/* A document of the day, as search_work.c enters it. */
static void enter(Stage *stage, SearchState *state, const char *title, bool dead)
{
    int64_t words = 0;
    g_autoptr(GError) error = NULL;
    int64_t story = fixture_story(&stage->fixture, "title", title, NULL);
    g_autoptr(StoryCard) card = fixture_card(&stage->fixture, story);
    g_autoptr(GByteArray) terms = search_doc_terms(stage->stemmer, card, "", &words);
    g_autoptr(GByteArray) packed = search_doc_card(card, "");
    paper_search_doc_put(stage->store, "en", state->next, story, words, packed->data, packed->len,
                         terms->data, terms->len, &error);
    g_assert_no_error(error);
    if (dead) {
        g_assert_true(paper_search_doc_kill(stage->store, "en", state->next, NULL));
    }
    state->next++;
    state->words += words;
}

static void test_month(Store *unused, const char *url)
{
    Stage stage;
    bool full = false;
    g_autoptr(GError) error = NULL;
    stage_begin(&stage, url);
    g_auto(SearchState) state = state_of(&stage);
    fold_archive(&stage, &state);
    g_assert_true(search_fold_month(&stage.fold, &state, &full, &error));
    g_assert_true(full); /* a small archive has no month tier */
    g_assert_cmpint(state.month, ==, 0);

    state.stories = 5000;
    enter(&stage, &state, "A ferry again", false);
    enter(&stage, &state, "A ferry withdrawn", true);
    stage.fold.today = 20261119;
    search_fold_month(&stage.fold, &state, &full, &error);
    g_assert_no_error(error);
    g_assert_false(full);
    g_assert_cmpint(state.month, ==, 1);
    g_assert_cmpint(state.month_files, ==, 1);
    g_assert_cmpint(state.first_month, ==, 2);
    g_assert_cmpint(state.first_day, ==, 4);
    g_assert_cmpint(state.day, ==, 20261119);
    g_assert_cmpuint(hits(&stage, "ferry"), ==, 3);
    g_assert_cmpuint(hits(&stage, "withdrawn"), ==, 0);

    enter(&stage, &state, "A last ferry", false);
    search_fold_month(&stage.fold, &state, &full, &error);
    g_assert_no_error(error);
    g_assert_cmpint(state.month, ==, 2); /* all of the month again, beside the old one */
    g_assert_null(search_file_read(stage.store, "en", "m1/0", NULL));
    g_assert_cmpuint(hits(&stage, "ferry"), ==, 4);
    state.next += 3000;
    g_assert_true(search_fold_month(&stage.fold, &state, &full, &error));
    g_assert_true(full); /* too many for a month */
    stage_end(&stage);
}

/* A story that has gone between listing and reading is passed over. */
static void test_gone(Store *unused, const char *url)
{
    Stage stage;
    g_autoptr(GError) error = NULL;
    stage_begin(&stage, url);
    int64_t id = fixture_story(&stage.fixture, "title", "Ferry sunk", NULL);
    story_withdraw(stage.store, test_newsroom_site(stage.fixture.newsroom), id, stage.fixture.now,
                   &error);
    g_assert_no_error(error);
    g_auto(SearchState) state = state_of(&stage);
    fold_archive(&stage, &state);
    g_assert_cmpint(state.stories, ==, 2);
    g_assert_cmpuint(hits(&stage, "sunk"), ==, 0);
    stage_end(&stage);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/search-fold/archive", test_archive);
    stores_test_add("/search-fold/stopped", test_stopped);
    stores_test_add("/search-fold/month", test_month);
    stores_test_add("/search-fold/gone", test_gone);
    return g_test_run();
}
