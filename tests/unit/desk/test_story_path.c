/* Paths of stories: chosen, held, moved, and what stands at old ones. */
#include "desk/story_change.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/redirect.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "fixture.h"

#include <string.h>

static void check_path(Store *store, const char *path, bool held, int status, int64_t story)
{
    g_autoptr(GError) error = NULL;
    g_auto(StoryPath) found = {0};
    g_assert_true(story_path_read(store, path, &found, &error));
    g_assert_no_error(error);
    g_assert_cmpint(found.held, ==, held);
    g_assert_cmpint(found.status, ==, status);
    g_assert_cmpint(found.story, ==, story);
}

static char *path_of(Store *store, int64_t id)
{
    g_autoptr(Story) story = story_read(store, id, NULL);
    return g_strdup(story->path);
}

static void test_default(Store *store, const char *url)
{
    int64_t first = fixture_put(store, "title", "Ice", NULL);
    int64_t second = fixture_put(store, "title", "Ice", NULL);
    int64_t russian = fixture_put(store, "title", "Лёд", "language", "ru", NULL);
    int64_t page = fixture_put(store, "title", "About us", "kind", "page", NULL);
    int64_t night = fixture_put(store, "title", "Night", "date", "2026-11-22T22:30:00Z", NULL);
    assert_text(path_of(store, first), "2026/11/23/ice.html");
    assert_text(path_of(store, second), "2026/11/23/ice-2.html"); /* a number for a made slug */
    assert_text(path_of(store, russian), "ru/2026/11/23/lyod.html");
    assert_text(path_of(store, page), "about-us.html");
    assert_text(path_of(store, night), "2026/11/23/night.html"); /* the day in Riga */
    int64_t draft = fixture_try(store, 0, NULL, "title", "Draft", NULL);
    assert_text(path_of(store, draft), NULL); /* set at the first publication */
    check_path(store, "2026/11/23/ice.html", true, 200, first);
    check_path(store, "2026/11/23/none.html", false, 0, 0);
}

/* A slug that was asked for is not numbered, and a path is one story's. */
static void test_held(Store *store, const char *url)
{
    int64_t id = fixture_put(store, "title", "One", "slug", "same", NULL);
    g_autofree char *holder = g_strdup_printf("held by story %d \"One\"", (int)id);
    assert_fails(fixture_try(store, STORY_PUT_PUBLISH, error, "title", "Two", "slug", "same", NULL),
                 KOLOKOL_ERROR_CONFLICT, holder);
    assert_fails(fixture_try(store, STORY_PUT_PUBLISH, error, "title", "Two", "path",
                             "2026/11/23/same.html", NULL),
                 KOLOKOL_ERROR_CONFLICT, holder);
    assert_fails(fixture_try(store, STORY_PUT_PUBLISH, error, "title", "A", "kind", "page", "slug",
                             "search", "path", "search/index.html", NULL),
                 KOLOKOL_ERROR_INVALID, "search/index.html");
    fixture_put(store, "title", "Two", "slug", "same", "date", "2026-11-20T10:00:00Z", NULL);
}

/* A reader's old address leads on; the tombstone of what is gone is held by it; nobody else takes
 * either. */
static void test_old(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t id = fixture_put(store, "title", "Ice", NULL), now = fixture_now();
    assert_ok(story_rename(store, site, id, "2026/11/23/floe.html", now, error));
    check_path(store, "2026/11/23/ice.html", true, 301, id);
    check_path(store, "2026/11/23/floe.html", true, 200, id);
    assert_fails(fixture_try(store, STORY_PUT_PUBLISH, error, "title", "X", "path",
                             "2026/11/23/ice.html", NULL),
                 KOLOKOL_ERROR_CONFLICT, "an old address of story");
    assert_ok(story_withdraw(store, site, id, now, error));
    check_path(store, "2026/11/23/floe.html", true, 410, id);
    assert_fails(fixture_try(store, STORY_PUT_PUBLISH, error, "title", "X", "path",
                             "2026/11/23/floe.html", NULL),
                 KOLOKOL_ERROR_CONFLICT, "the tombstone of story");
    assert_ok(story_publish(store, site, id, now, error)); /* back where it was */
    check_path(store, "2026/11/23/floe.html", true, 200, id);
    assert_ok(story_rename(store, site, id, "2026/11/23/ice.html", now, error)); /* its own again */
    check_path(store, "2026/11/23/ice.html", true, 200, id);
}

static void test_free(Store *store, const char *url)
{
    g_auto(StoryPath) holder = {0};
    bool is_free = true;
    int64_t id = fixture_put(store, "title", "Ice", NULL);
    assert_ok(story_path_free(store, "2026/11/23/ice.html", 0, &is_free, &holder, error));
    g_assert_false(is_free);
    assert_ok(story_path_free(store, "2026/11/23/ice.html", id, &is_free, &holder, error));
    g_assert_true(is_free); /* one's own */
    assert_ok(story_path_free(store, "2026/11/23/fog.html", 0, &is_free, &holder, error));
    g_assert_true(is_free);
}

/* Where names have no case one would lie over the other: the second is refused, of an import too, a
 * redirect too. */
static void test_capitals(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "One", "path", "News/One", NULL);
    assert_fails(
        fixture_try(store, STORY_PUT_PUBLISH, error, "title", "Two", "path", "news/one", NULL),
        KOLOKOL_ERROR_CONFLICT, "news/one/index.html differs from News/One/index.html");
    assert_fails(story_rename(store, site, id, "news/one", now, error), KOLOKOL_ERROR_CONFLICT,
                 "capital letters");
    assert_fails(redirect_add(store, site, "NEWS/one", id, NULL, now, error),
                 KOLOKOL_ERROR_CONFLICT, "capital letters");
    fixture_put(store, "title", "Old", "path", "2026/11/23/ICE.html", NULL);
    int64_t made = fixture_put(store, "title", "Ice", NULL); /* a made slug gets a number */
    assert_text(path_of(store, made), "2026/11/23/ice-2.html");
    int64_t draft = fixture_try(store, 0, NULL, "title", "Draft", "path", "Draft.html", NULL);
    assert_ok(story_rename(store, site, draft, "draft.html", now, error)); /* nobody has seen it */
    check_path(store, "draft.html", true, 200, draft);
    check_path(store, "Draft.html", false, 0, 0);
    assert_ok(story_set_stage(store, site, draft, STORY_READY, now, error)); /* in any stage */
    assert_ok(story_rename(store, site, draft, "DRAFT.html", now, error));
    check_path(store, "DRAFT.html", true, 200, draft);
    assert_ok(story_schedule(store, site, draft, now + CLOCK_SECOND, now, error));
    assert_ok(story_rename(store, site, draft, "Draft.html", now, error));
    assert_ok(story_publish(store, site, draft, now, error));
    assert_ok(story_withdraw(store, site, draft, now, error));
    assert_ok(story_reopen(store, site, draft, now, error)); /* a draft that was out */
    assert_fails(story_rename(store, site, draft, "draft.html", now, error), KOLOKOL_ERROR_CONFLICT,
                 "capital letters");
}

static void test_month(void)
{
    g_assert_cmpint(story_path_month(fixture_moment("2026-11-30T23:59:59Z")), ==, 202611);
    g_assert_cmpint(story_path_month(fixture_moment("2026-12-01T00:00:00Z")), ==, 202612);
    g_assert_cmpint(story_path_month(-1), ==, 196912);
    g_assert_cmpint(story_path_month(0), ==, 197001);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/story-path/default", test_default);
    stores_test_add("/story-path/held", test_held);
    stores_test_add("/story-path/old", test_old);
    stores_test_add("/story-path/free", test_free);
    stores_test_add("/story-path/capitals", test_capitals);
    g_test_add_func("/story-path/month", test_month);
    return g_test_run();
}
