/* Lists of corrections: on the editors' page about them and on no other, newest first, as text too.
 */
#include "desk/correction.h"
#include "paper/corrections.h"
#include "paper/fixture.h"

static void correct(Fixture *fixture, int64_t story, const char *text)
{
    g_autoptr(GError) error = NULL;
    fixture->now += G_USEC_PER_SEC;
    story_correct(test_newsroom_store(fixture->newsroom), test_newsroom_site(fixture->newsroom),
                  story, text, fixture->now, NULL, &error);
    g_assert_no_error(error);
}

static void begin(Fixture *fixture)
{
    fixture_begin(fixture, "en");
    fixture_story(fixture, "title", "How we correct", "kind", "page", "slug", "corrections", "body",
                  "In the story itself.", NULL);
    fixture_story(fixture, "title", "About", "kind", "page", "slug", "about", NULL);
    int64_t court = fixture_story(fixture, "title", "The court", NULL);
    int64_t river = fixture_story(fixture, "title", "The river", NULL);
    correct(fixture, court, "The judge is Mr Sol.");
    correct(fixture, river, "It rose by 2 metres.");
}

static void test_page(void)
{
    g_auto(Fixture) fixture = {0};
    begin(&fixture);
    g_autofree char *page = fixture_page(&fixture, "corrections.html");
    fixture_in_order(page, "How we correct", "In the story itself.", "The river",
                     "It rose by 2 metres.", "The court", "The judge is Mr Sol.", NULL);
    g_autofree char *about = fixture_page(&fixture, "about.html");
    fixture_without(about, "The judge");
}

static void test_text(void)
{
    g_auto(Fixture) fixture = {0};
    begin(&fixture);
    g_autofree char *text = fixture_page(&fixture, "corrections.txt");
    fixture_in_order(text, "How we correct", "In the story itself.", "The river",
                     "It rose by 2 metres.", "The court", "The judge is Mr Sol.", NULL);
}

static void test_none(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "How we correct", "kind", "page", "slug", "corrections", NULL);
    g_autofree char *page = fixture_page(&fixture, "corrections.html");
    fixture_without(page, "<h2>Corrections");
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/corrections/page", test_page);
    g_test_add_func("/corrections/text", test_text);
    g_test_add_func("/corrections/none", test_none);
    return g_test_run();
}
