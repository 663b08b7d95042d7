/* Day, month and year pages of the whole paper, by the calendar of the site. */
#include "paper/fixture.h"

#include <string.h>

static void test_archive(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Morning news", "date", "2026-11-17 08:00", NULL);
    fixture_story(&fixture, "title", "Evening news", "date", "2026-11-17 20:00", NULL);
    fixture_story(&fixture, "title", "Old news", "date", "2025-03-01 20:00", NULL);
    g_autofree char *day = fixture_page(&fixture, "2026/11/17/index.html");
    fixture_in_order(day, "Evening news", "Morning news", NULL);
    fixture_without(day, "Old news");
    g_autofree char *month = fixture_page(&fixture, "2026/11/index.html");
    fixture_in_order(month, "17/index.html", NULL);
    fixture_without(month, "Evening news");
    g_autofree char *year = fixture_page(&fixture, "2025/index.html");
    fixture_in_order(year, "03/index.html", NULL);
    g_autofree char *all = fixture_page(&fixture, "archive/index.html");
    fixture_in_order(all, "2026/index.html", "2025/index.html", NULL);
    g_assert_null(fixture_page(&fixture, "2026/11/16/index.html"));
}

/* A day begins at midnight of the site. */
static void test_zone(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    test_newsroom_set(fixture.newsroom, "timezone", "Asia/Tokyo");
    fixture_story(&fixture, "title", "Late news", "date", "2026-11-17T20:00:00Z", NULL);
    g_autofree char *day = fixture_page(&fixture, "2026/11/18/index.html");
    fixture_in_order(day, "Late news", NULL);
    g_assert_null(fixture_page(&fixture, "2026/11/17/index.html"));
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/archive-page/archive", test_archive);
    g_test_add_func("/archive-page/zone", test_zone);
    return g_test_run();
}
