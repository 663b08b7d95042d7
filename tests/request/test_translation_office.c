/*
 * Translations as whole requests: beginning one, what has changed since, marking it.
 * Covers: src/desk/translation.c, src/desk/translation_office.c, src/desk/difference_view.c.
 */
#include "base/error.h"
#include "desk/story.h"
#include "desk/story_state.h"
#include "doubles/stores.h"
#include "office_visitor.h"
#include "press/setting.h"

#include <string.h>

static bool has(Browser *browser, const char *path, const char *text)
{
    g_autoptr(HttpReply) reply = browser_get(browser, path);
    g_assert_cmpuint(http_reply_status(reply), ==, 200);
    return reply_says(reply, text);
}

static void save(Browser *browser, const char *path, const char *title, const char *body,
                 const char *base)
{
    g_autofree char *action = g_strconcat(path, "/save", NULL);
    g_autofree char *done = g_strconcat(path, "?done=saved", NULL);
    visitor_leads(visitor_post(browser, action, "title", title, "lead", "", "body", body, "base",
                               base, "serial", "0", NULL),
                  done);
}

/* A story and its translation, begun by the page. */
static void begin(Store *store, Browser *reporter)
{
    bool changed = false;
    g_assert_true(setting_set(store, "languages", "en,ru", &changed, NULL));
    visitor_leads(visitor_post(reporter, "/stories/new", "title", "Fog", "language", "en", NULL),
                  "/stories/1");
    save(reporter, "/stories/1", "Fog", "It came at six.\n\nIt went at nine.\n", "1");
    visitor_says(browser_get(reporter, "/stories/1"), 200, "/stories/1/translation");
    visitor_says(browser_get(reporter, "/stories/1/translation"), 200, "has no translation");
    visitor_leads(visitor_post(reporter, "/stories/1/translation/new", "language", "ru", NULL),
                  "/stories/2");
    visitor_says(browser_get(reporter, "/stories/2"), 200, "It came at six.");
    save(reporter, "/stories/2", "Tuman", "V shest.\n\nV devyat.\n", "1");
}

static void test_behind(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) reporter = BROWSER(office);
    visitor_sign_in(store, &reporter, "Ilya", ROLE_REPORTER);
    begin(store, &reporter);
    visitor_says(browser_get(&reporter, "/stories/2/translation"), 200, "V devyat.");
    visitor_says(browser_get(&reporter, "/stories/2/translation"), 200,
                 "says what its original says");
    g_assert_false(has(&reporter, "/stories/2", "behind its original"));
    g_assert_false(has(&reporter, "/stories", "behind its original"));
    g_assert_false(has(&reporter, "/stories/2/translation", "translation/match"));
    save(&reporter, "/stories/1", "Fog", "It came at six.\n\nIt went at <ten>.\n\nNew.\n", "2");
    g_assert_true(has(&reporter, "/stories/2", "behind its original"));
    g_assert_true(has(&reporter, "/stories", "behind its original"));
    g_assert_true(has(&reporter, "/stories/1/translation", "behind its original"));
    visitor_says(browser_get(&reporter, "/stories/2/translation"), 200, "<del>nine</del>");
    visitor_says(browser_get(&reporter, "/stories/2/translation"), 200, "&lt;ten&gt;");
    visitor_says(browser_get(&reporter, "/stories/2/translation"), 200, "New in the original");
    visitor_says(browser_get(&reporter, "/stories/2/translation"), 200,
                 "name=\"revision\" value=\"3\"");
    /* What was shown is marked, not what has come since. */
    save(&reporter, "/stories/1", "Fog!", "It came at six.\n", "3");
    visitor_leads(visitor_post(&reporter, "/stories/2/translation/match", "original", "1",
                               "revision", "3", NULL),
                  "/stories/2/translation");
    g_assert_true(has(&reporter, "/stories/2/translation", "Gone from the original"));
    visitor_leads(visitor_post(&reporter, "/stories/2/translation/match", "original", "1",
                               "revision", "4", NULL),
                  "/stories/2/translation");
    g_assert_false(has(&reporter, "/stories", "behind its original"));
    visitor_says(browser_get(&reporter, "/stories/1/translation?of=2"), 200, "Nobody has said yet");
}

static void test_wrong(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) reporter = BROWSER(office);
    visitor_sign_in(store, &reporter, "Ilya", ROLE_REPORTER);
    begin(store, &reporter);
    visitor_leads(visitor_post(&reporter, "/stories/new", "title", "Other", NULL), "/stories/3");
    visitor_says(visitor_post(&reporter, "/stories/1/translation/new", "language", "ru", NULL), 409,
                 "one story a language");
    visitor_says(visitor_post(&reporter, "/stories/1/translation/new", "language", "xx", NULL), 422,
                 "Choose a language");
    visitor_says(visitor_post(&reporter, "/stories/2/translation/match", "original", "3",
                              "revision", "1", NULL),
                 422, "no translation");
    visitor_says(visitor_post(&reporter, "/stories/2/translation/match", "original", "1",
                              "revision", "99", NULL),
                 404, "no revision 99");
    visitor_says(browser_get(&reporter, "/stories/9/translation"), 404, "no story 9");
    visitor_says(browser_get(&reporter, "/stories/2/translation?of=3"), 200, "V shest.");
}

/* A paper of one language says nothing of translations. */
static void test_one(Store *store, const char *url)
{
    bool changed = false;
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) reporter = BROWSER(office);
    visitor_sign_in(store, &reporter, "Ilya", ROLE_REPORTER);
    g_assert_true(setting_set(store, "languages", "en", &changed, NULL));
    visitor_leads(visitor_post(&reporter, "/stories/new", "title", "Fog", NULL), "/stories/1");
    g_assert_false(has(&reporter, "/stories/1", "/translation"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/translation_office/behind", test_behind);
    stores_test_add("/request/translation_office/wrong", test_wrong);
    stores_test_add("/request/translation_office/one", test_one);
    return g_test_run();
}
