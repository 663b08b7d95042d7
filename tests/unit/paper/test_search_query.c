/* Queries: which stories, in which order; and files that are broken. */
#include "paper/search_query.h"

#include "base/error.h"
#include "desk/story_state.h"
#include "paper/fixture.h"

#include <string.h>

/* The headlines found, best first, "A, B". Caller frees. */
static char *found(Fixture *fixture, const char *language, const char *query, unsigned most)
{
    g_autoptr(GError) error = NULL;
    Store *store = test_newsroom_store(fixture->newsroom);
    g_autoptr(GArray) hits = search_query(store, language, query, most, &error);
    g_assert_no_error(error);
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < hits->len; i++) {
        const SearchHit *hit = &g_array_index(hits, SearchHit, i);
        int64_t id = 0;
        g_assert_true(search_doc_story(store, language, hit->doc, &id, NULL));
        g_autoptr(Story) story = story_read(store, id, NULL);
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", story->headline);
        g_assert_true(i == 0 || g_array_index(hits, SearchHit, i - 1).score >= hit->score);
    }
    return g_string_free(names, FALSE);
}

static void check(Fixture *fixture, const char *query, const char *expected)
{
    g_autofree char *names = found(fixture, "en", query, 10);
    g_assert_cmpstr(names, ==, expected);
}

static void test_ranking(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    check(&fixture, "ferry", ""); /* there are no files yet */
    fixture_story(&fixture, "title", "One", "body", "Ferries, in a text of several words.", NULL);
    fixture_story(&fixture, "title", "Ferry", "body", "In the headline, which counts for more.",
                  NULL);
    fixture_story(&fixture, "title", "Two", "body", "Ferry, ferry, ferry and nothing.", NULL);
    fixture_story(&fixture, "title", "Chess", "body", "In Málaga, without a surprise.", NULL);
    test_newsroom_index(fixture.newsroom);
    check(&fixture, "ferry", "Two, Ferry, One");
    check(&fixture, "FERRIES!", "Two, Ferry, One"); /* any form of the word */
    check(&fixture, "malaga", "Chess");
    check(&fixture, "málaga", "Chess");
    check(&fixture, "chess ferry", "Chess, Two, Ferry, One"); /* the rarer word weighs more */
    check(&fixture, "submarine", "");
    check(&fixture, "", "");
    check(&fixture, " ,;! ", "");
    check(&fixture, "\xff\xfe", "");
    g_autofree char *first = found(&fixture, "en", "ferry", 1);
    g_assert_cmpstr(first, ==, "Two");
    g_autofree char *none = found(&fixture, "en", "ferry", 0);
    g_assert_cmpstr(none, ==, "");
    g_autofree char *other = found(&fixture, "ru", "ferry", 10);
    g_assert_cmpstr(other, ==, "");
}

/* In a young paper a word stands in one form, and readers ask for the others. */
static void test_forms(void)
{
    static const char *const words[] = {"Река",  "Школа", "Книга", "Дорога",  "Мост",   "Берег",
                                        "Паром", "Город", "Улица", "Площадь", "Письмо", "Суд"};
    static const char *const asked[][2] = {
        {"реки", "Река"},       {"реку", "Река"},      {"рекой", "Река"},  {"школы", "Школа"},
        {"книг", "Книга"},      {"дорогам", "Дорога"}, {"мосты", "Мост"},  {"берега", "Берег"},
        {"паромов", "Паром"},   {"города", "Город"},   {"улицы", "Улица"}, {"улиц", "Улица"},
        {"площади", "Площадь"}, {"письма", "Письмо"},  {"суда", "Суд"},
    };
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "ru");
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        fixture_story(&fixture, "title", words[i], "body", "Открыли вчера.", NULL);
    }
    test_newsroom_index(fixture.newsroom);
    for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
        g_autofree char *names = found(&fixture, "ru", asked[i][0], 10);
        g_assert_cmpstr(names, ==, asked[i][1]);
    }
}

/* Few stories of many words, of which each may have many forms: no file is longer than one
 * connection may carry, and all is found. */
static void test_many_words(void)
{
    static const char *const syllables[] = {"бор", "ве", "гра", "до", "жа", "зо", "ка",  "лу",
                                            "ми",  "но", "пе",  "ры", "су", "ти", "хва", "чер"};
    static const char *const tails[] = {"вание", "тель", "щик", "дка",
                                        "рость", "мент", "ина", "ый"};
    g_auto(Fixture) fixture = {0};
    g_autoptr(GString) body = g_string_new(NULL);
    fixture_begin(&fixture, "ru");
    for (unsigned i = 0; i < 4096; i++) {
        g_string_append_printf(body, "%s%s%s%s ", syllables[i % 16], syllables[i / 16 % 16],
                               syllables[i / 256], tails[i * 7 % 8]);
        if (i % 512 == 511) {
            fixture_story(&fixture, "title", "Слова", "body", body->str, NULL);
            g_string_truncate(body, 0);
        }
    }
    test_newsroom_index(fixture.newsroom);
    Store *store = test_newsroom_store(fixture.newsroom);
    unsigned files = 0;
    for (;; files++) {
        g_autofree char *name = g_strdup_printf("a1/%u", files);
        g_autoptr(GBytes) bytes = search_file_read(store, "ru", name, NULL);
        if (bytes == NULL) {
            break;
        }
        g_assert_cmpuint(g_bytes_get_size(bytes), <=, SEARCH_FILE_MOST);
    }
    g_assert_cmpuint(files, >, 2); /* as so many stories would have by their number alone */
    g_autofree char *one = found(&fixture, "ru", "борборборвание", 10);
    g_assert_cmpstr(one, ==, "Слова");
}

/* Of equal scores the later one is first; words past the ceiling are not looked at. */
static void test_bounds(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Alpha", "body", "Same words.", NULL);
    fixture_story(&fixture, "title", "Omega", "body", "Same words.", NULL);
    test_newsroom_index(fixture.newsroom);
    check(&fixture, "words", "Omega, Alpha");
    g_autoptr(GString) query = g_string_new(NULL);
    for (unsigned i = 0; i < SEARCH_QUERY_WORDS; i++) {
        g_string_append(query, "none ");
    }
    g_string_append(query, "words");
    check(&fixture, query->str, "");
}

/* What was withdrawn, and the old words of what was edited, are masked until the next tier. */
static void test_masked(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Stays", "body", "A ferry.", NULL);
    int64_t gone = fixture_story(&fixture, "title", "Goes", "body", "A ferry.", NULL);
    test_newsroom_index(fixture.newsroom);
    check(&fixture, "ferry", "Goes, Stays");
    story_withdraw(test_newsroom_store(fixture.newsroom), test_newsroom_site(fixture.newsroom),
                   gone, fixture.now, &error);
    g_assert_no_error(error);
    test_newsroom_index(fixture.newsroom);
    check(&fixture, "ferry", "Stays");
}

typedef struct {
    const char *name;
    GByteArray *bytes;
} File;

static bool write_file(Store *store, void *data, GError **error)
{
    const File *file = data;
    return search_file_write(store, "en", file->name, file->bytes, error);
}

static void put(Store *store, const char *name, const void *bytes, size_t length)
{
    g_autoptr(GByteArray) copy = g_byte_array_new();
    g_byte_array_append(copy, bytes, (guint)length);
    File file = {name, copy};
    g_assert_true(store_transact(store, write_file, &file, NULL));
}

/* Cut anywhere, a file is refused or answers with less; never anything else. */
static void cut_everywhere(Store *store, const char *name)
{
    g_autoptr(GBytes) whole = search_file_read(store, "en", name, NULL);
    g_assert_nonnull(whole);
    size_t length = 0;
    const void *bytes = g_bytes_get_data(whole, &length);
    unsigned refused = 0;
    for (size_t cut = 1; cut < length; cut++) {
        g_autoptr(GError) error = NULL;
        put(store, name, bytes, cut);
        g_autoptr(GArray) hits = search_query(store, "en", "ferry", 10, &error);
        g_assert_true((hits == NULL) == (error != NULL));
        if (error != NULL) {
            g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
            refused++;
        }
    }
    g_assert_cmpuint(refused, ==, length - 1); /* the number of aliases is the last of all */
    put(store, name, bytes, length);
}

static void test_broken(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    Store *store = test_newsroom_store(fixture.newsroom);
    fixture_story(&fixture, "title", "Ferry", NULL);
    test_newsroom_index(fixture.newsroom);
    check(&fixture, "ferry", "Ferry");
    cut_everywhere(store, "day");
    cut_everywhere(store, "a1/0");
    put(store, "day", "\2\0", 2); /* of a format to come */
    g_assert_null(search_query(store, "en", "ferry", 10, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/search-query/ranking", test_ranking);
    g_test_add_func("/search-query/forms", test_forms);
    g_test_add_func("/search-query/many_words", test_many_words);
    g_test_add_func("/search-query/bounds", test_bounds);
    g_test_add_func("/search-query/masked", test_masked);
    g_test_add_func("/search-query/broken", test_broken);
    return g_test_run();
}
