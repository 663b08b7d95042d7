/*
 * Stories enter the index of related stories, change in it and leave it (related.h), in small
 * transactions however many lists they stand in.
 *
 * 1. related_foresee() works out what an entry comes to, before any transaction: the story's own
 *    back(), and whose back() may become another one.
 * 2. Those lists are marked, RELATED_MARKS in a transaction, by related_mark(); a story that is
 *    gone leaves each list with its mark, so it has left all of them when it leaves the index. So
 *    does one whose date moved past that of the list's story: of two stories never both are in the
 *    back() of the other.
 * 3. related_enter() marks what is left of them and writes the story itself.
 * 4. A marked list has its turn: related_turns() computes a few anew, related_turn() writes one.
 *    Until then it is as it was before, the pages that show it are too, and a new index does not
 *    come into force.
 *
 * A mark too many costs a list that is computed to be what it is. So who is stopped between two of
 * these leaves nothing that is wrong: marks have their turn, and the story is still in its queue.
 * All this under the lease (words_lease.h), so between reading and writing nobody else changes
 * anything.
 */
#pragma once

#include "paper/related.h"
#include "paper/term_vector.h"
#include "paper/words_lease.h"
#include "store/store.h"

#define RELATED_MARKS 64u /* lists marked in a transaction */

/* What a story's entry comes to. */
typedef struct {
    RelatedIndex index;
    int64_t story;
    bool nothing; /* it is there already, as it is, or is not to be there and is not */
    bool was, gone;
    TermVector old, vector; /* if it was; if it is not gone */
    GArray *before, *own;   /* RelatedStory: its back() until now, and from now on */
    GArray *lists;          /* RelatedStory: whose back() is to be computed anew */
} RelatedEntry;

void related_entry_clear(RelatedEntry *entry);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RelatedEntry, related_entry_clear)

/* Of a story that enters an index, anew if it is there, or leaves it (`vector` NULL). Reads only,
 * but asks up to TERM_STORIES_MOST stories of each of its terms, and renews `lease` meanwhile: NULL
 * in a transaction. */
bool related_foresee(Store *store, const RelatedIndex *index, int64_t story,
                     const TermVector *vector, WordsLease *lease, RelatedEntry *entry,
                     GError **error);

/* Marks `lists` from `from` to before `end`. Needs an open transaction. */
bool related_mark(Store *store, const RelatedEntry *entry, guint from, guint end, GError **error);

/* Marks those from `from` on and writes the rest. Touches the pages whose related stories differ
 * thereby, at the moment they do, if the index is in force. Needs an open transaction. */
bool related_enter(Store *store, const RelatedEntry *entry, guint from, int64_t now,
                   GError **error);

/* One story's back() as it is and as it shall be. */
typedef struct {
    int64_t story, published;
    GArray *before, *after; /* RelatedStory */
} RelatedTurn;

/* The next of the marked lists, computed anew: at most `most`. Reads only. */
GPtrArray *related_turns(Store *store, const RelatedIndex *index, unsigned most, GError **error);

/* Writes one, touches as related_enter() does, and takes the mark away. Needs an open transaction.
 */
bool related_turn(Store *store, const RelatedIndex *index, const RelatedTurn *turn, int64_t now,
                  GError **error);

/* Is any list of any index marked? */
bool related_waiting(Store *store, bool *waiting, GError **error);
