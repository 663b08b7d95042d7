/*
 * A query against the files of search, in this program: what the reader's script (site/theme/
 * search.js) does, step by step and with the same numbers, so that both give the same order. The
 * test of both is tests/browser/test_search.js.
 *
 * Words are folded as everywhere (text/stem.h); rules and aliases of the files find the stem. A
 * document's score is BM25's, k1 1.2 and b 0.75; of equal scores the later document is first.
 */
#pragma once

#include "paper/search_tables.h"

#define SEARCH_QUERY_WORDS 64u /* further words are passed over */

typedef struct {
    int64_t doc;
    double score;
} SearchHit;

/* Elements SearchHit, the best first, at most `most`. An empty list if the language has no files
 * yet. CORRUPT if a file is broken. */
GArray *search_query(Store *store, const char *language, const char *text, unsigned most,
                     GError **error);
