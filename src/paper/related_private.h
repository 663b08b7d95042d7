/* What the files behind related.h and related_enter.h share. */
#pragma once

#include "paper/related.h"
#include "paper/related_enter.h"

/* Elements RelatedStory. */
GArray *related_list_new(void);

/* Appends the rows, whose columns are a RelatedStory's; takes them, NULL being a failure. */
bool related_take_rows(StoreRows *taken, GArray *stories, GError **error);

/* By score, then the newer, then the higher id. */
int related_best_first(const void *a, const void *b);

bool related_is_older(const RelatedStory *story, const TermVector *than);

bool related_vector(Store *store, int64_t index, int64_t story, TermVector *vector, bool *found,
                    GError **error);

/* All that share a term with the vector. Elements RelatedStory. */
GArray *related_scores(Store *store, int64_t index, const TermVector *vector, GError **error);

/* The best of those that are older than the vector's story. */
GArray *related_best_older(const GArray *scores, const TermVector *vector);

/* Writes one story's back(), and touches the pages that show others than before if the index is in
 * force. Needs an open transaction. */
bool related_write(Store *store, const RelatedIndex *index, const RelatedTurn *list, int64_t now,
                   GError **error);
