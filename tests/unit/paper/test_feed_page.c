/* Feeds: the same stories in three forms, whole texts, addresses that hold anywhere. */
#include "paper/fixture.h"

#include "base/clock.h"
#include "desk/live.h"
#include "desk/media.h"
#include "paper/paper.h"

#include <string.h>

static void test_forms(void)
{
    static const char *const files[] = {"feed.xml", "atom.xml", "feed.json"};
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "First story", "section", "City", "body",
                  "See [the day](/2026/11/).", NULL);
    fixture_story(&fixture, "title", "Second & last", "body", "Text of the second.", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *feed = fixture_page(&fixture, files[i]);
        g_test_message("%s", files[i]);
        fixture_in_order(feed, "Text of the second", FIXTURE_SITE "2026/11/", NULL);
        fixture_without(feed, "../");
        g_autofree char *path = g_strconcat("section/city/", files[i], NULL);
        g_autofree char *section = fixture_page(&fixture, path);
        fixture_in_order(section, "First story", NULL);
        fixture_without(section, "Second");
    }
}

/* Every page leads to the paper's feed: it is there before there is anything in it. */
static void test_empty(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_autofree char *feed = fixture_page(&fixture, "feed.xml");
    fixture_in_order(feed, "<rss", "The Bell", "</channel>", NULL);
    fixture_without(feed, "1970");
    fixture_without(feed, "<item>");
    g_assert_null(fixture_page(&fixture, "atom.xml"));
}

/* RSS asks for the picture's length in bytes. */
static void test_enclosure(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    int64_t id = fixture_picture(&fixture, 1);
    g_autoptr(Media) media = media_read(test_newsroom_store(fixture.newsroom), id, &error);
    g_assert_no_error(error);
    g_autofree char *photo = g_strdup_printf("%" G_GINT64_FORMAT, id);
    g_autofree char *length = g_strdup_printf("length=\"%" G_GINT64_FORMAT "\"", media->size);
    fixture_story(&fixture, "title", "The quay", "photo", photo, NULL);
    g_autofree char *feed = fixture_page(&fixture, "feed.xml");
    fixture_in_order(feed, "<enclosure url=\"" FIXTURE_SITE "o/", length, "type=\"image/", NULL);
}

static void test_ceiling(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    for (unsigned i = 0; i <= PAPER_FEED; i++) {
        g_autofree char *title = g_strdup_printf("Ferry no. %02u", i);
        fixture_story(&fixture, "title", title, NULL);
    }
    g_autofree char *feed = fixture_page(&fixture, "feed.xml");
    fixture_in_order(feed, "Ferry no. 20", "Ferry no. 01", NULL);
    fixture_without(feed, "Ferry no. 00");
}

/* Long texts: those that find no room are told of without their text, and the feed is there. */
static void test_room(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    for (unsigned i = 0; i < 5; i++) {
        g_autofree char *title = g_strdup_printf("Ferry no. %02u", i);
        g_autoptr(GString) body = g_string_new(NULL);
        while (body->len < 150000) {
            g_string_append_printf(body, "Deck %u is full & \"wet\".\n\n", i);
        }
        fixture_story(&fixture, "title", title, "lead", "At sea.", "body", body->str, NULL);
    }
    static const char *const files[] = {"feed.xml", "atom.xml", "feed.json"};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *feed = fixture_page(&fixture, files[i]);
        fixture_in_order(feed, "Ferry no. 04", "Deck 4", "Ferry no. 03", "Ferry no. 00", NULL);
        fixture_without(feed, "Deck 0");
    }
}

/* A live story's text is its entries, newest first; an entry that waits is no reader's yet. */
static void test_live(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    Store *store = test_newsroom_store(fixture.newsroom);
    const DeskSite *site = test_newsroom_site(fixture.newsroom);
    int64_t story = fixture_story(&fixture, "title", "The storm", "kind", "live", NULL), id = 0;
    for (unsigned i = 0; i < 3; i++) {
        g_autofree char *headline = g_strdup_printf("Entry %u", i);
        fixture_wait(&fixture, CLOCK_MINUTE);
        live_add(store, site, story, fixture.now, headline, "See [it](about.html).", STORY_MARKDOWN,
                 fixture.now, &id, &error);
        g_assert_no_error(error);
    }
    g_autofree char *feed = fixture_page(&fixture, "feed.json");
    fixture_in_order(feed, "h2\\u003e\\u003ctime", "Entry 2\\u003c/h2", FIXTURE_SITE, "Entry 1",
                     "Entry 0", NULL);
    fixture_without(feed, "../");
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/feed-page/forms", test_forms);
    g_test_add_func("/feed-page/empty", test_empty);
    g_test_add_func("/feed-page/enclosure", test_enclosure);
    g_test_add_func("/feed-page/ceiling", test_ceiling);
    g_test_add_func("/feed-page/room", test_room);
    g_test_add_func("/feed-page/live", test_live);
    return g_test_run();
}
