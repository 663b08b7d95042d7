/*
 * Lists of words for suggestions, by first letter and length: what is near a mistyped word is in
 * two or three of them. A list that would be too long loses its rarest words.
 */
#include "paper/search_build_private.h"

#include <math.h>
#include <string.h>

#define SHORTEST 4 /* letters: shorter words are not suggested */
#define LONGEST  24

typedef struct {
    char name[24];
    const char *form;
    uint32_t documents;
} Word;

static bool name_of(const char *form, char name[24])
{
    long letters = g_utf8_strlen(form, -1);
    gunichar first = g_utf8_get_char(form);
    if (letters < SHORTEST || letters > LONGEST || !g_unichar_isalpha(first)) {
        return false;
    }
    g_snprintf(name, 24, "w%x-%ld", first, letters);
    return true;
}

static int word_compare(gconstpointer a, gconstpointer b)
{
    const Word *x = a, *y = b;
    int lists = strcmp(x->name, y->name);
    return lists != 0 ? lists : strcmp(x->form, y->form);
}

static GByteArray *list_of(const Word *words, guint count, uint32_t least)
{
    GByteArray *out = g_byte_array_new();
    const char *before = "";
    for (guint i = 0; i < count; i++) {
        if (words[i].documents >= least) {
            uint8_t often = (uint8_t)MIN(255.0, floor(12 * log2(words[i].documents)));
            search_put_next(out, words[i].form, before);
            g_byte_array_append(out, &often, 1);
            before = words[i].form;
        }
    }
    return out;
}

GArray *search_build_words(const SearchBuild *build, unsigned least)
{
    g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(Word));
    GHashTableIter iter;
    gpointer form = NULL, data = NULL;
    g_hash_table_iter_init(&iter, (GHashTable *)(uintptr_t)search_build_forms(build));
    while (g_hash_table_iter_next(&iter, &form, &data)) {
        Word word = {.form = form, .documents = ((const SearchForm *)data)->documents};
        if (word.documents >= least && name_of(form, word.name)) {
            g_array_append_val(words, word);
        }
    }
    g_array_sort(words, word_compare);
    GArray *lists = g_array_new(FALSE, FALSE, sizeof(SearchWords));
    for (guint i = 0, next; i < words->len; i = next) {
        const Word *first = &g_array_index(words, Word, i);
        for (next = i;
             next < words->len && strcmp(g_array_index(words, Word, next).name, first->name) == 0;
             next++) {
        }
        SearchWords list = {.bytes = list_of(first, next - i, least)};
        for (uint32_t more = least + 1; list.bytes->len > SEARCH_FILE_MOST; more += more / 4 + 1) {
            g_byte_array_unref(list.bytes);
            list.bytes = list_of(first, next - i, more);
        }
        g_strlcpy(list.name, first->name, sizeof list.name);
        g_array_append_val(lists, list);
    }
    return lists;
}
