/* No way leads a story out before its embargo. */
#include "desk/story_embargo.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/story_edit.h"
#include "desk/story_export.h"
#include "desk/story_state.h"
#include "fixture.h"

#include <string.h>

static void test_kept(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), until = now + CLOCK_HOUR;
    int64_t id = fixture_try(store, 0, NULL, "title", "A", NULL);
    assert_ok(story_set_embargo(store, site, id, until, now, error));
    assert_ok(story_set_ready(store, site, id, true, now, error));
    assert_fails(story_publish(store, site, id, now, error), KOLOKOL_ERROR_CONFLICT,
                 "under embargo until 2026-11-23T13:00:00Z");
    assert_fails(story_schedule(store, site, id, until - 1, now, error), KOLOKOL_ERROR_CONFLICT,
                 "under embargo");
    assert_ok(story_schedule(store, site, id, until, now, error));
    assert_fails(story_set_date(store, site, id, now - CLOCK_DAY, now, error),
                 KOLOKOL_ERROR_CONFLICT, "under embargo");
    assert_text(fixture_list(store, "list:all/en", until - 1, 10), "");
    assert_text(fixture_list(store, "list:all/en", until, 10), "A");
    /* When it has passed, it is in nobody's way. */
    assert_ok(story_set_date(store, site, id, now - CLOCK_DAY, until, error));
}

static void test_set(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t out = fixture_put(store, "title", "A", NULL);
    assert_fails(story_set_embargo(store, site, out, now + CLOCK_HOUR, now, error),
                 KOLOKOL_ERROR_CONFLICT, "under embargo");
    assert_fails(story_set_embargo(store, site, out, now, now, error), KOLOKOL_ERROR_INVALID,
                 "has passed");
    int64_t id = fixture_try(store, 0, NULL, "title", "B", NULL);
    assert_ok(story_set_embargo(store, site, id, now + CLOCK_HOUR, now, error));
    assert_ok(story_set_embargo(store, site, id, 0, now, error));
    assert_ok(story_publish(store, site, id, now, error));
}

static void test_file(Store *store, const char *url)
{
    assert_fails(fixture_try(store, STORY_PUT_PUBLISH, error, "title", "A", "embargo",
                             "2026-11-24 08:00", "date", "2026-11-23", NULL) != 0,
                 KOLOKOL_ERROR_CONFLICT, "under embargo until 2026-11-24T06:00:00Z");
    assert_fails(fixture_try(store, 0, error, "title", "A", "embargo", "soon", NULL) != 0,
                 KOLOKOL_ERROR_INVALID, "embargo: ");
    int64_t id = fixture_put(store, "title", "A", "embargo", "2026-11-24 08:00", "date",
                             "2026-11-24 09:00", NULL);
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpint(story->state, ==, STORY_SCHEDULED);
    g_autoptr(StoryInput) back = story_export(store, id, NULL);
    g_assert_cmpstr(back->embargo, ==, "2026-11-24T06:00:00Z");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/story-embargo/kept", test_kept);
    stores_test_add("/desk/story-embargo/set", test_set);
    stores_test_add("/desk/story-embargo/file", test_file);
    return g_test_run();
}
