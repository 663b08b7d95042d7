/*
 * The calendar as whole requests: months and weeks, filters, the newsroom's zone, who sees what.
 * Covers: src/desk/plan_office.c, src/desk/story_filter.c.
 */
#include "base/error.h"
#include "base/moment.h"
#include "desk/story_embargo.h"
#include "desk/story_state.h"
#include "desk/task.h"
#include "doubles/stores.h"
#include "office_visitor.h"
#include "press/setting.h"

#include <string.h>

#define MONTH "/stories/calendar?view=month&day=2030-03-10"

static int64_t moment(const char *text)
{
    int64_t at = 0;
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_assert_true(moment_parse(text, zone, &at, NULL));
    return at;
}

static bool has(Browser *browser, const char *path, const char *text)
{
    g_autoptr(HttpReply) reply = browser_get(browser, path);
    g_assert_cmpuint(http_reply_status(reply), ==, 200);
    return reply_says(reply, text);
}

static void write_stories(Store *store, Browser *editor)
{
    bool changed = false;
    g_assert_true(setting_set(store, "languages", "en,ru", &changed, NULL));
    g_assert_true(setting_set(store, "timezone", "Asia/Tbilisi", &changed, NULL)); /* +4 */
    visitor_leads(visitor_post(editor, "/stories/new", "title", "Fog <b>", "language", "en", NULL),
                  "/stories/1");
    visitor_leads(visitor_post(editor, "/stories/1/save", "title", "Fog <b>", "body", "x", "base",
                               "1", "serial", "0", "section", "City", NULL),
                  "/stories/1?done=saved");
    visitor_leads(visitor_post(editor, "/stories/new", "title", "Tuman", "language", "ru", NULL),
                  "/stories/2");
    g_assert_true(task_set(store, 1, &(Task){0, moment("2030-03-11T21:30:00Z")}, NULL));
    g_assert_true(task_set(store, 2, &(Task){0, moment("2030-03-14T12:00:00Z")}, NULL));
}

static void test_days(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) editor = BROWSER(office);
    visitor_sign_in(store, &editor, "Vera", ROLE_EDITOR);
    write_stories(store, &editor);
    visitor_says(browser_get(&editor, "/stories"), 200, "/stories/calendar");
    visitor_says(browser_get(&editor, "/stories/calendar"), 200, "aria-current=\"date\"");
    visitor_says(browser_get(&editor, MONTH), 200, "March 2030");
    /* Half past nine in the evening in Greenwich is the next day in Tbilisi. */
    visitor_says(browser_get(&editor, MONTH), 200,
                 "<time datetime=\"2030-03-12\">Tue 12 Mar</time></h2><ul><li><time>01:30</time>");
    visitor_says(browser_get(&editor, MONTH), 200, "Fog &lt;b&gt;");
    visitor_says(browser_get(&editor, MONTH), 200, "day=2030-02-01");
    visitor_says(browser_get(&editor, MONTH), 200, "day=2030-04-01");
    visitor_says(browser_get(&editor, MONTH), 200, "datetime=\"2030-02-25\""); /* a Monday */
    g_assert_false(has(&editor, MONTH, "datetime=\"2030-04-01\""));
    visitor_says(browser_get(&editor, "/stories/calendar?view=week&day=2030-03-13"), 200,
                 "11 Mar – 17 March 2030");
    g_assert_false(has(&editor, "/stories/calendar?view=week&day=2030-03-20", "Fog"));
    visitor_says(browser_get(&editor, "/stories/calendar?view=week&day=2030-03-20"), 200,
                 "Nothing went out");
    for (const char *const *bad = (const char *const[]){"", "x", "2030-02-30", "0001-01-01",
                                                        "9999-12-31", "2030-3-1", NULL};
         *bad != NULL; bad++) {
        g_autofree char *path = g_strconcat("/stories/calendar?day=", *bad, NULL);
        visitor_says(browser_get(&editor, path), 200, "aria-current=\"date\"");
    }
}

static void test_filters(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) editor = BROWSER(office);
    visitor_sign_in(store, &editor, "Vera", ROLE_EDITOR);
    write_stories(store, &editor);
    g_assert_true(has(&editor, MONTH, "Tuman"));
    g_assert_false(has(&editor, MONTH "&language=en", "Tuman"));
    g_assert_true(has(&editor, MONTH "&language=en", "Fog"));
    g_assert_false(has(&editor, MONTH "&section=city", "Tuman"));
    g_assert_true(has(&editor, MONTH "&section=city", "Fog"));
    g_assert_true(has(&editor, MONTH "&language=xx", "Tuman")); /* no language: all */
    g_assert_true(has(&editor, MONTH "&section=%22%3E%3Cx%3E", "section=%22%3E%3Cx%3E"));
}

/* Stories under embargo are for who may publish, and for whose task they are. */
static void test_embargo(Store *store, const char *url)
{
    const char *languages[] = {"en", "ru", NULL};
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    DeskSite site = {languages, zone};
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) editor = BROWSER(office);
    g_auto(Browser) reporter = BROWSER(office);
    g_auto(Browser) fundraiser = BROWSER(office);
    visitor_sign_in(store, &editor, "Vera", ROLE_EDITOR);
    int64_t ilya = visitor_sign_in(store, &reporter, "Ilya", ROLE_REPORTER);
    visitor_sign_in(store, &fundraiser, "Mona", ROLE_FUNDRAISER);
    write_stories(store, &editor);
    g_assert_true(story_set_embargo(store, &site, 1, moment("2030-03-20T10:00:00Z"),
                                    g_get_real_time(), NULL));
    g_assert_true(has(&editor, MONTH, "Embargo ends"));
    g_assert_true(has(&editor, MONTH, "under embargo"));
    g_assert_false(has(&reporter, MONTH, "Fog"));
    g_assert_false(has(&reporter, MONTH, "Embargo ends"));
    g_assert_true(has(&reporter, MONTH, "Tuman"));
    g_assert_true(task_set(store, 1, &(Task){ilya, moment("2030-03-11T21:30:00Z")}, NULL));
    g_assert_true(has(&reporter, MONTH, "Fog"));
    visitor_says(browser_get(&fundraiser, MONTH), 403, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/plan_office/days", test_days);
    stores_test_add("/request/plan_office/filters", test_filters);
    stores_test_add("/request/plan_office/embargo", test_embargo);
    return g_test_run();
}
