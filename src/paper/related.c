/*
 * back() and who is in it: related.h. How a story becomes a vector is term_vector.c; what an entry
 * changes is related_enter.c; when it is made, and how an index comes to be, is related_work.c.
 */
#include "paper/related.h"

#include "base/error.h"
#include "paper/related_private.h"
#include "paper/term_posting.h"
#include "paper_sql.h"

static void index_of_row(StoreRows *rows, RelatedIndex *index)
{
    *index = (RelatedIndex){.id = store_number(rows, 0),
                            .state = (IndexState)store_number(rows, 2),
                            .totals = {store_number(rows, 3), store_number(rows, 4)},
                            .after_published = store_number(rows, 5),
                            .after_story = store_number(rows, 6),
                            .stems = store_number(rows, 7)};
    g_strlcpy(index->language, store_text(rows, 1), sizeof index->language);
}

bool related_index(Store *store, const char *language, RelatedIndex *index, GError **error)
{
    g_autoptr(StoreRows) rows = paper_index_live(store, language, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    *index = (RelatedIndex){0};
    if (step == STORE_ROW) {
        index_of_row(rows, index);
    }
    return true;
}

GArray *related_indexes(Store *store, GError **error)
{
    g_autoptr(StoreRows) rows = paper_index_list(store, error);
    g_autoptr(GArray) indexes = g_array_new(FALSE, FALSE, sizeof(RelatedIndex));
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        RelatedIndex index;
        index_of_row(rows, &index);
        g_array_append_val(indexes, index);
    }
    return step == STORE_END ? g_steal_pointer(&indexes) : NULL;
}

int related_best_first(const void *a, const void *b)
{
    const RelatedStory *x = a, *y = b;
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    if (x->published != y->published) {
        return x->published > y->published ? -1 : 1;
    }
    return x->story > y->story ? -1 : x->story < y->story;
}

bool related_take_rows(StoreRows *taken, GArray *stories, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        RelatedStory story = {store_number(rows, 0), store_number(rows, 1), store_number(rows, 2)};
        g_array_append_val(stories, story);
    }
    return step == STORE_END;
}

GArray *related_list_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(RelatedStory));
}

GArray *related_read(Store *store, int64_t index, int64_t story, int64_t as_of, unsigned most,
                     GError **error)
{
    g_autoptr(GArray) stories = related_list_new();
    if (!related_take_rows(paper_back_of(store, index, story, error), stories, error)) {
        return NULL;
    }
    for (guint i = stories->len; i > 0; i--) {
        if (g_array_index(stories, RelatedStory, i - 1).published > as_of) {
            g_array_remove_index(stories, i - 1);
        }
    }
    if (!related_take_rows(paper_back_to_best(store, index, story, as_of, most, error), stories,
                           error)) {
        return NULL;
    }
    g_array_sort(stories, related_best_first);
    g_array_set_size(stories, MIN(stories->len, most));
    return g_steal_pointer(&stories);
}

GArray *related_back(Store *store, int64_t index, int64_t story, GError **error)
{
    g_autoptr(GArray) back = related_list_new();
    return related_take_rows(paper_back_of(store, index, story, error), back, error)
               ? g_steal_pointer(&back)
               : NULL;
}

/* Vectors */

bool related_vector(Store *store, int64_t index, int64_t story, TermVector *vector, bool *found,
                    GError **error)
{
    g_autoptr(StoreRows) rows = paper_vector_read(store, index, story, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *found = step == STORE_ROW;
    if (step != STORE_ROW) {
        return step == STORE_END;
    }
    size_t length = 0;
    const void *bytes = store_bytes(rows, 1, &length);
    *vector = (TermVector){.story = story, .published = store_number(rows, 0)};
    return term_vector_unpack(bytes, length, vector, error);
}

/* Scores */

typedef struct {
    GArray *stories;   /* RelatedStory */
    GHashTable *place; /* story → 1 + its place there */
    int64_t self, weight;
} Scores;

static void add_posting(const Posting *posting, void *data)
{
    Scores *scores = data;
    if (posting->story == scores->self) {
        return;
    }
    gpointer key = GINT_TO_POINTER(posting->story);
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(scores->place, key));
    if (place == 0) {
        RelatedStory story = {posting->story, posting->published, 0};
        g_array_append_val(scores->stories, story);
        place = scores->stories->len;
        g_hash_table_insert(scores->place, key, GUINT_TO_POINTER(place));
    }
    g_array_index(scores->stories, RelatedStory, place - 1).score +=
        scores->weight * posting->weight;
}

GArray *related_scores(Store *store, int64_t index, const TermVector *vector, GError **error)
{
    g_autoptr(GArray) stories = related_list_new();
    g_autoptr(GHashTable) place = g_hash_table_new(g_direct_hash, g_direct_equal);
    Scores scores = {.stories = stories, .place = place, .self = vector->story};
    for (unsigned i = 0; i < vector->count; i++) {
        scores.weight = vector->terms[i].weight;
        if (!postings_each(store, index, vector->terms[i].term, add_posting, &scores, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&stories);
}

bool related_is_older(const RelatedStory *story, const TermVector *than)
{
    return story->published < than->published ||
           (story->published == than->published && story->story < than->story);
}

GArray *related_best_older(const GArray *scores, const TermVector *vector)
{
    GArray *best = related_list_new();
    for (guint i = 0; i < scores->len; i++) {
        const RelatedStory *story = &g_array_index(scores, RelatedStory, i);
        if (!related_is_older(story, vector) ||
            (best->len == RELATED_BACK &&
             related_best_first(story, &g_array_index(best, RelatedStory, RELATED_BACK - 1)) > 0)) {
            continue;
        }
        guint at = best->len;
        while (at > 0 &&
               related_best_first(story, &g_array_index(best, RelatedStory, at - 1)) < 0) {
            at--;
        }
        g_array_insert_val(best, at, *story);
        g_array_set_size(best, MIN(best->len, RELATED_BACK));
    }
    return best;
}

GArray *related_back_anew(Store *store, int64_t index, int64_t story, GError **error)
{
    TermVector vector = {0};
    bool found = false;
    if (!related_vector(store, index, story, &vector, &found, error)) {
        return NULL;
    }
    if (!found) {
        return related_list_new();
    }
    g_autoptr(GArray) scores = related_scores(store, index, &vector, error);
    return scores == NULL ? NULL : related_best_older(scores, &vector);
}
