/* A live story: newest entries first, with anchors; older ones go to parts when the page would be
 * too long. */
#include "paper/fixture.h"

#include "desk/live.h"

#include <string.h>

#define SENTENCES 150u /* some six kilobytes */

static int64_t add(Fixture *fixture, int64_t story, const char *headline, const char *body)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    fixture_wait(fixture, CLOCK_MINUTE);
    live_add(test_newsroom_store(fixture->newsroom), test_newsroom_site(fixture->newsroom), story,
             fixture->now, headline, body, STORY_MARKDOWN, fixture->now, &id, &error);
    g_assert_no_error(error);
    return id;
}

static void test_order(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    int64_t story = fixture_story(&fixture, "title", "The storm", "kind", "live", NULL);
    int64_t first = add(&fixture, story, "Wind rises", "It *blows*.");
    add(&fixture, story, "Ferries stop", "None sails.");
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "the-storm.html");
    fixture_in_order(page, "Ferries stop", "None sails.", "Wind rises", "<em>blows</em>", NULL);
    live_remove(test_newsroom_store(fixture.newsroom), test_newsroom_site(fixture.newsroom), first,
                fixture.now, &error);
    g_assert_no_error(error);
    g_autofree char *without = fixture_page(&fixture, FIXTURE_DAY "the-storm.html");
    fixture_without(without, "Wind rises");
}

static void test_parts(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_autoptr(GString) body = g_string_new(NULL);
    for (unsigned i = 0; i < SENTENCES; i++) {
        g_string_append(body, "Then the wind came to the harbour. ");
    }
    int64_t story = fixture_story(&fixture, "title", "The storm", "kind", "live", NULL);
    for (unsigned i = 0; i < 12; i++) {
        g_autofree char *headline = g_strdup_printf("Entry %02u", i);
        add(&fixture, story, headline, body->str);
    }
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "the-storm.html");
    fixture_in_order(page, "Entry 11", "the-storm-part-1.html", NULL);
    fixture_without(page, "Entry 00");
    g_autofree char *part = fixture_page(&fixture, FIXTURE_DAY "the-storm-part-1.html");
    fixture_in_order(part, "type=\"text/plain\"", "the-storm-part-1.txt", "Entry 00", NULL);
    g_autofree char *text = fixture_page(&fixture, FIXTURE_DAY "the-storm-part-1.txt");
    fixture_in_order(text, "The storm\n", "Entry 01\n", "Entry 00\n", "Then the wind",
                     FIXTURE_SITE FIXTURE_DAY "the-storm.html", NULL);
    fixture_without(text, "Entry 11");
    fixture_without(text, "<p>");
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/live-page/order", test_order);
    g_test_add_func("/live-page/parts", test_parts);
    return g_test_run();
}
