/*
 * A story as its heaviest terms: what related stories are computed from (DESIGN 5). Pure.
 *
 * The weight of a term t in a story S is  w(t, S) = tf' · √idf  with BM25's
 *   tf' = tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / average)),  k1 = 1.2, b = 0.75,
 *   idf = ln(1 + (N - n + ½) / (n + ½)),  n of N stories having the term,
 * in steps of 1/1024, so that sums of products are exact whatever their order. The score of two
 * stories is the product of their vectors: Σ w(t, S) · w(t, T), which is BM25 seen from both sides.
 * N, n and the average length are the stored statistics of an index (term_index.h); terms that
 * stand in more than TERM_STORIES_MOST stories by these are left out.
 */
#pragma once

#include "text/stem.h"

#include <stdint.h>

#define TERM_VECTOR_MOST  48u  /* terms of a vector */
#define TERM_STORIES_MOST 2000 /* stories, by the stored statistics */
#define TERM_WEIGHT_BYTES 10u  /* of a term in a packed vector */

typedef struct {
    uint64_t term; /* FNV-1a of its text */
    uint32_t times;
} TermCount;

/* Counts the terms of a text: elements TermCount by growing term; *words is the text's length. */
GArray *term_counts(Stemmer *stemmer, const char *text, int64_t *words);

typedef struct {
    uint64_t term;
    uint16_t weight;
} TermWeight;

typedef struct {
    int64_t story, published;
    unsigned count;
    TermWeight terms[TERM_VECTOR_MOST]; /* heaviest first, then by term */
} TermVector;

typedef struct {
    int64_t stories, words; /* of all counted stories */
} TermTotals;

/* In how many stories a term stands; 1 for one that is not known. */
typedef bool (*TermStories)(uint64_t term, int64_t *stories, void *data, GError **error);

/* Errors are those of `stories_of`. */
bool term_vector_make(const GArray *counts, int64_t words, const TermTotals *totals,
                      TermStories stories_of, void *data, TermVector *vector, GError **error);

/* As bytes for a row; the length is count · TERM_WEIGHT_BYTES. */
size_t term_vector_pack(const TermVector *vector,
                        uint8_t bytes[TERM_VECTOR_MOST * TERM_WEIGHT_BYTES]);

/* CORRUPT if these are no packed vector. Sets terms and count. */
bool term_vector_unpack(const uint8_t *bytes, size_t length, TermVector *vector, GError **error);

bool term_vector_same(const TermVector *a, const TermVector *b);
