#include "desk/breaking.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/story_embargo.h"
#include "fixture.h"

#include <string.h>

static void test_line(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", NULL);
    g_free(fixture_touches(store));
    assert_fails(breaking_read(store, "en", now, error) != NULL, KOLOKOL_ERROR_NOT_FOUND,
                 "no breaking line");
    assert_ok(breaking_set(store, "en", " Dam\nbreaks ", id, now + CLOCK_HOUR, now, error));
    assert_text(fixture_touches(store), "breaking:en");
    g_autoptr(Breaking) line = breaking_read(store, "en", now, NULL);
    g_assert_cmpstr(line->text, ==, "Dam breaks");
    g_assert_cmpint(line->story, ==, id);
    g_assert_cmpint(line->until, ==, now + CLOCK_HOUR);
    assert_fails(breaking_read(store, "en", now + CLOCK_HOUR, error) != NULL,
                 KOLOKOL_ERROR_NOT_FOUND, "no breaking line");
    assert_ok(breaking_set(store, "en", "Dam breaks", id, now + CLOCK_HOUR, now + 1, error));
    assert_text(fixture_touches(store), "");
    assert_ok(breaking_clear(store, "en", error));
    assert_text(fixture_touches(store), "breaking:en");
    assert_ok(breaking_clear(store, "en", error));
    assert_text(fixture_touches(store), "");
    g_autofree char *longest = g_strnfill(301, 'a');
    assert_fails(breaking_set(store, "en", " ", 0, INT64_MAX, now, error), KOLOKOL_ERROR_INVALID,
                 "empty");
    assert_fails(breaking_set(store, "en", longest, 0, INT64_MAX, now, error), KOLOKOL_ERROR_LIMIT,
                 "300");
    assert_fails(breaking_set(store, "en", "a", 9, INT64_MAX, now, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no story 9");
}

/* To what is under embargo no line leads: it is public at once. */
static void test_embargo(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), then = now + CLOCK_HOUR;
    int64_t id = fixture_try(store, 0, NULL, "title", "A", NULL);
    assert_ok(story_set_embargo(store, site, id, then, now, error));
    assert_fails(breaking_set(store, "en", "Soon", id, INT64_MAX, now, error),
                 KOLOKOL_ERROR_INVALID, "under embargo until");
    assert_fails(breaking_read(store, "en", now, error) != NULL, KOLOKOL_ERROR_NOT_FOUND,
                 "no breaking line");
    assert_ok(breaking_set(store, "en", "Soon", 0, INT64_MAX, now, error));
    assert_ok(breaking_set(store, "en", "Now", id, INT64_MAX, then, error));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/breaking/line", test_line);
    stores_test_add("/desk/breaking/embargo", test_embargo);
    return g_test_run();
}
