/* The bytes of search files: what is put is what is got, and what is broken is noticed. */
#include "paper/search_code.h"

#include <string.h>

static void test_numbers(void)
{
    static const struct {
        uint64_t number;
        const char *bytes;
        guint length;
    } rows[] = {
        {0, "\0", 1},
        {1, "\1", 1},
        {127, "\x7f", 1},
        {128, "\x80\1", 2},
        {300, "\xac\2", 2},
        {16384, "\x80\x80\1", 3},
        {INT64_MAX, "\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 9},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GByteArray) out = g_byte_array_new();
        search_put_number(out, rows[i].number);
        g_assert_cmpmem(out->data, out->len, rows[i].bytes, rows[i].length);
        SearchReader reader = search_reader(out->data, out->len);
        g_assert_cmpuint(search_get_number(&reader), ==, rows[i].number);
        g_assert_false(reader.bad);
        g_assert_true(reader.at == reader.end);
    }
}

static void test_texts(void)
{
    static const char *const words[] = {"bell", "bells", "belt", "", "колокол", "колокольня"};
    g_autoptr(GByteArray) out = g_byte_array_new();
    const char *before = "";
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        search_put_next(out, words[i], before);
        before = words[i];
    }
    g_assert_cmpmem(out->data, 14, "\0\4bell\4\1s\3\1t\0\0", 14);
    search_put_text(out, "a\0b", 3); /* no text of ours has a NUL; it ends the text read */
    SearchReader reader = search_reader(out->data, out->len);
    g_autoptr(GString) name = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        search_get_next(&reader, name);
        g_assert_cmpstr(name->str, ==, words[i]);
    }
    g_autofree char *text = search_get_text(&reader);
    g_assert_cmpstr(text, ==, "a");
    g_assert_false(reader.bad);
    g_assert_true(reader.at == reader.end);
}

/* Past the end and beyond reason: 0, "" and `bad`, however often one asks. */
static void test_broken(void)
{
    static const struct {
        const char *bytes;
        size_t length;
    } rows[] = {
        {"", 0},
        {"\x80", 1},                                       /* a number without an end */
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\1", 11} /* more than 63 bits */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        SearchReader reader = search_reader(rows[i].bytes, rows[i].length);
        g_assert_cmpuint(search_get_number(&reader), ==, 0);
        g_assert_true(reader.bad);
        g_assert_true(reader.at <= reader.end);
    }
    SearchReader longer = search_reader("\5abc", 4);
    g_autofree char *text = search_get_text(&longer);
    g_assert_cmpstr(text, ==, "");
    g_assert_true(longer.bad);
    SearchReader huge = search_reader("\xff\xff\xff\xff\xff\xff\xff\xff\x7f"
                                      "abc",
                                      12);
    g_autofree char *none = search_get_text(&huge);
    g_assert_cmpstr(none, ==, "");
    g_assert_true(huge.bad);
    g_autoptr(GString) name = g_string_new("ab");
    SearchReader shared = search_reader("\3\1c", 3); /* shares more than there is */
    search_get_next(&shared, name);
    g_assert_true(shared.bad);
    g_assert_cmpstr(name->str, ==, "ab");
}

/* FNV-1a's own test values: the script must find the same file. */
static void test_hash(void)
{
    g_assert_cmphex(search_hash(""), ==, 0x811c9dc5);
    g_assert_cmphex(search_hash("a"), ==, 0xe40c292c);
    g_assert_cmphex(search_hash("foobar"), ==, 0xbf9cf968);
}

static void test_tables(void)
{
    g_assert_cmpuint(search_files(0, 64), ==, 1);
    g_assert_cmpuint(search_files(1, 64), ==, 1);
    g_assert_cmpuint(search_files(3, 64), ==, 4);
    g_assert_cmpuint(search_files(64, 64), ==, 64);
    g_assert_cmpuint(search_files(INT64_MAX, 64), ==, 64);

    static const int64_t rounded[][2] = {
        {0, 0},     {9, 9},      {99, 99},       {100, 100},     {104, 100},       {105, 110},
        {994, 990}, {995, 1000}, {12499, 12000}, {12500, 13000}, {999999, 1000000}};
    for (size_t i = 0; i < G_N_ELEMENTS(rounded); i++) {
        g_assert_cmpint(search_two_digits(rounded[i][0]), ==, rounded[i][1]);
    }

    unsigned before = 0;
    g_assert_cmpuint(search_length_step(0), ==, 0);
    g_assert_cmpuint(search_length_step(1000000), ==, 15);
    for (int64_t words = 1; words < 2000; words++) {
        unsigned step = search_length_step(words);
        g_assert_true(step == before || step == before + 1);
        before = step;
    }
    for (unsigned step = 0; step < 16; step++) {
        g_assert_cmpuint(search_length_step(search_step_words(step)), ==, step);
    }
    g_assert_cmpint(search_step_words(16), ==, search_step_words(0)); /* never past the table */
}

static void test_form(void)
{
    static const char *const rows[][2] = {{"bell", "bell"},        {"málaga", "malaga"},
                                          {"йод", "иод"},          {"naïve", "naive"},
                                          {"колокол", "колокол"},  {"東京", "東京"},
                                          {"\xcc\x81", "\xcc\x81"}}; /* a mark by itself stays */
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *form = search_form(rows[i][0]);
        g_assert_cmpstr(form, ==, rows[i][1]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/search-code/numbers", test_numbers);
    g_test_add_func("/search-code/texts", test_texts);
    g_test_add_func("/search-code/broken", test_broken);
    g_test_add_func("/search-code/hash", test_hash);
    g_test_add_func("/search-code/tables", test_tables);
    g_test_add_func("/search-code/form", test_form);
    return g_test_run();
}
