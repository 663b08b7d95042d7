/* Pages of newsletters: a sample until the first issue, the list, and what goes with the
 * newsletter. */
#include "paper/newsletters.h"

static void test_sample(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    g_assert_null(fixture_page(&fixture, "newsletter/weekly/latest.html"));
    g_assert_null(fixture_page(&fixture, "newsletters/index.html"));
    fixture_story(&fixture, "title", "The bridge is open", "language", "en", "body", "Cars.\n",
                  NULL);
    newsletters_set(&fixture, "weekly", "en", "The week in letters");
    g_autofree char *latest = fixture_page(&fixture, "newsletter/weekly/latest.html");
    fixture_in_order(latest, "The bridge is open", NULL);
    g_autofree char *list = fixture_page(&fixture, "newsletters/index.html");
    fixture_in_order(list, "The week in letters", NULL);
    g_autofree char *archive = fixture_page(&fixture, "newsletter/weekly/index.html");
    g_assert_nonnull(archive);
    g_assert_null(fixture_page(&fixture, "ru/newsletters/index.html"));
    fixture_story(&fixture, "title", "The ferry has sunk", "language", "en", "body", "Rain.\n",
                  NULL);
    g_autofree char *next = fixture_page(&fixture, "newsletter/weekly/latest.html");
    fixture_in_order(next, "The ferry has sunk", "The bridge is open", NULL);
}

/* An issue that has left has its page, stands on the list, and is the latest. */
static void test_issue(void)
{
    static const char *const pages[][2] = {
        {"newsletter/weekly/1.html", "newsletter/weekly/1.txt\""},
        {"newsletter/weekly/index.html", "newsletter/weekly/index.txt\""},
        {"newsletter/weekly/latest.html", "newsletter/weekly/1.txt\""}, /* the same page */
        {"newsletters/index.html", "newsletters/index.txt\""}};
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "The bridge is open", NULL);
    newsletters_set(&fixture, "weekly", "en", "The week in letters");
    newsletters_send(&fixture, "weekly");
    g_autofree char *issue = fixture_page(&fixture, "newsletter/weekly/1.html");
    fixture_in_order(issue, "The bridge is open", "newsletter/weekly/index.html", NULL);
    g_autofree char *list = fixture_page(&fixture, "newsletter/weekly/index.html");
    fixture_in_order(list, "newsletter/weekly/1.html", "The bridge is open", NULL);
    g_autofree char *latest = fixture_page(&fixture, "newsletter/weekly/latest.html");
    fixture_in_order(latest, "The bridge is open", NULL);
    fixture_without(latest, "Sample issue");
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
        g_autofree char *page = fixture_page(&fixture, pages[i][0]);
        fixture_in_order(page, "type=\"text/plain\"", pages[i][1], "</main>", pages[i][1], NULL);
    }
}

/* In a language that the site has no more there is none. */
static void test_language(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    newsletters_set(&fixture, "nedelya", "ru", "Письма недели");
    g_autofree char *list = fixture_page(&fixture, "ru/newsletters/index.html");
    fixture_in_order(list, "Письма недели", NULL);
    g_assert_null(fixture_page(&fixture, "newsletters/index.html"));
    test_newsroom_set(fixture.newsroom, "languages", "en");
    g_assert_null(fixture_page(&fixture, "newsletter/nedelya/latest.html"));
    g_assert_null(fixture_page(&fixture, "ru/newsletters/index.html"));
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/newsletter_page/sample", test_sample);
    g_test_add_func("/newsletter_page/language", test_language);
    g_test_add_func("/newsletter_page/issue", test_issue);
    return g_test_run();
}
