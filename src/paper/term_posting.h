/*
 * Which stories have a term among their heaviest (term_vector.h): rows of at most POSTING_PART
 * stories each, so that one story more writes one small row a term, and reading a term costs its
 * number of stories. For related.c. Adding and removing need an open transaction.
 */
#pragma once

#include "paper/term_vector.h"
#include "store/store.h"

#define POSTING_PART  128u /* stories in a row */
#define POSTING_BYTES 14u  /* of a story in it */

typedef struct {
    int64_t story, published;
    uint16_t weight;
} Posting;

/* All terms of a vector. LIMIT for a story whose id does not fit in 32 bits. */
bool postings_add(Store *store, int64_t index, const TermVector *vector, GError **error);
bool postings_remove(Store *store, int64_t index, const TermVector *vector, GError **error);

typedef void (*PostingTaker)(const Posting *posting, void *data);

/* The stories of a term, in no order that means anything. */
bool postings_each(Store *store, int64_t index, uint64_t term, PostingTaker take, void *data,
                   GError **error);
