/*
 * What makes the paper beside its stories, as whole requests: the page that leads there, and for
 * each role what it may.
 * Covers: src/office/paper_page.c, src/desk/front_office.c, src/desk/front_view.c,
 * src/desk/front_view_slot.c, src/desk/language_choice.c, src/desk/paper_work.c,
 * src/desk/redirect_office.c, src/desk/section_office.c, src/desk/name_office.c.
 */
#include "base/clock.h"
#include "base/error.h"
#include "desk/author.h"
#include "desk/breaking.h"
#include "desk/front.h"
#include "desk/import.h"
#include "desk/redirect.h"
#include "desk/section.h"
#include "desk/story_desk.h"
#include "desk/topic.h"
#include "doubles/stores.h"
#include "main/job_rows.h"
#include "main/office_rows.h"
#include "office/frame.h"
#include "office_browser.h"
#include "press/setting.h"
#include "staff/audit.h"

#include <string.h>

#define WORD "correct horse battery"

static Secret secret = {{7}};

/* An office and somebody signed in at it. */
typedef struct {
    Office *office;
    Browser browser;
} Room;

static void room_clear(Room *room)
{
    browser_clear(&room->browser);
    office_free(room->office);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Room, room_clear)

static void room_open(Room *room, Store *store, const OfficeRoute *const *tables, Role role)
{
    g_autoptr(GError) error = NULL;
    OfficeOptions options = {
        .store = store, .tables = tables, .secret = &secret, .url = "http://office.localhost"};
    g_autofree char *email = g_strconcat(role_name(role), "@bell.example", NULL);
    char codes[SECOND_CODES][SECOND_RECOVERY];
    int64_t id = 0;
    room->office = office_new(&options, &error);
    g_assert_no_error(error);
    room->browser = (Browser)BROWSER(room->office);
    room->browser.address = (uint8_t)(role + 1);
    g_assert_true(person_add(store, "Anna", email, role, 0, 1, &id, &error));
    g_assert_true(person_set_password(store, id, WORD, 0, 1, &error));
    g_assert_cmpuint(browser_sign_in(&room->browser, email, WORD), ==, 303);
    if (g_str_has_prefix(room->browser.location, "/second-factor")) {
        browser_set_up(&room->browser, codes);
    }
    http_reply_unref(browser_get(&room->browser, "/account")); /* a page with a token */
}

/* ---- The paper ------------------------------------------------------------------------------ */

static HttpReply *answer_nothing(OfficeVisit *visit)
{
    return office_not_found(visit);
}

/* Its lines are the rows that name a text for it and that the role may open. */
static void test_paper(Store *store, const char *url)
{
    static const OfficeRoute here[] = {{.name = "one",
                                        .method = HTTP_GET,
                                        .path = "/one",
                                        .permission = PERMISSION_PUBLISH,
                                        .answer = answer_nothing,
                                        .paper = "office_stories",
                                        .help = "-"},
                                       {.name = "two",
                                        .method = HTTP_GET,
                                        .path = "/two",
                                        .permission = PERMISSION_SETTINGS,
                                        .answer = answer_nothing,
                                        .paper = "office_pictures",
                                        .help = "-"},
                                       {.name = NULL}};

    static const struct {
        Role role;
        bool one, two;
    } cases[] = {{ROLE_EDITOR, true, false},
                 {ROLE_CHIEF, true, true},
                 {ROLE_ADMINISTRATOR, false, true},
                 {ROLE_FUNDRAISER, false, false}};

    const OfficeRoute *tables[64] = {here};
    for (unsigned i = 0; office_tables[i] != NULL && i + 2 < G_N_ELEMENTS(tables); i++) {
        tables[i + 1] = office_tables[i];
    }
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Room) room = {0};
        room_open(&room, store, tables, cases[i].role);
        g_autoptr(HttpReply) page = browser_get(&room.browser, "/paper");
        g_assert_cmpuint(http_reply_status(page), ==, 200);
        g_assert_true(reply_says(page, "<a href=\"/paper\" aria-current=\"page\">"));
        g_assert_true(reply_says(page, "href=\"/one\"") == cases[i].one);
        g_assert_true(reply_says(page, "href=\"/two\"") == cases[i].two);
    }
}

/* A reporter has nothing there, hence no line in the menu. */
static void test_paper_closed(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store, office_tables, ROLE_REPORTER);
    g_autoptr(HttpReply) page = browser_get(&room.browser, "/paper");
    g_autoptr(HttpReply) stories = browser_get(&room.browser, "/stories");
    g_assert_cmpuint(http_reply_status(page), ==, 403);
    g_assert_false(reply_says(stories, "/paper"));
}

/* ---- The front ------------------------------------------------------------------------------ */

/* Three stories, of which C is the newest. */
static void three_stories(Store *store)
{
    static const char *const titles[] = {"A", "B", "C"};
    g_auto(StoryDesk) desk = {0};
    bool changed = false;
    g_assert_true(setting_set(store, "languages", "en,ru", &changed, NULL));
    g_assert_true(story_desk_open(store, &desk, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(titles); i++) {
        g_autofree char *date = g_strdup_printf("2026-01-0%zuT10:00:00", i + 1);
        g_autoptr(StoryInput) input = story_input_new();
        g_autoptr(GError) error = NULL;
        g_auto(StoryPut) done = {0};
        story_input_set(input, "title", titles[i], 1, NULL);
        story_input_set(input, "date", date, strlen(date), NULL);
        story_input_set(input, "section", "News", 4, NULL);
        story_input_set(input, "language", "en", 2, NULL);
        story_input_set(input, "body", "Text.", 5, NULL);
        story_put(store, &desk.site, input, STORY_PUT_PUBLISH, clock_now(), &done, &error);
        g_assert_no_error(error);
    }
}

static unsigned post(Browser *browser, const char *path, const char *body)
{
    g_autoptr(HttpReply) reply = browser_post(browser, path, body);
    return http_reply_status(reply);
}

/* "1:4 3:news" */
static char *slots_set(Store *store)
{
    g_autoptr(GPtrArray) slots = front_slots(store, "en", NULL);
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < slots->len; i++) {
        const FrontSlot *slot = slots->pdata[i];
        g_autofree char *story = g_strdup_printf("%d", (int)slot->story);
        g_string_append_printf(all, "%s%u:%s", i > 0 ? " " : "", slot->slot,
                               slot->section != NULL ? slot->section : story);
    }
    return g_string_free(all, FALSE);
}

/* Sends a form as the page that is open has it. */
static unsigned act(Room *room, const char *page, const char *path, const char *body)
{
    g_autoptr(HttpReply) open = browser_get(&room->browser, page);
    g_autofree char *version = reply_field(open, "version");
    g_autofree char *line = reply_field(open, "line");
    g_autofree char *whole = g_strdup_printf("%s&version=%s&line=%s", body, version, line);
    g_autoptr(HttpReply) reply = browser_post(&room->browser, path, whole);
    return http_reply_status(reply);
}

#define assert_set(store, expected)                                                                \
    do {                                                                                           \
        g_autofree char *now_set = slots_set(store);                                               \
        g_assert_cmpstr(now_set, ==, expected);                                                    \
    } while (0)

static void test_front(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    three_stories(store);
    room_open(&room, store, office_tables, ROLE_EDITOR);
    g_autoptr(HttpReply) page = browser_get(&room.browser, "/front");
    g_assert_cmpuint(http_reply_status(page), ==, 200);
    g_assert_true(reply_says(page, ">C</a>"));
    g_assert_cmpuint(act(&room, "/front", "/front/move", "from=3&story=1&to=1"), ==, 303);
    g_assert_cmpstr(room.browser.location, ==, "/front?language=en&done=1&at=1#slot-1");
    assert_set(store, "1:1");
    g_assert_cmpuint(act(&room, "/front", "/front/move", "from=1&story=1&to=2"), ==, 303);
    assert_set(store, "2:1");
    g_autoptr(HttpReply) slot = browser_get(&room.browser, "/front/2?language=en&words=b");
    g_assert_true(reply_says(slot, "value=\"2\" formaction=\"/front/put\""));
    g_assert_false(reply_says(slot, "value=\"3\" formaction=\"/front/put\""));
    g_assert_cmpuint(act(&room, "/front/2", "/front/put", "to=2&story=2&place=1"), ==, 303);
    assert_set(store, "2:2 3:1");
    g_assert_cmpuint(act(&room, "/front/2", "/front/put", "to=2&story=3"), ==, 303);
    assert_set(store, "2:3 3:1");
    g_assert_cmpuint(act(&room, "/front/1", "/front/section", "to=1&section=news"), ==, 303);
    assert_set(store, "1:news 2:3 3:1");
    g_assert_cmpuint(act(&room, "/front", "/front/free", "from=2&to=2"), ==, 303);
    assert_set(store, "1:news 3:1");
    g_assert_cmpuint(act(&room, "/front/1", "/front/put", "to=1&story=2&until=2090-01-01T10:00"),
                     ==, 303);
    g_autoptr(GPtrArray) slots = front_slots(store, "en", NULL);
    g_assert_cmpint(((FrontSlot *)slots->pdata[0])->until, <, INT64_MAX);
    g_assert_cmpint(((FrontSlot *)slots->pdata[0])->until, >, clock_now());
}

static void test_front_refused(Store *store, const char *url)
{
    static const char *const bad[][2] = {
        {"/front/put", "to=0&story=1"},
        {"/front/put", "to=61&story=1"},
        {"/front/put", "to=1&story=x"},
        {"/front/put", "to=1&story=1&until=2000-01-01T10:00"},
        {"/front/put", "to=1&story=1&until=soon"},
        {"/front/move", "from=9&to=1"},
        {"/front/move", "to=1&story=1"},
        {"/front/breaking", "text="},
        {"/front/move", "from=1&to=2&story=1&language=xx"},
    };
    g_auto(Room) room = {0};
    three_stories(store);
    room_open(&room, store, office_tables, ROLE_EDITOR);
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_cmpuint(act(&room, "/front", bad[i][0], bad[i][1]), ==, 422);
    }
    g_assert_cmpuint(act(&room, "/front", "/front/put", "to=1&story=99"), ==, 404);
    g_assert_cmpuint(act(&room, "/front", "/front/section", "to=1&section=no"), ==, 404);
    g_assert_cmpuint(act(&room, "/front?language=ru", "/front/put", "language=ru&to=1&story=1"), ==,
                     422); /* in another language */
    assert_set(store, "");
    g_autoptr(HttpReply) none = browser_get(&room.browser, "/front/61");
    g_autoptr(HttpReply) xx = browser_get(&room.browser, "/front?language=xx");
    g_assert_cmpuint(http_reply_status(none), ==, 404);
    g_assert_cmpuint(http_reply_status(xx), ==, 422);
}

/* Who comes second is shown what is there, and may do it all the same. */
static void test_front_second(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    three_stories(store);
    room_open(&room, store, office_tables, ROLE_EDITOR);
    g_autoptr(HttpReply) open = browser_get(&room.browser, "/front");
    g_autofree char *old = reply_field(open, "version");
    g_assert_cmpuint(act(&room, "/front", "/front/put", "to=1&story=1"), ==, 303);
    g_autofree char *body = g_strdup_printf("to=1&story=2&place=1&version=%s", old);
    g_autoptr(HttpReply) refused = browser_post(&room.browser, "/front/put", body);
    g_assert_cmpuint(http_reply_status(refused), ==, 409);
    assert_set(store, "1:1");
    g_assert_true(reply_says(refused, "action=\"/front/put\""));
    g_assert_true(reply_says(refused, "name=\"story\" value=\"2\""));
    g_assert_true(reply_says(refused, "name=\"place\" value=\"1\""));
    g_assert_cmpuint(act(&room, "/front", "/front/put", "to=1&story=2&place=1"), ==, 303);
    assert_set(store, "1:2 2:1");
}

static bool count_row(const AuditRow *row, void *data, GError **error)
{
    unsigned *count = data;
    *count += g_str_has_prefix(row->action, "breaking.") ? 1 : 0;
    return true;
}

/* A draft under embargo. */
static int64_t promised(Store *store)
{
    g_auto(StoryDesk) desk = {0};
    g_auto(StoryPut) done = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(StoryInput) input = story_input_new();
    g_assert_true(story_desk_open(store, &desk, NULL));
    story_input_set(input, "title", "Promised", strlen("Promised"), NULL);
    story_input_set(input, "language", "en", strlen("en"), NULL);
    story_input_set(input, "embargo", "2199-01-02", strlen("2199-01-02"), NULL);
    story_put(store, &desk.site, input, 0, clock_now(), &done, &error);
    g_assert_no_error(error);
    return done.id;
}

static void test_breaking(Store *store, const char *url)
{
    unsigned rows = 0;
    g_auto(Room) room = {0};
    three_stories(store);
    room_open(&room, store, office_tables, ROLE_EDITOR);
    g_autoptr(HttpReply) open = browser_get(&room.browser, "/front");
    g_autofree char *old = reply_field(open, "line");
    g_assert_cmpuint(act(&room, "/front", "/front/breaking", "text=Fire+at+the+%3Cb%3E&link=2"), ==,
                     303);
    g_autoptr(Breaking) line = breaking_read(store, "en", clock_now(), NULL);
    g_assert_cmpstr(line->text, ==, "Fire at the <b>");
    g_assert_cmpint(line->story, ==, 2);
    g_autofree char *body = g_strdup_printf("text=Other&line=%s", old);
    g_autoptr(HttpReply) second = browser_post(&room.browser, "/front/breaking", body);
    g_assert_cmpuint(http_reply_status(second), ==, 409);
    g_assert_true(reply_says(second, "Fire at the &lt;b&gt;"));
    g_assert_true(reply_says(second, "name=\"text\" value=\"Other\""));
    g_assert_cmpuint(act(&room, "/front", "/front/breaking", "text=X&link=nowhere"), ==, 404);
    g_assert_cmpint(promised(store), ==, 4);
    g_assert_cmpuint(act(&room, "/front", "/front/breaking", "text=X&link=4"), ==, 422);
    g_autoptr(Breaking) kept = breaking_read(store, "en", clock_now(), NULL);
    g_assert_cmpint(kept->story, ==, 2);
    g_assert_cmpuint(act(&room, "/front", "/front/breaking/clear", ""), ==, 303);
    g_assert_null(breaking_read(store, "en", clock_now(), NULL));
    g_assert_true(audit_list(store, 0, 100, count_row, &rows, NULL));
    g_assert_cmpuint(rows, ==, 2);
}

/* ---- Sections ------------------------------------------------------------------------------- */

static void test_sections(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    three_stories(store);
    room_open(&room, store, office_tables, ROLE_CHIEF);
    Browser *browser = &room.browser;
    g_assert_cmpuint(post(browser, "/sections", "language=en&name=Sea+%3Cb%3E"), ==, 303);
    g_assert_cmpuint(post(browser, "/sections", "language=en&name=News"), ==, 409);
    g_assert_cmpuint(post(browser, "/sections", "language=en&name="), ==, 422);
    g_assert_cmpuint(post(browser, "/sections/sea-b/move", "language=en&to=1"), ==, 303);
    g_assert_cmpuint(post(browser, "/sections/sea-b/move", "language=en&to=x"), ==, 422);
    g_assert_cmpuint(post(browser, "/sections/none/move", "language=en&to=1"), ==, 404);
    g_autoptr(HttpReply) list = browser_get(browser, "/sections");
    g_assert_true(reply_says(list, "Sea &lt;b&gt;"));
    g_assert_cmpuint(post(browser, "/sections/sea-b", "language=en&name=Sea&about=Ships.&hidden=1"),
                     ==, 303);
    g_autoptr(Section) sea = section_read(store, "en", "sea-b", NULL);
    g_assert_cmpstr(sea->name, ==, "Sea");
    g_assert_cmpstr(sea->about, ==, "Ships.");
    g_assert_true(sea->hidden);
    g_assert_cmpint(sea->position, ==, 1);
    g_autoptr(HttpReply) one = browser_get(browser, "/sections/sea-b?language=en");
    g_assert_true(reply_says(one, "value=\"1\" checked"));
    g_assert_cmpuint(post(browser, "/sections/sea-b", "language=en&name=+&about=Kept."), ==, 422);
    g_assert_cmpuint(post(browser, "/sections/sea-b", "language=ru&name=Sea"), ==, 404);
    g_autoptr(Section) same = section_read(store, "en", "sea-b", NULL);
    g_assert_cmpstr(same->about, ==, "Ships.");
}

/* ---- Topics and redirects ------------------------------------------------------------------- */

static void topics_put(Store *store)
{
    static const char *const names[] = {"Sea", "Ships <b>", "\u0410\u043d\u043d\u0430"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *slug = NULL;
        g_assert_true(topic_ensure(store, "en", names[i], &slug, NULL, NULL));
    }
}

static void test_topics(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    three_stories(store);
    topics_put(store);
    room_open(&room, store, office_tables, ROLE_EDITOR);
    Browser *browser = &room.browser;
    g_autoptr(HttpReply) list = browser_get(browser, "/topics?words=SHIP");
    g_assert_true(reply_says(list, "Ships &lt;b&gt;"));
    g_assert_false(reply_says(list, "/topics/sea"));
    g_autoptr(HttpReply) folded = browser_get(browser, "/topics?words=%D0%90%D0%9D%D0%9D");
    g_assert_true(reply_says(folded, "/topics/anna"));
    g_assert_cmpuint(post(browser, "/topics/sea", "language=en&name=The+sea&about=Salt."), ==, 303);
    g_assert_cmpuint(post(browser, "/topics/sea", "language=en&name="), ==, 422);
    g_assert_cmpuint(post(browser, "/topics/none", "language=en&name=x"), ==, 404);
    g_assert_cmpuint(post(browser, "/topics/ships-b/merge", "into=sea"), ==, 422); /* not sure */
    g_assert_cmpuint(post(browser, "/topics/ships-b/merge", "into=none&sure=1"), ==, 404);
    g_assert_cmpuint(post(browser, "/topics/sea/merge", "into=The+sea&sure=1"), ==, 422);
    g_assert_cmpuint(post(browser, "/topics/ships-b/merge", "into=The+sea&sure=1"), ==, 303);
    g_assert_null(topic_read(store, "en", "ships-b", NULL));
    g_autoptr(HttpReply) one = browser_get(browser, "/topics/sea");
    g_assert_true(reply_says(one, "/topics/ships-b/release"));
    g_assert_true(reply_says(one, "Salt."));
    g_assert_cmpuint(post(browser, "/topics/ships-b/release", ""), ==, 303);
    g_assert_cmpuint(post(browser, "/topics/ships-b/release", ""), ==, 404);
}

/* Names as they are printed: listed with their stories, written otherwise, described, made one. */
static void test_authors(Store *store, const char *url)
{
    static const char *const names[] = {"Lind, Vera", "V. Lind", "Ilya <b>"};
    g_auto(Room) room = {0};
    three_stories(store);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *slug = NULL;
        g_assert_true(author_ensure(store, "en", names[i], &slug, NULL, NULL));
    }
    room_open(&room, store, office_tables, ROLE_EDITOR);
    Browser *browser = &room.browser;
    g_autoptr(HttpReply) paper = browser_get(browser, "/paper");
    g_assert_true(reply_says(paper, "href=\"/authors\""));
    g_autoptr(HttpReply) list = browser_get(browser, "/authors?words=lind");
    g_assert_true(reply_says(list, ">Lind, Vera</a>"));
    g_assert_true(reply_says(list, "/authors/v-lind"));
    g_assert_false(reply_says(list, "Ilya"));
    g_autoptr(HttpReply) all = browser_get(browser, "/authors");
    g_assert_true(reply_says(all, "Ilya &lt;b&gt;"));
    g_assert_cmpuint(post(browser, "/authors/lind-vera", "language=en&name=V.+Lind"), ==, 409);
    g_assert_cmpuint(post(browser, "/authors/lind-vera", "language=en&name=Vera+Lind&about=Sea."),
                     ==, 303);
    g_assert_cmpuint(post(browser, "/authors/none", "language=en&name=x"), ==, 404);
    g_assert_cmpuint(post(browser, "/authors/v-lind/merge", "into=Vera+Lind"), ==, 422);
    g_assert_cmpuint(post(browser, "/authors/v-lind/merge", "into=Vera+Lind&sure=1"), ==, 303);
    g_autoptr(HttpReply) one = browser_get(browser, "/authors/lind-vera");
    g_assert_true(reply_says(one, "value=\"Vera Lind\""));
    g_assert_true(reply_says(one, "Sea."));
    g_assert_true(reply_says(one, "/authors/v-lind/release"));
    g_autofree char *slug = NULL;
    g_assert_true(author_ensure(store, "en", "V. Lind", &slug, NULL, NULL));
    g_assert_cmpstr(slug, ==, "lind-vera");
}

/* Two have one form open: the second to save is told, and keeps what was typed; the next one
 * counts. `first` and `second` are what they send. */
static void second_learns(Store *store, Room *room, const char *path, const char *first,
                          const char *second, const char *stored)
{
    g_autofree char *page_path = g_strconcat(path, "?language=en", NULL);
    g_autoptr(HttpReply) open = browser_get(&room->browser, page_path);
    g_autofree char *seen = reply_field(open, "seen");
    g_autofree char *mine = g_strdup_printf("language=en&seen=%s&%s", seen, first);
    g_autofree char *theirs = g_strdup_printf("language=en&seen=%s&%s", seen, second);
    g_assert_cmpuint(post(&room->browser, path, mine), ==, 303);
    g_assert_cmpuint(post(&room->browser, path, mine), ==, 303); /* pressed twice */
    g_autoptr(HttpReply) told = browser_post(&room->browser, path, theirs);
    g_assert_cmpuint(http_reply_status(told), ==, 409);
    g_assert_true(reply_says(told, stored));
    g_assert_true(reply_says(told, "Theirs."));
    g_autofree char *fresh = reply_field(told, "seen");
    g_assert_cmpstr(fresh, !=, seen);
    g_autofree char *again = g_strdup_printf("language=en&seen=%s&%s", fresh, second);
    g_assert_cmpuint(post(&room->browser, path, again), ==, 303);
}

static void test_seen(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    g_autofree char *slug = NULL, *author = NULL;
    g_assert_true(section_ensure(store, "en", "City", &slug, NULL, NULL));
    g_assert_true(author_ensure(store, "en", "Ivan", &author, NULL, NULL));
    room_open(&room, store, office_tables, ROLE_CHIEF);
    second_learns(store, &room, "/authors/ivan", "name=Ivan&about=Mine.", "name=Ivan&about=Theirs.",
                  "<dd dir=\"auto\">Mine.</dd>");
    second_learns(store, &room, "/sections/city", "name=City&about=Mine.&hidden=1",
                  "name=City&about=Theirs.", "<dd dir=\"auto\">✓</dd>");
    g_autoptr(Section) section = section_read(store, "en", "city", NULL);
    g_assert_cmpstr(section->about, ==, "Theirs.");
    g_assert_false(section->hidden);
    /* who says nothing of what was seen is no page of the office */
    g_assert_cmpuint(post(&room.browser, "/sections/city", "language=en&name=Town&about="), ==,
                     303);
}

/* Settings: of each field by itself, and a mistake in another does not hide it. */
static void test_settings_seen(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store, office_tables, ROLE_CHIEF);
    bool changed = false;
    g_assert_true(setting_set(store, "description", "Old", &changed, NULL));
    g_assert_true(setting_set(store, "description", "Theirs", &changed, NULL));
    const char *wrong = "was-timezone=UTC&timezone=Nowhere&was-description=Old&description=Mine";
    const char *mine = "was-name=x&was-description=Old&description=Mine";
    g_autoptr(HttpReply) mistaken = browser_post(&room.browser, "/settings", wrong);
    g_assert_cmpuint(http_reply_status(mistaken), ==, 422);
    g_assert_true(reply_says(mistaken, "name=\"was-description\" value=\"Old\""));
    g_autoptr(HttpReply) told = browser_post(&room.browser, "/settings", mine);
    g_assert_cmpuint(http_reply_status(told), ==, 409);
    g_assert_true(reply_says(told, "Stored now: Theirs"));
    g_assert_true(reply_says(told, "name=\"was-description\" value=\"Theirs\""));
    g_assert_true(reply_says(told, "value=\"Mine\""));
    g_autofree char *stored = setting_get(store, "description", NULL);
    g_assert_cmpstr(stored, ==, "Theirs");
    g_assert_cmpuint(post(&room.browser, "/settings", "was-description=Theirs&description=Mine"),
                     ==, 303);
    g_assert_cmpuint(post(&room.browser, "/settings", mine), ==, 303); /* pressed twice */
    g_autofree char *after = setting_get(store, "description", NULL);
    g_assert_cmpstr(after, ==, "Mine");
}

static void test_redirects(Store *store, const char *url)
{
    static const char *const bad[] = {"from=&to=1",
                                      "from=index.html&to=1",
                                      "from=x.html&to=",
                                      "from=x.html&to=99",
                                      "from=x.html&to=2026/11/17/none.html",
                                      "from=x.html&to=ru/2026/11/17/none.html",
                                      "from=x.html&to=x.html",
                                      "from=../x&to=1",
                                      "from=x.html&to=javascript:alert(1)",
                                      "from=x.html&to=https://a%0d%0ab/"};
    g_auto(Room) room = {0};
    three_stories(store);
    g_autoptr(Story) story = story_read(store, 1, NULL);
    g_autofree char *held = g_strdup_printf("from=%s&to=2", story->path);
    room_open(&room, store, office_tables, ROLE_EDITOR);
    Browser *browser = &room.browser;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_test_message("%s", bad[i]);
        g_assert_cmpuint(post(browser, "/redirects", bad[i]), ==, 422);
    }
    g_assert_cmpuint(post(browser, "/redirects", held), ==, 409);
    g_assert_cmpuint(post(browser, "/redirects", "from=/old/one&to=1"), ==, 303);
    g_assert_cmpuint(post(browser, "/redirects", "from=/2019/01/02/one.html&to=1"), ==, 303);
    g_assert_cmpuint(post(browser, "/redirects", "from=/older/one&to=/2019/01/02/one.html"), ==,
                     303);
    g_autoptr(Redirect) older = redirect_by_path(store, "older/one/index.html", clock_now(), NULL);
    g_assert_cmpint(older->story, ==, 1);
    g_assert_cmpuint(post(browser, "/redirects", "from=two.html&to=https://elsewhere.example/x"),
                     ==, 303);
    g_assert_cmpuint(post(browser, "/redirects", "from=home.html&to=/"), ==, 303);
    g_autoptr(HttpReply) list = browser_get(browser, "/redirects");
    g_assert_true(reply_says(list, "old/one/index.html"));
    g_assert_true(reply_says(list, story->path));
    g_assert_true(reply_says(list, "https://elsewhere.example/x"));
    g_autoptr(HttpReply) exact = browser_get(browser, "/redirects?path=/two.html");
    g_assert_true(reply_says(exact, ">two.html<"));
    g_assert_false(reply_says(exact, ">home.html<"));
    g_assert_cmpuint(post(browser, "/redirects/remove", "path=two.html"), ==, 303);
    g_assert_cmpuint(post(browser, "/redirects/remove", "path=two.html"), ==, 404);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    jobs_register(job_rows());
    stores_test_add("/request/paper/page", test_paper);
    stores_test_add("/request/paper/closed", test_paper_closed);
    stores_test_add("/request/paper/front", test_front);
    stores_test_add("/request/paper/front-refused", test_front_refused);
    stores_test_add("/request/paper/front-second", test_front_second);
    stores_test_add("/request/paper/breaking", test_breaking);
    stores_test_add("/request/paper/sections", test_sections);
    stores_test_add("/request/paper/topics", test_topics);
    stores_test_add("/request/paper/authors", test_authors);
    stores_test_add("/request/paper/seen", test_seen);
    stores_test_add("/request/paper/settings-seen", test_settings_seen);
    stores_test_add("/request/paper/redirects", test_redirects);
    return g_test_run();
}
