/* What search stores: state, files with their touches, documents and the day file's bytes. */
#include "paper/search_tables.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "paper/search_doc.h"
#include "paper_search_sql.h"
#include "press_sql.h"

#include <string.h>

static void test_state(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_auto(SearchState) state = {0};
    search_state_read(store, "en", &state, &error);
    g_assert_no_error(error);
    g_assert_false(state.known);
    g_assert_cmpmem(state.rules->data, state.rules->len, "\0", 1); /* a table without rules */
    state.archive = 7;
    state.archive_files = 2048;
    state.next = INT64_C(1) << 40;
    state.first_day = 11;
    state.words = 123456789;
    state.folding = 1;
    state.stems = 3;
    g_byte_array_append(state.rules, (const guint8 *)"\1\0\2", 3);
    search_state_write(store, &state, &error);
    g_assert_no_error(error);
    g_auto(SearchState) back = {0};
    search_state_read(store, "en", &back, &error);
    g_assert_no_error(error);
    g_assert_true(back.known);
    g_assert_cmpstr(back.language, ==, "en");
    g_assert_cmpint(back.archive, ==, 7);
    g_assert_cmpint(back.archive_files, ==, 2048);
    g_assert_cmpint(back.next, ==, INT64_C(1) << 40);
    g_assert_cmpint(back.first_day, ==, 11);
    g_assert_cmpint(back.words, ==, 123456789);
    g_assert_cmpint(back.folding, ==, 1);
    g_assert_cmpint(back.stems, ==, 3);
    g_assert_cmpmem(back.rules->data, back.rules->len, "\0\1\0\2", 4);
    search_state_read(store, "ru", &back, &error); /* of another language there is none */
    g_assert_false(back.known);
}

typedef struct {
    const char *name, *bytes;
} File;

static bool write_file(Store *store, void *data, GError **error)
{
    const File *file = data;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)file->bytes, (guint)strlen(file->bytes));
    return search_file_write(store, "en", file->name, bytes, error);
}

static void put(Store *store, const char *name, const char *bytes)
{
    g_autoptr(GError) error = NULL;
    File file = {name, bytes};
    store_transact(store, write_file, &file, &error);
    g_assert_no_error(error);
}

/* The inputs touched since, "a b "; forgets them. Caller frees. */
static char *touched(Store *store)
{
    g_autoptr(GError) error = NULL;
    GString *names = g_string_new(NULL);
    {
        g_autoptr(StoreRows) rows = press_change_take(store, 1000, &error);
        while (rows != NULL && store_rows_next(rows, &error) == STORE_ROW) {
            g_string_append_printf(names, "%s ", store_text(rows, 0));
        }
    }
    g_assert_no_error(error);
    return g_string_free(names, FALSE);
}

static void test_files(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(search_file_read(store, "en", "day", &error));
    g_assert_no_error(error);
    put(store, "day", "one");
    g_autofree char *first = touched(store);
    g_assert_cmpstr(first, ==, "search:en/day ");
    put(store, "day", "one"); /* the same bytes concern nobody */
    g_autofree char *same = touched(store);
    g_assert_cmpstr(same, ==, "");
    put(store, "day", "other");
    g_autofree char *other = touched(store);
    g_assert_cmpstr(other, ==, "search:en/day ");
    g_autoptr(GBytes) bytes = search_file_read(store, "en", "day", &error);
    size_t length = 0;
    const void *data = g_bytes_get_data(bytes, &length);
    g_assert_cmpmem(data, (int)length, "other", 5);
    g_assert_null(search_file_read(store, "ru", "day", &error));
}

/* Everything that the state does not name goes, also if it is more than is read at once. */
static void test_tidy(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    SearchState state = {.language = "en", .archive = 7, .month = 3};
    for (unsigned i = 0; i < 130; i++) {
        g_autofree char *name = g_strdup_printf("a6/%u", i);
        put(store, name, "x");
    }
    static const char *const others[] = {"day", "a7/0", "a7/w63-8", "a70/1", "m3/0", "m2/0", "odd"};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        put(store, others[i], "x");
    }
    g_free(touched(store));
    state.month_files = 1;
    search_files_tidy(store, &state, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) names = search_file_names(store, "en", "", 1000, &error);
    g_ptr_array_add(names, NULL);
    g_autofree char *left = g_strjoinv(" ", (char **)names->pdata);
    g_assert_cmpstr(left, ==, "a7/0 a7/w63-8 day m3/0");
    g_autofree char *gone = touched(store);
    g_assert_nonnull(strstr(gone, "search:en/a6/129 ")); /* its page goes too */
    g_assert_null(strstr(gone, "search:en/a7/0 "));
    state.month_files = 0; /* an empty month tier has no files */
    search_files_tidy(store, &state, &error);
    g_autoptr(GBytes) month = search_file_read(store, "en", "m3/0", &error);
    g_assert_null(month);
    g_autoptr(GPtrArray) two = search_file_names(store, "en", "a7/0", 1, &error);
    g_assert_cmpuint(two->len, ==, 1);
    g_assert_cmpstr(two->pdata[0], ==, "a7/w63-8");
}

static void document(Store *store, int64_t doc, int64_t story, const char *card, const char *terms,
                     size_t length)
{
    g_autoptr(GError) error = NULL;
    paper_search_doc_put(store, "en", doc, story, 1, card, strlen(card), terms, length, &error);
    g_assert_no_error(error);
}

#define ICE "\0\1\3ice\2\1\3ice" /* one term, twice */

static void test_day(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    int64_t story = 0;
    g_auto(SearchState) state = {.language = "en", .archive = 1, .archive_files = 2};
    state.rules = g_byte_array_new();
    search_put_number(state.rules, 0);
    state.stories = 1234;
    state.words = 1234 * 157;
    g_autoptr(GByteArray) empty = search_day_file(store, &state, &error);
    g_assert_no_error(error);
    /* format, stories, average, a1 of 2 files, no month, firsts, rules, masks, cards, terms,
     * aliases */
    static const char nothing[] = "\1\xb0\x09\xa0\1\1\2\0\0\0\0\0\0\0\0\0\0";
    g_assert_cmpmem(empty->data, empty->len, nothing, sizeof nothing - 1);

    document(store, 3, 30, "c3", ICE, sizeof ICE - 1);
    document(store, 4, 40, "c4", ICE, sizeof ICE - 1);
    document(store, 5, 50, "c5", ICE, sizeof ICE - 1);
    g_assert_true(paper_search_doc_kill(store, "en", 4, NULL));
    state.first_archive = 1;
    state.first_month = 2;
    state.first_day = 3;
    state.next = 6;
    g_autoptr(GByteArray) day = search_day_file(store, &state, &error);
    g_assert_no_error(error);
    static const char some[] = "\1\xb0\x09\xa0\1\1\2\0\0\1\2\3\0" /* no rules */
                               "\1\3"                             /* masked: 1 + 3 */
                               "\3\2c3\0\2c5"                     /* cards; of what is dead none */
                               "\1\0\3ice\2\2\0\x20\2\x20\0";
    g_assert_cmpmem(day->data, day->len, some, sizeof some - 1);
    g_assert_true(search_doc_story(store, "en", 4, &story, NULL));
    g_assert_cmpint(story, ==, 40);
    g_assert_false(search_doc_story(store, "en", 6, &story, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_clear_error(&error);
    document(store, 6, 60, "c6", "\1\7", 2); /* says more terms than it has */
    state.next = 7;
    g_assert_null(search_day_file(store, &state, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/search-tables/state", test_state);
    stores_test_add("/search-tables/files", test_files);
    stores_test_add("/search-tables/tidy", test_tidy);
    stores_test_add("/search-tables/day", test_day);
    return g_test_run();
}
