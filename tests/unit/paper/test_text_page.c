/* Text editions: the whole story, no markup, no picture; the front and shelves as lists. */
#include "paper/fixture.h"

#include "desk/correction.h"
#include "desk/story_state.h"
#include "fund/campaign.h"

#include <string.h>

static void test_story(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    g_autofree char *photo = g_strdup_printf("%d", (int)fixture_picture(&fixture, 1));
    int64_t id = fixture_story(
        &fixture, "title", "Fog & ice", "lead", "It is cold.", "authors", "Anna Li", "photo", photo,
        "body", "The *ferry* waits.\n\n- one\n- two\n\n[Union](https://u.example/)", NULL);
    story_correct(test_newsroom_store(fixture.newsroom), test_newsroom_site(fixture.newsroom), id,
                  "It was ice.", fixture.now, NULL, &error);
    g_assert_no_error(error);
    g_autofree char *text = fixture_page(&fixture, FIXTURE_DAY "fog-ice.txt");
    fixture_in_order(text, "Fog & ice\n", "It is cold.", "By Anna Li", "2026", "It was ice.",
                     "The ferry waits.", "- one\n- two", "Union <https://u.example/>",
                     FIXTURE_SITE FIXTURE_DAY "fog-ice.html", NULL);
    fixture_without(text, "<p>");
    fixture_without(text, "o/");
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "fog-ice.html");
    fixture_in_order(page, "type=\"text/plain\" href=\"../../../" FIXTURE_DAY "fog-ice.txt\"",
                     NULL);

    g_autofree char *front = fixture_page(&fixture, "index.txt");
    fixture_in_order(front, "Fog & ice", FIXTURE_SITE FIXTURE_DAY "fog-ice.txt", NULL);
    story_withdraw(test_newsroom_store(fixture.newsroom), test_newsroom_site(fixture.newsroom), id,
                   fixture.now, &error);
    g_assert_no_error(error);
    g_assert_null(fixture_page(&fixture, FIXTURE_DAY "fog-ice.txt"));
    g_autofree char *after = fixture_page(&fixture, "index.txt");
    fixture_without(after, "Fog");
}

/* Lists of a section, a topic and an author, which lead to texts. */
static void test_shelves(void)
{
    static const char *const dirs[] = {"section/city/", "topic/ice/", "author/anna-li/"};
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Fog & ice", "section", "City", "topics", "Ice", "authors",
                  "Anna Li", NULL);
    fixture_story(&fixture, "title", "Elsewhere", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(dirs); i++) {
        g_autofree char *name = g_strconcat(dirs[i], "index.txt", NULL);
        g_autofree char *text = fixture_page(&fixture, name);
        fixture_in_order(text, "Fog & ice\n", FIXTURE_SITE FIXTURE_DAY "fog-ice.txt", NULL);
        fixture_without(text, "Elsewhere");
        g_autofree char *beside = g_strconcat(dirs[i], "index.html", NULL);
        g_autofree char *page = fixture_page(&fixture, beside);
        fixture_in_order(page, "type=\"text/plain\"", name, NULL);
    }
}

/* The archive by date leads down to the day, and from there to the texts. */
static void test_archive(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Fog & ice", NULL);
    fixture_story(&fixture, "title", "Elsewhere", NULL);
    g_autofree char *all = fixture_page(&fixture, "archive/index.txt");
    fixture_in_order(all, "Archive\n", "2026\n", FIXTURE_SITE "2026/index.txt", NULL);
    g_autofree char *year = fixture_page(&fixture, "2026/index.txt");
    fixture_in_order(year, "2026\n", "November 2026\n", FIXTURE_SITE "2026/11/index.txt", NULL);
    g_autofree char *month = fixture_page(&fixture, "2026/11/index.txt");
    fixture_in_order(month, "November 2026\n", "18 November 2026\n",
                     FIXTURE_SITE FIXTURE_DAY "index.txt", NULL);
    g_autofree char *day = fixture_page(&fixture, FIXTURE_DAY "index.txt");
    fixture_in_order(day, "18\u00a0November\u00a02026\n", "Elsewhere\n", "Fog & ice\n",
                     FIXTURE_SITE FIXTURE_DAY "fog-ice.txt", NULL);
    static const char *const pages[] = {"archive/", "2026/", "2026/11/", FIXTURE_DAY};
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
        g_autofree char *name = g_strconcat(pages[i], "index.html", NULL);
        g_autofree char *page = fixture_page(&fixture, name);
        fixture_in_order(page, "type=\"text/plain\"", pages[i], "index.txt", NULL);
    }
}

static void set_campaign(Fixture *fixture)
{
    static const char text[] = "---\nname: winter\nlanguage: en\nheading: A Message\n"
                               "call: Support us!\namounts: once 10 25; monthly 2 5\n"
                               "minimum: 2.00\ndanger: Not from Xland.\n---\nDear *readers*,\n\n"
                               "From {{minimum_monthly}} a month.\n";
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(GError) error = NULL;
    bool changed = false;
    g_autoptr(Campaign) campaign = campaign_parse(text, strlen(text), zone, fixture->now, &error);
    g_assert_no_error(error);
    campaign_set(test_newsroom_store(fixture->newsroom), campaign, fixture->now, &changed, &error);
    g_assert_no_error(error);
}

static void test_support(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Fog & ice", NULL);
    test_newsroom_set(fixture.newsroom, "url", "http://paper.localhost:8080"); /* for `practice` */
    g_assert_null(fixture_page(&fixture, "support/index.txt"));
    set_campaign(&fixture);
    g_autofree char *text = fixture_page(&fixture, "support/index.txt");
    fixture_in_order(text, "Support", "A Message\n", "Dear readers,\n", "From ",
                     "Not from Xland.\n", "Once: ", "10", "25",
                     "Monthly: ", "Ways to pay: ", "http://paper.localhost:8080/support/\n", NULL);
    fixture_without(text, "<p>");
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text-page/story", test_story);
    g_test_add_func("/text-page/shelves", test_shelves);
    g_test_add_func("/text-page/archive", test_archive);
    g_test_add_func("/text-page/support", test_support);
    return g_test_run();
}
