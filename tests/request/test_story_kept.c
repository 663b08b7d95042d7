/*
 * Two people, or two windows of one, in one story of the office as whole requests: what either has
 * typed or set is not lost by what the other saves.
 */
#include "desk/story.h"
#include "doubles/stores.h"
#include "office_visitor.h"

static void body_is(Store *store, const char *expected)
{
    g_autofree char *body = NULL;
    StoryFormat format = STORY_HTML;
    g_assert_true(story_text(store, 1, &body, &format, NULL));
    g_assert_cmpstr(body, ==, expected);
}

/* Vera and Ilya, editors; Vera has begun story 1. */
typedef struct {
    Office *office;
    Browser vera, ilya;
} Room;

static void room_open(Room *room, Store *store)
{
    room->office = visitor_office(store);
    room->vera = (Browser)BROWSER(room->office);
    room->ilya = (Browser)BROWSER(room->office);
    visitor_sign_in(store, &room->vera, "Vera", ROLE_EDITOR);
    visitor_sign_in(store, &room->ilya, "Ilya", ROLE_EDITOR);
    visitor_leads(visitor_post(&room->vera, "/stories/new", "title", "Fog", NULL), "/stories/1");
}

static void room_clear(Room *room)
{
    browser_clear(&room->vera);
    browser_clear(&room->ilya);
    office_free(room->office);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Room, room_clear)

static void fields_are(Store *store, const char *caption, const char *credit, const char *alt)
{
    g_autoptr(Story) story = story_read(store, 1, NULL);
    g_assert_cmpstr(story->caption, ==, caption);
    g_assert_cmpstr(story->credit, ==, credit);
    g_assert_cmpstr(story->alt, ==, alt);
}

/* One types into the body, another sets fields: whatever page of the first is saved then, after
 * being kept, loaded again and merged, the other's fields stay. */
static void test_fields_stay(Store *store, const char *url)
{
    static const char *const save = "/stories/1/save";
    g_auto(Room) room = {0};
    room_open(&room, store);
    visitor_says(visitor_post(&room.vera, "/stories/1/keep", "title", "Fog", "body", "Typed.",
                              "base", "1", "serial", "0", "caption", "", "was-caption", "", "alt",
                              "", "was-alt", "", NULL),
                 200, "\"serial\":");
    visitor_leads(visitor_post(&room.ilya, save, "base", "1", "caption", "Quay", "was-caption", "",
                               "credit", "Ilya", "was-credit", "", "alt", "Crane", "was-alt", "",
                               NULL),
                  "/stories/1?done=saved");
    g_autoptr(HttpReply) page = browser_get(&room.vera, "/stories/1");
    g_autofree char *was = reply_field(page, "was-caption");
    g_autofree char *serial = reply_field(page, "serial");
    g_assert_true(reply_says(page, "Typed."));
    g_assert_true(reply_says(page, "name=\"caption\" type=\"text\" value=\"Quay\""));
    g_assert_cmpstr(was, ==, "Quay");
    /* The page that was open before, and adds a text of its own. */
    visitor_leads(visitor_post(&room.vera, save, "title", "Fog", "body", "Typed.", "base", "1",
                               "serial", serial, "caption", "", "was-caption", "", "credit", "",
                               "was-credit", "", "alt", "", "was-alt", "", "agency", "AFP",
                               "was-agency", "", NULL),
                  "/stories/1?done=saved");
    fields_are(store, "Quay", "Ilya", "Crane");
}

/* A field that both changed is said, with what is stored; then the next press decides. */
static void test_fields_met(Store *store, const char *url)
{
    static const char *const save = "/stories/1/save";
    g_auto(Room) room = {0};
    room_open(&room, store);
    visitor_leads(
        visitor_post(&room.ilya, save, "base", "1", "caption", "Quay <b>", "was-caption", "", NULL),
        "/stories/1?done=saved");
    g_autoptr(HttpReply) page =
        visitor_post(&room.vera, save, "title", "Fog", "body", "Typed.", "base", "1", "caption",
                     "Pier", "was-caption", "", "alt", "Crane", "was-alt", "", "serial", "0", NULL);
    g_assert_cmpuint(http_reply_status(page), ==, 409);
    g_assert_true(reply_says(page, "<dd dir=\"auto\">Quay &lt;b&gt;</dd>"));
    g_assert_true(reply_says(page, "Typed."));
    g_autofree char *was = reply_field(page, "was-caption");
    g_autofree char *serial = reply_field(page, "serial");
    g_assert_true(reply_says(page, "name=\"caption\" type=\"text\" value=\"Pier\""));
    g_assert_cmpstr(was, ==, "Quay &lt;b&gt;");
    g_assert_cmpstr(serial, !=, "0");
    fields_are(store, "Quay <b>", "", "");
    body_is(store, "");
    visitor_says(browser_get(&room.vera, "/stories/1"), 200,
                 "<dd dir=\"auto\">Quay &lt;b&gt;</dd>");
    visitor_leads(visitor_post(&room.vera, save, "title", "Fog", "body", "Typed.", "base", "1",
                               "caption", "Pier", "was-caption", "Quay <b>", "alt", "Crane",
                               "was-alt", "", "serial", serial, NULL),
                  "/stories/1?done=saved");
    fields_are(store, "Pier", "", "Crane");
}

/* Of the story's page, which says `text`. Caller frees. */
static char *serial_of(Browser *browser, const char *text)
{
    g_autoptr(HttpReply) page = browser_get(browser, "/stories/1");
    g_assert_true(reply_says(page, text));
    return reply_field(page, "serial");
}

/* A telephone has typed and kept; the page that stood open since saves. */
static void test_windows(Store *store, const char *url)
{
    static const char *const save = "/stories/1/save", *const keep = "/stories/1/keep";
    g_auto(Room) room = {0};
    room_open(&room, store);
    visitor_says(
        visitor_post(&room.vera, keep, "body", "On the phone.", "base", "1", "serial", "0", NULL),
        200, "serial");
    visitor_leads(visitor_post(&room.vera, save, "title", "Fog", "body", "", "lead", "At six.",
                               "base", "1", "serial", "0", NULL),
                  "/stories/1?done=other");
    visitor_says(browser_get(&room.vera, "/stories/1?done=other"), 200, "Another window of yours");
    visitor_says(browser_get(&room.vera, "/stories/1"), 200, "On the phone.");
    visitor_leads(
        visitor_post(&room.ilya, save, "title", "Fog", "body", "By Ilya.", "base", "2", NULL),
        "/stories/1?done=saved");
    g_autoptr(HttpReply) page = visitor_post(&room.vera, save, "title", "Fog", "body",
                                             "At the desk.", "base", "2", "serial", "0", NULL);
    g_assert_cmpuint(http_reply_status(page), ==, 409);
    g_assert_true(reply_says(page, "At the desk."));
    g_assert_true(reply_says(page, "data-loose"));
    g_autofree char *serial = serial_of(&room.vera, "On the phone.");
    visitor_leads(visitor_post(&room.vera, save, "title", "Fog", "lead", "At six.", "body",
                               "By Ilya. And Vera.", "base", "3", "serial", serial, NULL),
                  "/stories/1?done=saved");
    body_is(store, "By Ilya. And Vera.");
}

/* Window A has kept; B opens that, saves it and types on. A knows only the copy that has ended. */
static void test_windows_ended(Store *store, const char *url)
{
    static const char *const save = "/stories/1/save", *const keep = "/stories/1/keep";
    g_auto(Room) room = {0};
    room_open(&room, store);
    visitor_says(visitor_post(&room.vera, keep, "body", "A.", "base", "1", "serial", "0", NULL),
                 200, "serial");
    g_autofree char *seen = serial_of(&room.vera, "A.");
    visitor_leads(visitor_post(&room.vera, save, "title", "Fog", "body", "A.", "base", "1",
                               "serial", seen, NULL),
                  "/stories/1?done=saved");
    visitor_says(
        visitor_post(&room.vera, keep, "body", "Two hours of B.", "base", "2", "serial", "0", NULL),
        200, "serial");
    visitor_says(
        visitor_post(&room.vera, keep, "body", "A, and more.", "base", "1", "serial", seen, NULL),
        409, "nother window");
    visitor_leads(visitor_post(&room.vera, save, "title", "Fog", "body", "A.", "base", "1",
                               "serial", seen, NULL),
                  "/stories/1?done=other");
    visitor_leads(
        visitor_post(&room.ilya, save, "title", "Fog", "body", "By Ilya.", "base", "2", NULL),
        "/stories/1?done=saved");
    visitor_says(visitor_post(&room.vera, save, "title", "Fog", "body", "A, and more.", "base", "1",
                              "serial", seen, NULL),
                 409, "A, and more.");
    g_autofree char *now = serial_of(&room.vera, "Two hours of B.");
    g_assert_cmpstr(now, !=, seen);
    body_is(store, "By Ilya.");
}

/* The same form sent again, with names as they were typed: nobody else has changed them. */
static void test_again(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store);
    visitor_leads(visitor_post(&room.ilya, "/stories/new", "title", "Sea", NULL), "/stories/2");
    visitor_leads(visitor_post(&room.ilya, "/stories/2/save", "base", "1", "authors",
                               "Anna Lind, Ilya", "was-authors", "", "section", "City",
                               "was-section", "", "topics", "Fog", "was-topics", "", NULL),
                  "/stories/2?done=saved");
    for (unsigned i = 0; i < 2; i++) {
        visitor_leads(visitor_post(&room.vera, "/stories/1/save", "title", "Fog", "body", "A.",
                                   "base", "1", "serial", "0", "authors", "anna lind,ilya",
                                   "was-authors", "", "section", "city", "was-section", "",
                                   "topics", "FOG", "was-topics", "", NULL),
                      "/stories/1?done=saved");
    }
    g_autoptr(HttpReply) page = browser_get(&room.vera, "/stories/1");
    g_autofree char *serial = reply_field(page, "serial");
    g_assert_cmpstr(serial, ==, "0"); /* no working copy */
    g_assert_true(reply_says(page, "value=\"Anna Lind, Ilya\""));
}

/* A kind is said by its name, in the language of the office. */
static void test_kind_met(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store);
    visitor_leads(visitor_post(&room.ilya, "/stories/1/save", "base", "1", "kind", "opinion",
                               "was-kind", "story", NULL),
                  "/stories/1?done=saved");
    room.vera.language = "ru";
    visitor_says(visitor_post(&room.vera, "/stories/1/save", "base", "1", "kind", "live",
                              "was-kind", "story", NULL),
                 409, "<dd dir=\"auto\">Мнение</dd>");
}

/* An old version does not come back over a colleague's fix that was not seen: the page says who,
 * and the next press decides. */
static void test_restore_seen(Store *store, const char *url)
{
    static const char *const restore = "/stories/1/restore";
    g_auto(Room) room = {0};
    room_open(&room, store);
    visitor_leads(visitor_post(&room.vera, "/stories/1/save", "body", "Vera.", "base", "1", NULL),
                  "/stories/1?done=saved");
    g_autoptr(HttpReply) page = browser_get(&room.vera, "/stories/1/history/1");
    g_autofree char *seen = reply_field(page, "base");
    visitor_leads(visitor_post(&room.ilya, "/stories/1/save", "body", "Fixed.", "base", "2", NULL),
                  "/stories/1?done=saved");
    g_autoptr(HttpReply) stale =
        visitor_post(&room.vera, restore, "revision", "1", "base", seen, NULL);
    g_assert_cmpuint(http_reply_status(stale), ==, 409);
    g_assert_true(reply_says(stale, "since you opened this page, by Ilya"));
    g_assert_true(reply_says(stale, "href=\"/stories/1/history/3\""));
    body_is(store, "Fixed.");
    g_autofree char *again = reply_field(stale, "base");
    visitor_leads(visitor_post(&room.vera, restore, "revision", "1", "base", again, NULL),
                  "/stories/1?done=restored");
    body_is(store, "");
    visitor_says(visitor_post(&room.vera, restore, "revision", "9", NULL), 404, "no revision 9");
    visitor_says(visitor_post(&room.vera, restore, "revision", "x", "base", "x", NULL), 404, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/story-kept/fields-stay", test_fields_stay);
    stores_test_add("/request/story-kept/fields-met", test_fields_met);
    stores_test_add("/request/story-kept/windows", test_windows);
    stores_test_add("/request/story-kept/windows-ended", test_windows_ended);
    stores_test_add("/request/story-kept/again", test_again);
    stores_test_add("/request/story-kept/kind-met", test_kind_met);
    stores_test_add("/request/story-kept/restore-seen", test_restore_seen);
    return g_test_run();
}
