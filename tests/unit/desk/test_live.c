#include "desk/live.h"

#include "base/clock.h"
#include "base/error.h"
#include "fixture.h"

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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/live/entries", test_entries);
    return g_test_run();
}
