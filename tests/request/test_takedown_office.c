/*
 * Taking down and withholding in the office as whole requests: what the pages say beforehand, what
 * they refuse, one order for a form that is sent twice. That nothing is left in any file is
 * tests/scenario/erase.py.
 * Covers: src/desk/takedown_office.c, src/desk/withhold_office.c, src/desk/erasure_office.c,
 * src/office/once.c.
 */
#include "base/clock.h"
#include "base/error.h"
#include "desk/correction.h"
#include "desk/erasure.h"
#include "desk/section.h"
#include "desk/story_edit.h"
#include "desk/withhold.h"
#include "doubles/stores.h"
#include "main/office_rows.h"
#include "office_visitor.h"
#include "press/setting.h"
#include "staff/audit.h"

#include <string.h>

static unsigned erasures(Store *store)
{
    g_autoptr(GPtrArray) all = erasure_list(store, 100, NULL);
    return all->len;
}

static int64_t write_story(Browser *chief, const char *title, const char *body)
{
    g_autofree char *path = NULL;
    http_reply_unref(visitor_post(chief, "/stories/new", "title", title, NULL));
    g_assert_true(g_str_has_prefix(chief->location, "/stories/"));
    gint64 id = g_ascii_strtoll(chief->location + strlen("/stories/"), NULL, 10);
    path = g_strdup_printf("/stories/%" G_GINT64_FORMAT, id);
    g_autofree char *save = g_strconcat(path, "/save", NULL);
    g_autofree char *publish = g_strconcat(path, "/publish", NULL);
    visitor_says(visitor_post(chief, save, "title", title, "lead", "", "body", body, "base", "1",
                              "serial", "0", NULL),
                 303, "");
    visitor_says(visitor_post(chief, publish, NULL), 303, "");
    return id;
}

static char *once_of(Browser *browser, const char *path)
{
    g_autoptr(HttpReply) page = browser_get(browser, path);
    g_assert_cmpuint(http_reply_status(page), ==, 200);
    char *once = reply_field(page, "once");
    g_assert_nonnull(once);
    return once;
}

static void test_takedown(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) chief = BROWSER(office);
    visitor_sign_in(store, &chief, "Vera", ROLE_CHIEF);
    int64_t id = write_story(&chief, "A secret place", "Zwytext stands here.");
    g_assert_cmpint(id, ==, 1);
    visitor_says(browser_get(&chief, "/stories/1"), 200, "/stories/1/take-down");
    visitor_says(browser_get(&chief, "/stories/1/take-down"), 200, "/a-secret-place.html");
    visitor_says(browser_get(&chief, "/stories/9/take-down"), 404, "no story 9");
    g_autofree char *once = once_of(&chief, "/stories/1/take-down");
    visitor_says(visitor_post(&chief, "/stories/1/take-down", "once", once, "reason", " ",
                              "confirm", "1", NULL),
                 422, "Give the reason");
    visitor_says(visitor_post(&chief, "/stories/1/take-down", "once", once, "reason", "A <court>",
                              "confirm", "2", NULL),
                 422, "A &lt;court&gt;");
    visitor_says(visitor_post(&chief, "/stories/1/take-down", "once", "short", "reason", "A court",
                              "confirm", "1", NULL),
                 422, "too old");
    visitor_says(visitor_post(&chief, "/stories/1/take-down", "once", once, "reason", "A court",
                              "confirm", "1", "place", "neutral", "path", "feed.xml", NULL),
                 422, "feed.xml");
    static const char *const places[] = {"", "elsewhere", "Own"};
    for (unsigned i = 0; i < G_N_ELEMENTS(places); i++) {
        visitor_says(visitor_post(&chief, "/stories/1/take-down", "once", once, "reason", "A court",
                                  "confirm", "1", "place", places[i], NULL),
                     422, "Choose where");
    }
    g_assert_cmpuint(erasures(store), ==, 0);
    visitor_says(browser_get(&chief, "/stories/1/take-down"), 200, "\"removed/1.html\"");
    for (int i = 0; i < 2; i++) { /* the second time nothing happens */
        visitor_leads(visitor_post(&chief, "/stories/1/take-down", "once", once, "reason",
                                   "A court", "confirm", " 1 ", "place", "neutral", "path",
                                   "removed/1.html", "unknown", "x", NULL),
                      "/erasures?done=ordered");
    }
    g_assert_cmpuint(erasures(store), ==, 1);
    g_autoptr(Story) story = story_read(store, 1, NULL);
    g_assert_cmpint(story->state, ==, STORY_TAKEN_DOWN);
    g_assert_cmpstr(story->path, ==, "removed/1.html");
    g_assert_cmpstr(story->reason, ==, "A court");
    visitor_says(browser_get(&chief, "/erasures?done=ordered"), 200, "A court");
    visitor_says(browser_get(&chief, "/erasures"), 200, ">Vera<");
    visitor_says(browser_get(&chief, "/audit"), 200, "story.takedown");
    visitor_says(browser_get(&chief, "/stories/1"), 200, "make a new story");
    static const char *const ways[] = {"reopen", "publish", "stage", "save", "keep", "comment"};
    for (unsigned i = 0; i < G_N_ELEMENTS(ways); i++) {
        g_autofree char *way = g_strconcat("/stories/1/", ways[i], NULL);
        visitor_says(visitor_post(&chief, way, "stage", "draft", "title", "Again", "body", "Again.",
                                  "base", "1", "serial", "0", "comment", "Secret?", NULL),
                     409, "taken down");
    }
    g_autoptr(Story) still = story_read(store, 1, NULL);
    g_assert_cmpint(still->state, ==, STORY_TAKEN_DOWN);
    g_autoptr(HttpReply) page = browser_get(&chief, "/stories/1");
    g_assert_false(reply_says(page, "/stories/1/reopen"));
    g_assert_false(reply_says(page, "/stories/1/publish"));
    g_autoptr(HttpReply) gone = browser_get(&chief, "/stories/1/history");
    g_assert_false(reply_says(gone, "secret"));
}

/* What the worker waits for is shown, and the button asks for another try. */
static void test_again(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) chief = BROWSER(office);
    visitor_sign_in(store, &chief, "Vera", ROLE_CHIEF);
    write_story(&chief, "One", "Text.");
    g_autofree char *once = once_of(&chief, "/stories/1/take-down");
    visitor_leads(visitor_post(&chief, "/stories/1/take-down", "once", once, "reason", "A court",
                               "confirm", "1", "place", "own", NULL),
                  "/erasures?done=ordered");
    g_assert_true(erasure_problem(store, 1, "the disk <is> full", NULL));
    visitor_says(browser_get(&chief, "/erasures"), 200, "the disk &lt;is&gt; full");
    visitor_leads(visitor_post(&chief, "/erasures/1/again", NULL), "/erasures");
    g_autoptr(HttpReply) page = browser_get(&chief, "/erasures");
    g_assert_false(reply_says(page, "the disk"));
}

static void finish(Store *store)
{
    const char *languages[] = {"en", NULL};
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    DeskSite site = {languages, zone};
    for (bool more = true; more;) {
        g_assert_true(withhold_step(store, &site, 1, &more, NULL, NULL));
    }
}

#define NAMES "Zwyanna Zwypetrova\r\n\r\nzwyanna-zwypetrova\r\n"

static void test_withhold(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) chief = BROWSER(office);
    g_autofree char *slug = NULL;
    bool changed = false;
    visitor_sign_in(store, &chief, "Vera", ROLE_CHIEF);
    write_story(&chief, "Zwyanna Zwypetrova writes", "From Zwyanna Zwypetrova.");
    write_story(&chief, "Another", "Nothing.");
    g_assert_true(section_ensure(store, "en", "With Zwyanna Zwypetrova", &slug, NULL, NULL));
    g_assert_true(setting_set(store, "description", "By Zwyanna Zwypetrova.", &changed, NULL));
    visitor_says(browser_get(&chief, "/erasures/name"), 200, "name=\"names\"");
    visitor_says(visitor_post(&chief, "/erasures/name/look", "names", "ab", NULL), 422,
                 "too short");
    g_autoptr(HttpReply) look =
        visitor_post(&chief, "/erasures/name/look", "names", NAMES, "instead", "", NULL);
    g_autofree char *once = reply_field(look, "once");
    g_assert_cmpuint(http_reply_status(look), ==, 200);
    g_assert_true(reply_says(look, "/stories/1\""));
    g_assert_false(reply_says(look, "/stories/2\""));
    g_assert_true(reply_says(look, "Section: en/with-zwyanna-zwypetrova"));
    g_assert_true(reply_says(look, "Setting: description"));
    visitor_says(visitor_post(&chief, "/erasures/name", "names", NAMES, "instead", "", "once", once,
                              "reason", "A threat", "confirm", "Zwyanna", NULL),
                 422, "not the first spelling");
    visitor_says(visitor_post(&chief, "/erasures/name", "names", NAMES, "instead", "", "once", once,
                              "reason", "Zwyanna Zwypetrova", "confirm", "Zwyanna Zwypetrova",
                              NULL),
                 422, "must not have the name");
    g_assert_cmpuint(erasures(store), ==, 0);
    for (int i = 0; i < 2; i++) {
        visitor_leads(visitor_post(&chief, "/erasures/name", "names", NAMES, "instead", "", "once",
                                   once, "reason", "A threat", "confirm", "Zwyanna Zwypetrova",
                                   NULL),
                      "/erasures?done=ordered");
    }
    g_assert_cmpuint(erasures(store), ==, 1);
    finish(store);
    g_autoptr(Story) story = story_read(store, 1, NULL);
    g_assert_null(strstr(story->headline, "Zwy"));
    g_assert_null(strstr(story->path, "zwy"));
    g_autoptr(Section) section = section_read(store, "en", slug, NULL);
    g_assert_cmpstr(section->name, ==, "With an author whose name is withheld");
    g_autofree char *description = setting_get(store, "description", NULL);
    g_assert_cmpstr(description, ==, "By an author whose name is withheld.");
    g_autoptr(HttpReply) list = browser_get(&chief, "/erasures");
    g_assert_true(reply_says(list, "A threat"));
    g_assert_false(reply_says(list, "Zwy"));
}

static void withhold(Store *store, const char *name)
{
    const char *languages[] = {"en", NULL};
    const char *const spellings[] = {name, NULL};
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    DeskSite site = {languages, zone};
    Withhold order = {
        .spellings = spellings, .instead = "", .reason = "", .person = "Vera", .once = NULL};
    g_assert_true(withhold_name(store, &site, &order, clock_now(), NULL));
    finish(store);
}

/* A refused page: the words are shown without the name, to be copied. Takes the reply. */
static void assert_given_back(HttpReply *taken, const char *name)
{
    g_autoptr(HttpReply) page = taken;
    g_assert_cmpuint(http_reply_status(page), ==, 409);
    g_assert_true(reply_says(page, "A name was withheld"));
    g_assert_true(reply_says(page, "What you had typed"));
    g_assert_true(reply_says(page, "an author whose name is withheld"));
    g_assert_false(reply_says(page, name));
}

/* A correction that was begun before a name was withheld brings it back in no way, live or not. */
static void test_correction(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) chief = BROWSER(office);
    visitor_sign_in(store, &chief, "Vera", ROLE_CHIEF);
    write_story(&chief, "Fog", "Zwyanna Zwypetrova spoke of fog.");
    write_story(&chief, "Rain", "Zwyanna Zwypetrova spoke of fog.");
    visitor_says(visitor_post(&chief, "/stories/2/live/begin", NULL), 303, "");
    withhold(store, "Zwyanna Zwypetrova");
    for (int id = 1; id <= 2; id++) {
        g_autofree char *path = g_strdup_printf("/stories/%d", id);
        g_autofree char *correct = g_strconcat(path, "/correct", NULL);
        const char *words = "Zwyanna Zwypetrova spoke of fog and mist.";
        assert_given_back(visitor_post(&chief, correct, "floor", "0", "correction", words, NULL),
                          "Zwyanna");
        g_autoptr(HttpReply) refused =
            visitor_post(&chief, correct, "floor", "0", "correction", "Not known: Zwyolga.", NULL);
        g_autofree char *field = reply_field(refused, "correction");
        g_autofree char *floor = reply_field(refused, "floor");
        g_assert_true(reply_says(refused, "Not known: Zwyolga."));
        g_assert_true(field == NULL || *field == '\0');
        g_assert_cmpstr(floor, !=, "0");
        visitor_says(
            visitor_post(&chief, correct, "floor", floor, "correction", "It was mist.", NULL), 303,
            "");
        g_autoptr(GPtrArray) all = correction_of_story(store, id, NULL);
        g_assert_cmpuint(all->len, ==, 1);
    }
}

/* A second name, of which the text knows nothing: the entry's form was made after the first. */
static void test_second(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) chief = BROWSER(office);
    visitor_sign_in(store, &chief, "Vera", ROLE_CHIEF);
    write_story(&chief, "Rain", "Zwyanna Zwypetrova spoke.");
    visitor_says(visitor_post(&chief, "/stories/1/live/begin", NULL), 303, "");
    visitor_says(visitor_post(&chief, "/stories/1/live", "floor", "0", "headline", "", "body",
                              "Zwyolga Orlova came.", NULL),
                 303, "");
    withhold(store, "Zwyanna Zwypetrova");
    g_autoptr(HttpReply) form = browser_get(&chief, "/stories/1/live/1");
    g_autofree char *floor = reply_field(form, "floor");
    g_autofree char *seen = reply_field(form, "seen");
    withhold(store, "Zwyolga Orlova");
    assert_given_back(visitor_post(&chief, "/stories/1/live/1/save", "floor", floor, "seen", seen,
                                   "headline", "", "body", "Zwyolga Orlova came.", NULL),
                      "Zwyolga Orlova");
    visitor_says(visitor_post(&chief, "/stories/1/live", "floor", floor, "headline", "", "body",
                              "Zwyolga Orlova left.", NULL),
                 409, "A name was withheld");
}

/* Each row of that role with words refuses a form of before; how many there are. */
static unsigned refused_rows(Browser *browser, Role role)
{
    unsigned count = 0, refused = 0;
    const OfficeRoute *const *rows = office_rows(browser->office, &count);
    for (unsigned i = 0; i < count; i++) {
        g_autoptr(GString) path = g_string_new(rows[i]->path);
        g_string_replace(path, ":slug", "town", 0);
        g_string_replace(path, ":id", "1", 0);
        if (rows[i]->words && role_may(role, rows[i]->permission)) {
            visitor_says(visitor_post(browser, path->str, "description", "By Zwyanna.", NULL), 409,
                         "A name has been withheld");
            refused++;
        }
    }
    return refused;
}

/* Forms of sections, authors, settings and the like that were open before: what they hold is
 * refused and given back; the same page, opened anew, is taken. */
static void test_other_forms(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) chief = BROWSER(office), fund = BROWSER(office);
    visitor_sign_in(store, &chief, "Vera", ROLE_CHIEF);
    visitor_sign_in(store, &fund, "Ilze", ROLE_FUNDRAISER);
    visitor_says(visitor_post(&chief, "/sections", "language", "en", "name", "Town", NULL), 303,
                 "");
    g_autoptr(HttpReply) first = browser_get(&chief, "/sections/town?language=en");
    g_autofree char *none = reply_field(first, "withheld");
    g_assert_null(none); /* nobody has withheld anything */
    withhold(store, "Zwyanna Zwypetrova");
    g_assert_cmpuint(refused_rows(&chief, ROLE_CHIEF), ==, 11);
    g_assert_cmpuint(refused_rows(&fund, ROLE_FUNDRAISER), ==, 2);
    visitor_says(visitor_post(&chief, "/sections/town", "language", "en", "name", "Town",
                              "description", "By Zwyanna.", NULL),
                 409, "By Zwyanna.");
    g_autoptr(HttpReply) again = browser_get(&chief, "/sections/town?language=en");
    g_autofree char *withheld = reply_field(again, "withheld");
    g_assert_false(reply_says(again, "Zwyanna"));
    g_assert_nonnull(withheld);
    visitor_says(visitor_post(&chief, "/sections/town", "language", "en", "name", "Town",
                              "description", "By nobody.", "withheld", withheld, NULL),
                 303, "");
}

/* A form that was opened after the order and before it had come to that place: what it brings back
 * goes at the end. */
static void test_between(Store *store, const char *url)
{
    bool changed = false;
    const char *languages[] = {"en", NULL};
    const char *const spellings[] = {"Zwyanna Zwypetrova", NULL};
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    DeskSite site = {languages, zone};
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) chief = BROWSER(office);
    visitor_sign_in(store, &chief, "Vera", ROLE_CHIEF);
    write_story(&chief, "Fog", "Zwyanna Zwypetrova spoke of fog.");
    Withhold order = {.spellings = spellings, .instead = "", .reason = "", .person = "Vera"};
    bool more = false;
    g_assert_true(withhold_name(store, &site, &order, clock_now(), NULL));
    g_assert_true(withhold_step(store, &site, 1, &more, NULL, NULL)); /* settings, the stories */
    g_assert_true(more);
    g_assert_true(
        setting_set(store, "description", "By Zwyanna Zwypetrova", &changed, NULL)); /* the form */
    finish(store);
    g_autofree char *description = setting_get(store, "description", NULL);
    g_assert_null(strstr(description, "Zwyanna"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/takedown_office/takedown", test_takedown);
    stores_test_add("/request/takedown_office/again", test_again);
    stores_test_add("/request/takedown_office/withhold", test_withhold);
    stores_test_add("/request/takedown_office/correction", test_correction);
    stores_test_add("/request/takedown_office/second", test_second);
    stores_test_add("/request/takedown_office/other_forms", test_other_forms);
    stores_test_add("/request/takedown_office/between", test_between);
    return g_test_run();
}
