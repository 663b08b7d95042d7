/* Saving: two people's texts are merged, or both kept for a person to decide. */
#include "desk/working.h"

#include "base/error.h"
#include "desk/revision.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "desk/takedown.h"
#include "fixture.h"
#include "text/merge.h"

#include <string.h>

#define BASE "First.\n\nSecond.\n\nThird.\n"

static int64_t story(Store *store)
{
    return fixture_try(store, 0, NULL, "title", "Fog", "lead", "At six.", "body", BASE, NULL);
}

static WorkingText text_of(int64_t id, const char *title, const char *body)
{
    return (WorkingText){.story = id,
                         .person = 7,
                         .base = 1,
                         .name = "Vera Lind",
                         .title = title,
                         .lead = "At six.",
                         .body = body,
                         .rest = ""};
}

static void assert_body(Store *store, int64_t id, const char *title, const char *body)
{
    g_autoptr(Story) now = story_read(store, id, NULL);
    g_autoptr(Revision) revision = revision_read(store, id, now->revision, NULL);
    g_assert_cmpstr(revision->title, ==, title);
    g_assert_cmpstr(revision->body, ==, body);
}

static void other_saves(Store *store, int64_t id, const char *title, const char *body)
{
    assert_ok(story_save(store, fixture_site(), id, title, "At six.", body, STORY_MARKDOWN,
                         "Ilya Sten", fixture_now(), NULL, error));
}

static void test_alone(Store *store, const char *url)
{
    int64_t now = fixture_now(), id = story(store);
    WorkingText text = text_of(id, "Fog", "First.\n\nSecond!\n\nThird.\n");
    g_auto(WorkingSaved) saved = {0};
    assert_ok(working_keep(store, &text, 0, now, NULL, error));
    assert_ok(working_save(store, fixture_site(), &text, 1, now, &saved, error));
    g_assert_cmpint(saved.outcome, ==, WORKING_SAVED);
    g_assert_cmpint(saved.revision, ==, 2);
    assert_body(store, id, "Fog", text.body);
    assert_fails(working_read(store, id, 7, error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "");
}

static void test_merged(Store *store, const char *url)
{
    int64_t now = fixture_now(), id = story(store);
    other_saves(store, id, "Fog in the harbour", "First.\n\nSecond.\n\nThird, by Ilya.\n");
    WorkingText text = text_of(id, "Fog", "First, by Vera.\n\nSecond.\n\nThird.\n");
    g_auto(WorkingSaved) saved = {0};
    assert_ok(working_save(store, fixture_site(), &text, 1, now, &saved, error));
    g_assert_cmpint(saved.outcome, ==, WORKING_MERGED);
    g_assert_cmpstr(saved.theirs, ==, "Ilya Sten");
    assert_body(store, id, "Fog in the harbour", "First, by Vera.\n\nSecond.\n\nThird, by Ilya.\n");
}

static void test_conflict(Store *store, const char *url)
{
    int64_t now = fixture_now(), id = story(store);
    other_saves(store, id, "Mist", "First.\n\nSecond, by Ilya.\n\nThird.\n");
    WorkingText text = text_of(id, "Haze", "First.\n\nSecond, by Vera.\n\nThird.\n");
    g_auto(WorkingSaved) saved = {0};
    assert_ok(working_save(store, fixture_site(), &text, 1, now, &saved, error));
    g_assert_cmpint(saved.outcome, ==, WORKING_CONFLICT);
    g_assert_cmpint(saved.revision, ==, 2);
    g_assert_cmpstr(saved.their_title, ==, "Mist");
    g_assert_null(saved.their_lead);
    assert_body(store, id, "Mist", "First.\n\nSecond, by Ilya.\n\nThird.\n"); /* untouched */
    g_autoptr(Working) both = working_read(store, id, 7, NULL);
    g_assert_true(merge_marked(both->body, NULL));
    g_assert_nonnull(strstr(both->body, "Second, by Vera."));
    g_assert_nonnull(strstr(both->body, "Second, by Ilya."));
    g_assert_cmpstr(both->title, ==, "Haze");
    g_assert_cmpint(both->base, ==, 2);
    /* With the marks in it, it does not go out; decided, it is saved. */
    text = text_of(id, "Haze", both->body);
    text.base = both->base;
    g_auto(WorkingSaved) again = {0};
    assert_ok(working_save(store, fixture_site(), &text, 1, now, &again, error));
    g_assert_cmpint(again.outcome, ==, WORKING_SAVED);
    assert_fails(story_publish(store, fixture_site(), id, now, error), KOLOKOL_ERROR_INVALID,
                 "line 3");
}

/* What another window has kept since stays; where both would need its place, nothing is done. */
static void test_windows(Store *store, const char *url)
{
    int64_t now = fixture_now(), id = story(store);
    WorkingText phone = text_of(id, "Fog", "First, on the phone.\n\nSecond.\n\nThird.\n");
    WorkingText desktop = text_of(id, "Fog", "First.\n\nSecond.\n\nThird, at the desk.\n");
    g_auto(WorkingSaved) saved = {0}, again = {0}, none = {0};
    assert_ok(working_keep(store, &phone, 0, now, NULL, error));
    assert_ok(working_save(store, fixture_site(), &desktop, 0, now, &saved, error));
    g_assert_true(saved.other);
    assert_body(store, id, "Fog", desktop.body);
    g_autoptr(Working) kept = working_read(store, id, 7, NULL);
    g_assert_cmpstr(kept->body, ==, phone.body);
    /* A form that meets a colleague's text and another window's has no place for both. */
    WorkingText third = text_of(id, "Fog", "First.\n\nSecond.\n\nThird, elsewhere.\n");
    assert_fails(working_save(store, fixture_site(), &third, 0, now, &none, error),
                 KOLOKOL_ERROR_CONFLICT, "another window");
    g_autoptr(Working) still = working_read(store, id, 7, NULL);
    g_assert_cmpstr(still->body, ==, phone.body);
    /* Saved itself, it is merged with the first. */
    assert_ok(working_save(store, fixture_site(), &phone, kept->serial, now, &again, error));
    g_assert_false(again.other);
    assert_body(store, id, "Fog", "First, on the phone.\n\nSecond.\n\nThird, at the desk.\n");
    assert_fails(working_read(store, id, 7, error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "");
    /* The same words are nobody else's. */
    desktop.base = again.revision;
    assert_ok(working_keep(store, &desktop, 0, now, NULL, error));
    assert_ok(working_save(store, fixture_site(), &desktop, 0, now, &none, error));
    g_assert_false(none.other);
    assert_fails(working_read(store, id, 7, error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "");
}

/* One window keeps, another saves that and types on: the first, which knows only the copy that has
 * ended, takes nothing of the next with it, neither where it saves nor where it has to decide. */
static void test_ended(Store *store, const char *url)
{
    int64_t now = fixture_now(), id = story(store), seen = 0;
    WorkingText a = text_of(id, "Fog", "First, of A.\n\nSecond.\n\nThird.\n"), b = a;
    g_auto(WorkingSaved) saved = {0}, again = {0}, none = {0};
    assert_ok(working_keep(store, &a, 0, now, &seen, error));
    assert_ok(working_save(store, fixture_site(), &a, seen, now + 1, &saved, error)); /* by B */
    b.base = saved.revision;
    b.body = "First, of A.\n\nSecond.\n\nThird, of B.\n";
    assert_ok(working_keep(store, &b, 0, now + 2, NULL, error));
    assert_ok(working_save(store, fixture_site(), &a, seen, now + 3, &again, error));
    g_assert_true(again.other);
    other_saves(store, id, "Fog", "First, of Ilya.\n\nSecond.\n\nThird.\n");
    a.body = "First, of A again.\n\nSecond.\n\nThird.\n";
    assert_fails(working_save(store, fixture_site(), &a, seen, now + 4, &none, error),
                 KOLOKOL_ERROR_CONFLICT, "another window");
    g_autoptr(Working) kept = working_read(store, id, 7, NULL);
    g_assert_cmpstr(kept->body, ==, b.body);
}

/* An imported text with CR LF comes back from a form without; that is no change. */
static void test_line_ends(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id = fixture_try(store, 0, NULL, "title", "Fog", "lead", "At six.", "body",
                             "a\r\n\r\nb\r\n", NULL);
    WorkingText text = text_of(id, "Fog", "a\n\nb\n");
    g_auto(WorkingSaved) saved = {0};
    assert_ok(working_save(store, fixture_site(), &text, 1, now, &saved, error));
    g_assert_cmpint(saved.revision, ==, 1);
    assert_body(store, id, "Fog", "a\r\n\r\nb\r\n");
    text.title = "";
    assert_fails(working_save(store, fixture_site(), &text, 1, now, &saved, error),
                 KOLOKOL_ERROR_INVALID, "title is missing");
}

/* A window that was open meanwhile brings nothing back. */
static void test_taken_down(Store *store, const char *url)
{
    int64_t now = fixture_now(), id = story(store);
    WorkingText text = text_of(id, "Fog", "secret");
    g_auto(WorkingSaved) saved = {0};
    Takedown how = {.reason = "", .person = ""};
    assert_ok(working_keep(store, &text, 0, now, NULL, error));
    assert_ok(story_takedown(store, fixture_site(), id, &how, now, error));
    assert_fails(working_keep(store, &text, 0, now, NULL, error), KOLOKOL_ERROR_CONFLICT,
                 "taken down");
    assert_fails(working_save(store, fixture_site(), &text, 1, now, &saved, error),
                 KOLOKOL_ERROR_CONFLICT, "taken down");
    g_autoptr(GPtrArray) none = working_list(store, id, NULL);
    g_assert_cmpuint(none->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/working-save/alone", test_alone);
    stores_test_add("/desk/working-save/merged", test_merged);
    stores_test_add("/desk/working-save/conflict", test_conflict);
    stores_test_add("/desk/working-save/windows", test_windows);
    stores_test_add("/desk/working-save/ended", test_ended);
    stores_test_add("/desk/working-save/line-ends", test_line_ends);
    stores_test_add("/desk/working-save/taken-down", test_taken_down);
    return g_test_run();
}
