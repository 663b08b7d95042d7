/* Lists of words for suggestions: by first letter and length, the rarest left out of long ones. */
#include "paper/search_build.h"

#include <string.h>

static void add(SearchBuild *build, uint32_t number, const char *form)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    search_put_number(out, 1);
    search_put_number(out, 1);
    search_put_text(out, form, strlen(form));
    search_put_number(out, 1);
    search_put_number(out, 1);
    search_put_text(out, form, strlen(form));
    g_assert_true(search_build_add(build, number, out->data, out->len));
}

/* "name: word×often …" a line a list; frees the bytes of the lists. Caller frees. */
static char *said(const SearchBuild *build, unsigned least)
{
    g_autoptr(GArray) lists = search_build_words(build, least);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < lists->len; i++) {
        const SearchWords *list = &g_array_index(lists, SearchWords, i);
        SearchReader reader = search_reader(list->bytes->data, list->bytes->len);
        g_autoptr(GString) word = g_string_new(NULL);
        g_string_append_printf(out, "%s:", list->name);
        while (reader.at < reader.end) {
            search_get_next(&reader, word);
            g_string_append_printf(out, " %s*%u", word->str, search_get_byte(&reader));
        }
        g_assert_false(reader.bad);
        g_string_append_c(out, '\n');
        g_byte_array_unref(list->bytes);
    }
    return g_string_free(out, FALSE);
}

static void test_lists(void)
{
    g_autoptr(SearchBuild) build = search_build_new(1, 1);
    static const char *const forms[] = {
        "bell",  "boat", "boat", "boat", "boat",
        "ferry", "fog",  "1991", "звон", "a-very-long-word-of-more-than-letters"};
    for (uint32_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        add(build, i, forms[i]);
    }
    g_autofree char *all = said(build, 1);
    g_assert_cmpstr(all, ==, "w437-4: звон*0\nw62-4: bell*0 boat*24\nw66-5: ferry*0\n");
    g_autofree char *often = said(build, 2);
    g_assert_cmpstr(often, ==, "w62-4: boat*24\n");
    g_autofree char *never = said(build, 5);
    g_assert_cmpstr(never, ==, "");
}

/* 4,000 words of one letter and length are more than a file holds. */
static void test_ceiling(void)
{
    g_autoptr(SearchBuild) build = search_build_new(1, 1);
    for (uint32_t i = 0; i < 4000; i++) {
        char form[16];
        g_snprintf(form, sizeof form, "w%c%c%c%c%c", 'a' + i * 7 % 26, 'a' + i / 26 % 26,
                   'a' + i / 676 % 26, 'a' + i % 26, 'a' + i * 3 % 26);
        add(build, i, form);
        if (i % 10 == 0) {
            add(build, i, form);
        }
    }
    g_autoptr(GArray) lists = search_build_words(build, 1);
    g_assert_cmpuint(lists->len, ==, 1);
    const SearchWords *list = &g_array_index(lists, SearchWords, 0);
    g_assert_cmpuint(list->bytes->len, <=, SEARCH_FILE_MOST);
    SearchReader reader = search_reader(list->bytes->data, list->bytes->len);
    g_autoptr(GString) word = g_string_new(NULL);
    unsigned words = 0;
    for (; reader.at < reader.end; words++) {
        search_get_next(&reader, word);
        g_assert_cmpuint(search_get_byte(&reader), >=, 12); /* two documents at least */
    }
    g_assert_cmpuint(words, >=, 390);
    g_byte_array_unref(list->bytes);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/search-words/lists", test_lists);
    g_test_add_func("/search-words/ceiling", test_ceiling);
    return g_test_run();
}
