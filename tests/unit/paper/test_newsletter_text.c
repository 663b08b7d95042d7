/* Newsletters as text: a sample, an issue, the list of issues, what there is to subscribe to. */
#include "paper/newsletters.h"

static void test_sample(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_assert_null(fixture_page(&fixture, "newsletter/weekly/latest.txt"));
    g_assert_null(fixture_page(&fixture, "newsletters/index.txt"));
    newsletters_set(&fixture, "weekly", "en", "The week in letters");
    g_autofree char *none = fixture_page(&fixture, "newsletter/weekly/latest.txt");
    fixture_in_order(none, "The week in letters\n\nEach Friday.\n", "Sample issue\n",
                     "no stories here yet", NULL);
    fixture_story(&fixture, "title", "Fog & ice", "lead", "It is cold.", "authors", "Anna Li",
                  "section", "City", NULL);
    g_autofree char *first = fixture_page(&fixture, "newsletter/weekly/latest.txt");
    fixture_in_order(first, "Sample issue\n", "Fog & ice\nIt is cold.\nBy Anna Li\n",
                     FIXTURE_SITE FIXTURE_DAY "fog-ice.html\n", NULL);
    fixture_without(first, "<");
    fixture_story(&fixture, "title", "Thaw", NULL);
    g_autofree char *next = fixture_page(&fixture, "newsletter/weekly/latest.txt");
    fixture_in_order(next, "Thaw\n", "City\n\nFog & ice\n", NULL);
    g_autofree char *issues = fixture_page(&fixture, "newsletter/weekly/index.txt");
    fixture_in_order(issues, "The week in letters\n", "All issues\n", "No issue has been sent",
                     NULL);
    g_autofree char *all = fixture_page(&fixture, "newsletters/index.txt");
    fixture_in_order(all, "Newsletters\n", "The week in letters\n",
                     FIXTURE_SITE "newsletter/weekly/latest.txt\n",
                     FIXTURE_SITE "newsletter/weekly/index.txt\n", FIXTURE_SITE "newsletters/\n",
                     NULL);
}

static void test_issue(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Fog & ice", "section", "City", NULL);
    newsletters_set(&fixture, "weekly", "en", "The week in letters");
    g_assert_null(fixture_page(&fixture, "newsletter/weekly/1.txt"));
    newsletters_send(&fixture, "weekly");
    g_autofree char *issue = fixture_page(&fixture, "newsletter/weekly/1.txt");
    fixture_in_order(issue, "The week in letters\n", "18 November 2026\n", "Fog & ice\n",
                     FIXTURE_SITE FIXTURE_DAY "fog-ice.html\n", "All issues\n",
                     FIXTURE_SITE "newsletter/weekly/index.txt\n", NULL);
    g_autofree char *latest = fixture_page(&fixture, "newsletter/weekly/latest.txt");
    g_assert_cmpstr(latest, ==, issue);
    g_autofree char *list = fixture_page(&fixture, "newsletter/weekly/index.txt");
    fixture_in_order(list, "18 November 2026\nFog & ice\n" FIXTURE_SITE "newsletter/weekly/1.txt\n",
                     NULL);
    fixture_story(&fixture, "title", "Thaw", NULL); /* it stays as it was sent */
    g_autofree char *after = fixture_page(&fixture, "newsletter/weekly/1.txt");
    g_assert_cmpstr(after, ==, issue);
    g_assert_null(fixture_page(&fixture, "newsletter/weekly/2.txt"));
}

static void test_languages(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru,ar");
    fixture_story(&fixture, "title", "Лёд", "language", "ru", NULL);
    newsletters_set(&fixture, "nedelya", "ru", "Письма недели");
    newsletters_set(&fixture, "usbu", "ar", "رسائل الأسبوع");
    g_autofree char *latest = fixture_page(&fixture, "newsletter/nedelya/latest.txt");
    fixture_in_order(latest, "Письма недели\n", "Лёд\n", NULL);
    g_autofree char *all = fixture_page(&fixture, "ar/newsletters/index.txt");
    fixture_in_order(all, "رسائل الأسبوع\n", FIXTURE_SITE "ar/newsletters/\n", NULL);
    g_assert_null(fixture_page(&fixture, "newsletters/index.txt"));
    test_newsroom_set(fixture.newsroom, "languages", "en");
    g_assert_null(fixture_page(&fixture, "newsletter/nedelya/latest.txt"));
    g_assert_null(fixture_page(&fixture, "ar/newsletters/index.txt"));
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/newsletter-text/sample", test_sample);
    g_test_add_func("/newsletter-text/issue", test_issue);
    g_test_add_func("/newsletter-text/languages", test_languages);
    return g_test_run();
}
