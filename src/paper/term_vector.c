/* Counting terms and weighing them: term_vector.h. Where vectors are kept is related.c. */
#include "paper/term_vector.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

#define K1   1.2
#define B    0.75
#define UNIT 1024.0 /* of a weight */

static uint64_t hash_of(const char *term)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (const char *p = term; *p != '\0'; p++) {
        hash = (hash ^ (uint8_t)*p) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static void take(const char *term, const char *word, void *data)
{
    TermCount count = {hash_of(term), 1};
    g_array_append_val((GArray *)data, count);
}

static int by_term(const void *a, const void *b)
{
    uint64_t x = ((const TermCount *)a)->term, y = ((const TermCount *)b)->term;
    return x < y ? -1 : x > y;
}

GArray *term_counts(Stemmer *stemmer, const char *text, int64_t *words)
{
    GArray *counts = g_array_new(FALSE, FALSE, sizeof(TermCount));
    stemmer_words(stemmer, text, strlen(text), take, counts);
    *words = counts->len;
    g_array_sort(counts, by_term);
    guint kept = 0;
    for (guint i = 0; i < counts->len; i++) {
        const TermCount *count = &g_array_index(counts, TermCount, i);
        TermCount *last = kept == 0 ? NULL : &g_array_index(counts, TermCount, kept - 1);
        if (last != NULL && last->term == count->term) {
            last->times++;
        } else {
            g_array_index(counts, TermCount, kept++) = *count;
        }
    }
    g_array_set_size(counts, kept);
    return counts;
}

static uint16_t weight_of(const TermCount *count, int64_t words, const TermTotals *totals,
                          int64_t stories)
{
    double all = (double)MAX(totals->stories, stories), n = (double)stories;
    double average =
        totals->stories == 0 ? (double)words : (double)totals->words / (double)totals->stories;
    double times = count->times;
    double part = average > 0 ? (double)words / average : 1;
    double satisfied = times * (K1 + 1) / (times + K1 * (1 - B + B * part));
    double rare = log(1 + (all - n + 0.5) / (n + 0.5));
    return (uint16_t)MIN(lround(UNIT * satisfied * sqrt(rare)), (long)UINT16_MAX);
}

static int heaviest_first(const void *a, const void *b)
{
    const TermWeight *x = a, *y = b;
    if (x->weight != y->weight) {
        return x->weight > y->weight ? -1 : 1;
    }
    return x->term < y->term ? -1 : x->term > y->term;
}

bool term_vector_make(const GArray *counts, int64_t words, const TermTotals *totals,
                      TermStories stories_of, void *data, TermVector *vector, GError **error)
{
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(TermWeight));
    for (guint i = 0; i < counts->len; i++) {
        const TermCount *count = &g_array_index(counts, TermCount, i);
        int64_t stories = 1;
        if (!stories_of(count->term, &stories, data, error)) {
            return false;
        }
        TermWeight weight = {count->term, weight_of(count, words, totals, stories)};
        if (stories <= TERM_STORIES_MOST && weight.weight > 0) {
            g_array_append_val(weights, weight);
        }
    }
    g_array_sort(weights, heaviest_first);
    vector->count = MIN(weights->len, TERM_VECTOR_MOST);
    for (unsigned i = 0; i < vector->count; i++) {
        vector->terms[i] = g_array_index(weights, TermWeight, i);
    }
    return true;
}

size_t term_vector_pack(const TermVector *vector,
                        uint8_t bytes[TERM_VECTOR_MOST * TERM_WEIGHT_BYTES])
{
    for (unsigned i = 0; i < vector->count; i++) {
        uint8_t *at = bytes + (size_t)i * TERM_WEIGHT_BYTES;
        uint64_t term = GUINT64_TO_LE(vector->terms[i].term);
        uint16_t weight = GUINT16_TO_LE(vector->terms[i].weight);
        memcpy(at, &term, sizeof term);
        memcpy(at + sizeof term, &weight, sizeof weight);
    }
    return (size_t)vector->count * TERM_WEIGHT_BYTES;
}

bool term_vector_unpack(const uint8_t *bytes, size_t length, TermVector *vector, GError **error)
{
    if (length % TERM_WEIGHT_BYTES != 0 || length / TERM_WEIGHT_BYTES > TERM_VECTOR_MOST) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "a story's terms have a length of %zu", length);
    }
    vector->count = (unsigned)(length / TERM_WEIGHT_BYTES);
    for (unsigned i = 0; i < vector->count; i++) {
        const uint8_t *at = bytes + (size_t)i * TERM_WEIGHT_BYTES;
        uint64_t term = 0;
        uint16_t weight = 0;
        memcpy(&term, at, sizeof term);
        memcpy(&weight, at + sizeof term, sizeof weight);
        vector->terms[i] = (TermWeight){GUINT64_FROM_LE(term), GUINT16_FROM_LE(weight)};
    }
    return true;
}

bool term_vector_same(const TermVector *a, const TermVector *b)
{
    bool same = a->published == b->published && a->count == b->count;
    for (unsigned i = 0; same && i < a->count; i++) {
        same = a->terms[i].term == b->terms[i].term && a->terms[i].weight == b->terms[i].weight;
    }
    return same;
}
