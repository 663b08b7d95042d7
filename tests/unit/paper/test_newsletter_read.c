/* What pages of newsletters read: which inputs they name, and what they take for not there. */
#include "paper/newsletter_read.h"

#include "paper/newsletters.h"

#include <string.h>

static bool read_sample(PaperPage *page, void *data, GError **error)
{
    g_autoptr(Newsletter) newsletter = NULL;
    g_autoptr(IssueContent) content = NULL;
    g_assert_true(paper_newsletter(page->press, "weekly", &newsletter, error));
    g_assert_cmpstr(newsletter->heading, ==, "The week in letters");
    g_assert_true(paper_newsletter_sample(page->press, newsletter, &content, error));
    g_assert_cmpstr(issue_content_lead(content), ==, "Fog & ice");
    g_autoptr(GPtrArray) issues = paper_newsletter_issues(page->press, newsletter, 1, error);
    g_assert_cmpuint(issues->len, ==, 0);
    g_autoptr(GPtrArray) english = paper_newsletters_of(page->press, "en", error);
    g_autoptr(GPtrArray) russian = paper_newsletters_of(page->press, "ru", error);
    g_assert_cmpuint(english->len, ==, 2);
    g_assert_cmpuint(russian->len, ==, 1);
    return true;
}

static void fill(Fixture *fixture)
{
    fixture_begin(fixture, "en,ru");
    fixture_story(fixture, "title", "Fog & ice", "authors", "Anna Li", "section", "City", NULL);
    newsletters_set(fixture, "weekly", "en", "The week in letters");
    newsletters_set(fixture, "daily", "en", "Today");
    newsletters_set(fixture, "nedelya", "ru", "Письма недели");
}

static void test_sample(void)
{
    static const char *const inputs[] = {"newsletter:weekly", "list:all/en",   "section:en/city",
                                         "author:en/anna-li", "issues:weekly", "newsletters:ru"};
    g_auto(Fixture) fixture = {0};
    fill(&fixture);
    g_autoptr(PressRecord) record = fixture_on_page(&fixture, "en", "a.html", read_sample, NULL);
    g_assert_cmpstr(record->failure, ==, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(inputs); i++) {
        g_assert_true(fixture_reads(record, inputs[i]));
    }
}

static bool read_none(PaperPage *page, void *data, GError **error)
{
    static const char *const keys[] = {
        "",         "weekly",   "weekly/",   "weekly/x",
        "weekly/0", "weekly/2", "nothing/1", "weekly/99999999999999999999"};
    g_autoptr(Newsletter) newsletter = NULL;
    g_assert_true(paper_newsletter(page->press, "nothing", &newsletter, error));
    g_assert_null(newsletter);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autoptr(Issue) issue = NULL;
        g_assert_true(paper_newsletter_issue_of(page->press, keys[i], &newsletter, &issue, error));
        g_assert_null(newsletter);
        g_assert_null(issue);
    }
    return true;
}

static void test_none(void)
{
    g_auto(Fixture) fixture = {0};
    fill(&fixture);
    g_autoptr(PressRecord) record = fixture_on_page(&fixture, "en", "a.html", read_none, NULL);
    g_assert_cmpstr(record->failure, ==, NULL);
    g_assert_true(fixture_reads(record, "newsletter:nothing")); /* its arrival is noticed */
    g_assert_true(fixture_reads(record, "issue:weekly/2"));
}

static bool read_issue(PaperPage *page, void *data, GError **error)
{
    g_autoptr(Newsletter) newsletter = NULL;
    g_autoptr(Issue) issue = NULL;
    g_assert_true(paper_newsletter_issue_of(page->press, "weekly/1", &newsletter, &issue, error));
    g_assert_cmpstr(newsletter->name, ==, "weekly");
    g_assert_cmpint(issue->number, ==, 1);
    return true;
}

static void test_issue(void)
{
    g_auto(Fixture) fixture = {0};
    fill(&fixture);
    newsletters_send(&fixture, "weekly");
    g_autoptr(PressRecord) record = fixture_on_page(&fixture, "en", "a.html", read_issue, NULL);
    g_assert_cmpstr(record->failure, ==, NULL);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/newsletter-read/sample", test_sample);
    g_test_add_func("/newsletter-read/none", test_none);
    g_test_add_func("/newsletter-read/issue", test_issue);
    return g_test_run();
}
