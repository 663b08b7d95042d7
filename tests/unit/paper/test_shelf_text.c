/* Sections, topics and authors as text: each leads down to texts, and its page leads to it. */
#include "paper/fixture.h"

#include <string.h>

static void fill(Fixture *fixture)
{
    fixture_begin(fixture, "en,ru,ar");
    fixture_story(fixture, "title", "Fog & ice", "section", "City", "topics", "Ice", "authors",
                  "Anna Li", "date", "2025-03-04T10:00:00Z", NULL);
    fixture_story(fixture, "title", "Thaw", "section", "City", "topics", "Ice", "authors",
                  "Anna Li", "date", "2026-11-06T10:00:00Z", NULL);
    fixture_story(fixture, "title", "Elsewhere", NULL);
    fixture_story(fixture, "title", "Лёд", "section", "Город", "language", "ru", NULL);
    fixture_story(fixture, "title", "جليد", "section", "المدينة", "language", "ar", "slug", "jalid",
                  NULL);
}

static void test_down(void)
{
    static const char *const dirs[][2] = {
        {"section/city/", "City"}, {"topic/ice/", "Ice"}, {"author/anna-li/", "Anna Li"}};
    g_auto(Fixture) fixture = {0};
    fill(&fixture);
    for (size_t i = 0; i < G_N_ELEMENTS(dirs); i++) {
        g_autofree char *first = g_strconcat(dirs[i][0], "index.txt", NULL);
        g_autofree char *year = g_strconcat(dirs[i][0], "2025/index.txt", NULL);
        g_autofree char *month = g_strconcat(dirs[i][0], "2025/03/index.txt", NULL);
        g_autofree char *text = fixture_page(&fixture, first);
        fixture_in_order(text, dirs[i][1], "Thaw\n", "Fog & ice\n", "Archive\n", "2026\n", "2025\n",
                         FIXTURE_SITE, year, NULL);
        g_autofree char *of_year = fixture_page(&fixture, year);
        fixture_in_order(of_year, dirs[i][1], ": 2025\n", "March 2025\n", FIXTURE_SITE, month,
                         NULL);
        g_autofree char *of_month = fixture_page(&fixture, month);
        fixture_in_order(of_month, dirs[i][1], ": March 2025\n", "Fog & ice\n",
                         FIXTURE_SITE "2025/03/04/fog-ice.txt", NULL);
        fixture_without(of_month, "Thaw");
        fixture_without(of_month, "<");
    }
}

/* The link in the head and the one at the foot. */
static void test_beside(void)
{
    static const char *const pages[] = {"section/city/2025/", "section/city/2025/03/",
                                        "topic/ice/2026/", "topic/ice/2026/11/",
                                        "author/anna-li/2026/"};
    g_auto(Fixture) fixture = {0};
    fill(&fixture);
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
        g_autofree char *html = g_strconcat(pages[i], "index.html", NULL);
        g_autofree char *text = g_strconcat(pages[i], "index.txt\"", NULL);
        g_autofree char *page = fixture_page(&fixture, html);
        fixture_in_order(page, "type=\"text/plain\"", text, "</main>", text, NULL);
    }
}

static void test_languages(void)
{
    g_auto(Fixture) fixture = {0};
    fill(&fixture);
    g_autofree char *russian = fixture_page(&fixture, "ru/section/gorod/2026/11/index.txt");
    fixture_in_order(russian, "Город: ", "оябр", " 2026", "Лёд\n", NULL);
    g_autofree char *year = fixture_page(&fixture, "ru/section/gorod/index.txt");
    fixture_in_order(year, "Архив\n", "2026\n", "/ru/section/gorod/2026/index.txt", NULL);
    g_autofree char *arabic = fixture_page(&fixture, "ar/2026/11/18/index.txt");
    fixture_in_order(arabic, "جليد\n", "/ar/2026/11/18/jalid.txt", NULL);
    g_assert_null(fixture_page(&fixture, "section/gorod/2026/11/index.txt"));
    g_assert_null(fixture_page(&fixture, "section/city/2024/index.txt"));
    g_assert_null(fixture_page(&fixture, "section/city/2026/12/index.txt"));
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/shelf-text/down", test_down);
    g_test_add_func("/shelf-text/beside", test_beside);
    g_test_add_func("/shelf-text/languages", test_languages);
    return g_test_run();
}
