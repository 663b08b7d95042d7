#include "desk/correction.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "fixture.h"

#include <string.h>

static void test_correct(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "date", "2026-11-20", "path", "a.html", NULL);
    int64_t first = 0;
    int64_t again = 0;
    g_free(fixture_touches(store));
    assert_ok(story_correct(store, site, id, " The dam is higher. ", now, &first, error));
    assert_text(fixture_touches(store),
                "list:corrections/en sitemap:en/2026-11 story:1 text:all/en");
    assert_ok(story_correct(store, site, id, "The dam is higher.", now + 1, &again, error));
    g_assert_cmpint(again, ==, first);
    assert_text(fixture_touches(store), "");
    assert_ok(story_correct(store, site, id, "And wider.", now + CLOCK_HOUR, NULL, error));
    g_autoptr(GPtrArray) own = correction_of_story(store, id, NULL);
    g_assert_cmpuint(own->len, ==, 2);
    g_assert_cmpstr(((Correction *)own->pdata[0])->text, ==, "The dam is higher.");
    g_autoptr(GPtrArray) newest = NULL;
    assert_ok(correction_list(store, "en", now, 1, &newest, error));
    g_assert_cmpuint(newest->len, ==, 1);
    g_assert_cmpstr(((Correction *)newest->pdata[0])->text, ==, "And wider.");
    g_assert_cmpstr(((Correction *)newest->pdata[0])->path, ==, "a.html");
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpint(story->updated, ==, now + CLOCK_HOUR);
    g_assert_cmpint(story->revision, ==, 1);
    g_free(fixture_touches(store));
    assert_ok(story_rename(store, site, id, "b.html", now, error)); /* its page shows the path */
    g_autofree char *touches = fixture_touches(store);
    g_assert_nonnull(strstr(touches, "list:corrections/en"));
    assert_ok(story_withdraw(store, site, id, now, error));
    g_autoptr(GPtrArray) none = NULL;
    assert_ok(correction_list(store, "en", now, 0, &none, error));
    g_assert_cmpuint(none->len, ==, 0);
    assert_fails(story_correct(store, site, id, " ", now, NULL, error), KOLOKOL_ERROR_INVALID,
                 "missing");
    assert_fails(story_correct(store, site, 9, "a", now, NULL, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no story 9");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/correction/correct", test_correct);
    return g_test_run();
}
