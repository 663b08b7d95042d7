/* Section, topic and author pages: the newest 30, then months and years; names that change. */
#include "paper/fixture.h"

#include "desk/section.h"
#include "paper/paper.h"

#include <string.h>

static unsigned count(const char *page, const char *text)
{
    unsigned found = 0;
    for (const char *at = strstr(page, text); at != NULL; at = strstr(at + 1, text)) {
        found++;
    }
    return found;
}

static void test_section(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    for (unsigned i = 0; i < PAPER_LIST + 5; i++) {
        g_autofree char *title = g_strdup_printf("Ferry no. %02u", i);
        fixture_story(&fixture, "title", title, "section", "City", NULL);
    }
    g_autofree char *page = fixture_page(&fixture, "section/city/index.html");
    g_assert_cmpuint(count(page, ">Ferry no. "), ==, PAPER_LIST);
    fixture_in_order(page, "Ferry no. 34", "Ferry no. 33", "Ferry no. 05", NULL);
    fixture_without(page, "Ferry no. 04");
    g_assert_nonnull(strstr(page, "section/city/2026/index.html"));
    g_autofree char *month = fixture_page(&fixture, "section/city/2026/11/index.html");
    fixture_in_order(month, "Ferry no. 34", "Ferry no. 00", NULL);
    g_autofree char *year = fixture_page(&fixture, "section/city/2026/index.html");
    fixture_in_order(year, "11/index.html", NULL);
    fixture_without(year, "Ferry no.");
}

static void test_topic_and_author(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Ice on the river", "topics", "Rivers", "topics", "Winter",
                  "authors", "Anna Li", NULL);
    g_autofree char *rivers = fixture_page(&fixture, "topic/rivers/index.html");
    fixture_in_order(rivers, "Rivers", "Ice on the river", NULL);
    g_autofree char *author = fixture_page(&fixture, "author/anna-li/index.html");
    fixture_in_order(author, "Anna Li", "Ice on the river", NULL);
    g_assert_null(fixture_page(&fixture, "author/nobody/index.html"));
}

static void test_renamed(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "A vote", "section", "Politics", NULL);
    g_autofree char *before = fixture_page(&fixture, "section/politics/index.html");
    fixture_in_order(before, "Politics", NULL);
    section_rename(test_newsroom_store(fixture.newsroom), "en", "politics", "State", &error);
    g_assert_no_error(error);
    g_autofree char *after = fixture_page(&fixture, "section/politics/index.html");
    fixture_in_order(after, "State", "A vote", NULL);
    fixture_without(after, ">Politics<");
    g_autofree char *story = fixture_page(&fixture, FIXTURE_DAY "a-vote.html");
    fixture_in_order(story, ">State<", NULL);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/list-page/section", test_section);
    g_test_add_func("/list-page/topic-and-author", test_topic_and_author);
    g_test_add_func("/list-page/renamed", test_renamed);
    return g_test_run();
}
