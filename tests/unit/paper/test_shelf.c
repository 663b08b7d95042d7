/* Shelves: newest, text, month and year of a section, topic or author; and which keys they have. */
#include "paper/shelf.h"

#include "paper/fixture.h"

#include <string.h>

static void fill(Fixture *fixture)
{
    fixture_begin(fixture, "en,ru");
    fixture_story(fixture, "title", "Old", "section", "City", "topics", "Ice", "authors", "Anna Li",
                  "date", "2025-03-04T10:00:00Z", NULL);
    fixture_story(fixture, "title", "Newer", "section", "City", "date", "2026-10-05T10:00:00Z",
                  NULL);
    fixture_story(fixture, "title", "Newest", "section", "City", "topics", "Ice", "date",
                  "2026-11-06T10:00:00Z", NULL);
    fixture_story(fixture, "title", "Лёд", "section", "Город", "language", "ru", NULL);
    fixture_story(fixture, "title", "To come", "section", "City", "date", "2026-12-24T10:00:00Z",
                  NULL);
}

static void test_pages(void)
{
    g_auto(Fixture) fixture = {0};
    fill(&fixture);
    g_autofree char *page = fixture_page(&fixture, "section/city/index.html");
    fixture_in_order(strstr(page, "<main"), "City", "Newest", "Newer", "Old",
                     "../../section/city/2026/index.html", "../../section/city/2025/index.html",
                     NULL);
    fixture_without(page, "To come");
    g_autofree char *text = fixture_page(&fixture, "section/city/index.txt");
    fixture_in_order(text, "City\n", "Newest", "Newer", "Old", NULL);
    fixture_without(text, "<");
    g_autofree char *year = fixture_page(&fixture, "section/city/2026/index.html");
    fixture_in_order(strstr(year, "<main"), "City: 2026", "October 2026", "November 2026", NULL);
    fixture_without(year, "Newest");
    g_autofree char *month = fixture_page(&fixture, "section/city/2025/03/index.html");
    fixture_in_order(strstr(month, "<main"), "City: March 2025", "Old", NULL);
    fixture_without(month, "Newer");
    g_autofree char *topic = fixture_page(&fixture, "topic/ice/index.html");
    fixture_in_order(strstr(topic, "<main"), "Ice", "Newest", "Old", NULL);
    fixture_without(topic, "Newer");
    g_autofree char *author = fixture_page(&fixture, "author/anna-li/index.html");
    fixture_in_order(strstr(author, "<main"), "Anna Li", "Old", NULL);
    g_autofree char *russian = fixture_page(&fixture, "ru/section/gorod/index.html");
    fixture_in_order(strstr(russian, "<main"), "Город", "Лёд", NULL);
    g_assert_null(fixture_page(&fixture, "section/city/2026/12/index.html"));
    g_assert_null(fixture_page(&fixture, "section/gorod/index.html"));
}

/* Keys. */

static bool take(const char *key, int64_t newness, void *data, GError **error)
{
    g_string_append_printf(data, "%s ", key);
    return true;
}

static bool stop(const char *key, int64_t newness, void *data, GError **error)
{
    (*(unsigned *)data)++;
    return false;
}

typedef struct {
    const PaperShelf *shelf;
    PaperShelfKeys which;
    const char *expected;
} Row;

static bool keys(PaperPage *page, void *data, GError **error)
{
    static const Row rows[] = {
        {&paper_shelf_section, SHELF_NEWEST, "en/city ru/gorod "},
        {&paper_shelf_section, SHELF_YEARS, "en/city/2025 en/city/2026 ru/gorod/2026 "},
        {&paper_shelf_section, SHELF_MONTHS,
         "en/city/2025-03 en/city/2026-10 en/city/2026-11 ru/gorod/2026-11 "},
        {&paper_shelf_topic, SHELF_MONTHS, "en/ice/2025-03 en/ice/2026-11 "},
        {&paper_shelf_author, SHELF_NEWEST, "en/anna-li "},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) got = g_string_new(NULL);
        if (!paper_shelf_keys(rows[i].shelf, rows[i].which, page->store, page->run, page->as_of,
                              take, got, error)) {
            return false;
        }
        g_assert_cmpstr(got->str, ==, rows[i].expected);
        unsigned taken = 0;
        g_assert_false(paper_shelf_keys(rows[i].shelf, rows[i].which, page->store, page->run,
                                        page->as_of, stop, &taken, NULL));
        g_assert_cmpuint(taken, ==, 1); /* who refuses a key is asked no more */
    }
    return true;
}

static void test_keys(void)
{
    g_auto(Fixture) fixture = {0};
    fill(&fixture);
    g_autoptr(PressRecord) record = fixture_on_page(&fixture, "en", "a.html", keys, NULL);
    g_assert_cmpstr(record->failure, ==, NULL);
}

/* Keys that no page can have: of a touch, or of an older program. */
static bool strange(PaperPage *page, void *data, GError **error)
{
    static const char *const given[] = {"", "en", "fr/city", "en/none", "xx/city/2026"};
    for (size_t i = 0; i < G_N_ELEMENTS(given); i++) {
        if (!paper_shelf_render(&paper_shelf_section, page->press, given[i], error) ||
            !paper_shelf_text_render(&paper_shelf_section, page->press, given[i], error) ||
            !paper_shelf_month_render(&paper_shelf_section, page->press, given[i], error) ||
            !paper_shelf_year_render(&paper_shelf_section, page->press, given[i], error) ||
            !paper_shelf_text_month_render(&paper_shelf_section, page->press, given[i], error) ||
            !paper_shelf_text_year_render(&paper_shelf_section, page->press, given[i], error)) {
            return false;
        }
    }
    return paper_shelf_month_render(&paper_shelf_section, page->press, "en/city/2024-07", error) &&
           paper_shelf_year_render(&paper_shelf_section, page->press, "en/city/2024", error);
}

static void test_strange(void)
{
    g_auto(Fixture) fixture = {0};
    fill(&fixture);
    g_autoptr(PressRecord) record = fixture_on_page(&fixture, "en", "a.html", strange, NULL);
    g_assert_cmpstr(record->failure, ==, NULL);
    g_assert_null(record->path);
    g_assert_true(fixture_reads(record, "section:en/none")); /* its arrival is noticed */
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/shelf/pages", test_pages);
    g_test_add_func("/shelf/keys", test_keys);
    g_test_add_func("/shelf/strange", test_strange);
    return g_test_run();
}
