/* The queue of search: what enters it and when, and the prose that is indexed. */
#include "desk/story_search.h"

#include "desk/live.h"
#include "desk/section.h"
#include "desk/story_edit.h"
#include "fixture.h"

static unsigned due(Store *store, int64_t now)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) rows = story_search_next(store, now, STORY_SEARCH_BACKLOG, &error);
    g_assert_no_error(error);
    return rows->len;
}

static void take_all(Store *store)
{
    g_autoptr(GArray) rows = story_search_next(store, INT64_MAX, STORY_SEARCH_BACKLOG, NULL);
    for (guint i = 0; i < rows->len; i++) {
        assert_ok(story_search_done(store, &g_array_index(rows, StorySearchRow, i), error));
    }
}

static void test_queue(Store *store, const char *url)
{
    fixture_put(store, "title", "A", "date", "2026-11-20T11:00:00Z", NULL);
    fixture_put(store, "title", "Later", "date", "2099-11-20T11:00:00Z", NULL);
    fixture_put(store, "title", "About", "kind", "page", "date", "2026-11-20T11:00:00Z", NULL);
    g_assert_cmpuint(due(store, fixture_now()), ==, 1);
    g_assert_cmpuint(due(store, INT64_MAX), ==, 2);
    take_all(store);
    g_assert_cmpuint(due(store, INT64_MAX), ==, 0);
}

static void test_renamed(Store *store, const char *url)
{
    fixture_put(store, "title", "A", "section", "Politics", "date", "2026-11-20T11:00:00Z", NULL);
    fixture_put(store, "title", "B", "section", "Sport", "date", "2026-11-20T11:00:00Z", NULL);
    take_all(store);
    assert_ok(section_rename(store, "en", "politics", "Politics", error));
    g_assert_cmpuint(due(store, fixture_now()), ==, 0); /* it had that name */
    assert_ok(section_rename(store, "en", "politics", "The State", error));
    g_assert_cmpuint(due(store, fixture_now()), ==, 1);
}

static void test_prose(Store *store, const char *url)
{
    int64_t id = fixture_put(store, "title", "A", "kind", "live", "body", "Text *here*.", NULL);
    assert_ok(live_add(store, fixture_site(), id, fixture_now(), "First", "One.", STORY_MARKDOWN,
                       fixture_now(), NULL, error));
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_autofree char *prose = story_search_prose(store, story, NULL);
    g_assert_cmpstr(prose, ==, "Text here.\nFirst\nOne.");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/story_search/queue", test_queue);
    stores_test_add("/desk/story_search/renamed", test_renamed);
    stores_test_add("/desk/story_search/prose", test_prose);
    return g_test_run();
}
