/* Entering, marks and turns: related_enter.h. What a list touches is related_write.c. */
#include "paper/related_enter.h"

#include "paper/related_private.h"
#include "paper/term_posting.h"
#include "paper_sql.h"
#include "press/press.h"

#include <inttypes.h>

void related_entry_clear(RelatedEntry *entry)
{
    g_clear_pointer(&entry->before, g_array_unref);
    g_clear_pointer(&entry->own, g_array_unref);
    g_clear_pointer(&entry->lists, g_array_unref);
}

/* Foreseeing */

/* Would a newer story have this one in its back()? */
static bool accepts(Store *store, const RelatedEntry *entry, const RelatedStory *newer,
                    bool *accepted, GError **error)
{
    RelatedStory self = {entry->story, entry->vector.published, newer->score};
    g_autoptr(GArray) back = related_back(store, entry->index.id, newer->story, error);
    *accepted = back != NULL &&
                (back->len < RELATED_BACK ||
                 related_best_first(&self, &g_array_index(back, RelatedStory, back->len - 1)) < 0);
    return back != NULL;
}

/* Adds the newer stories that this one enters, where it does not stand already. */
static bool add_newer(Store *store, RelatedEntry *entry, const GArray *scores, WordsLease *lease,
                      GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_direct_hash, g_direct_equal);
    for (guint i = 0; i < entry->lists->len; i++) {
        g_hash_table_add(known,
                         GINT_TO_POINTER(g_array_index(entry->lists, RelatedStory, i).story));
    }
    for (guint i = 0; i < scores->len; i++) {
        const RelatedStory *newer = &g_array_index(scores, RelatedStory, i);
        bool accepted = false;
        if (related_is_older(newer, &entry->vector) ||
            g_hash_table_contains(known, GINT_TO_POINTER(newer->story))) {
            continue;
        }
        if ((lease != NULL && !words_lease_renew(lease, store, error)) ||
            !accepts(store, entry, newer, &accepted, error)) {
            return false;
        }
        if (accepted) {
            g_array_append_val(entry->lists, *newer);
        }
    }
    return true;
}

static bool foresee_scores(Store *store, RelatedEntry *entry, WordsLease *lease, GError **error)
{
    g_autoptr(GArray) scores = related_scores(store, entry->index.id, &entry->vector, error);
    if (scores == NULL) {
        return false;
    }
    entry->own = related_best_older(scores, &entry->vector);
    return add_newer(store, entry, scores, lease, error);
}

bool related_foresee(Store *store, const RelatedIndex *index, int64_t story,
                     const TermVector *vector, WordsLease *lease, RelatedEntry *entry,
                     GError **error)
{
    *entry = (RelatedEntry){.index = *index, .story = story, .gone = vector == NULL};
    if (!related_vector(store, index->id, story, &entry->old, &entry->was, error)) {
        return false;
    }
    entry->nothing =
        entry->was ? vector != NULL && term_vector_same(&entry->old, vector) : vector == NULL;
    if (entry->nothing) {
        return true;
    }
    entry->lists = related_list_new();
    entry->before = related_back(store, index->id, story, error);
    if (entry->before == NULL ||
        (entry->was &&
         !related_take_rows(paper_back_to(store, index->id, story, error), entry->lists, error))) {
        return false;
    }
    if (vector == NULL) {
        entry->own = related_list_new();
        return true;
    }
    entry->vector = *vector;
    return foresee_scores(store, entry, lease, error);
}

/* Entering */

static bool vector_write(Store *store, int64_t index, const TermVector *vector, GError **error)
{
    uint8_t bytes[TERM_VECTOR_MOST * TERM_WEIGHT_BYTES];
    size_t length = term_vector_pack(vector, bytes);
    return paper_vector_put(store, index, vector->story, vector->published, bytes, length, error) &&
           postings_add(store, index, vector, error);
}

static bool vector_remove(Store *store, int64_t index, const TermVector *vector, GError **error)
{
    return postings_remove(store, index, vector, error) &&
           paper_vector_delete(store, index, vector->story, error);
}

/* Does the story leave the list with its mark? If it is gone; and if its date moved past that of
 * the list's story, which from now on may stand in its back(), so that each page would show the
 * other twice. */
static bool leaves(const RelatedEntry *entry, const RelatedStory *list)
{
    return entry->gone || related_is_older(list, &entry->vector);
}

/* Each page that showed the story has read its card, and shows the next best instead; its own no
 * longer shows those whose lists it left. */
static bool touch_left(Store *store, const RelatedEntry *entry, GError **error)
{
    g_autofree char *card = g_strdup_printf("card:%" PRId64, entry->story);
    g_autofree char *related = g_strdup_printf("related:%" PRId64, entry->story);
    return press_touch(store, card, error) && (entry->gone || press_touch(store, related, error));
}

bool related_mark(Store *store, const RelatedEntry *entry, guint from, guint end, GError **error)
{
    int64_t index = entry->index.id;
    bool left = false;
    for (guint i = from; i < end; i++) {
        const RelatedStory *list = &g_array_index(entry->lists, RelatedStory, i);
        bool leave = leaves(entry, list);
        if (!paper_turn_put(store, index, list->story, error) ||
            (leave && !paper_back_leave(store, index, list->story, entry->story, error))) {
            return false;
        }
        left |= leave;
    }
    return !left || entry->index.state != INDEX_LIVE || touch_left(store, entry, error);
}

bool related_enter(Store *store, const RelatedEntry *entry, guint from, int64_t now, GError **error)
{
    int64_t index = entry->index.id;
    if (entry->nothing) {
        return true;
    }
    RelatedTurn own = {entry->story, entry->vector.published, entry->before, entry->own};
    return related_mark(store, entry, from, entry->lists->len, error) &&
           (!entry->was || vector_remove(store, index, &entry->old, error)) &&
           (entry->gone || vector_write(store, index, &entry->vector, error)) &&
           related_write(store, &entry->index, &own, now, error);
}

/* Turns */

static void turn_free(void *data)
{
    RelatedTurn *turn = data;
    g_clear_pointer(&turn->before, g_array_unref);
    g_clear_pointer(&turn->after, g_array_unref);
    g_free(turn);
}

static bool compute(Store *store, const RelatedIndex *index, RelatedTurn *turn, GError **error)
{
    TermVector vector = {0};
    bool found = false;
    turn->before = related_back(store, index->id, turn->story, error);
    if (turn->before == NULL ||
        !related_vector(store, index->id, turn->story, &vector, &found, error)) {
        return false;
    }
    turn->published = vector.published;
    turn->after = related_back_anew(store, index->id, turn->story, error);
    return turn->after != NULL;
}

GPtrArray *related_turns(Store *store, const RelatedIndex *index, unsigned most, GError **error)
{
    g_autoptr(GPtrArray) turns = g_ptr_array_new_with_free_func(turn_free);
    {
        g_autoptr(StoreRows) rows = paper_turn_next(store, index->id, most, error);
        StoreStep step = STORE_FAILED;
        while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
            RelatedTurn *turn = g_new0(RelatedTurn, 1);
            turn->story = store_number(rows, 0);
            g_ptr_array_add(turns, turn);
        }
        if (step != STORE_END) {
            return NULL;
        }
    }
    for (guint i = 0; i < turns->len; i++) {
        if (!compute(store, index, turns->pdata[i], error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&turns);
}

static bool same(const GArray *a, const GArray *b)
{
    bool equal = a->len == b->len;
    for (guint i = 0; equal && i < a->len; i++) {
        const RelatedStory *x = &g_array_index(a, RelatedStory, i);
        const RelatedStory *y = &g_array_index(b, RelatedStory, i);
        equal = x->story == y->story && x->published == y->published && x->score == y->score;
    }
    return equal;
}

bool related_turn(Store *store, const RelatedIndex *index, const RelatedTurn *turn, int64_t now,
                  GError **error)
{
    return paper_turn_done(store, index->id, turn->story, error) &&
           (same(turn->before, turn->after) || related_write(store, index, turn, now, error));
}

bool related_waiting(Store *store, bool *waiting, GError **error)
{
    return store_rows_any(paper_turn_any(store, error), waiting, error);
}
