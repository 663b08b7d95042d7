/* What related_work.c and related_queue.c share. */
#pragma once

#include "paper/related_enter.h"
#include "paper/related_words.h"
#include "paper/related_work.h"
#include "paper/words_lease.h"

#define RELATED_STEP         10000 /* µs: a transaction ends after the story that passes this */
#define RELATED_STEP_STORIES 64u   /* stories read before a transaction */

struct RelatedWork {
    Store *store;
    WordsLease lease;
    RelatedWords *words;
    /* The count under way, or that of the index being built: */
    int64_t counted;   /* its index, 0 if none */
    GHashTable *terms; /* term → number of stories */
    TermTotals totals;
    StoryPlace after;
    RelatedDone done;
    bool busy; /* somebody else held the lease at the last step */
    void (*stepped)(unsigned done, void *data);
    void *stepped_data;
};

/* The vector of a story that goes out. */
bool related_work_vector(RelatedWork *work, const RelatedIndex *index, const RelatedRead *read,
                         TermVector *vector, GError **error);

/* The next story of the queue, or if there is none the next marked lists. Needs the lease; *more is
 * false if there was neither. */
bool related_queue_step(RelatedWork *work, bool *more, GError **error);

/* Is there one of either? */
bool related_queue_any(RelatedWork *work, bool *any, GError **error);
