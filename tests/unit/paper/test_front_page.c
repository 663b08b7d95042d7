/* The front: who stands where, strips, the breaking line, corrections, one for each language. */
#include "paper/fixture.h"

#include "desk/breaking.h"
#include "desk/correction.h"
#include "desk/front.h"

#include <string.h>

static Store *store_of(Fixture *fixture)
{
    return test_newsroom_store(fixture->newsroom);
}

/* Newest first; a held story goes before; a slot set free falls back to the newest. */
static void test_slots(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    int64_t old = fixture_story(&fixture, "title", "Oldest of all", NULL);
    fixture_story(&fixture, "title", "Second story", NULL);
    fixture_story(&fixture, "title", "Newest story", NULL);
    g_autofree char *rule = fixture_page(&fixture, "index.html");
    fixture_in_order(rule, "Newest story", "Second story", "Oldest of all", NULL);
    front_set_story(store_of(&fixture), "en", 1, old, INT64_MAX, &error);
    g_assert_no_error(error);
    g_autofree char *held = fixture_page(&fixture, "index.html");
    fixture_in_order(held, "Oldest of all", "Newest story", "Second story", NULL);
    front_clear(store_of(&fixture), "en", 1, &error);
    g_assert_no_error(error);
    g_autofree char *again = fixture_page(&fixture, "index.html");
    g_assert_cmpstr(again, ==, rule);
}

static void test_hold_ends(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    int64_t old = fixture_story(&fixture, "title", "Oldest of all", NULL);
    fixture_story(&fixture, "title", "Newest story", NULL);
    front_set_story(store_of(&fixture), "en", 1, old, fixture.now + CLOCK_HOUR, &error);
    g_assert_no_error(error);
    g_autofree char *held = fixture_page(&fixture, "index.html");
    fixture_in_order(held, "Oldest of all", "Newest story", NULL);
    fixture_wait(&fixture, 2 * CLOCK_HOUR);
    g_autofree char *ended = fixture_page(&fixture, "index.html");
    fixture_in_order(ended, "Newest story", "Oldest of all", NULL);
}

static void test_breaking(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    int64_t story = fixture_story(&fixture, "title", "The bridge", NULL);
    breaking_set(store_of(&fixture), "en", "Bridge <closed>", story, fixture.now + CLOCK_HOUR,
                 fixture.now, &error);
    g_assert_no_error(error);
    g_autofree char *page = fixture_page(&fixture, "index.html");
    fixture_in_order(page, "Bridge &lt;closed&gt;", "The bridge", NULL);
    g_autofree char *other = fixture_page(&fixture, FIXTURE_DAY "the-bridge.html");
    fixture_without(other, "&lt;closed&gt;");
    fixture_wait(&fixture, 2 * CLOCK_HOUR);
    g_autofree char *over = fixture_page(&fixture, "index.html");
    fixture_without(over, "&lt;closed&gt;");
}

static guint times(const char *text, const char *what)
{
    g_auto(GStrv) pieces = g_strsplit(text, what, -1);
    return g_strv_length(pieces) - 1;
}

/* What stands at the top is not told again by its section's strip; the latest may be. */
static void test_nothing_twice(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Story one", "section", "City", NULL);
    fixture_story(&fixture, "title", "Story two", "section", "City", NULL);
    fixture_story(&fixture, "title", "Story three", "section", "City", NULL);
    fixture_story(&fixture, "title", "Story four", "section", "City", NULL);
    g_autofree char *page = fixture_page(&fixture, "index.html");
    g_assert_cmpuint(times(page, ">Story four</a>"), ==, 1);
    g_assert_cmpuint(times(page, ">Story three</a>"), ==, 1);
    g_assert_cmpuint(times(page, ">Story two</a>"), ==, 1);
    g_assert_cmpuint(times(page, ">Story one</a>"), ==, 2);
}

static void test_strips_and_corrections(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    int64_t story = fixture_story(&fixture, "title", "The court", "section", "Law & Order", NULL);
    story_correct(store_of(&fixture), test_newsroom_site(fixture.newsroom), story,
                  "The judge is Mr Sol.", fixture.now, NULL, &error);
    g_assert_no_error(error);
    g_autofree char *page = fixture_page(&fixture, "index.html");
    fixture_in_order(page, "section/law-order/index.html", "The court", "The judge is Mr Sol.",
                     NULL);
    fixture_without(page, "Law & Order");
}

static void test_languages(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    fixture_story(&fixture, "title", "English news", "language", "en", NULL);
    fixture_story(&fixture, "title", "Русская новость", "language", "ru", NULL);
    g_autofree char *english = fixture_page(&fixture, "index.html");
    fixture_in_order(english, "lang=\"en\"", "English news", NULL);
    fixture_without(english, "Русская новость");
    g_autofree char *russian = fixture_page(&fixture, "ru/index.html");
    fixture_in_order(russian, "lang=\"ru\"", "Русская новость", NULL);
    fixture_without(russian, "English news");
    g_assert_nonnull(strstr(english, "href=\"" FIXTURE_SITE "ru/\""));
    g_assert_nonnull(strstr(russian, "href=\"" FIXTURE_SITE "\""));
}

/* An editor's slot says that a story stands among the latest; its time says where. */
static void test_latest_by_time(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    int64_t old = fixture_story(&fixture, "title", "Story one", NULL);
    fixture_story(&fixture, "title", "Story two", NULL);
    fixture_story(&fixture, "title", "Story three", NULL);
    fixture_story(&fixture, "title", "Story four", NULL);
    fixture_story(&fixture, "title", "Story five", NULL);
    front_set_story(store_of(&fixture), "en", 4, old, INT64_MAX, &error);
    g_assert_no_error(error);
    g_autofree char *page = fixture_page(&fixture, "index.html");
    fixture_in_order(page, "Story five", "Story four", "Story three", "class=\"latest\"",
                     "Story two", "Story one", NULL);
}

/* A newsroom without a story has a front all the same. */
static void test_empty(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_autofree char *page = fixture_page(&fixture, "index.html");
    fixture_in_order(page, "The Bell", "</html>", NULL);
    fixture_without(page, "class=\"nav\""); /* no frame around nothing */
    fixture_without(page, "Latest");
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/front-page/slots", test_slots);
    g_test_add_func("/front-page/hold-ends", test_hold_ends);
    g_test_add_func("/front-page/breaking", test_breaking);
    g_test_add_func("/front-page/nothing-twice", test_nothing_twice);
    g_test_add_func("/front-page/strips-and-corrections", test_strips_and_corrections);
    g_test_add_func("/front-page/languages", test_languages);
    g_test_add_func("/front-page/latest-by-time", test_latest_by_time);
    g_test_add_func("/front-page/empty", test_empty);
    return g_test_run();
}
