/*
 * Publishing as a whole request, with the paper's own press: the answer waits until the page stands
 * in the edition; what takes longer says so and can be looked at again.
 * Covers: src/desk/story_out_office.c.
 */
#include "base/file.h"
#include "desk/story.h"
#include "edition/reader.h"
#include "exact/newsroom.h"
#include "main/office_rows.h"
#include "office_browser.h"
#include "press_sql.h"

#include <string.h>

#define WORD "correct horse battery"

static Secret secret = {{7}};

typedef struct {
    TestNewsroom *newsroom;
    char *edition;
    Office *office;
    Browser vera;
} Room;

static void sign_in(Room *room)
{
    char codes[SECOND_CODES][SECOND_RECOVERY];
    Store *store = test_newsroom_store(room->newsroom);
    int64_t id = 0;
    g_assert_true(person_add(store, "Vera", "vera@bell.example", ROLE_EDITOR, 0, 1, &id, NULL));
    g_assert_true(person_set_password(store, id, WORD, 0, 1, NULL));
    g_assert_cmpuint(browser_sign_in(&room->vera, "vera@bell.example", WORD), ==, 303);
    http_reply_unref(browser_get(&room->vera, "/second-factor"));
    browser_set_up(&room->vera, codes);
}

static void room_open(Room *room)
{
    g_autoptr(GError) error = NULL;
    room->newsroom = test_newsroom_new(NULL, "en");
    test_newsroom_set(room->newsroom, "url", "https://bell.example");
    room->edition = g_build_filename(test_newsroom_folder(room->newsroom), "edition", NULL);
    OfficeOptions options = {.store = test_newsroom_store(room->newsroom),
                             .tables = office_tables,
                             .secret = &secret,
                             .edition_dir = room->edition,
                             .url = "http://office.localhost:8082"};
    room->office = office_new(&options, &error);
    g_assert_no_error(error);
    room->vera = (Browser)BROWSER(room->office);
    sign_in(room);
}

static void room_close(Room *room)
{
    browser_clear(&room->vera);
    office_free(room->office);
    g_free(room->edition);
    test_newsroom_free(room->newsroom);
}

/* While the answer is put off, the worker presses. */
static void press(void *data)
{
    test_newsroom_run(data, false);
}

static void posts(Room *room, const char *path, const char *body)
{
    g_autoptr(HttpReply) reply = browser_post(&room->vera, path, body);
    g_assert_cmpuint(http_reply_status(reply), ==, 303);
}

/* Opens the page that the last answer led to. */
static HttpReply *follow(Room *room)
{
    g_autofree char *path = g_strdup(room->vera.location);
    g_assert_nonnull(path);
    return browser_get(&room->vera, path);
}

static bool in_edition(const Room *room, const char *name)
{
    Hash hash;
    FILE_AUTO directory = directory_open(room->edition, false, NULL);
    g_autoptr(EditionReader) reader = edition_reader_open(directory, EDITION_READER_CACHE, NULL);
    return reader != NULL && edition_reader_find(reader, name, &hash, NULL);
}

static char *path_of(const Room *room)
{
    g_autoptr(Story) story = story_read(test_newsroom_store(room->newsroom), 1, NULL);
    return g_strdup(story->path);
}

static void begin(Room *room)
{
    posts(room, "/stories/new", "title=Fog");
    posts(room, "/stories/1/save", "title=Fog&body=The+fog.&base=1");
    g_assert_cmpstr(room->vera.location, ==, "/stories/1?done=saved"); /* nobody reads it yet */
}

static void test_waits(void)
{
    Room room = {0};
    room_open(&room);
    begin(&room);
    posts(&room, "/stories/1/publish", "");
    g_assert_true(g_str_has_prefix(room.vera.location, "/stories/1/out?done=published&since="));
    room.vera.meanwhile = press;
    room.vera.data = room.newsroom;
    g_autoptr(HttpReply) waited = follow(&room);
    g_assert_cmpuint(http_reply_status(waited), ==, 303);
    g_assert_true(g_str_has_prefix(room.vera.location, "/stories/1?done=published&live="));
    g_assert_false(g_str_has_suffix(room.vera.location, "live=0"));
    g_autofree char *path = path_of(&room);
    g_assert_true(in_edition(&room, path));
    g_autofree char *link = g_strdup_printf("<a href=\"https://bell.example/%s\">", path);
    g_autoptr(HttpReply) page = follow(&room);
    g_assert_true(reply_says(page, "Live after "));
    g_assert_true(reply_says(page, link));
    /* A correction and a changed word wait in the same way. */
    posts(&room, "/stories/1/correct", "correction=It+was+mist.");
    g_assert_true(g_str_has_prefix(room.vera.location, "/stories/1/out?done=corrected&since="));
    http_reply_unref(follow(&room));
    g_assert_true(g_str_has_prefix(room.vera.location, "/stories/1?done=corrected&live="));
    posts(&room, "/stories/1/save", "title=Fog&body=The+mist.&base=2");
    http_reply_unref(follow(&room));
    g_assert_true(g_str_has_prefix(room.vera.location, "/stories/1?done=saved&live="));
    posts(&room, "/stories/1/withdraw", "");
    http_reply_unref(follow(&room));
    g_assert_true(g_str_has_prefix(room.vera.location, "/stories/1?done=withdrawn&live="));
    g_autoptr(HttpReply) gone = follow(&room);
    g_assert_true(reply_says(gone, "Gone from readers"));
    g_assert_false(reply_says(gone, link));
    room_close(&room);
}

/* An entry waits as the story does, and its own address is told. */
static void test_entry(void)
{
    Room room = {0};
    room_open(&room);
    begin(&room);
    posts(&room, "/stories/1/live/begin", "");
    posts(&room, "/stories/1/live", "key=a&body=Nobody+reads+it+yet.");
    g_assert_cmpstr(room.vera.location, ==, "/stories/1/live?done=added&entry=1");
    posts(&room, "/stories/1/publish", "");
    posts(&room, "/stories/1/live", "key=b&body=The+first+box.");
    g_assert_true(g_str_has_prefix(room.vera.location, "/stories/1/out?done=added&entry=2&since="));
    http_reply_unref(follow(&room));
    g_assert_true(
        g_str_has_prefix(room.vera.location, "/stories/1/live?done=added&entry=2&since="));
    g_autoptr(HttpReply) early = follow(&room);
    g_assert_true(reply_says(early, "Readers do not have it yet"));
    g_assert_true(
        reply_says(early, "data-again=\"/stories/1/out?done=added&amp;entry=2&amp;since="));
    room.vera.meanwhile = press;
    room.vera.data = room.newsroom;
    g_autofree char *path = path_of(&room);
    g_autofree char *link = g_strdup_printf("<a href=\"https://bell.example/%s#e2\">", path);
    posts(&room, "/stories/1/live/2/save", "seen=1&headline=&body=The+second+box.");
    http_reply_unref(follow(&room));
    g_assert_true(
        g_str_has_prefix(room.vera.location, "/stories/1/live?done=changed&entry=2&live="));
    g_autoptr(HttpReply) page = follow(&room);
    g_assert_true(reply_says(page, "Live after "));
    g_assert_true(reply_says(page, link));
    g_autoptr(HttpReply) sent =
        browser_post(&room.vera, "/stories/1/live", "script=1&key=c&body=C");
    g_assert_cmpuint(http_reply_status(sent), ==, 201);
    g_assert_true(
        reply_says(sent, "\"out\":\"/stories/1/out?done=added\\u0026entry=3\\u0026since="));
    posts(&room, "/stories/1/live/2/remove", "seen=2");
    http_reply_unref(follow(&room));
    g_autoptr(HttpReply) removed = follow(&room);
    g_assert_true(reply_says(removed, "Undo: put it back"));
    g_assert_false(reply_says(removed, link)); /* there is no such place any more */
    room_close(&room);
}

/* With no press at work the answer comes after a second, and says what is missing. */
static void test_late(void)
{
    Room room = {0};
    room_open(&room);
    begin(&room);
    posts(&room, "/stories/1/publish", "");
    g_autofree char *again = g_strdup(room.vera.location);
    g_autoptr(HttpReply) waited = follow(&room);
    g_assert_cmpuint(http_reply_status(waited), ==, 303);
    g_assert_true(g_str_has_prefix(room.vera.location, "/stories/1?done=published&since="));
    g_autoptr(HttpReply) page = follow(&room);
    g_assert_true(reply_says(page, "Readers do not have it yet"));
    g_assert_true(reply_says(page, ">Look again</a>"));
    g_assert_true(reply_says(page, "data-again=\"/stories/1/out?done=published&amp;since="));
    press(room.newsroom);
    http_reply_unref(browser_get(&room.vera, again));
    g_assert_true(g_str_has_prefix(room.vera.location, "/stories/1?done=published&live="));
    room_close(&room);
}

/* A page that cannot be made is told with its reason, and nobody waits for it. */
static void test_fails(void)
{
    Room room = {0};
    room_open(&room);
    begin(&room);
    posts(&room, "/stories/1/publish", "");
    g_autofree char *again = g_strdup(room.vera.location);
    press(room.newsroom);
    g_assert_true(press_failure_put(test_newsroom_store(room.newsroom), "story:1",
                                    "a <picture> is missing", 1, NULL));
    http_reply_unref(browser_get(&room.vera, again));
    g_autoptr(HttpReply) page = follow(&room);
    g_assert_true(reply_says(page, "could not make this page: a &lt;picture&gt; is missing"));
    g_assert_false(reply_says(page, "data-again"));
    room_close(&room);
}

/* Whatever stands in the address: a moment to come, no number, a story that nobody reads. */
static void test_hostile(void)
{
    static const char *const asked[] = {"/stories/1/out", "/stories/1/out?since=x&done=<b>",
                                        "/stories/1/out?since=9223372036854775807",
                                        "/stories/1/out?since=1&done=saved",
                                        "/stories/1/out?since=-5"};
    Room room = {0};
    room_open(&room);
    begin(&room);
    for (unsigned i = 0; i < G_N_ELEMENTS(asked); i++) {
        http_reply_unref(browser_get(&room.vera, asked[i]));
        g_assert_true(g_str_has_prefix(room.vera.location, "/stories/1?done="));
        g_assert_null(strpbrk(room.vera.location, "<>\"&"));
    }
    g_autoptr(HttpReply) none = browser_get(&room.vera, "/stories/99/out?since=1");
    g_assert_cmpuint(http_reply_status(none), ==, 404);
    g_autoptr(HttpReply) draft = browser_get(&room.vera, "/stories/1?done=published&live=12");
    g_assert_cmpuint(http_reply_status(draft), ==, 200);
    g_assert_false(reply_says(draft, "id=\"out\""));
    room_close(&room);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/request/story-out/waits", test_waits);
    g_test_add_func("/request/story-out/entry", test_entry);
    g_test_add_func("/request/story-out/late", test_late);
    g_test_add_func("/request/story-out/fails", test_fails);
    g_test_add_func("/request/story-out/hostile", test_hostile);
    return g_test_run();
}
