/* The archive by date as text, beside the pages of test_archive_page.c. */
#include "paper/fixture.h"

#include <string.h>

/* Each leads to texts, from the archive down to a story. */
static void test_down(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Morning news", "date", "2026-11-17 08:00", NULL);
    fixture_story(&fixture, "title", "Evening news", "date", "2026-11-17 20:00", NULL);
    fixture_story(&fixture, "title", "Old news", "date", "2025-03-01 20:00", NULL);
    g_autofree char *all = fixture_page(&fixture, "archive/index.txt");
    fixture_in_order(all, "2026\n", "/2026/index.txt", "2025\n", "/2025/index.txt", NULL);
    g_autofree char *year = fixture_page(&fixture, "2026/index.txt");
    fixture_in_order(year, "2026", "/2026/11/index.txt", NULL);
    fixture_without(year, "2025");
    g_autofree char *month = fixture_page(&fixture, "2026/11/index.txt");
    fixture_in_order(month, "/2026/11/17/index.txt", NULL);
    fixture_without(month, "Evening news");
    g_autofree char *day = fixture_page(&fixture, "2026/11/17/index.txt");
    fixture_in_order(day, "Evening news", ".txt", "Morning news", ".txt", NULL);
    fixture_without(day, "Old news");
    g_assert_null(strchr(day, '<'));
    g_assert_null(fixture_page(&fixture, "2026/11/16/index.txt"));
    g_assert_null(fixture_page(&fixture, "2024/index.txt"));
}

/* Other languages have theirs, with their words. */
static void test_languages(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    fixture_story(&fixture, "title", "Туман", "language", "ru", "date", "2026-11-17 08:00", NULL);
    g_autofree char *month = fixture_page(&fixture, "ru/2026/11/index.txt");
    fixture_in_order(month, "ноябр", "/ru/2026/11/17/index.txt", NULL);
    g_autofree char *day = fixture_page(&fixture, "ru/2026/11/17/index.txt");
    fixture_in_order(day, "Туман", NULL);
    g_assert_null(fixture_page(&fixture, "2026/11/17/index.txt"));
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/archive-text/down", test_down);
    g_test_add_func("/archive-text/languages", test_languages);
    return g_test_run();
}
