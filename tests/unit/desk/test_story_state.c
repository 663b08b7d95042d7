/* The ways of a story, their tombstones and touches. */
#include "desk/story_state.h"
#include "desk/takedown.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/redirect.h"
#include "desk/story_edit.h"
#include "fixture.h"

#include <string.h>

static StoryState state_of(Store *store, int64_t id)
{
    g_autoptr(Story) story = story_read(store, id, NULL);
    return story->state;
}

static void test_publish(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_try(store, 0, NULL, "title", "A", NULL);
    g_assert_cmpint(state_of(store, id), ==, STORY_DRAFT);
    assert_text(fixture_touches(store), "");
    assert_ok(story_set_ready(store, site, id, true, now, error));
    g_assert_cmpint(state_of(store, id), ==, STORY_READY);
    assert_ok(story_publish(store, site, id, now, error));
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpint(story->published, ==, now);
    g_assert_cmpstr(story->path, ==, "2026/11/23/a.html");
    assert_text(fixture_touches(store),
                "at:2026/11/23/a.html card:1 count:month/en/2026-11 count:year/en/2026 "
                "count:years/en group:1 "
                "list:all/en list:day/en/2026-11-23 sitemap:en/2026-11 story:1 text:all/en");
    assert_ok(story_publish(store, site, id, now + CLOCK_HOUR, error));
    assert_text(fixture_touches(store), "");
    assert_fails(story_set_ready(store, site, id, false, now, error), KOLOKOL_ERROR_CONFLICT,
                 "is published");
    assert_fails(story_schedule(store, site, id, now + CLOCK_HOUR, now, error),
                 KOLOKOL_ERROR_CONFLICT, "withdraw it first");
    assert_fails(story_publish(store, site, 99, now, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no story 99");
}

static void test_stages(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_try(store, 0, NULL, "title", "A", NULL);
    static const StoryState ways[] = {STORY_IN_EDIT, STORY_READY, STORY_IN_EDIT, STORY_DRAFT};
    for (unsigned i = 0; i < G_N_ELEMENTS(ways); i++) {
        assert_ok(story_set_stage(store, site, id, ways[i], now, error));
        g_assert_cmpint(state_of(store, id), ==, ways[i]);
    }
    assert_text(fixture_touches(store), "");
    assert_fails(story_set_stage(store, site, id, STORY_PUBLISHED, now, error),
                 KOLOKOL_ERROR_INVALID, "no stage");
    assert_ok(story_set_stage(store, site, id, STORY_IN_EDIT, now, error));
    assert_ok(story_publish(store, site, id, now, error));
    assert_fails(story_set_stage(store, site, id, STORY_IN_EDIT, now, error),
                 KOLOKOL_ERROR_CONFLICT, "is published");
}

static void test_schedule(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t then = now + CLOCK_DAY;
    int64_t id = fixture_try(store, 0, NULL, "title", "A", NULL);
    assert_fails(story_schedule(store, site, id, now, now, error), KOLOKOL_ERROR_INVALID,
                 "has passed");
    assert_ok(story_schedule(store, site, id, then, now, error));
    assert_text(fixture_touches(store), "at:2026/11/24/a.html");
    assert_text(fixture_due(store, "list:"), "list:all/en list:day/en/2026-11-24");
    assert_text(fixture_list(store, "list:all/en", then - 1, 10), "");
    assert_text(fixture_list(store, "list:all/en", then, 10), "A");
    assert_text(fixture_counts(store, "count:years/en", then - 1), "");
    assert_text(fixture_counts(store, "count:years/en", then), "2026 1");
    int64_t settled = 0;
    assert_ok(story_settle(store, then - 1, &settled, error));
    g_assert_cmpint(settled, ==, 0);
    assert_ok(story_settle(store, then, &settled, error));
    g_assert_cmpint(settled, ==, 1);
    g_assert_cmpint(state_of(store, id), ==, STORY_PUBLISHED);
    assert_text(fixture_touches(store), "");
}

static void test_unschedule(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_try(store, 0, NULL, "title", "A", NULL);
    assert_ok(story_schedule(store, site, id, now + CLOCK_DAY, now, error));
    assert_ok(story_withdraw(store, site, id, now, error));
    g_assert_cmpint(state_of(store, id), ==, STORY_DRAFT);
    assert_fails(redirect_by_path(store, "2026/11/24/a.html", now, error) != NULL,
                 KOLOKOL_ERROR_NOT_FOUND, "nothing");
    assert_text(fixture_list(store, "list:all/en", now + 2 * CLOCK_DAY, 10), "");
    assert_ok(story_schedule(store, site, id, now + CLOCK_DAY, now, error));
    assert_ok(story_publish(store, site, id, now, error));
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpint(story->published, ==, now);
    g_assert_cmpstr(story->path, ==, "2026/11/24/a.html");
    g_assert_cmpint(story->day, ==, 20261123);
}

static void test_withdraw(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "date", "2026-11-20", "aliases", "old/a", NULL);
    g_free(fixture_touches(store));
    assert_ok(story_withdraw(store, site, id, now, error));
    g_autofree char *touches = fixture_touches(store);
    g_assert_nonnull(strstr(touches, "path:2026/11/20/a.html"));
    g_assert_nonnull(strstr(touches, "path:old/a/index.html"));
    g_assert_nonnull(strstr(touches, "status:2026-11 story:1"));
    g_autoptr(Redirect) gone = redirect_by_path(store, "2026/11/20/a.html", now, NULL);
    g_assert_cmpint(gone->status, ==, 410);
    g_assert_false(gone->taken_down);
    g_autoptr(Redirect) alias = redirect_by_path(store, "old/a/index.html", now, NULL);
    g_assert_cmpint(alias->status, ==, 410);
    assert_ok(story_withdraw(store, site, id, now, error));
    assert_text(fixture_touches(store), "");
    assert_ok(story_publish(store, site, id, now + CLOCK_HOUR, error));
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpstr(story->path, ==, "2026/11/20/a.html");
    g_assert_cmpint(story->published, ==, fixture_moment("2026-11-19T22:00:00Z"));
    assert_fails(redirect_by_path(store, story->path, now, error) != NULL, KOLOKOL_ERROR_NOT_FOUND,
                 "nothing");
    g_autofree char *back = fixture_touches(store);
    g_assert_nonnull(strstr(back, "path:2026/11/20/a.html"));
    g_assert_nonnull(strstr(back, "status:2026-11"));
}

static void test_takedown(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "path", "a.html", NULL);
    assert_ok(story_takedown(store, site, id, &(Takedown){"court order", "", NULL}, now, error));
    g_autoptr(Redirect) gone = redirect_by_path(store, "a.html", now, NULL);
    g_assert_true(gone->taken_down);
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpstr(story->reason, ==, "court order");
    g_free(fixture_touches(store));
    assert_fails(story_publish(store, site, id, now, error), KOLOKOL_ERROR_CONFLICT,
                 "make a new story");
    assert_fails(story_schedule(store, site, id, now + CLOCK_DAY, now, error),
                 KOLOKOL_ERROR_CONFLICT, "make a new story");
    assert_fails(story_set_stage(store, site, id, STORY_DRAFT, now, error), KOLOKOL_ERROR_CONFLICT,
                 "make a new story");
    assert_fails(story_reopen(store, site, id, now, error), KOLOKOL_ERROR_CONFLICT,
                 "make a new story");
    assert_ok(story_withdraw(store, site, id, now, error)); /* as it is */
    g_assert_cmpint(state_of(store, id), ==, STORY_TAKEN_DOWN);
    g_autoptr(Redirect) still = redirect_by_path(store, "a.html", now + CLOCK_DAY, NULL);
    g_assert_true(still->status == 410 && still->taken_down);
    assert_text(fixture_touches(store), "");
    assert_text(fixture_due(store, "path:"), "");
    assert_fails(story_takedown(store, site, id, &(Takedown){"bad \xff", "", NULL}, now, error),
                 KOLOKOL_ERROR_INVALID, "UTF-8");
}

/* A withdrawn one may: its address is a tombstone until it is published. */
static void test_reopen(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "path", "a.html", NULL);
    assert_ok(story_withdraw(store, site, id, now, error));
    assert_ok(story_reopen(store, site, id, now, error));
    g_assert_cmpint(state_of(store, id), ==, STORY_DRAFT);
    assert_ok(story_schedule(store, site, id, now + CLOCK_DAY, now, error));
    g_autoptr(Redirect) until = redirect_by_path(store, "a.html", now, NULL);
    g_assert_cmpint(until->status, ==, 410);
    assert_fails(redirect_by_path(store, "a.html", now + CLOCK_DAY, error) != NULL,
                 KOLOKOL_ERROR_NOT_FOUND, "nothing");
    assert_text(fixture_due(store, "path:"), "path:a.html");
    assert_fails(story_reopen(store, site, id, now, error), KOLOKOL_ERROR_CONFLICT,
                 "withdraw it first");
}

static void test_draft_taken_down(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "path", "a.html", NULL);
    assert_ok(story_takedown(store, site, id, &(Takedown){"", "", NULL}, fixture_now(), error));
    assert_fails(redirect_by_path(store, "a.html", fixture_now(), error) != NULL,
                 KOLOKOL_ERROR_NOT_FOUND, "nothing");
    assert_text(fixture_touches(store), "at:a.html");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/state/stages", test_stages);
    stores_test_add("/desk/state/publish", test_publish);
    stores_test_add("/desk/state/schedule", test_schedule);
    stores_test_add("/desk/state/unschedule", test_unschedule);
    stores_test_add("/desk/state/withdraw", test_withdraw);
    stores_test_add("/desk/state/takedown", test_takedown);
    stores_test_add("/desk/state/reopen", test_reopen);
    stores_test_add("/desk/state/draft-taken-down", test_draft_taken_down);
    return g_test_run();
}
