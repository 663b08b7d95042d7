/* Packing a story's terms and card: search_doc.h. */
#include "paper/search_doc.h"

#include "base/clock.h"
#include "text/plain.h"

#include <string.h>

#define HEADLINE 110u /* characters */
#define WORDS    120u
#define SECTION  60u /* bytes */

typedef struct {
    unsigned times;
    GPtrArray *forms;
} Term;

typedef struct {
    GHashTable *terms; /* stem → Term */
    unsigned weight;
    int64_t words;
} Count;

static void term_free(gpointer data)
{
    Term *term = data;
    g_ptr_array_unref(term->forms);
    g_free(term);
}

static void add_form(Term *term, char *form)
{
    for (guint i = 0; i < term->forms->len; i++) {
        if (strcmp(term->forms->pdata[i], form) == 0) {
            g_free(form);
            return;
        }
    }
    g_ptr_array_add(term->forms, form);
}

static void take(const char *stem, const char *word, void *data)
{
    Count *count = data;
    Term *term = g_hash_table_lookup(count->terms, stem);
    if (term == NULL) {
        term = g_new0(Term, 1);
        term->forms = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(count->terms, g_strdup(stem), term);
    }
    term->times = MIN(term->times + count->weight, SEARCH_TF_MOST);
    count->words++;
    add_form(term, search_form(word));
}

static int by_bytes(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GByteArray *search_doc_terms(Stemmer *stemmer, const StoryCard *card, const char *prose,
                             int64_t *words)
{
    g_autoptr(GHashTable) terms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, term_free);
    Count count = {terms, SEARCH_TITLE, 0};
    stemmer_words(stemmer, card->headline, strlen(card->headline), take, &count);
    count.weight = 1;
    stemmer_words(stemmer, card->standfirst, strlen(card->standfirst), take, &count);
    stemmer_words(stemmer, prose, strlen(prose), take, &count);

    GByteArray *out = g_byte_array_new();
    guint number = 0;
    g_autofree gpointer *stems = g_hash_table_get_keys_as_array(terms, &number);
    qsort(stems, number, sizeof *stems, by_bytes);
    search_put_number(out, search_length_step(count.words));
    search_put_number(out, number);
    for (guint i = 0; i < number; i++) {
        const Term *term = g_hash_table_lookup(terms, stems[i]);
        search_put_text(out, stems[i], strlen(stems[i]));
        search_put_number(out, term->times);
        search_put_number(out, term->forms->len);
        g_ptr_array_sort(term->forms, by_bytes);
        for (guint j = 0; j < term->forms->len; j++) {
            search_put_text(out, term->forms->pdata[j], strlen(term->forms->pdata[j]));
        }
    }
    *words = count.words;
    return out;
}

/* How much of a text is in so many bytes, to the end of a letter. */
static size_t whole_letters(const char *text, size_t most)
{
    size_t length = strlen(text);
    if (length <= most) {
        return length;
    }
    const char *end = g_utf8_find_prev_char(text, text + most + 1);
    return end == NULL ? 0 : (size_t)(end - text);
}

static GByteArray *card_of(const StoryCard *card, const char *text, size_t headline, size_t words)
{
    GByteArray *out = g_byte_array_new();
    g_autofree char *title = plain_excerpt(card->headline, headline);
    g_autofree char *some = words == 0 ? g_strdup("") : plain_excerpt(text, words);
    const char *section = card->section_name == NULL ? "" : card->section_name;
    search_put_text(out, card->path, strlen(card->path));
    search_put_text(out, title, strlen(title));
    search_put_number(out, (uint64_t)MAX(card->published, 0) / (uint64_t)CLOCK_SECOND);
    search_put_text(out, section, whole_letters(section, SECTION));
    search_put_text(out, some, strlen(some));
    return out;
}

GByteArray *search_doc_card(const StoryCard *card, const char *prose)
{
    const char *text = *card->standfirst != '\0' ? card->standfirst : prose;
    size_t headline = HEADLINE, words = WORDS;
    GByteArray *out = card_of(card, text, headline, words);
    while (out->len > SEARCH_CARD_MOST && (words > 0 || headline > 20)) {
        words = words > 10 ? words - 10 : 0;
        headline = words == 0 && headline > 20 ? headline - 10 : headline;
        g_byte_array_unref(out);
        out = card_of(card, text, headline, words);
    }
    return out;
}
