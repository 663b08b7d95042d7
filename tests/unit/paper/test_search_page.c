/* The search page, and index files as pages of the edition: byte for byte what is stored. */
#include "paper/fixture.h"
#include "paper/search_tables.h"

#include "paper_search_sql.h"

#include <string.h>

static void test_page(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    fixture_story(&fixture, "title", "Old", "topics", "Bridges", "date", "2025-03-04T10:00:00Z",
                  NULL);
    fixture_story(&fixture, "title", "New", "section", "City", "topics", "Ice", "topics", "<Fog>",
                  NULL);
    fixture_story(&fixture, "title", "Again", "topics", "Ice", NULL);
    g_autofree char *page = fixture_page(&fixture, "search/index.html");
    const char *main = strstr(page, "<main");
    fixture_in_order(page, "<script ", "../o/", ".js\"", NULL);
    fixture_in_order(main, "../topic/ice/index.html", "../topic/fog/index.html", "&lt;Fog&gt;",
                     "../topic/bridges/index.html", NULL);
    g_assert_null(strstr(strstr(main, "topic/ice/") + 1, "topic/ice/")); /* each once */
    fixture_in_order(main, "../2026/index.html", "../2025/index.html", NULL);
    g_autofree char *russian = fixture_page(&fixture, "ru/search/index.html");
    g_assert_nonnull(russian);
    fixture_without(strstr(russian, "<main"), "topic/"); /* of another language */
}

/* What the page offers without script, leading to texts. */
static void test_text(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru,ar");
    fixture_story(&fixture, "title", "Old", "topics", "Bridges", "date", "2025-03-04T10:00:00Z",
                  NULL);
    fixture_story(&fixture, "title", "New", "section", "City", "topics", "Ice", NULL);
    g_autofree char *text = fixture_page(&fixture, "search/index.txt");
    fixture_in_order(text, "Search\n", "Sections\n", "City\n",
                     FIXTURE_SITE "section/city/index.txt", "Topics of the latest stories\n",
                     "Ice\n", FIXTURE_SITE "topic/ice/index.txt", "Bridges\n", "Archive\n",
                     "2026\n", FIXTURE_SITE "2026/index.txt", "2025\n", FIXTURE_SITE "search/\n",
                     NULL);
    fixture_without(text, "<");
    g_autofree char *page = fixture_page(&fixture, "search/index.html");
    fixture_in_order(page, "type=\"text/plain\" href=\"../search/index.txt\"", NULL);
    g_autofree char *russian = fixture_page(&fixture, "ru/search/index.txt");
    fixture_in_order(russian, "Поиск\n", FIXTURE_SITE "ru/search/\n", NULL);
    fixture_without(russian, "Ice");
    fixture_without(russian, "Архив"); /* there is nothing in it yet */
    g_autofree char *arabic = fixture_page(&fixture, "ar/search/index.txt");
    fixture_in_order(arabic, "JavaScript", FIXTURE_SITE "ar/search/\n", NULL);
}

/* "hash path" of what is stored. Caller frees. */
static char *stored(Fixture *fixture, const char *language, const char *name, const char *path)
{
    g_autoptr(GBytes) bytes =
        search_file_read(test_newsroom_store(fixture->newsroom), language, name, NULL);
    g_assert_nonnull(bytes);
    size_t length = 0;
    const void *data = g_bytes_get_data(bytes, &length);
    Hash hash = hash_of(data, length);
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    return g_strdup_printf("%s %s", hex, path);
}

static void test_files(void)
{
    static const char *const rows[][4] = {
        {"search-file:en/day", "en", "day", "search/day.bin"},
        {"search-file:en/a1/0", "en", "a1/0", "search/a1/0.bin"},
        {"search-file:en/a1/c0", "en", "a1/c0", "search/a1/c0.bin"},
        {"search-file:ru/day", "ru", "day", "ru/search/day.bin"},
    };

    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    fixture_story(&fixture, "title", "Ferry", NULL);
    test_newsroom_run(fixture.newsroom, false);
    g_autoptr(GHashTable) pages = test_newsroom_pages(fixture.newsroom);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *expected = stored(&fixture, rows[i][1], rows[i][2], rows[i][3]);
        g_assert_cmpstr(g_hash_table_lookup(pages, rows[i][0]), ==, expected);
    }
    /* The archive of another day: its files come, those before it go. */
    fixture_story(&fixture, "title", "Ferry again", NULL);
    test_newsroom_run(fixture.newsroom, false);
    fixture_wait(&fixture, CLOCK_DAY);
    test_newsroom_run(fixture.newsroom, false);
    g_autoptr(GHashTable) later = test_newsroom_pages(fixture.newsroom);
    g_assert_null(g_hash_table_lookup(later, "search-file:en/a1/0"));
    g_assert_nonnull(g_hash_table_lookup(later, "search-file:en/a2/0"));
    test_newsroom_verify(fixture.newsroom);
}

/* A language that was given up has no page and no files. */
static void test_dropped(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    g_autofree char *before = fixture_page(&fixture, "ru/search/index.html");
    g_assert_nonnull(before);
    test_newsroom_set(fixture.newsroom, "languages", "en");
    g_assert_null(fixture_page(&fixture, "ru/search/index.html"));
    g_assert_null(fixture_page(&fixture, "ru/search/day.bin"));
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/search-page/page", test_page);
    g_test_add_func("/search-page/files", test_files);
    g_test_add_func("/search-page/dropped", test_dropped);
    g_test_add_func("/search-page/text", test_text);
    return g_test_run();
}
