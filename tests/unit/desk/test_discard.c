/* Throwing a draft away: what goes, and what is not thrown away. That nothing is left in any file
 * is tests/scenario/erase.py. */
#include "desk/discard.h"

#include "base/error.h"
#include "desk/breaking.h"
#include "desk/comment.h"
#include "desk/correction.h"
#include "desk/erasure.h"
#include "desk/front.h"
#include "desk/story_find.h"
#include "desk/story_state.h"
#include "desk/task.h"
#include "desk/withhold.h"
#include "desk/working.h"
#include "fixture.h"
#include "staff/audit.h"

#include <string.h>

static void test_goes(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t kept = fixture_try(store, 0, NULL, "title", "Kept", "body", "Stays.", NULL);
    int64_t id = fixture_try(store, 0, NULL, "id", "wire:1", "title", "A", "body", "Words.",
                             "topics", "Fog", NULL);
    Discard what = {0};
    assert_ok(comment_add(store, id, 7, "Vera", "", "Why?", now, NULL, error));
    WorkingText text = {.story = id,
                        .person = 7,
                        .base = 1,
                        .name = "Vera",
                        .title = "A",
                        .lead = "",
                        .body = "More words.",
                        .rest = ""};
    assert_ok(working_keep(store, &text, 0, now, NULL, error));
    g_free(fixture_touches(store));
    assert_ok(story_discard_look(store, id, &what, error));
    g_assert_cmpint(what.revisions, ==, 1);
    g_assert_cmpint(what.comments, ==, 1);
    g_assert_cmpint(what.entries, ==, 0);
    g_assert_cmpint(what.unsaved, ==, 1);
    assert_ok(story_discard(store, id, "Vera", now, error));
    g_autofree char *touched = fixture_touches(store);
    g_assert_cmpstr(touched, ==, ""); /* no page knew it */
    assert_fails(story_discard(store, id, "Vera", now, error), KOLOKOL_ERROR_NOT_FOUND, "no story");
    assert_fails(working_keep(store, &text, 1, now, NULL, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no story");
    StoryFind all = {.state = -1};
    bool more = false;
    g_autoptr(GPtrArray) found = story_find_list(store, &all, 10, &more, NULL);
    g_assert_cmpuint(found->len, ==, 1);
    g_assert_cmpint(((Story *)found->pdata[0])->id, ==, kept);
    g_autoptr(GPtrArray) erasures = erasure_at(store, ERASURE_CLEAN, NULL);
    g_assert_cmpuint(erasures->len, ==, 1);
    g_assert_cmpstr(((Erasure *)erasures->pdata[0])->kind, ==, ERASURE_DISCARD);
    g_assert_cmpint(((Erasure *)erasures->pdata[0])->story, ==, id);
    /* its number is not given again, its importer's id is */
    int64_t again = fixture_try(store, 0, NULL, "id", "wire:1", "title", "A", NULL);
    g_assert_cmpint(again, >, id);
}

static void test_denied(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "Out", "date", "2026-11-20", NULL);
    assert_fails(story_discard(store, id, "", now, error), KOLOKOL_ERROR_CONFLICT, "is published");
    assert_ok(story_withdraw(store, fixture_site(), id, now, error));
    assert_fails(story_discard(store, id, "", now, error), KOLOKOL_ERROR_CONFLICT, "is withdrawn");
    assert_ok(story_reopen(store, fixture_site(), id, now, error));
    assert_fails(story_discard(store, id, "", now, error), KOLOKOL_ERROR_CONFLICT, "was out");
    id = fixture_try(store, 0, NULL, "title", "Soon", NULL);
    assert_ok(story_schedule(store, fixture_site(), id, now + 1000000, now, error));
    assert_fails(story_discard(store, id, "", now, error), KOLOKOL_ERROR_CONFLICT, "is scheduled");
    id = fixture_try(store, 0, NULL, "title", "On the front", NULL);
    assert_ok(front_set_story(store, "en", 1, id, 0, error));
    assert_fails(story_discard(store, id, "", now, error), KOLOKOL_ERROR_CONFLICT, "on the front");
    id = fixture_try(store, 0, NULL, "id", "original", "title", "Two", NULL);
    int64_t translation = fixture_try(store, 0, NULL, "title", "Zwei", "language", "ru",
                                      "translation_of", "original", NULL);
    assert_fails(story_discard(store, id, "", now, error), KOLOKOL_ERROR_CONFLICT, "translations");
    assert_ok(story_discard(store, translation, "", now, error));
    assert_ok(story_discard(store, id, "", now, error));
}

/* An address that nobody has seen yet is no reason to keep a draft; it is free again. */
static void test_address(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id = fixture_try(store, 0, NULL, "id", "old:1", "title", "A", "path",
                             "2019/03/draft.html", "date", "2019-03-01", "status", "draft", NULL);
    g_free(fixture_touches(store));
    assert_ok(story_discard(store, id, "Vera", now, error));
    g_autofree char *touched = fixture_touches(store);
    g_assert_cmpstr(touched, ==, "at:2019/03/draft.html");
    id = fixture_try(store, 0, NULL, "id", "old:1", "title", "A", "path", "2019/03/draft.html",
                     NULL);
    assert_ok(story_schedule(store, fixture_site(), id, now + 1000000, now, error));
    assert_ok(story_withdraw(store, fixture_site(), id, now, error));
    assert_fails(story_discard(store, id, "", now, error), KOLOKOL_ERROR_CONFLICT, "about to be");
    id = fixture_try(store, 0, NULL, "id", "old:2", "title", "B", "path", "2019/03/b.html",
                     "aliases", "2018/b.html", NULL);
    assert_fails(story_discard(store, id, "", now, error), KOLOKOL_ERROR_CONFLICT, "was out");
}

/* Also where the name that was withheld stood in its address, so that no other trace is left. */
static void test_withheld(Store *store, const char *url)
{
    static const char *const spellings[] = {"Anna Petrova", "anna-petrova", NULL};
    int64_t now = fixture_now();
    bool more = true;
    int64_t id = fixture_put(store, "title", "Anna Petrova", "date", "2026-11-20", NULL);
    Withhold order = {
        .spellings = spellings, .instead = "", .reason = "", .person = "Chief", .once = NULL};
    assert_ok(story_withdraw(store, fixture_site(), id, now, error));
    assert_ok(story_reopen(store, fixture_site(), id, now, error));
    assert_ok(withhold_name(store, fixture_site(), &order, now, error));
    while (more) {
        assert_ok(withhold_step(store, fixture_site(), now, &more, NULL, error));
    }
    assert_fails(story_discard(store, id, "", now, error), KOLOKOL_ERROR_CONFLICT, "was out");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/discard/goes", test_goes);
    stores_test_add("/desk/discard/denied", test_denied);
    stores_test_add("/desk/discard/address", test_address);
    stores_test_add("/desk/discard/withheld", test_withheld);
    return g_test_run();
}
