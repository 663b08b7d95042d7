/* What the archive by date reads: keys that have a page, keys that have none, names of dates. */
#include "paper/archive.h"

#include "base/error.h"
#include "desk/story_count.h"
#include "paper/fixture.h"

#include <string.h>

static bool read_day(PaperPage *page, void *data, GError **error)
{
    g_auto(PaperArchive) day = {0};
    bool exists = false;
    bool read = paper_archive_day(&day, page->press, "en/2026-11-17", &exists, error);
    g_assert_true(read && exists);
    g_assert_cmpstr(day.language, ==, "en");
    g_assert_cmpstr(day.date, ==, "2026-11-17");
    g_assert_cmpstr(day.path, ==, "2026/11/17/");
    g_assert_cmpuint(day.cards->len, ==, 2);
    g_assert_cmpint(day.moment, ==, INT64_C(1794873600) * CLOCK_SECOND);
    g_assert_null(day.counts);
    return true;
}

static bool read_counts(PaperPage *page, void *data, GError **error)
{
    static const struct {
        const char *class_name, *key, *path;
        size_t length;
        guint counts;
    } rows[] = {{"count:month/", "en/2026-11", "2026/11/", 7, 1},
                {"count:year/", "en/2026", "2026/", 4, 1},
                {"count:years/", "en", "archive/", 0, 2}};

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(PaperArchive) archive = {0};
        bool exists = false;
        bool read = paper_archive_counts(&archive, page->press, rows[i].class_name, rows[i].length,
                                         rows[i].key, &exists, error);
        g_assert_true(read && exists);
        g_assert_cmpstr(archive.path, ==, rows[i].path);
        g_assert_cmpuint(archive.counts->len, ==, rows[i].counts);
        g_assert_null(archive.cards);
    }
    return true;
}

/* Keys that no page can have: of a touch, or of an older program. */
static bool read_strange(PaperPage *page, void *data, GError **error)
{
    static const char *const given[] = {
        "", "en", "fr/2026-11-17", "en/2026-11", "en/2026-11-16", "xx/2026"};
    for (size_t i = 0; i < G_N_ELEMENTS(given); i++) {
        g_auto(PaperArchive) day = {0}, month = {0};
        bool exists = true;
        g_assert_true(paper_archive_day(&day, page->press, given[i], &exists, error));
        g_assert_false(exists);
        exists = true;
        g_assert_true(
            paper_archive_counts(&month, page->press, "count:year/", 4, given[i], &exists, error));
        g_assert_false(exists);
    }
    g_auto(PaperArchive) day = {0};
    g_autoptr(GError) reason = NULL;
    bool exists = false;
    g_assert_false(paper_archive_day(&day, page->press, "en/2026-99-99", &exists, &reason));
    g_assert_error(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    return true;
}

static void on_page(FixtureWork work, const char *input)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Morning news", "date", "2026-11-17 08:00", NULL);
    fixture_story(&fixture, "title", "Evening news", "date", "2026-11-17 20:00", NULL);
    fixture_story(&fixture, "title", "Old news", "date", "2025-03-01 20:00", NULL);
    g_autoptr(PressRecord) record = fixture_on_page(&fixture, "en", "a.html", work, NULL);
    g_assert_cmpstr(record->failure, ==, NULL);
    g_assert_true(fixture_reads(record, input));
}

static void test_day(void)
{
    on_page(read_day, "list:day/en/2026-11-17");
}

static void test_counts(void)
{
    on_page(read_counts, "count:month/en/2026-11");
}

static void test_strange(void)
{
    on_page(read_strange, "list:day/en/2026-11-16"); /* its first story is noticed */
}

static bool names(PaperPage *page, void *data, GError **error)
{
    static const char *const rows[][3] = {{"en", "2026-11-17", "17 November 2026"},
                                          {"en", "2026-11", "November 2026"},
                                          {"en", "2026", "2026"},
                                          {"ru", "2025-03", "арт 2025"},
                                          {"en", "", ""},
                                          {"en", "2026-13", "2026-13"}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *name = paper_archive_name(page->run, rows[i][0], rows[i][1]);
        g_assert_nonnull(strstr(name, rows[i][2]));
    }
    return true;
}

static void test_names(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    g_autoptr(PressRecord) record = fixture_on_page(&fixture, "en", "a.html", names, NULL);
    g_assert_cmpstr(record->failure, ==, NULL);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/archive/day", test_day);
    g_test_add_func("/archive/counts", test_counts);
    g_test_add_func("/archive/strange", test_strange);
    g_test_add_func("/archive/names", test_names);
    return g_test_run();
}
