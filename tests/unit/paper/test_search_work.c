/* Search brought up to date: by changes, by the clock, one worker at a time. */
#include "paper/search_work.h"

#include "base/error.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "doubles/stores.h"
#include "paper/fixture.h"
#include "paper/search_query.h"
#include "paper_search_sql.h"
#include "text/stem.h"

#include <string.h>

static Store *store_of(Fixture *fixture)
{
    return test_newsroom_store(fixture->newsroom);
}

static bool all(Fixture *fixture, const volatile int *stop)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SearchWork) work = search_work_new(store_of(fixture), stop);
    bool changed = false;
    search_work_all(work, &changed, &error);
    g_assert_no_error(error);
    return changed;
}

static guint hits(Fixture *fixture, const char *language, const char *query)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) found = search_query(store_of(fixture), language, query, 100, &error);
    g_assert_no_error(error);
    return found->len;
}

static SearchState state_of(Fixture *fixture, const char *language)
{
    SearchState state = {0};
    g_assert_true(search_state_read(store_of(fixture), language, &state, NULL));
    return state;
}

/* Files whose words had other stems are made anew, once. */
static void test_stems(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin_at(&fixture, url, "en,ru");
    fixture_story(&fixture, "title", "Паром", "language", "ru", NULL);
    g_assert_true(all(&fixture, NULL));
    g_auto(SearchState) russian = state_of(&fixture, "ru");
    g_auto(SearchState) english = state_of(&fixture, "en");
    russian.stems = 0;
    g_assert_true(search_state_write(store_of(&fixture), &russian, NULL));
    g_assert_true(all(&fixture, NULL));
    g_assert_false(all(&fixture, NULL));
    g_auto(SearchState) after = state_of(&fixture, "ru");
    g_auto(SearchState) same = state_of(&fixture, "en");
    g_assert_cmpint(after.archive, ==, russian.archive + 1);
    g_assert_cmpint(after.stems, ==, stemmer_version("ru"));
    g_assert_cmpint(same.archive, ==, english.archive);
    g_assert_cmpuint(hits(&fixture, "ru", "паром"), ==, 1);
}

static void test_changes(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin_at(&fixture, url, "en,ru");
    const DeskSite *site = test_newsroom_site(fixture.newsroom);
    g_assert_true(all(&fixture, NULL)); /* of each language a first tier, though it is empty */
    g_assert_false(all(&fixture, NULL));
    int64_t id = fixture_story(&fixture, "title", "Ferry", "body", "The harbour froze.", NULL);
    fixture_story(&fixture, "title", "Паром", "language", "ru", NULL);
    g_assert_true(all(&fixture, NULL));
    g_assert_cmpuint(hits(&fixture, "en", "harbour"), ==, 1);
    g_assert_cmpuint(hits(&fixture, "ru", "паром"), ==, 1);
    g_assert_cmpuint(hits(&fixture, "ru", "harbour"), ==, 0);

    story_save(store_of(&fixture), site, id, "Ferry", "", "The quay is open.", STORY_MARKDOWN, "ed",
               fixture.now, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(all(&fixture, NULL));
    g_assert_cmpuint(hits(&fixture, "en", "harbour"), ==, 0);
    g_assert_cmpuint(hits(&fixture, "en", "quay"), ==, 1);
    story_withdraw(store_of(&fixture), site, id, fixture.now, &error);
    g_assert_no_error(error);
    g_assert_true(all(&fixture, NULL));
    g_assert_cmpuint(hits(&fixture, "en", "quay"), ==, 0);
    g_auto(SearchState) state = state_of(&fixture, "en");
    g_assert_cmpint(state.stories, ==, 0);
    g_assert_cmpint(state.words, ==, 0);
    fixture_story(&fixture, "title", "About the ferry", "kind", "page", NULL);
    all(&fixture, NULL);
    g_assert_cmpuint(hits(&fixture, "en", "ferry"), ==, 0); /* pages are not searched */
}

/* A scheduled story is found from its moment on; a new day moves what has gathered on. */
static void test_clock(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin_at(&fixture, url, "en");
    all(&fixture, NULL);
    fixture_story(&fixture, "title", "Now", "body", "Ferry.", NULL);
    fixture_story(&fixture, "title", "Later", "body", "Ferry.", "date", "2026-11-18T20:00:00Z",
                  NULL);
    all(&fixture, NULL);
    g_assert_cmpuint(hits(&fixture, "en", "ferry"), ==, 1);
    fixture_wait(&fixture, 9 * CLOCK_HOUR);
    g_assert_true(all(&fixture, NULL));
    g_assert_cmpuint(hits(&fixture, "en", "ferry"), ==, 2);
    g_auto(SearchState) before = state_of(&fixture, "en");
    g_assert_cmpint(before.next - before.first_day, ==, 1); /* the first is the archive */
    fixture_wait(&fixture, CLOCK_DAY);
    g_assert_true(all(&fixture, NULL));
    g_auto(SearchState) after = state_of(&fixture, "en");
    g_assert_cmpint(after.next, ==, after.first_day); /* the day file is empty again */
    g_assert_cmpint(after.day, ==, 20261119);
    g_assert_cmpuint(hits(&fixture, "en", "ferry"), ==, 2);
    fixture_wait(&fixture, CLOCK_DAY);
    all(&fixture, NULL); /* a day without news only turns the date */
    g_auto(SearchState) quiet = state_of(&fixture, "en");
    g_assert_cmpint(quiet.day, ==, 20261120);
    g_assert_cmpint(quiet.archive, ==, after.archive);
}

/* On the first day of a newsroom words are found in forms that stand in no story. */
static void test_first_day(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin_at(&fixture, url, "en,ru");
    all(&fixture, NULL);
    fixture_story(&fixture, "title", "Выборы в гавани", "language", "ru", NULL);
    fixture_story(&fixture, "title", "The harbour votes", NULL);
    all(&fixture, NULL);
    g_assert_cmpuint(hits(&fixture, "ru", "выборов"), ==, 1);
    g_assert_cmpuint(hits(&fixture, "ru", "гаванью"), ==, 1);
    g_assert_cmpuint(hits(&fixture, "en", "voted"), ==, 1);
    g_assert_cmpuint(hits(&fixture, "en", "harbours"), ==, 1);
    g_auto(SearchState) first = state_of(&fixture, "ru");
    for (unsigned i = 0; i < 7; i++) {
        g_autofree char *title = g_strdup_printf("Новость %u", i);
        fixture_story(&fixture, "title", title, "language", "ru", NULL);
        all(&fixture, NULL);
    }
    g_auto(SearchState) later = state_of(&fixture, "ru"); /* made anew at three and at seven */
    g_assert_cmpint(later.archive, ==, first.archive + 2);
    g_assert_cmpint(later.next - later.first_month, ==, 1);
}

/* While another process is at it there is nothing to do; a dead one loses its lease. */
static void test_lease(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin_at(&fixture, url, "en");
    all(&fixture, NULL);
    fixture_story(&fixture, "title", "Ferry", NULL);
    paper_search_lease_put(store_of(&fixture), 77, fixture.now + SEARCH_LEASE, &error);
    g_assert_no_error(error);
    g_assert_false(all(&fixture, NULL));
    g_assert_cmpuint(hits(&fixture, "en", "ferry"), ==, 0);
    fixture_wait(&fixture, SEARCH_LEASE + 1);
    g_assert_true(all(&fixture, NULL));
    g_assert_cmpuint(hits(&fixture, "en", "ferry"), ==, 1);
    /* A lease beyond any that is given comes from a clock that was wrong: it holds nobody up. */
    fixture_story(&fixture, "title", "Ferry again", NULL);
    paper_search_lease_put(store_of(&fixture), 77, fixture.now + 100 * SEARCH_LEASE, &error);
    g_assert_no_error(error);
    g_assert_true(all(&fixture, NULL));
    g_assert_cmpuint(hits(&fixture, "en", "ferry"), ==, 2);
}

static void test_stopped(Store *unused, const char *url)
{
    static const volatile int stop = 1;
    g_auto(Fixture) fixture = {0};
    fixture_begin_at(&fixture, url, "en");
    fixture_story(&fixture, "title", "Ferry", NULL);
    g_assert_false(all(&fixture, &stop));
    bool more = true;
    g_autoptr(GError) error = NULL;
    g_autoptr(SearchWork) work = search_work_new(store_of(&fixture), &stop);
    search_work_step(work, &more, &error); /* the tier is begun, and left */
    g_assert_no_error(error);
    g_assert_cmpuint(hits(&fixture, "en", "ferry"), ==, 0);
    g_clear_pointer(&work, search_work_free);
    g_assert_true(all(&fixture, NULL));
    g_assert_cmpuint(hits(&fixture, "en", "ferry"), ==, 1);
}

/* A language that the site gives up and takes up again is indexed anew. */
static void test_languages(Store *unused, const char *url)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin_at(&fixture, url, "en,ru");
    fixture_story(&fixture, "title", "Паром", "language", "ru", NULL);
    all(&fixture, NULL);
    test_newsroom_set(fixture.newsroom, "languages", "en");
    int64_t id = fixture_story(&fixture, "title", "Ferry", NULL);
    all(&fixture, NULL);
    test_newsroom_set(fixture.newsroom, "languages", "en,ru");
    fixture_story(&fixture, "title", "Ещё паром", "language", "ru", NULL);
    all(&fixture, NULL);
    g_assert_cmpuint(hits(&fixture, "ru", "паром"), ==, 2);
    g_assert_cmpuint(hits(&fixture, "en", "ferry"), ==, 1);
    g_assert_cmpint(id, >, 0);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/search-work/stems", test_stems);
    stores_test_add("/search-work/changes", test_changes);
    stores_test_add("/search-work/clock", test_clock);
    stores_test_add("/search-work/first-day", test_first_day);
    stores_test_add("/search-work/lease", test_lease);
    stores_test_add("/search-work/stopped", test_stopped);
    stores_test_add("/search-work/languages", test_languages);
    return g_test_run();
}
