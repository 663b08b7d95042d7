/* Sitemaps: an index of months, the months, and the news of the last two days. */
#include "paper/fixture.h"

#include <string.h>

static void test_sitemaps(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "New story", NULL);
    fixture_story(&fixture, "title", "Old story", "date", "2025-03-01 20:00", NULL);
    g_autofree char *index = fixture_page(&fixture, "sitemap.xml");
    fixture_in_order(index, "<sitemapindex", "2025", NULL);
    fixture_in_order(index, "<sitemapindex", "2026", NULL);
    g_autofree char *news = fixture_page(&fixture, "news-sitemap.xml");
    fixture_in_order(news, "New story", NULL);
    fixture_without(news, "Old story");
    fixture_wait(&fixture, 3 * CLOCK_DAY);
    g_autofree char *later = fixture_page(&fixture, "news-sitemap.xml");
    g_assert_true(later == NULL || strstr(later, "New story") == NULL);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sitemap-page/sitemaps", test_sitemaps);
    return g_test_run();
}
