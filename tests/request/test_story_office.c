/*
 * Stories in the office as whole requests: a day of writing without script. Who may what of every
 * row, and the token of forms, are test_office.c.
 * Covers: src/desk/story_office.c, src/desk/story_edit_office.c, src/desk/story_state_office.c,
 * src/desk/revision_office.c, src/desk/story_view.c, src/desk/story_view_page.c,
 * src/desk/story_view_photo.c, src/desk/story_view_way.c, src/desk/discard_office.c,
 * src/desk/story_seen.c.
 */
#include "base/error.h"
#include "desk/comment.h"
#include "desk/story.h"
#include "doubles/stores.h"
#include "main/office_rows.h"
#include "office_browser.h"

#include <inttypes.h>
#include <string.h>

#define WORD "correct horse battery"

static Secret secret = {{7}};

static Office *open_office(Store *store)
{
    g_autoptr(GError) error = NULL;
    OfficeOptions options = {.store = store,
                             .tables = office_tables,
                             .secret = &secret,
                             .url = "http://office.localhost:8082"};
    Office *office = office_new(&options, &error);
    g_assert_no_error(error);
    return office;
}

static void sign_in(Store *store, Browser *browser, const char *name, Role role)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_autofree char *email = g_strconcat(name, "@bell.example", NULL);
    g_assert_true(person_add(store, name, email, role, 0, 1, &id, &error));
    g_assert_true(person_set_password(store, id, WORD, 0, 1, &error));
    browser->address = (uint8_t)(id + 10);
    g_assert_cmpuint(browser_sign_in(browser, email, WORD), ==, 303);
    if (g_str_has_prefix(browser->location, "/second-factor")) {
        char codes[SECOND_CODES][SECOND_RECOVERY];
        http_reply_unref(browser_get(browser, "/second-factor"));
        browser_set_up(browser, codes);
    }
    http_reply_unref(browser_get(browser, "/stories")); /* for the token of its forms */
}

/* Posts "a", "b", …: names and values; gives the reply. */
static HttpReply *post(Browser *browser, const char *path, ...) G_GNUC_NULL_TERMINATED;

static HttpReply *post(Browser *browser, const char *path, ...)
{
    va_list arguments;
    g_autoptr(GString) body = g_string_new(NULL);
    va_start(arguments, path);
    for (const char *name = va_arg(arguments, const char *); name != NULL;
         name = va_arg(arguments, const char *)) {
        g_autofree char *value = g_uri_escape_string(va_arg(arguments, const char *), NULL, FALSE);
        g_string_append_printf(body, "%s%s=%s", body->len > 0 ? "&" : "", name, value);
    }
    va_end(arguments);
    return browser_post(browser, path, body->str);
}

static void leads_to(HttpReply *taken, const char *path)
{
    g_autoptr(HttpReply) reply = taken;
    g_assert_cmpuint(http_reply_status(reply), ==, 303);
    g_assert_cmpstr(http_reply_find(reply, "Location"), ==, path);
}

static void says(HttpReply *taken, unsigned status, const char *text)
{
    g_autoptr(HttpReply) reply = taken;
    g_assert_cmpuint(http_reply_status(reply), ==, status);
    if (!reply_says(reply, text)) {
        g_test_message("%.*s", (int)http_reply_length(reply), (const char *)http_reply_body(reply));
        g_test_message("does not say: %s", text);
        g_assert_not_reached();
    }
}

static void body_is(Store *store, int64_t id, const char *expected)
{
    g_autofree char *body = NULL;
    StoryFormat format = STORY_HTML;
    g_assert_true(story_text(store, id, &body, &format, NULL));
    g_assert_cmpstr(body, ==, expected);
}

static void test_write(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    sign_in(store, &vera, "Vera", ROLE_EDITOR);
    says(browser_get(&vera, "/stories/new"), 200, "name=\"title\"");
    says(post(&vera, "/stories/new", "title", " ", NULL), 422, "headline is missing");
    leads_to(post(&vera, "/stories/new", "title", "Fog <b>", NULL), "/stories/1");
    says(browser_get(&vera, "/stories/1"), 200, "Fog &lt;b&gt;");
    leads_to(post(&vera, "/stories/1/save", "title", "Fog", "lead", "At six.", "body",
                  "\nThe fog.\r\n\r\n<x>\n", "base", "1", "serial", "0", "section", "City",
                  "authors", "Vera Lind, reporting: Ilya", "topics", "Weather", NULL),
             "/stories/1?done=saved");
    body_is(store, 1, "\nThe fog.\n\n<x>\n");
    g_autoptr(Story) story = story_read(store, 1, NULL);
    g_assert_cmpstr(story->section, ==, "city");
    g_assert_cmpstr(story->authors[0], ==, "vera-lind");
    g_assert_cmpstr(story->reporting[0], ==, "ilya");
    says(browser_get(&vera, "/stories/1?done=saved"), 200,
         "\n\nThe fog.\n\n&lt;x&gt;\n</textarea>");
    says(browser_get(&vera, "/stories?words=fog&state=draft&section=city&author=ilya"), 200,
         "href=\"/stories/1\"");
    says(browser_get(&vera, "/stories?state=published"), 200, "There is no story");
    says(browser_get(&vera, "/stories?words=%22the+fog%22"), 200, "There is no story");
    says(browser_get(&vera, "/stories?words=%22the+fog%22&texts=1"), 200, "href=\"/stories/1\"");
    says(browser_get(&vera, "/stories?words=1+2+3+4+5+6+7+8+9"), 200, "Only the first eight");
    says(browser_get(&vera, "/stories/1/history"), 200, "/stories/1/history/2");
    says(browser_get(&vera, "/stories/1/history/2"), 200, "<p class=\"more\"><ins>The fog.</ins>");
    leads_to(post(&vera, "/stories/1/restore", "revision", "1", NULL), "/stories/1?done=restored");
    body_is(store, 1, "");
    says(browser_get(&vera, "/stories/99"), 404, "no story 99");
    says(browser_get(&vera, "/stories/1/history/9"), 404, "no revision 9");
}

/* Only what this form changed is written: what a colleague set meanwhile stays. */
static void test_fields(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    sign_in(store, &vera, "Vera", ROLE_EDITOR);
    leads_to(post(&vera, "/stories/new", "title", "Fog", NULL), "/stories/1");
    leads_to(post(&vera, "/stories/1/save", "section", "City", "was-section", "", NULL),
             "/stories/1?done=saved");
    leads_to(post(&vera, "/stories/1/save", "section", "", "was-section", "", "agency", "AFP",
                  "was-agency", "", NULL),
             "/stories/1?done=saved");
    g_autoptr(Story) story = story_read(store, 1, NULL);
    g_assert_cmpstr(story->section, ==, "city");
    g_assert_cmpstr(story->agency, ==, "AFP");
    /* What is wrong is said, and every word of the form is still there. */
    says(post(&vera, "/stories/1/save", "title", "Fog", "body", "typed words", "slug", "Not Good",
              NULL),
         422, "typed words");
    says(browser_get(&vera, "/stories/1"), 200, "typed words"); /* a working copy */
    says(browser_get(&vera, "/stories"), 200, "Your unsaved texts");
}

static void kind_is(Store *store, StoryKind kind)
{
    g_autoptr(Story) story = story_read(store, 1, NULL);
    g_assert_cmpint(story->kind, ==, kind);
}

/* An opinion piece is begun and unmade here; a live story goes back when it has no entries; a page
 * is none of these. */
static void test_kind(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    const char *save = "/stories/1/save";
    sign_in(store, &vera, "Vera", ROLE_EDITOR);
    says(browser_get(&vera, "/stories/new"), 200, "<option value=\"opinion\">Opinion");
    leads_to(post(&vera, "/stories/new", "title", "Fog", "kind", "opinion", NULL), "/stories/1");
    kind_is(store, STORY_KIND_OPINION);
    says(browser_get(&vera, "/stories/1"), 200, "value=\"opinion\" selected");
    leads_to(post(&vera, save, "kind", "live", "was-kind", "opinion", NULL),
             "/stories/1?done=saved");
    kind_is(store, STORY_KIND_LIVE);
    http_reply_unref(browser_post(&vera, "/stories/1/live", "body=It+begins."));
    leads_to(post(&vera, "/stories/1/publish", NULL), "/stories/1?done=published");
    says(post(&vera, save, "kind", "story", "was-kind", "live", NULL), 409, "has live entries");
    g_autoptr(HttpReply) removed = browser_post(&vera, "/stories/1/live/1/remove", "seen=1");
    g_assert_cmpuint(http_reply_status(removed), ==, 303);
    leads_to(post(&vera, save, "kind", "story", "was-kind", "live", NULL), "/stories/1?done=saved");
    says(post(&vera, save, "kind", "page", "was-kind", "story", NULL), 422, "stays one");
    kind_is(store, STORY_KIND_STORY);
}

/* Names that there are stand beside the fields. */
static void test_offered(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    sign_in(store, &vera, "Vera", ROLE_EDITOR);
    leads_to(post(&vera, "/stories/new", "title", "Fog", NULL), "/stories/1");
    leads_to(post(&vera, "/stories/1/save", "section", "City <b>", "authors",
                  "Anna, \"Lind, Vera\"", "topics", "Sea", NULL),
             "/stories/1?done=saved");
    leads_to(post(&vera, "/stories/new", "title", "Rain", NULL), "/stories/2");
    says(browser_get(&vera, "/stories/2"), 200,
         "<datalist id=\"section-list\"><option value=\"City &lt;b&gt;\"></option>");
    says(browser_get(&vera, "/stories/2"), 200, "<option value=\"&quot;Lind, Vera&quot;\">");
    says(browser_get(&vera, "/stories/2"), 200, "list=\"topics-list\" data-many=\"\"");
}

static void test_two(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    g_auto(Browser) ilya = BROWSER(office);
    sign_in(store, &vera, "Vera", ROLE_REPORTER);
    sign_in(store, &ilya, "Ilya", ROLE_REPORTER);
    leads_to(post(&vera, "/stories/new", "title", "Fog", NULL), "/stories/1");
    leads_to(post(&vera, "/stories/1/save", "body", "One.\n\nTwo.\n\nThree.\n", "base", "1", NULL),
             "/stories/1?done=saved");
    says(post(&ilya, "/stories/1/keep", "body", "One.\n\nTwo.\n\nThree, Ilya.\n", "base", "2",
              "serial", "0", NULL),
         200, ",\"floor\":0,\"people\":[]}");
    says(post(&vera, "/stories/1/here", NULL), 200,
         "\"people\":[{\"name\":\"Ilya\",\"typing\":true}]");
    says(post(&ilya, "/stories/1/leave", NULL), 200, "{}"); /* the page is closed */
    says(post(&vera, "/stories/1/here", NULL), 200, "\"people\":[]");
    says(browser_get(&ilya, "/stories/1/leave"), 405, "");
    says(post(&ilya, "/stories/9/leave", NULL), 404, "no story 9");
    says(browser_get(&vera, "/stories/1"), 200, "/stories/1/unsaved/2");
    says(browser_get(&vera, "/stories/1/unsaved/2"), 200, "Three<ins>, Ilya</ins>.");
    leads_to(
        post(&vera, "/stories/1/save", "body", "One, Vera.\n\nTwo.\n\nThree.\n", "base", "2", NULL),
        "/stories/1?done=saved");
    leads_to(
        post(&ilya, "/stories/1/save", "body", "One.\n\nTwo.\n\nThree, Ilya.\n", "base", "2", NULL),
        "/stories/1?done=merged");
    body_is(store, 1, "One, Vera.\n\nTwo.\n\nThree, Ilya.\n");
    says(
        post(&vera, "/stories/1/save", "body", "One.\n\nTwo.\n\nThree, Vera.\n", "base", "2", NULL),
        409, "⟪⟪⟪ Vera");
    body_is(store, 1, "One, Vera.\n\nTwo.\n\nThree, Ilya.\n");
    says(browser_get(&vera, "/stories/1"), 200, "Three, Vera.");
    says(post(&vera, "/stories/1/keep", "body", "x", "base", "3", "serial", "0", NULL), 409,
         "Another window");
    leads_to(post(&ilya, "/stories/1/unsaved/1", NULL), "/stories/1"); /* goes on with it */
    says(browser_get(&ilya, "/stories/1"), 200, "Three, Vera.");
    says(post(&ilya, "/stories/1/unsaved/9", NULL), 404, "no unsaved text");
    leads_to(post(&vera, "/stories/1/drop", NULL), "/stories/1?done=dropped");
    says(browser_get(&ilya, "/stories/1"), 200, "Three, Vera.");
}

static char *embargo_of(Browser *browser, bool *lifts)
{
    g_autoptr(HttpReply) page = browser_get(browser, "/stories/1");
    *lifts = reply_says(page, "action=\"/stories/1/lift\"");
    return reply_field(page, "embargo-was");
}

static void lift(Browser *browser)
{
    bool lifts = false;
    g_autofree char *was = embargo_of(browser, &lifts);
    g_assert_true(lifts);
    leads_to(post(browser, "/stories/1/lift", "embargo-was", was, "embargo-sure", "1", NULL),
             "/stories/1?done=changed");
}

static void embargo_is(Store *store, bool there)
{
    g_autoptr(Story) story = story_read(store, 1, NULL);
    g_assert_true((story->embargo != 0) == there);
}

/* Set by one, it is not lifted from another's page that stood open, nor by an empty field, nor
 * unasked. */
static void test_embargo(Store *store, const char *url)
{
    static const char *const at = "/stories/1/embargo";
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    g_auto(Browser) ilya = BROWSER(office);
    bool lifts = true;
    sign_in(store, &vera, "Vera", ROLE_EDITOR);
    sign_in(store, &ilya, "Ilya", ROLE_EDITOR);
    leads_to(post(&ilya, "/stories/new", "title", "Fog", NULL), "/stories/1");
    g_autofree char *old = embargo_of(&ilya, &lifts);
    g_assert_cmpstr(old, ==, "0");
    g_assert_false(lifts);
    says(post(&vera, at, "embargo-when", "", "embargo-was", "0", NULL), 422, "Give the moment");
    leads_to(post(&vera, at, "embargo-when", "2199-01-01T08:00", "embargo-was", "0", NULL),
             "/stories/1?done=changed");
    says(post(&ilya, at, "embargo-when", "", "embargo-was", old, NULL), 409, "2199-01-01 08:00");
    says(post(&ilya, at, "embargo-when", "2030-01-01T08:00", "embargo-was", old, NULL), 409,
         "2199-01-01 08:00");
    says(post(&ilya, at, "embargo-when", "2030-01-01T08:00", NULL), 409, "2199-01-01 08:00");
    says(post(&ilya, "/stories/1/lift", "embargo-was", old, "embargo-sure", "1", NULL), 409,
         "2199-01-01 08:00");
    g_autofree char *now = embargo_of(&vera, &lifts);
    g_assert_true(lifts);
    says(post(&vera, "/stories/1/lift", "embargo-was", now, NULL), 422, "Tick first");
    says(post(&vera, at, "embargo-when", "", "embargo-was", now, NULL), 422, "Lift the embargo");
    embargo_is(store, true);
    lift(&vera);
    embargo_is(store, false);
    says(post(&ilya, at, "embargo-when", "2030-01-01T08:00", "embargo-was", now, NULL), 409,
         "there is none now");
    embargo_is(store, false);
}

/* A hidden field of the page as it is now: what a form was made from. */
static char *field_now(Browser *browser, const char *name)
{
    g_autoptr(HttpReply) page = browser_get(browser, "/stories/1");
    return reply_field(page, name);
}

/* Nothing goes out that was not seen: neither what a colleague saved since, nor the saved text
 * instead of one's own. The page says who, and where to see what. */
static void test_seen(Store *store, const char *url)
{
    static const char *const ways[] = {"publish", "schedule", "stage", "embargo", "withdraw"};
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    g_auto(Browser) ilya = BROWSER(office);
    sign_in(store, &vera, "Vera", ROLE_EDITOR);
    sign_in(store, &ilya, "Ilya", ROLE_REPORTER);
    leads_to(post(&ilya, "/stories/new", "title", "Fog", NULL), "/stories/1");
    g_autofree char *old = field_now(&vera, "base");
    leads_to(post(&ilya, "/stories/1/save", "title", "Fog", "body", "He said.", "base", "1", NULL),
             "/stories/1?done=saved");
    for (unsigned i = 0; i < G_N_ELEMENTS(ways); i++) {
        g_autofree char *path = g_strconcat("/stories/1/", ways[i], NULL);
        says(post(&vera, path, "base", old, "stage", "ready", "schedule-when", "2199-01-01T08:00",
                  "embargo-when", "2199-01-01T08:00", "embargo-was", "0", NULL),
             409, "you opened this page, by Ilya. Nothing was done: the story is another by now.");
    }
    says(post(&vera, "/stories/1/publish", "base", old, NULL), 409,
         "href=\"/stories/1/history/2\"");
    says(post(&vera, "/stories/1/publish", "base", "", NULL), 409, "does not say which version");
    says(post(&vera, "/stories/1/publish", "base", "1", NULL), 409, "does not say which version");
    g_autofree char *text = field_now(&vera, "base");
    leads_to(post(&vera, "/stories/1/save", "was-section", "", "section", "City", "body",
                  "He said.", "title", "Fog", "base", "2", NULL),
             "/stories/1?done=saved");
    says(
        post(&vera, "/stories/1/schedule", "base", text, "schedule-when", "2199-01-01T08:00", NULL),
        409, "value=\"2199-01-01T08:00\"");
    says(post(&vera, "/stories/1/publish", "base", text, NULL), 409, "changed since you opened");
    says(post(&vera, "/stories/1/keep", "title", "Fog", "body", "He said so.", "base", "2",
              "serial", "0", NULL),
         200, "serial");
    says(post(&vera, "/stories/1/publish", NULL), 409, "only the saved one would count");
    g_autofree char *serial = field_now(&vera, "serial");
    says(post(&vera, "/stories/1/keep", "title", "Fog", "body", "He said.", "base", "2", "serial",
              serial, NULL),
         200, "serial");
    leads_to(post(&vera, "/stories/1/publish", NULL), "/stories/1?done=published");
    g_autofree char *out = field_now(&vera, "base");
    leads_to(post(&vera, "/stories/1/correct", "base", out, "correction", "It was she.", NULL),
             "/stories/1?done=corrected");
    says(post(&vera, "/stories/1/correct", "base", out, "correction", "She <it> was.", NULL), 409,
         "She &lt;it&gt; was.");
}

static void test_publish(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    g_auto(Browser) ilya = BROWSER(office);
    sign_in(store, &vera, "Vera", ROLE_EDITOR);
    sign_in(store, &ilya, "Ilya", ROLE_REPORTER);
    leads_to(post(&ilya, "/stories/new", "title", "Fog", NULL), "/stories/1");
    leads_to(post(&ilya, "/stories/1/stage", "stage", "in edit", NULL), "/stories/1?done=changed");
    says(post(&ilya, "/stories/1/publish", NULL), 403, "Your role");
    says(browser_get(&ilya, "/stories/1"), 200, "An editor publishes");
    leads_to(post(&vera, "/stories/1/embargo", "embargo-when", "2199-01-01T08:00", "embargo-was",
                  "0", NULL),
             "/stories/1?done=changed");
    says(post(&vera, "/stories/1/publish", NULL), 409, "under embargo until 1 January 2199");
    says(post(&vera, "/stories/1/schedule", "schedule-when", "soon", NULL), 422, "not a date");
    lift(&vera);
    leads_to(post(&vera, "/stories/1/publish", NULL), "/stories/1?done=published");
    says(browser_get(&vera, "/stories/1"), 200, "/fog.html</a>");
    says(browser_get(&vera, "/stories/find?words=fog"), 200, "[{\"title\":\"Fog\",\"path\":\"/20");
    /* Readers see it: a reporter's text waits. */
    says(post(&ilya, "/stories/1/save", "body", "changed words", "base", "1", NULL), 403,
         "changed words");
    body_is(store, 1, "");
    says(browser_get(&ilya, "/stories/1"), 200, "changed words");
    leads_to(post(&vera, "/stories/1/correct", "correction", "It was mist.", NULL),
             "/stories/1?done=corrected");
    leads_to(post(&vera, "/stories/1/withdraw", NULL), "/stories/1?done=withdrawn");
    int64_t gone = 0;
    g_assert_true(person_add(store, "Gone", "gone@bell.example", ROLE_EDITOR, 0, 1, &gone, NULL));
    g_assert_true(person_disable(store, gone, 0, 2, NULL));
    g_autofree char *gone_text = g_strdup_printf("%" PRId64, gone);
    says(post(&vera, "/stories/1/task", "assignee", gone_text, NULL), 422, "does not work here");
    leads_to(post(&vera, "/stories/1/task", "assignee", "2", "due", "2026-11-01 08:00", NULL),
             "/stories/1?done=changed");
    says(browser_get(&ilya, "/stories?who=me"), 200, "href=\"/stories/1\"");
    leads_to(post(&ilya, "/stories/1/comment", "comment", "Why <i>?", "passage", "", NULL),
             "/stories/1?done=changed");
    says(browser_get(&vera, "/stories/1"), 200, "Why &lt;i&gt;?");
    leads_to(post(&vera, "/stories/1/settle", "comment-id", "1", NULL), "/stories/1?done=changed");
    says(post(&vera, "/stories/1/settle", "comment-id", "x", NULL), 404, "no comment");
}

/* ---- Whatever is typed is text --------------------------------------------------------------- */

/* The page has no script but the office's own, and no attribute that would run one. */
static void assert_tame(Browser *browser, const char *path)
{
    g_autoptr(HttpReply) reply = browser_get(browser, path);
    g_assert_cmpuint(http_reply_status(reply), ==, 200);
    g_autofree char *page = g_strndup(http_reply_body(reply), (gsize)http_reply_length(reply));
    for (const char *at = strstr(page, "<script"); at != NULL; at = strstr(at + 1, "<script")) {
        g_assert_true(g_str_has_prefix(at, "<script src=\"/o/"));
    }
    static const char *const bad[] = {"<img src=x", "<svg", "<iframe", "javascript:alert(\"",
                                      "<b onx"};
    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_null(strstr(page, bad[i]));
    }
}

static void test_hostile(Store *store, const char *url)
{
    static const char *const nasty =
        "</textarea></title>\"'><script>alert(1)</script><img src=x onerror=alert(1)><svg "
        "onload=alert(1)><b onx=1>";
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    sign_in(store, &vera, "Vera", ROLE_EDITOR);
    leads_to(post(&vera, "/stories/new", "title", nasty, NULL), "/stories/1");
    leads_to(post(&vera, "/stories/1/save", "title", nasty, "lead", nasty, "body", nasty, "base",
                  "1", "section", nasty, "topics", nasty, "authors", nasty, "agency", nasty,
                  "caption", nasty, "credit", nasty, "alt", nasty, NULL),
             "/stories/1?done=saved");
    leads_to(post(&vera, "/stories/1/comment", "comment", nasty, "passage", nasty, NULL),
             "/stories/1?done=changed");
    says(post(&vera, "/stories/1/keep", "body", nasty, "title", nasty, "base", "2", "serial", "0",
              NULL),
         200, "serial");
    g_autofree char *query = g_uri_escape_string(nasty, NULL, FALSE);
    g_autofree char *search = g_strdup_printf("/stories?words=%s&author=%s&section=%s&before=%s",
                                              query, query, query, query);
    g_autofree char *done = g_strdup_printf("/stories/1?done=%s", query);
    const char *const paths[] = {"/stories", "/stories/1",           "/stories/1/history",  search,
                                 done,       "/stories/1/history/2", "/stories/1/unsaved/1"};
    for (unsigned i = 0; i < G_N_ELEMENTS(paths); i++) {
        assert_tame(&vera, paths[i]);
    }
    says(browser_get(&vera, "/stories/find?words=alert"), 200, "[]");
    /* Fields that the form does not have change nothing. */
    leads_to(post(&vera, "/stories/1/save", "state", "published", "embargo", "1", "path", "x",
                  "language", "ru", "body", "b", "base", "2", NULL),
             "/stories/1?done=saved");
    g_autoptr(Story) story = story_read(store, 1, NULL);
    g_assert_cmpint(story->state, ==, STORY_DRAFT);
    g_assert_cmpstr(story->language, ==, "en");
    g_assert_null(story->path);
    const char *const wrong[] = {"/stories/0", "/stories/-1", "/stories/x", "/stories/1/history/x",
                                 "/stories/99999999999999999999"};
    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(HttpReply) reply = browser_get(&vera, wrong[i]);
        g_assert_cmpuint(http_reply_status(reply), ==, 404);
    }
}

/* Saving twice is nobody else's text; a colleague's is. */
static void test_saved_twice(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    g_auto(Browser) ilya = BROWSER(office);
    sign_in(store, &vera, "Vera", ROLE_REPORTER);
    sign_in(store, &ilya, "Ilya", ROLE_REPORTER);
    leads_to(post(&vera, "/stories/new", "title", "Fog", NULL), "/stories/1");
    for (int i = 0; i < 2; i++) {
        leads_to(post(&vera, "/stories/1/save", "title", "Fog", "body", "One.\n\nTwo.", "base", "1",
                      "serial", "0", NULL),
                 "/stories/1?done=saved");
    }
    body_is(store, 1, "One.\n\nTwo.");
    leads_to(post(&ilya, "/stories/1/save", "title", "Fog", "body", "One.\n\nTwo.\n\nThree.",
                  "base", "2", "serial", "0", NULL),
             "/stories/1?done=saved");
    leads_to(post(&vera, "/stories/1/save", "title", "Fog", "body", "Nought.\n\nOne.\n\nTwo.",
                  "base", "2", "serial", "0", NULL),
             "/stories/1?done=merged");
    says(browser_get(&vera, "/nowhere"), 404, "nothing");
    says(post(&vera, "/nowhere", "a", "b", NULL), 404, "nothing");
    g_autoptr(HttpReply) odd = browser_post(&vera, "/stories/1/comment", "comment=a%00b");
    g_assert_cmpuint(http_reply_status(odd), ==, 400);
    g_assert_true(reply_says(odd, "a character that is no text"));
}

/* A button that is pressed twice makes one; a page that is filled in anew makes another. */
static void test_twice(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    sign_in(store, &vera, "Vera", ROLE_REPORTER);
    g_autoptr(HttpReply) form = browser_get(&vera, "/stories/new");
    g_autofree char *once = reply_field(form, "once");
    leads_to(post(&vera, "/stories/new", "title", "Fog", "once", once, NULL), "/stories/1");
    leads_to(post(&vera, "/stories/new", "title", "Fog", "once", once, NULL), "/stories/1");
    leads_to(post(&vera, "/stories/new", "title", "Rain", "once", once, NULL), "/stories/2");
    leads_to(post(&vera, "/stories/new", "title", "Fog", NULL), "/stories/3");
    g_autoptr(HttpReply) page = browser_get(&vera, "/stories/1");
    g_autofree char *word = reply_field(page, "once");
    for (int i = 0; i < 2; i++) {
        leads_to(post(&vera, "/stories/1/comment", "comment", "Mist?", "once", word, NULL),
                 "/stories/1?done=changed");
    }
    leads_to(post(&vera, "/stories/1/comment", "comment", "Haze?", "once", word, NULL),
             "/stories/1?done=changed");
    g_autoptr(GPtrArray) comments = comment_list(store, 1, NULL);
    g_assert_cmpuint(comments->len, ==, 2);
}

/* Presses the button of a page that asks. */
static HttpReply *discard_as(Browser *browser, const HttpReply *page)
{
    g_autofree char *base = reply_field(page, "base");
    g_autofree char *goes = reply_field(page, "goes");
    return post(browser, "/stories/1/discard", "base", base, "goes", goes, "sure", "1", NULL);
}

/* What somebody else has put in since the page asked does not go with it. */
static void test_discard_stale(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    g_auto(Browser) ilya = BROWSER(office);
    sign_in(store, &vera, "Vera", ROLE_REPORTER);
    sign_in(store, &ilya, "Ilya", ROLE_EDITOR);
    leads_to(post(&vera, "/stories/new", "title", "Fog", NULL), "/stories/1");
    g_autoptr(HttpReply) first = browser_get(&vera, "/stories/1/discard");
    says(post(&ilya, "/stories/1/save", "body", "Two hours of text.", "base", "1", NULL), 303, "");
    g_autoptr(HttpReply) second = discard_as(&vera, first);
    g_assert_cmpuint(http_reply_status(second), ==, 409);
    g_assert_true(reply_says(second, "by Ilya") && reply_says(second, "versions: 2"));
    says(post(&ilya, "/stories/1/keep", "title", "Fog", "lead", "", "body", "Three hours of text.",
              "base", "2", "serial", "0", NULL),
         200, "");
    g_autoptr(HttpReply) third = discard_as(&vera, second);
    g_assert_cmpuint(http_reply_status(third), ==, 409);
    g_assert_true(reply_says(third, "unsaved texts: 1"));
    g_assert_true(reply_says(third, "Something was added"));
    g_usleep(2000); /* kept at a later moment */
    g_autofree char *serial = field_now(&ilya, "serial");
    says(post(&ilya, "/stories/1/keep", "title", "Fog", "lead", "", "body", "Four hours of text.",
              "base", "2", "serial", serial, NULL),
         200, "");
    g_autoptr(HttpReply) fourth = discard_as(&vera, third);
    g_assert_cmpuint(http_reply_status(fourth), ==, 409);
    says(post(&vera, "/stories/1/comment", "comment", "Why?", NULL), 303, "");
    g_autoptr(HttpReply) fifth = discard_as(&vera, fourth);
    g_assert_cmpuint(http_reply_status(fifth), ==, 409);
    says(post(&vera, "/stories/1/discard", "sure", "1", NULL), 409, "does not say which version");
    leads_to(discard_as(&vera, fifth), "/stories?done=discarded");
}

/* A draft goes when that was asked and answered; nothing else does. */
static void test_discard(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) vera = BROWSER(office);
    g_auto(Browser) ilya = BROWSER(office);
    sign_in(store, &vera, "Vera", ROLE_REPORTER);
    sign_in(store, &ilya, "Ilya", ROLE_EDITOR);
    leads_to(post(&vera, "/stories/new", "title", "Fog", NULL), "/stories/1");
    leads_to(post(&vera, "/stories/new", "title", "Rain", NULL), "/stories/2");
    says(browser_get(&vera, "/stories/1"), 200, "href=\"/stories/1/discard\"");
    says(browser_get(&vera, "/stories/1/discard"), 200, "versions: 1, comments: 0");
    says(post(&vera, "/stories/1/discard", NULL), 422, "Tick that you know");
    says(browser_get(&vera, "/stories/1"), 200, "Fog");
    g_autoptr(HttpReply) asks = browser_get(&vera, "/stories/1/discard");
    leads_to(discard_as(&vera, asks), "/stories?done=discarded");
    says(browser_get(&vera, "/stories?done=discarded"), 200, "The draft is gone.");
    says(browser_get(&vera, "/stories/1"), 404, "no story 1");
    says(post(&vera, "/stories/1/discard", "sure", "1", NULL), 404, "no story 1");
    says(post(&vera, "/stories/1/keep", "body", "x", "base", "1", "serial", "0", NULL), 404,
         "no story 1");
    http_reply_unref(post(&ilya, "/stories/2/publish", NULL));
    says(browser_get(&ilya, "/stories/2/discard"), 409, "only a draft");
    says(post(&ilya, "/stories/2/discard", "sure", "1", NULL), 409, "only a draft");
    g_autoptr(Story) story = story_read(store, 2, NULL);
    g_assert_cmpint(story->state, ==, STORY_PUBLISHED);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/story-office/write", test_write);
    stores_test_add("/request/story-office/fields", test_fields);
    stores_test_add("/request/story-office/kind", test_kind);
    stores_test_add("/request/story-office/offered", test_offered);
    stores_test_add("/request/story-office/two", test_two);
    stores_test_add("/request/story-office/publish", test_publish);
    stores_test_add("/request/story-office/embargo", test_embargo);
    stores_test_add("/request/story-office/seen", test_seen);
    stores_test_add("/request/story-office/hostile", test_hostile);
    stores_test_add("/request/story-office/saved-twice", test_saved_twice);
    stores_test_add("/request/story-office/twice", test_twice);
    stores_test_add("/request/story-office/discard", test_discard);
    stores_test_add("/request/story-office/discard-stale", test_discard_stale);
    return g_test_run();
}
