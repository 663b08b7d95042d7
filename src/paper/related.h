/*
 * Related stories (DESIGN 5, "Related"; docs/related.md): what stands under "Read more".
 *
 * back(S) is the 12 stories older than S, by (published, id), that score best against it
 * (term_vector.h); related(S) the best five of back(S) and of all T with S in back(T): by score,
 * then the newer, then the higher id. Both within one language, so never a translation. back() is
 * stored, and each change brings it to what it would be if computed anew (related_enter.h);
 * scheduled stories are in it, and who reads says as of when.
 *
 * An index (paper_index) holds the statistics of a language and everything weighed by them. One is
 * in force at a time; a new one is made beside it (related_work.h), and pages learn of the change
 * by the global input "related:LANG". A page that shows related stories of S reads that, the plain
 * input "related:ID", and "card:ID" of those it shows.
 */
#pragma once

#include "paper/term_vector.h"
#include "store/store.h"

#define RELATED_BACK 12u /* stories in back() */
#define RELATED_SHOW 5u  /* stories shown */
#define RELATED_MOST 64u /* that may be asked for */

typedef enum { INDEX_COUNTING, INDEX_BUILDING, INDEX_LIVE, INDEX_OLD } IndexState;

typedef struct {
    int64_t id; /* 0: there is none */
    char language[16];
    IndexState state;
    TermTotals totals;
    int64_t after_published, after_story; /* how far it is built */
    int64_t stems;                        /* stemmer_version() of its words */
} RelatedIndex;

/* The index in force; id 0 if there is none yet. */
bool related_index(Store *store, const char *language, RelatedIndex *index, GError **error);

/* All of them. Elements RelatedIndex. */
GArray *related_indexes(Store *store, GError **error);

typedef struct {
    int64_t story, published, score;
} RelatedStory;

/* The best `most` related stories among those published by as_of. Elements RelatedStory. */
GArray *related_read(Store *store, int64_t index, int64_t story, int64_t as_of, unsigned most,
                     GError **error);

/* back(S) computed from the vectors, for the test that the stored one is that. Elements
 * RelatedStory. */
GArray *related_back_anew(Store *store, int64_t index, int64_t story, GError **error);
GArray *related_back(Store *store, int64_t index, int64_t story, GError **error);
