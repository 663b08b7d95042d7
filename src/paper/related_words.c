/* Stories as counted words: related_words.h. */
#include "paper/related_words.h"

struct RelatedWords {
    GHashTable *stemmers; /* language → Stemmer */
};

static void stemmer_unref(gpointer stemmer)
{
    stemmer_free(stemmer);
}

RelatedWords *related_words_new(void)
{
    RelatedWords *words = g_new0(RelatedWords, 1);
    words->stemmers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, stemmer_unref);
    return words;
}

void related_words_free(RelatedWords *words)
{
    if (words != NULL) {
        g_hash_table_unref(words->stemmers);
        g_free(words);
    }
}

static Stemmer *stemmer_of(RelatedWords *words, const char *language, GError **error)
{
    Stemmer *stemmer = g_hash_table_lookup(words->stemmers, language);
    if (stemmer == NULL) {
        stemmer = stemmer_new(language, error);
        if (stemmer != NULL) {
            g_hash_table_insert(words->stemmers, g_strdup(language), stemmer);
        }
    }
    return stemmer;
}

void related_read_clear(RelatedRead *read)
{
    g_clear_pointer(&read->language, g_free);
    g_clear_pointer(&read->counts, g_array_unref);
}

bool related_words_read(RelatedWords *words, Store *store, int64_t story, RelatedRead *read,
                        GError **error)
{
    g_auto(StoryWords) text = {0};
    *read = (RelatedRead){.story = story};
    if (!story_words_read(store, story, &text, error)) {
        return false;
    }
    read->out = text.out;
    read->published = text.published;
    if (text.out) {
        Stemmer *stemmer = stemmer_of(words, text.language, error);
        if (stemmer == NULL) {
            return false;
        }
        read->counts = term_counts(stemmer, text.text, &read->words);
    }
    read->language = g_steal_pointer(&text.language);
    return true;
}
