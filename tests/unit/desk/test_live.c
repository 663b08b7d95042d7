#include "desk/live.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/media.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "fixture.h"
#include "press/setting.h"

#include <string.h>

static char *entries(Store *store, int64_t story)
{
    g_autoptr(GPtrArray) list = live_list(store, story, NULL);
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < list->len; i++) {
        const LiveEntry *entry = list->pdata[i];
        g_string_append_printf(all, "%s %s;", entry->anchor, entry->body);
    }
    return g_string_free(all, FALSE);
}

static void test_entries(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "kind", "live", "date", "2026-11-20", NULL);
    int64_t first = 0;
    int64_t second = 0;
    g_free(fixture_touches(store));
    assert_ok(live_add(store, site, id, now, "Head", "one", STORY_MARKDOWN, now, &first, error));
    assert_text(fixture_touches(store), "sitemap:en/2026-11 story:1 text:all/en");
    assert_ok(live_add(store, site, id, now + CLOCK_HOUR, "", "two", STORY_MARKDOWN, now, &second,
                       error));
    assert_text(entries(store, id), "e2 two;e1 one;");
    assert_ok(live_remove(store, site, second, now, error));
    assert_ok(live_add(store, site, id, now, "", "three", STORY_MARKDOWN, now, NULL, error));
    assert_text(entries(store, id), "e3 three;e1 one;");
    assert_ok(live_edit(store, site, first, "Head", "uno", STORY_HTML, now, error));
    g_autoptr(LiveEntry) entry = live_read(store, first, NULL);
    g_assert_cmpstr(entry->body, ==, "uno");
    g_assert_cmpint(entry->format, ==, STORY_HTML);
    g_assert_cmpstr(entry->anchor, ==, "e1");
    g_free(fixture_touches(store));
    assert_ok(live_edit(store, site, first, "Head", "uno", STORY_HTML, now, error));
    assert_text(fixture_touches(store), "");
    int64_t plain = fixture_put(store, "title", "B", NULL);
    assert_fails(live_add(store, site, plain, now, "", "x", STORY_HTML, now, NULL, error),
                 KOLOKOL_ERROR_INVALID, "no live story");
    assert_fails(live_add(store, site, 9, now, "", "x", STORY_HTML, now, NULL, error),
                 KOLOKOL_ERROR_NOT_FOUND, "no story 9");
    assert_fails(live_edit(store, site, 99, "", "x", STORY_HTML, now, error),
                 KOLOKOL_ERROR_NOT_FOUND, "no live entry");
    assert_fails(live_add(store, site, id, now, "", "\xff", STORY_HTML, now, NULL, error),
                 KOLOKOL_ERROR_INVALID, "UTF-8");
    g_autofree char *longest = g_strnfill(LIVE_BODY + 1, 'a');
    assert_fails(live_add(store, site, id, now, "", longest, STORY_HTML, now, NULL, error),
                 KOLOKOL_ERROR_LIMIT, "entry");
}

/* A live story is taken back when no entry stands any more. */
static void test_back(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), entry = 0;
    int64_t id = fixture_put(store, "title", "A", "kind", "live", "date", "2026-11-20", NULL);
    assert_ok(live_add(store, site, id, now, "", "one", STORY_MARKDOWN, now, &entry, error));
    assert_fails(story_set_kind(store, site, id, STORY_KIND_STORY, now, error),
                 KOLOKOL_ERROR_CONFLICT, "has live entries");
    assert_ok(story_set_kind(store, site, id, STORY_KIND_LIVE, now, error));
    assert_ok(live_remove(store, site, entry, now, error));
    assert_ok(story_set_kind(store, site, id, STORY_KIND_OPINION, now, error));
    assert_ok(story_set_kind(store, site, id, STORY_KIND_LIVE, now, error));
}

/* What the office sends: once by its key, waiting or not, changed by who has seen it. */
static void test_office(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), first = 0, again = 0, waits = 0;
    int64_t id = fixture_put(store, "title", "A", "kind", "live", "date", "2026-11-20", NULL);
    int64_t other = fixture_put(store, "title", "B", "kind", "live", "date", "2026-11-20", NULL);
    LiveNew given = {.time = now, .person = 7, .headline = " One\n", .body = "one", .key = "k"};
    bool fresh = false;
    assert_ok(live_enter(store, site, id, &given, now, &first, &fresh, error));
    g_assert_true(fresh);
    g_free(fixture_touches(store));
    given.body = "something else";
    assert_fails(live_enter(store, site, id, &given, now, &again, &fresh, error),
                 KOLOKOL_ERROR_CONFLICT, "with other words");
    given.body = "one";
    given.headline = "One";
    assert_ok(live_enter(store, site, id, &given, now, &again, &fresh, error));
    g_assert_false(fresh);
    g_assert_cmpint(again, ==, first);
    assert_text(fixture_touches(store), "");
    assert_text(entries(store, id), "e1 one;");
    assert_ok(live_enter(store, site, other, &given, now, &again, &fresh, error));
    g_assert_cmpint(again, !=, first); /* a key is its story's */
    g_free(fixture_touches(store));
    given = (LiveNew){.time = now + 1, .headline = "", .body = "two", .key = "", .waiting = true};
    assert_ok(live_enter(store, site, id, &given, now, &waits, NULL, error));
    assert_text(fixture_touches(store), "");
    assert_text(entries(store, id), "e1 one;");
    assert_ok(live_change(store, site, waits, &(LiveChange){.body = "zwei"}, now, error));
    assert_text(fixture_touches(store), "");
    assert_ok(
        live_change(store, site, waits, &(LiveChange){.seen = 2, .release = true}, now, error));
    assert_text(entries(store, id), "e2 zwei;e1 one;");
    assert_fails(
        live_change(store, site, waits, &(LiveChange){.seen = 2, .body = "mine"}, now, error),
        KOLOKOL_ERROR_CONFLICT, "somebody else");
    assert_ok(
        live_change(store, site, waits, &(LiveChange){.seen = 2, .body = "zwei"}, now, error));
    assert_ok(live_change(store, site, first, &(LiveChange){.remove = true, .time = now + 2}, now,
                          error));
    assert_text(entries(store, id), "e2 zwei;");
    assert_ok(live_change(store, site, first, &(LiveChange){.restore = true}, now, error));
    assert_text(entries(store, id), "e1 one;e2 zwei;");
    g_autoptr(LiveEntry) entry = live_read(store, first, NULL);
    g_assert_cmpstr(entry->headline, ==, "One");
    g_assert_cmpint(entry->person, ==, 7);
    g_assert_cmpint(entry->serial, ==, 3);
    assert_fails(
        live_change(store, site, first, &(LiveChange){.headline = "", .body = " "}, now, error),
        KOLOKOL_ERROR_INVALID, "no text");
    given.body = given.headline;
    assert_fails(live_enter(store, site, id, &given, now, NULL, NULL, error), KOLOKOL_ERROR_INVALID,
                 "no text");
}

/* For the staff, in parts. */
static void test_page(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), last = 0;
    int64_t id = fixture_put(store, "title", "A", "kind", "live", "date", "2026-11-20", NULL);
    for (unsigned i = 0; i < 3; i++) {
        LiveNew given = {.time = now, .headline = "", .body = "x", .key = "", .waiting = i == 1};
        assert_ok(live_enter(store, site, id, &given, now, &last, NULL, error));
    }
    assert_ok(live_remove(store, site, last, now, error));
    g_autoptr(GPtrArray) list = live_page(store, id, false, NULL, 9, NULL);
    g_autoptr(GPtrArray) rest = live_page(store, id, false, list->pdata[0], 9, NULL);
    g_autoptr(GPtrArray) removed = live_page(store, id, true, NULL, 9, NULL);
    g_assert_cmpuint(list->len, ==, 2);
    g_assert_cmpuint(rest->len, ==, 1);
    g_assert_cmpuint(removed->len, ==, 1);
    const LiveEntry *newest = list->pdata[0];
    g_assert_true(newest->waiting);
}

/* The stories whose live entries show a picture. */
static guint users(Store *store, int64_t picture)
{
    g_autoptr(GArray) list = media_usage(store, picture, NULL);
    return list->len;
}

static void words(Store *store, const char *wanted)
{
    bool changed = false;
    assert_ok(setting_set(store, "picture-words", wanted, &changed, error));
}

/* Readers get no entry whose pictures lack their words or are not there; it may wait with less, an
 * import may have less, and what was out with less may stay. */
static void test_picture_words(Store *store, const char *url)
{
    static const char bare[] = "![](media:7)";
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), waits = 0, out = 0;
    int64_t id = fixture_put(store, "title", "A", "kind", "live", "date", "2026-11-20", NULL);
    LiveNew given = {.time = now, .person = 7, .headline = "", .body = bare, .key = ""};
    assert_fails(live_enter(store, site, id, &given, now, NULL, NULL, error), KOLOKOL_ERROR_INVALID,
                 "picture 7");
    assert_text(entries(store, id), "");
    given.waiting = true;
    assert_ok(live_enter(store, site, id, &given, now, &waits, NULL, error));
    assert_fails(live_change(store, site, waits, &(LiveChange){.release = true}, now, error),
                 KOLOKOL_ERROR_INVALID, "picture 7");
    assert_ok(live_change(store, site, waits, &(LiveChange){.release = true, .body = "none"}, now,
                          error));
    assert_ok(live_add(store, site, id, now, "", bare, STORY_MARKDOWN, now, &out, error));
    assert_ok(live_change(store, site, out, &(LiveChange){.headline = "Now"}, now, error));
    assert_fails(live_change(store, site, out, &(LiveChange){.body = "![](media:7) ![](media:8)"},
                             now, error),
                 KOLOKOL_ERROR_INVALID, "picture 8");
    assert_ok(live_remove(store, site, out, now, error)); /* and comes back as it was */
    assert_ok(live_change(store, site, out, &(LiveChange){.restore = true}, now, error));
    words(store, "optional");
    given = (LiveNew){.time = now, .person = 7, .headline = "", .body = bare, .key = ""};
    assert_ok(live_enter(store, site, id, &given, now, NULL, NULL, error));
}

/* In a draft they may lack them; it goes out with all or not at all. */
static void test_draft(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), entry = 0;
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "kind", "live", NULL);
    LiveNew given = {.time = now, .person = 7, .headline = "", .body = "![](media:7)", .key = ""};
    assert_ok(live_add(store, site, id, now, "", "![](media:8)", STORY_MARKDOWN, now, NULL, error));
    assert_ok(live_enter(store, site, id, &given, now, &entry, NULL, error));
    assert_ok(live_change(store, site, entry, &(LiveChange){.headline = "Now"}, now, error));
    assert_fails(story_publish(store, site, id, now, error), KOLOKOL_ERROR_INVALID, "picture 7");
    assert_fails(story_schedule(store, site, id, now + 1, now, error), KOLOKOL_ERROR_INVALID,
                 "picture 7");
    assert_ok(live_remove(store, site, entry, now, error));
    assert_ok(story_publish(store, site, id, now, error));
    assert_fails(live_change(store, site, entry, &(LiveChange){.restore = true}, now, error),
                 KOLOKOL_ERROR_INVALID, "picture 7"); /* it never was out */
}

/* What an import brought is asked for when somebody writes it anew; a story that becomes live while
 * it is out brings its entries along. */
static void test_brought(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), entry = 0;
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "kind", "live", NULL);
    assert_ok(
        live_add(store, site, id, now, "", "![](media:8)", STORY_MARKDOWN, now, &entry, error));
    assert_ok(
        live_change(store, site, entry, &(LiveChange){.body = "More ![](media:8)"}, now, error));
    assert_fails(live_change(store, site, entry, &(LiveChange){.body = "![](media:9)"}, now, error),
                 KOLOKOL_ERROR_INVALID, "picture 9");
    LiveNew given = {.time = now, .person = 7, .headline = "", .body = "![](media:7)", .key = ""};
    assert_ok(live_enter(store, site, id, &given, now, NULL, NULL, error));
    assert_ok(story_set_kind(store, site, id, STORY_KIND_STORY, now, error));
    assert_ok(story_publish(store, site, id, now, error));
    assert_fails(story_set_kind(store, site, id, STORY_KIND_LIVE, now, error),
                 KOLOKOL_ERROR_INVALID, "entry e2: picture 7");
}

/* One that waits is in the usage list of the office, and shows nothing. */
static void test_waiting_picture(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), entry = 0;
    int64_t id = fixture_put(store, "title", "A", "kind", "live", "date", "2026-11-20", NULL);
    LiveNew given = {
        .time = now, .headline = "", .body = "![x](media:7)", .key = "", .waiting = true};
    bool out = true;
    words(store, "optional");
    assert_ok(live_enter(store, site, id, &given, now, &entry, NULL, error));
    g_autoptr(GArray) waiting = media_shown(store, 7, NULL);
    g_assert_cmpuint(users(store, 7), ==, 1);
    g_assert_cmpuint(waiting->len, ==, 0);
    assert_ok(media_goes_out(store, 7, &out, error));
    g_assert_false(out);
    assert_ok(live_change(store, site, entry, &(LiveChange){.release = true}, now, error));
    g_autoptr(GArray) shown = media_shown(store, 7, NULL);
    g_assert_cmpuint(shown->len, ==, 1);
}

static void test_pictures(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), entry = 0;
    int64_t id = fixture_put(store, "title", "A", "kind", "live", "body", "![x](media:7)", NULL);
    words(store, "optional");
    assert_ok(
        live_add(store, site, id, now, "", "![x](media:8)", STORY_MARKDOWN, now, &entry, error));
    g_assert_cmpuint(users(store, 7), ==, 1);
    g_assert_cmpuint(users(store, 8), ==, 1);
    fixture_put(store, "title", "B", NULL);
    assert_ok(live_edit(store, site, entry, "", "![x](media:9 \"c\")", STORY_MARKDOWN, now, error));
    g_assert_cmpuint(users(store, 8), ==, 0);
    g_assert_cmpuint(users(store, 9), ==, 1);
    assert_ok(live_remove(store, site, entry, now, error));
    g_assert_cmpuint(users(store, 9), ==, 0);
    assert_ok(live_change(store, site, entry, &(LiveChange){.restore = true}, now, error));
    g_assert_cmpuint(users(store, 9), ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/live/back", test_back);
    stores_test_add("/desk/live/entries", test_entries);
    stores_test_add("/desk/live/office", test_office);
    stores_test_add("/desk/live/page", test_page);
    stores_test_add("/desk/live/pictures", test_pictures);
    stores_test_add("/desk/live/picture_words", test_picture_words);
    stores_test_add("/desk/live/draft", test_draft);
    stores_test_add("/desk/live/brought", test_brought);
    stores_test_add("/desk/live/waiting_picture", test_waiting_picture);
    return g_test_run();
}
