/*
 * What makes the paper beside its stories, as whole requests: the page that leads there, and for
 * each role what it may.
 */
#include "base/error.h"
#include "doubles/stores.h"
#include "main/office_rows.h"
#include "office/frame.h"
#include "office_browser.h"

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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/paper/page", test_paper);
    stores_test_add("/request/paper/closed", test_paper_closed);
    return g_test_run();
}
