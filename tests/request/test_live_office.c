/*
 * A live story in the office as whole requests: entering with and without script, once by its key,
 * two people at a time, an entry that waits for an editor, changing, removing and bringing back.
 * Covers: src/desk/live_office.c, src/desk/live_view.c, src/office/answer.c.
 */
#include "desk/import.h"
#include "desk/live.h"
#include "desk/story_desk.h"
#include "doubles/stores.h"
#include "main/office_rows.h"
#include "office_browser.h"

#include <string.h>

#define WORD "correct horse battery"

static Secret secret = {{7}};

/* An office with a reporter and an editor in it. */
typedef struct {
    Office *office;
    Browser reporter, editor;
} Room;

static void room_clear(Room *room)
{
    browser_clear(&room->reporter);
    browser_clear(&room->editor);
    office_free(room->office);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Room, room_clear)

static void come_in(Store *store, Browser *browser, Office *office, const char *email, Role role)
{
    char codes[SECOND_CODES][SECOND_RECOVERY];
    int64_t id = 0;
    *browser = (Browser)BROWSER(office);
    g_assert_true(person_add(store, email, email, role, 0, 1, &id, NULL));
    g_assert_true(person_set_password(store, id, WORD, 0, 1, NULL));
    g_assert_cmpuint(browser_sign_in(browser, email, WORD), ==, 303);
    if (g_str_has_prefix(browser->location, "/second-factor")) {
        browser_set_up(browser, codes);
    }
    http_reply_unref(browser_get(browser, "/account")); /* a page with a token */
}

static void room_open(Room *room, Store *store)
{
    g_autoptr(GError) error = NULL;
    OfficeOptions options = {.store = store,
                             .tables = office_tables,
                             .secret = &secret,
                             .url = "http://office.localhost"};
    room->office = office_new(&options, &error);
    g_assert_no_error(error);
    come_in(store, &room->reporter, room->office, "rita@bell.example", ROLE_REPORTER);
    come_in(store, &room->editor, room->office, "ed@bell.example", ROLE_EDITOR);
}

/* Story 1: live, and out or a draft. */
static void put_story(Store *store, const char *status)
{
    g_auto(StoryDesk) desk = {0};
    g_auto(StoryPut) put = {0};
    g_autoptr(StoryInput) input = story_input_new();
    g_autoptr(GError) error = NULL;
    const char *const fields[][2] = {{"title", "Vote"},
                                     {"kind", "live"},
                                     {"body", "Text."},
                                     {"status", status},
                                     {"date", "2026-11-20"}};
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        story_input_set(input, fields[i][0], fields[i][1], strlen(fields[i][1]), &error);
        g_assert_no_error(error);
    }
    g_assert_true(story_desk_open(store, &desk, &error));
    story_put(store, &desk.site, input, STORY_PUT_PUBLISH, 1, &put, &error);
    g_assert_no_error(error);
    g_assert_cmpint(put.id, ==, 1);
}

/* What readers see: "headline/body;…", newest first. */
static void assert_entries(Store *store, const char *expected)
{
    g_autoptr(GPtrArray) list = live_list(store, 1, NULL);
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++) {
        const LiveEntry *entry = list->pdata[i];
        g_string_append_printf(all, "%s/%s;", entry->headline, entry->body);
    }
    g_assert_cmpstr(all->str, ==, expected);
}

static void assert_post(Browser *browser, const char *path, const char *body, unsigned status)
{
    g_autoptr(HttpReply) reply = browser_post(browser, path, body);
    g_assert_cmpuint(http_reply_status(reply), ==, status);
}

static void test_enter(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store);
    put_story(store, "published");
    g_autoptr(HttpReply) page = browser_get(&room.editor, "/stories/1/live");
    g_autofree char *key = reply_field(page, "key");
    g_assert_cmpuint(strlen(key), ==, 32);
    g_autofree char *body =
        g_strdup_printf("key=%s&headline=Boxes+%%3Cb%%3E&body=They+arrive.", key);
    for (unsigned i = 0; i < 2; i++) { /* a second click is no second entry */
        assert_post(&room.editor, "/stories/1/live", body, 303);
    }
    assert_entries(store, "Boxes <b>/They arrive.;");
    assert_post(&room.editor, "/stories/1/live", "key=b&body=Old.&time=2026-11-20T08:00", 303);
    assert_entries(store, "Boxes <b>/They arrive.;/Old.;");
    g_autoptr(HttpReply) list = browser_get(&room.editor, "/stories/1/live?done=added");
    g_assert_true(reply_says(list, "<h3>Boxes &lt;b&gt;</h3>"));
    g_assert_true(reply_says(list, "The entry is in"));
    static const char *const bad[] = {
        "key=c&body=+&headline=", "key=c&body=x&time=2099-01-01T00:00", "key=c&body=x&time=soon"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(HttpReply) wrong = browser_post(&room.editor, "/stories/1/live", bad[i]);
        g_assert_cmpuint(http_reply_status(wrong), ==, 422);
        g_assert_true(reply_says(wrong, "name=\"key\" value=\"c\"")); /* the same when sent again */
    }
    assert_post(&room.editor, "/stories/9/live", "key=c&body=x", 404);
    g_autofree char *long_key = g_strnfill(LIVE_KEY + 1, 'k');
    g_autofree char *long_body = g_strconcat("body=x&key=", long_key, NULL);
    assert_post(&room.editor, "/stories/1/live", long_body, 422);
}

/* Other words under a key that is taken, as when somebody goes back in the browser and writes on:
 * they are not taken for the entry that is there, and come back under a key of their own. */
static void test_other_words(Store *store, const char *url)
{
    static const char *const path = "/stories/1/live";
    g_auto(Room) room = {0};
    room_open(&room, store);
    put_story(store, "published");
    assert_post(&room.editor, path, "key=a&body=First.", 303);
    g_autoptr(HttpReply) other = browser_post(&room.editor, path, "key=a&body=First.+And+more.");
    g_assert_cmpuint(http_reply_status(other), ==, 409);
    g_assert_true(reply_says(other, "First. And more.</textarea>"));
    g_assert_true(reply_says(other, "has entered other words already"));
    g_autofree char *key = reply_field(other, "key");
    g_assert_cmpuint(strlen(key), ==, 32);
    g_autoptr(HttpReply) script =
        browser_post(&room.editor, path, "script=1&key=a&body=First.+And+more.");
    g_assert_cmpuint(http_reply_status(script), ==, 409);
    g_assert_true(reply_says(script, "\"moved\":false"));
    /* The same again is the same, though a colleague has changed the entry. */
    assert_post(&room.editor, "/stories/1/live/1/save", "seen=1&body=Changed.", 303);
    assert_post(&room.editor, path, "key=a&body=First.", 303);
    assert_post(&room.editor, path, "script=1&key=a&body=First.", 201);
    assert_entries(store, "/Changed.;");
    g_autofree char *again = g_strdup_printf("key=%s&body=First.+And+more.", key);
    assert_post(&room.editor, path, again, 303);
    assert_entries(store, "/First. And more.;/Changed.;");
}

static void test_script(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store);
    put_story(store, "published");
    for (unsigned i = 0; i < 2; i++) {
        g_autoptr(HttpReply) sent =
            browser_post(&room.editor, "/stories/1/live", "script=1&key=a&body=One&typed=1");
        g_assert_cmpuint(http_reply_status(sent), ==, 201);
        g_assert_true(reply_says(sent, "{\"entry\":1,\"waiting\":false}"));
    }
    g_autoptr(HttpReply) wrong =
        browser_post(&room.editor, "/stories/1/live", "script=1&key=b&body=");
    g_assert_cmpuint(http_reply_status(wrong), ==, 422);
    g_assert_true(reply_says(wrong, "{\"problem\":\"the entry has no text"));
    g_autoptr(LiveEntry) entry = live_read(store, 1, NULL);
    int64_t now = entry->time; /* 1970 is too long ago: now */
    g_autofree char *typed =
        g_strdup_printf("script=1&key=c&body=Two&typed=%" G_GINT64_FORMAT, now / 1000 - 60 * 1000);
    assert_post(&room.editor, "/stories/1/live", typed, 201);
    assert_entries(store, "/One;/Two;"); /* which was typed before */
}

/* The reporter's entry is seen by readers when an editor says so. */
static void test_waiting(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store);
    put_story(store, "published");
    assert_post(&room.reporter, "/stories/1/live", "key=a&body=From+the+square.", 303);
    g_assert_cmpstr(room.reporter.location, ==, "/stories/1/live?done=waits");
    assert_entries(store, "");
    g_autoptr(HttpReply) hers = browser_get(&room.reporter, "/stories/1/live");
    g_assert_true(reply_says(hers, "waits for an editor"));
    g_assert_false(reply_says(hers, "/live/1/release"));
    assert_post(&room.reporter, "/stories/1/live/1/release", "seen=1", 403);
    assert_post(&room.reporter, "/stories/1/live/1/save", "seen=1&headline=&body=From+there.", 303);
    g_autoptr(HttpReply) his = browser_get(&room.editor, "/stories/1/live");
    g_assert_true(reply_says(his, "/live/1/release"));
    assert_post(&room.editor, "/stories/1/live/1/release", "seen=1", 409); /* not what he saw */
    assert_post(&room.editor, "/stories/1/live/1/release", "seen=2", 303);
    assert_entries(store, "/From there.;");
    g_autoptr(HttpReply) late =
        browser_post(&room.reporter, "/stories/1/live/1/save", "seen=3&body=Mine+alone");
    g_assert_cmpuint(http_reply_status(late), ==, 403);
    g_assert_true(reply_says(late, "Mine alone")); /* what she typed is not lost with the refusal */
    assert_post(&room.reporter, "/stories/1/live/1/remove", "seen=3", 403);
    assert_entries(store, "/From there.;");
}

/* Two at a time: each entry is there, and nobody writes over a change not seen. */
static void test_two(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store);
    put_story(store, "draft");
    http_reply_unref(browser_get(&room.reporter, "/stories/1/live"));
    http_reply_unref(browser_get(&room.editor, "/stories/1/live"));
    assert_post(&room.reporter, "/stories/1/live", "key=a&body=A&time=2026-11-20T08:00", 303);
    assert_post(&room.editor, "/stories/1/live", "key=b&body=B&time=2026-11-20T08:01", 303);
    assert_entries(store, "/B;/A;");
    g_autoptr(HttpReply) one = browser_get(&room.reporter, "/stories/1/live/1");
    g_autoptr(HttpReply) two = browser_get(&room.editor, "/stories/1/live/1");
    g_autofree char *seen = reply_field(two, "seen");
    g_assert_cmpstr(seen, ==, "1");
    g_assert_true(reply_says(one, ">\nA</textarea>"));
    assert_post(&room.editor, "/stories/1/live/1/save", "seen=1&headline=&body=His", 303);
    g_autoptr(HttpReply) met =
        browser_post(&room.reporter, "/stories/1/live/1/save", "seen=1&headline=&body=Hers");
    g_assert_cmpuint(http_reply_status(met), ==, 409);
    g_assert_true(reply_says(met, ">\nHers</textarea>"));
    g_assert_true(reply_says(met, ">His</p>"));
    assert_entries(store, "/B;/His;");
    assert_post(&room.reporter, "/stories/1/live/1/save", "headline=&body=Hers", 409);
    assert_post(&room.reporter, "/stories/1/live/1/save", "seen=2&headline=&body=Hers", 303);
    assert_entries(store, "/B;/Hers;");
}

static void test_remove(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store);
    put_story(store, "published");
    assert_post(&room.editor, "/stories/1/live", "key=a&body=A", 303);
    assert_post(&room.editor, "/stories/1/live/1/remove", "seen=1", 303);
    g_assert_cmpstr(room.editor.location, ==, "/stories/1/live?done=removed&entry=1");
    assert_entries(store, "");
    g_autoptr(HttpReply) page = browser_get(&room.editor, room.editor.location);
    g_assert_true(reply_says(page, "Undo: put it back"));
    g_assert_true(reply_says(page, "Removed entries"));
    assert_post(&room.editor, "/stories/1/live/1/restore", "", 303);
    assert_entries(store, "/A;");
    assert_post(&room.editor, "/stories/1/live/9/remove", "seen=1", 404);
    g_autoptr(HttpReply) get = browser_get(&room.editor, "/stories/1/live/1/remove");
    g_assert_cmpuint(http_reply_status(get), ==, 405);
}

/* An ordinary story becomes a live one. */
static void test_begin(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store);
    assert_post(&room.reporter, "/stories/new", "language=en&title=Fog", 303);
    assert_post(&room.reporter, "/stories/1/live", "key=a&body=A", 422);
    g_autoptr(HttpReply) story = browser_get(&room.reporter, "/stories/1");
    g_assert_true(reply_says(story, "href=\"/stories/1/live\""));
    g_autoptr(HttpReply) page = browser_get(&room.reporter, "/stories/1/live");
    g_assert_true(reply_says(page, "This is no live story yet"));
    assert_post(&room.reporter, "/stories/1/live/begin", "", 303);
    assert_post(&room.reporter, "/stories/1/live", "key=a&body=A", 303);
    assert_entries(store, "/A;");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/live-office/enter", test_enter);
    stores_test_add("/request/live-office/other-words", test_other_words);
    stores_test_add("/request/live-office/script", test_script);
    stores_test_add("/request/live-office/waiting", test_waiting);
    stores_test_add("/request/live-office/two", test_two);
    stores_test_add("/request/live-office/remove", test_remove);
    stores_test_add("/request/live-office/begin", test_begin);
    return g_test_run();
}
