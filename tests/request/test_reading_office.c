/*
 * Links for readers outside as whole requests: making, the button before the page, what is written
 * down, what the link opens and what it does not, its ends.
 * Covers: src/desk/reading_office.c, src/desk/draft_reply.c.
 */
#include "base/error.h"
#include "desk/story.h"
#include "desk/story_embargo.h"
#include "desk/takedown.h"
#include "doubles/stores.h"
#include "main/office_rows.h"
#include "main/press_newsroom.h"
#include "office_visitor.h"
#include "staff/reading.h"

#include <string.h>

static Secret secret = {{7}};

typedef struct {
    Store *store;
    Newsroom newsroom;
    NewsroomDrafts *drafts;
    Office *office;
    Browser editor, outside;
    int64_t editor_id;
} Desk;

static void desk_clear(Desk *desk)
{
    browser_clear(&desk->editor);
    browser_clear(&desk->outside);
    office_free(desk->office);
    newsroom_drafts_free(desk->drafts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Desk, desk_clear)

/* An editor, a draft of hers, somebody outside. */
static void desk_open(Desk *desk, Store *store)
{
    g_autoptr(GError) error = NULL;
    static char nowhere[] = "/nonexistent";
    *desk = (Desk){.store = store, .newsroom = {.theme_dir = nowhere, .media_dir = nowhere}};
    desk->drafts = newsroom_drafts_open(&desk->newsroom, &error);
    g_assert_no_error(error);
    OfficeOptions options = {.store = store,
                             .tables = office_tables,
                             .secret = &secret,
                             .drafts = newsroom_drafts_recipes(desk->drafts),
                             .url = "http://office.localhost:8082"};
    desk->office = office_new(&options, &error);
    g_assert_no_error(error);
    desk->editor = (Browser)BROWSER(desk->office);
    desk->outside = (Browser)BROWSER(desk->office);
    desk->outside.address = 200;
    desk->editor_id = visitor_sign_in(store, &desk->editor, "Vera", ROLE_EDITOR);
    visitor_leads(visitor_post(&desk->editor, "/stories/new", "title", "Fog", NULL), "/stories/1");
    visitor_leads(visitor_post(&desk->editor, "/stories/1/save", "title", "Fog", "lead", "At six.",
                               "body", "The fog came in.", "base", "1", "serial", "0", NULL),
                  "/stories/1?done=saved");
}

/* Makes a link by the page; its path. Caller frees. */
static char *make(Desk *desk)
{
    static const char before[] = "http://office.localhost:8082/read/";
    g_autoptr(HttpReply) reply = visitor_post(&desk->editor, "/stories/1/reading", "name",
                                              "A <lawyer>", "hours", "24", NULL);
    g_assert_cmpuint(http_reply_status(reply), ==, 200);
    g_assert_true(reply_says(reply, "A &lt;lawyer&gt;"));
    const char *at = g_strstr_len(http_reply_body(reply), (gssize)http_reply_length(reply), before);
    g_assert_nonnull(at);
    return g_strdup_printf("/read/%.*s", (int)READING_TOKEN - 1, at + strlen(before));
}

/* The address of the page after the button. Caller frees. */
static char *open_it(Desk *desk, const char *path)
{
    visitor_says(browser_get(&desk->outside, path), 200, "Read</button>");
    g_autoptr(HttpReply) reply = visitor_post(&desk->outside, path, NULL);
    g_assert_cmpuint(http_reply_status(reply), ==, 303);
    return g_strdup(http_reply_find(reply, "Location"));
}

static int64_t openings(Store *store)
{
    g_autoptr(GPtrArray) list = reading_list(store, 1, 10, NULL);
    return list->len == 0 ? -1 : ((Reading *)list->pdata[0])->opened;
}

static void test_read(Store *store, const char *url)
{
    g_auto(Desk) desk = {0};
    desk_open(&desk, store);
    visitor_says(browser_get(&desk.editor, "/stories/1"), 200, "/stories/1/reading");
    visitor_says(browser_get(&desk.editor, "/stories/1/reading"), 200, "There is no link");
    /* What she types and does not save is not shown. */
    visitor_says(visitor_post(&desk.editor, "/stories/1/keep", "body", "Unsaved words.", "base",
                              "2", "serial", "0", NULL),
                 200, "serial");
    g_autofree char *path = make(&desk);
    g_autofree char *head = g_strconcat(path, "?x=1", NULL);
    visitor_says(browser_get(&desk.outside, head), 200, "Read</button>");
    g_assert_cmpint(openings(store), ==, 0);
    g_autofree char *at = open_it(&desk, path);
    g_assert_true(g_str_has_prefix(at, path));
    g_assert_cmpint(openings(store), ==, 1);
    g_autoptr(HttpReply) page = browser_get(&desk.outside, at);
    g_assert_cmpuint(http_reply_status(page), ==, 200);
    g_assert_true(reply_says(page, "The fog came in."));
    g_assert_false(reply_says(page, "Unsaved words"));
    g_assert_false(reply_says(page, "<script"));
    g_assert_cmpstr(http_reply_find(page, "Cache-Control"), ==, "no-store");
    g_assert_nonnull(strstr(http_reply_find(page, "X-Robots-Tag"), "noindex"));
    g_assert_nonnull(strstr(http_reply_find(page, "Content-Security-Policy"), "sandbox"));
    g_assert_cmpstr(http_reply_find(page, "Referrer-Policy"), ==, "no-referrer");
    g_assert_cmpint(openings(store), ==, 1);
    visitor_says(browser_get(&desk.editor, "/stories/1/reading"), 200, "1 · last");
    g_autofree char *again = open_it(&desk, path);
    g_assert_nonnull(again);
    g_assert_cmpint(openings(store), ==, 2);
    g_auto(Browser) chief = BROWSER(desk.office);
    visitor_sign_in(store, &chief, "Olga", ROLE_CHIEF);
    visitor_says(browser_get(&chief, "/audit"), 200, "reading.make");
    visitor_says(browser_get(&chief, "/audit"), 200, "reading.open");
    g_autoptr(HttpReply) log = browser_get(&chief, "/audit");
    g_assert_false(reply_says(log, path + strlen("/read/"))); /* never the token, nor for whom */
    g_assert_false(reply_says(log, "lawyer"));
}

/* Nothing else is reachable by it: no other story, no page of the office, no page without an
 * opening. */
static void test_else(Store *store, const char *url)
{
    g_auto(Desk) desk = {0};
    desk_open(&desk, store);
    visitor_leads(visitor_post(&desk.editor, "/stories/new", "title", "Secret", NULL),
                  "/stories/2");
    g_autofree char *path = make(&desk);
    g_autofree char *at = open_it(&desk, path);
    g_autofree char *base = g_strndup(at, strcspn(at + strlen(path) + 1, "/") + strlen(path) + 1);
    g_autofree char *object = g_strdup_printf("%s/o/00/%064d.jpg", base, 0);
    g_autofree char *elsewhere = g_strconcat(base, "/stories/2", NULL);
    g_autofree char *forged = g_strdup_printf("%s/1795000000000000-%064d/fog.html", path, 0);
    g_autofree char *short_one = g_strconcat(path, "/1/fog.html", NULL);
    visitor_says(browser_get(&desk.outside, object), 404, "");
    g_autoptr(HttpReply) led = browser_get(&desk.outside, elsewhere);
    g_assert_cmpuint(http_reply_status(led), ==, 303); /* to the newspaper, which has none */
    g_assert_false(g_str_has_prefix(http_reply_find(led, "Location"), "/"));
    g_assert_null(strstr(http_reply_find(led, "Location"), "office."));
    visitor_leads(browser_get(&desk.outside, forged), path);
    visitor_leads(browser_get(&desk.outside, short_one), path);
    visitor_leads(browser_get(&desk.outside, "/stories/1"), "/sign-in?next=/stories/1");
    visitor_says(browser_get(&desk.outside, "/read/00000000000000000000000000000000"), 404,
                 "does not open");
    /* Another link's mark is not this one's. */
    g_autofree char *second = make(&desk);
    g_autofree char *mixed = g_strconcat(second, at + strlen(path), NULL);
    visitor_leads(browser_get(&desk.outside, mixed), second);
}

static void closed(Desk *desk, const char *path, const char *at)
{
    visitor_says(browser_get(&desk->outside, path), 404, "ended or has run out");
    visitor_says(visitor_post(&desk->outside, path, NULL), 404, "ended or has run out");
    visitor_says(browser_get(&desk->outside, at), 404, "ended or has run out");
}

static void test_ends(Store *store, const char *url)
{
    const char *languages[] = {"en", NULL};
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    DeskSite site = {languages, zone};
    g_auto(Desk) desk = {0};
    desk_open(&desk, store);
    g_autofree char *one = make(&desk);
    g_autofree char *one_at = open_it(&desk, one);
    visitor_leads(visitor_post(&desk.editor, "/stories/1/reading/end", "link", "1", NULL),
                  "/stories/1/reading");
    closed(&desk, one, one_at);
    visitor_says(browser_get(&desk.editor, "/stories/1/reading"), 200, "Ended");
    visitor_leads(visitor_post(&desk.editor, "/stories/1/reading/end", "link", "1", NULL),
                  "/stories/1/reading"); /* the list says that it has ended */
    g_autofree char *two = make(&desk);
    g_autofree char *two_at = open_it(&desk, two);
    Takedown how = {.reason = "A court", .person = "Vera"};
    g_assert_true(story_takedown(store, &site, 1, &how, g_get_real_time(), NULL));
    closed(&desk, two, two_at);
    visitor_says(visitor_post(&desk.editor, "/stories/1/reading", "name", "x", "hours", "1", NULL),
                 409, "taken down");
}

static void test_disabled(Store *store, const char *url)
{
    g_auto(Desk) desk = {0};
    desk_open(&desk, store);
    g_autofree char *path = make(&desk);
    g_autofree char *at = open_it(&desk, path);
    g_assert_true(person_disable(store, desk.editor_id, 0, g_get_real_time(), NULL));
    closed(&desk, path, at);
}

/* Who may publish sees stories under embargo, and so does who has their link; a reporter makes
 * none. */
static void test_who(Store *store, const char *url)
{
    const char *languages[] = {"en", NULL};
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    DeskSite site = {languages, zone};
    g_auto(Desk) desk = {0};
    desk_open(&desk, store);
    g_auto(Browser) reporter = BROWSER(desk.office);
    visitor_sign_in(store, &reporter, "Ilya", ROLE_REPORTER);
    visitor_says(browser_get(&reporter, "/stories/1/reading"), 403, "");
    visitor_says(visitor_post(&reporter, "/stories/1/reading", "name", "x", "hours", "1", NULL),
                 403, "");
    g_autoptr(HttpReply) page = browser_get(&reporter, "/stories/1");
    g_assert_false(reply_says(page, "/stories/1/reading"));
    g_assert_true(
        story_set_embargo(store, &site, 1, INT64_C(7000000000000000), g_get_real_time(), NULL));
    visitor_says(browser_get(&desk.editor, "/stories/1/reading"), 200, "under embargo");
    g_autofree char *path = make(&desk);
    g_autofree char *at = open_it(&desk, path);
    visitor_says(browser_get(&desk.outside, at), 200, "The fog came in.");
    visitor_says(visitor_post(&desk.editor, "/stories/1/reading", "name", "", "hours", "1", NULL),
                 422, "for whom");
    visitor_says(
        visitor_post(&desk.editor, "/stories/1/reading", "name", "x", "hours", "337", NULL), 422,
        "14 days");
    visitor_says(browser_get(&desk.editor, "/stories/9/reading"), 404, "no story 9");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/reading_office/read", test_read);
    stores_test_add("/request/reading_office/else", test_else);
    stores_test_add("/request/reading_office/ends", test_ends);
    stores_test_add("/request/reading_office/disabled", test_disabled);
    stores_test_add("/request/reading_office/who", test_who);
    return g_test_run();
}
