/* Cards: what a list shows of a story, to whom, and under which names. */
#include "desk/story_card.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "fixture.h"

#include <string.h>

/* "+" before reporters. Caller frees. */
static char *bylines_of(const StoryCard *card)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < card->bylines->len; i++) {
        const StoryByline *byline = card->bylines->pdata[i];
        g_string_append_printf(out, "%s%s=%s ", byline->reporting ? "+" : "", byline->slug,
                               byline->name);
    }
    return g_string_free(out, FALSE);
}

static void test_whole(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    int64_t id = fixture_put(store, "title", "Ice", "lead", "It is cold.", "kind", "opinion",
                             "section", "City & Port", "authors", "Anna Li", "authors",
                             "reporting: Jon Dee", "authors", "withheld", "agency", "AP", NULL);
    g_autoptr(StoryCard) card = story_card(store, id, fixture_now(), &error);
    g_assert_no_error(error);
    g_assert_cmpint(card->id, ==, id);
    g_assert_cmpint(card->kind, ==, STORY_KIND_OPINION);
    g_assert_cmpstr(card->language, ==, "en");
    g_assert_cmpstr(card->path, ==, "2026/11/23/ice.html");
    g_assert_cmpstr(card->headline, ==, "Ice");
    g_assert_cmpstr(card->standfirst, ==, "It is cold.");
    g_assert_cmpstr(card->section, ==, "city-port");
    g_assert_cmpstr(card->section_name, ==, "City & Port");
    assert_text(bylines_of(card), "anna-li=Anna Li +jon-dee=Jon Dee ");
    g_assert_true(card->withheld);
    g_assert_cmpstr(card->agency, ==, "AP");
    g_assert_cmpint(card->photo, ==, 0);
    g_assert_cmpstr(card->alt, ==, "");
    g_assert_cmpint(card->published, ==, fixture_now());
    g_assert_cmpint(card->updated, ==, 0);
    g_assert_cmpint(card->day, ==, 20261123);
}

static void test_least(Store *store, const char *url)
{
    int64_t id = fixture_put(store, "title", "Fog", NULL);
    g_autoptr(StoryCard) card = story_card(store, id, fixture_now(), NULL);
    g_assert_null(card->section);
    g_assert_null(card->section_name);
    g_assert_cmpuint(card->bylines->len, ==, 0);
    g_assert_false(card->withheld);
    g_assert_cmpstr(card->standfirst, ==, "");
    g_assert_cmpstr(card->agency, ==, "");
}

static void not_seen(Store *store, int64_t id, int64_t as_of)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(story_card(store, id, as_of, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

/* Only what a reader may see at that moment has a card. */
static void test_visible(Store *store, const char *url)
{
    int64_t draft = fixture_try(store, 0, NULL, "title", "Draft", NULL);
    int64_t later = fixture_put(store, "title", "Later", "date", "2026-11-23T15:00:00Z", NULL);
    int64_t gone = fixture_put(store, "title", "Gone", NULL);
    assert_ok(story_withdraw(store, fixture_site(), gone, fixture_now(), error));
    not_seen(store, draft, fixture_now());
    not_seen(store, later, fixture_now());
    not_seen(store, gone, fixture_now());
    not_seen(store, 999, fixture_now());
    g_autoptr(StoryCard) card = story_card(store, later, fixture_now() + 3 * CLOCK_HOUR, NULL);
    g_assert_nonnull(card);
    story_card_free(NULL);
}

static void test_group(Store *store, const char *url)
{
    int64_t id = fixture_put(store, "title", "Ice", NULL);
    g_autofree char *original = g_strdup_printf("%d", (int)id);
    fixture_put(store, "title", "Лёд", "language", "ru", "translation_of", original, NULL);
    g_autoptr(StoryCard) card = story_card(store, id, fixture_now(), NULL);
    g_autoptr(GPtrArray) group = story_group(store, card->group, fixture_now(), NULL);
    g_assert_cmpuint(group->len, ==, 2);
    g_assert_cmpstr(((StoryCard *)group->pdata[0])->language, ==, "en");
    g_assert_cmpstr(((StoryCard *)group->pdata[1])->headline, ==, "Лёд");
    g_autoptr(GPtrArray) none = story_group(store, 999, fixture_now(), NULL);
    g_assert_cmpuint(none->len, ==, 0);
}

/* An id for feeds outlives the address. */
static void test_first_path(Store *store, const char *url)
{
    int64_t id = fixture_put(store, "title", "Ice", NULL);
    assert_text(story_first_path(store, id, "2026/11/23/ice.html", NULL), "2026/11/23/ice.html");
    assert_ok(
        story_rename(store, fixture_site(), id, "2026/11/23/floe.html", fixture_now(), error));
    assert_ok(
        story_rename(store, fixture_site(), id, "2026/11/23/berg.html", fixture_now(), error));
    assert_text(story_first_path(store, id, "2026/11/23/berg.html", NULL), "2026/11/23/ice.html");
    assert_text(story_first_path(store, 999, "a.html", NULL), "a.html");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/story-card/whole", test_whole);
    stores_test_add("/story-card/least", test_least);
    stores_test_add("/story-card/visible", test_visible);
    stores_test_add("/story-card/group", test_group);
    stores_test_add("/story-card/first-path", test_first_path);
    return g_test_run();
}
