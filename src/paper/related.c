/*
 * back() and who is in it: related.h. How a story becomes a vector is term_vector.c; when it is
 * entered, and how an index comes to be, is related_work.c.
 */
#include "paper/related.h"

#include "base/error.h"
#include "paper/term_posting.h"
#include "paper_sql.h"
#include "press/press.h"

#include <inttypes.h>
#include <string.h>

static void index_of_row(StoreRows *rows, RelatedIndex *index)
{
    *index = (RelatedIndex){.id = store_number(rows, 0),
                            .state = (IndexState)store_number(rows, 2),
                            .totals = {store_number(rows, 3), store_number(rows, 4)},
                            .after_published = store_number(rows, 5),
                            .after_story = store_number(rows, 6)};
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

static int best_first(const void *a, const void *b)
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

/* Appends the rows, whose columns are a RelatedStory's; takes them, NULL being a failure. */
static bool take_rows(StoreRows *taken, GArray *stories, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        RelatedStory story = {store_number(rows, 0), store_number(rows, 1), store_number(rows, 2)};
        g_array_append_val(stories, story);
    }
    return step == STORE_END;
}

static GArray *new_stories(void)
{
    return g_array_new(FALSE, FALSE, sizeof(RelatedStory));
}

GArray *related_read(Store *store, int64_t index, int64_t story, int64_t as_of, unsigned most,
                     GError **error)
{
    g_autoptr(GArray) stories = new_stories();
    if (!take_rows(paper_back_of(store, index, story, error), stories, error)) {
        return NULL;
    }
    for (guint i = stories->len; i > 0; i--) {
        if (g_array_index(stories, RelatedStory, i - 1).published > as_of) {
            g_array_remove_index(stories, i - 1);
        }
    }
    if (!take_rows(paper_back_to_best(store, index, story, as_of, most, error), stories, error)) {
        return NULL;
    }
    g_array_sort(stories, best_first);
    g_array_set_size(stories, MIN(stories->len, most));
    return g_steal_pointer(&stories);
}

GArray *related_back(Store *store, int64_t index, int64_t story, GError **error)
{
    g_autoptr(GArray) back = new_stories();
    return take_rows(paper_back_of(store, index, story, error), back, error)
               ? g_steal_pointer(&back)
               : NULL;
}

/* Vectors */

static bool vector_read(Store *store, int64_t index, int64_t story, TermVector *vector, bool *found,
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

/* All that share a term with the vector. Elements RelatedStory. */
static GArray *scores_of(Store *store, int64_t index, const TermVector *vector, GError **error)
{
    g_autoptr(GArray) stories = new_stories();
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

static bool is_older(const RelatedStory *story, const TermVector *than)
{
    return story->published < than->published ||
           (story->published == than->published && story->story < than->story);
}

/* The best of those that are older than the vector's story. */
static GArray *best_older(const GArray *scores, const TermVector *vector)
{
    GArray *best = new_stories();
    for (guint i = 0; i < scores->len; i++) {
        const RelatedStory *story = &g_array_index(scores, RelatedStory, i);
        if (!is_older(story, vector) ||
            (best->len == RELATED_BACK &&
             best_first(story, &g_array_index(best, RelatedStory, RELATED_BACK - 1)) > 0)) {
            continue;
        }
        guint at = best->len;
        while (at > 0 && best_first(story, &g_array_index(best, RelatedStory, at - 1)) < 0) {
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
    if (!vector_read(store, index, story, &vector, &found, error)) {
        return NULL;
    }
    if (!found) {
        return new_stories();
    }
    g_autoptr(GArray) scores = scores_of(store, index, &vector, error);
    return scores == NULL ? NULL : best_older(scores, &vector);
}

/* One story's back() as it shall be. */
typedef struct {
    int64_t story, published;
    GArray *before, *after;
} BackChange;

static void back_change_free(void *data)
{
    BackChange *change = data;
    g_clear_pointer(&change->before, g_array_unref);
    g_clear_pointer(&change->after, g_array_unref);
    g_free(change);
}

typedef struct {
    Store *store;
    const RelatedIndex *index;
    GPtrArray *changes; /* of BackChange */
} Entry;

static bool change_add(Entry *entry, int64_t story, int64_t published, GArray *before,
                       GArray *after)
{
    BackChange *change = g_new0(BackChange, 1);
    *change = (BackChange){story, published, before, after};
    g_ptr_array_add(entry->changes, change);
    return true;
}

static bool find_by_id(const GArray *stories, int64_t id, guint *at)
{
    for (guint i = 0; i < stories->len; i++) {
        if (g_array_index(stories, RelatedStory, i).story == id) {
            *at = i;
            return true;
        }
    }
    return false;
}

/* A newer story whose back() this one may enter. */
static bool offer(Entry *entry, const RelatedStory *newer, const TermVector *vector, GError **error)
{
    RelatedStory self = {vector->story, vector->published, newer->score};
    g_autoptr(GArray) before = related_back(entry->store, entry->index->id, newer->story, error);
    if (before == NULL) {
        return false;
    }
    if (before->len == RELATED_BACK &&
        best_first(&self, &g_array_index(before, RelatedStory, RELATED_BACK - 1)) > 0) {
        return true;
    }
    g_autoptr(GArray) after = g_array_copy(before);
    g_array_append_val(after, self);
    g_array_sort(after, best_first);
    g_array_set_size(after, MIN(after->len, RELATED_BACK));
    return change_add(entry, newer->story, newer->published, g_steal_pointer(&before),
                      g_steal_pointer(&after));
}

/* Those that had the story in their back(): computed anew. */
static bool compute_anew(Entry *entry, const GArray *had, GError **error)
{
    for (guint i = 0; i < had->len; i++) {
        const RelatedStory *story = &g_array_index(had, RelatedStory, i);
        g_autoptr(GArray) before =
            related_back(entry->store, entry->index->id, story->story, error);
        g_autoptr(GArray) after =
            before == NULL ? NULL
                           : related_back_anew(entry->store, entry->index->id, story->story, error);
        if (after == NULL) {
            return false;
        }
        change_add(entry, story->story, story->published, g_steal_pointer(&before),
                   g_steal_pointer(&after));
    }
    return true;
}

static bool compute_own(Entry *entry, const TermVector *vector, const GArray *had, GError **error)
{
    g_autoptr(GArray) scores = scores_of(entry->store, entry->index->id, vector, error);
    g_autoptr(GArray) before =
        scores == NULL ? NULL : related_back(entry->store, entry->index->id, vector->story, error);
    if (before == NULL) {
        return false;
    }
    change_add(entry, vector->story, vector->published, g_steal_pointer(&before),
               best_older(scores, vector));
    guint at = 0;
    for (guint i = 0; i < scores->len; i++) {
        const RelatedStory *newer = &g_array_index(scores, RelatedStory, i);
        if (!is_older(newer, vector) && !find_by_id(had, newer->story, &at) &&
            !offer(entry, newer, vector, error)) {
            return false;
        }
    }
    return true;
}

static bool write_changes(Entry *entry, GError **error)
{
    for (guint i = 0; i < entry->changes->len; i++) {
        const BackChange *change = entry->changes->pdata[i];
        if (!paper_back_delete(entry->store, entry->index->id, change->story, error)) {
            return false;
        }
        for (guint k = 0; k < change->after->len; k++) {
            const RelatedStory *other = &g_array_index(change->after, RelatedStory, k);
            if (!paper_back_insert(entry->store, entry->index->id, change->story, change->published,
                                   other->story, other->published, other->score, error)) {
                return false;
            }
        }
    }
    return true;
}

/* Touches. A page may differ if its story, or one in whose back() it was or is, changed. */

typedef struct {
    int64_t story;
    GArray *now, *ever; /* its related stories before the change */
} Shown;

static void shown_free(void *data)
{
    Shown *shown = data;
    g_clear_pointer(&shown->now, g_array_unref);
    g_clear_pointer(&shown->ever, g_array_unref);
    g_free(shown);
}

static bool shown_add(Entry *entry, GHashTable *known, GPtrArray *all, int64_t story, int64_t now,
                      GError **error)
{
    if (!g_hash_table_add(known, GINT_TO_POINTER(story))) {
        return true;
    }
    Shown *shown = g_new0(Shown, 1);
    g_ptr_array_add(all, shown);
    shown->story = story;
    shown->now = related_read(entry->store, entry->index->id, story, now, RELATED_SHOW, error);
    shown->ever = shown->now == NULL ? NULL
                                     : related_read(entry->store, entry->index->id, story,
                                                    INT64_MAX, RELATED_SHOW, error);
    return shown->ever != NULL;
}

static bool shown_add_all(Entry *entry, GHashTable *known, GPtrArray *all, const GArray *stories,
                          int64_t now, GError **error)
{
    for (guint i = 0; i < stories->len; i++) {
        if (!shown_add(entry, known, all, g_array_index(stories, RelatedStory, i).story, now,
                       error)) {
            return false;
        }
    }
    return true;
}

/* Elements Shown. */
static GPtrArray *shown_before(Entry *entry, int64_t now, GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_direct_hash, g_direct_equal);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(shown_free);
    for (guint i = 0; i < entry->changes->len; i++) {
        const BackChange *change = entry->changes->pdata[i];
        if (!shown_add(entry, known, all, change->story, now, error) ||
            !shown_add_all(entry, known, all, change->before, now, error) ||
            !shown_add_all(entry, known, all, change->after, now, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&all);
}

static bool stories_same(const GArray *a, const GArray *b)
{
    bool same = a->len == b->len;
    for (guint i = 0; same && i < a->len; i++) {
        same = g_array_index(a, RelatedStory, i).story == g_array_index(b, RelatedStory, i).story;
    }
    return same;
}

static bool touch_changed(Entry *entry, const GPtrArray *all, int64_t now, GError **error)
{
    for (guint i = 0; i < all->len; i++) {
        const Shown *shown = all->pdata[i];
        g_autofree char *input = g_strdup_printf("related:%" PRId64, shown->story);
        g_autoptr(GArray) after =
            related_read(entry->store, entry->index->id, shown->story, now, RELATED_SHOW, error);
        g_autoptr(GArray) ever = after == NULL
                                     ? NULL
                                     : related_read(entry->store, entry->index->id, shown->story,
                                                    INT64_MAX, RELATED_SHOW, error);
        if (ever == NULL) {
            return false;
        }
        bool same = stories_same(shown->now, after) && stories_same(shown->ever, ever);
        if (!same && !press_touch(entry->store, input, error)) {
            return false;
        }
    }
    return true;
}

/* A story that is still to come appears on the pages of those in its back() when it does. */
static bool touch_later(Entry *entry, int64_t now, GError **error)
{
    for (guint i = 0; i < entry->changes->len; i++) {
        const BackChange *change = entry->changes->pdata[i];
        for (guint k = 0; change->published > now && k < change->after->len; k++) {
            g_autofree char *input = g_strdup_printf(
                "related:%" PRId64, g_array_index(change->after, RelatedStory, k).story);
            if (!press_touch_due(entry->store, change->published, input, 0, 0, error)) {
                return false;
            }
        }
    }
    return true;
}

static bool settle(Entry *entry, int64_t now, GError **error)
{
    if (entry->index->state != INDEX_LIVE) {
        return write_changes(entry, error) && touch_later(entry, now, error);
    }
    g_autoptr(GPtrArray) all = shown_before(entry, now, error);
    return all != NULL && write_changes(entry, error) && touch_changed(entry, all, now, error) &&
           touch_later(entry, now, error);
}

static bool enter(Entry *entry, int64_t story, const TermVector *old, const TermVector *vector,
                  int64_t now, GError **error)
{
    int64_t index = entry->index->id;
    g_autoptr(GArray) had = new_stories();
    if (old != NULL && (!take_rows(paper_back_to(entry->store, index, story, error), had, error) ||
                        !vector_remove(entry->store, index, old, error))) {
        return false;
    }
    if (vector == NULL) {
        GArray *before = related_back(entry->store, index, story, error);
        if (before == NULL) {
            return false;
        }
        change_add(entry, story, 0, before, new_stories());
    } else if (!vector_write(entry->store, index, vector, error) ||
               !compute_own(entry, vector, had, error)) {
        return false;
    }
    return compute_anew(entry, had, error) && settle(entry, now, error);
}

bool related_enter(Store *store, const RelatedIndex *index, int64_t story, const TermVector *vector,
                   int64_t now, GError **error)
{
    TermVector old = {0};
    bool found = false;
    if (!vector_read(store, index->id, story, &old, &found, error)) {
        return false;
    }
    if (!found && vector == NULL) {
        return true;
    }
    if (found && vector != NULL && term_vector_same(&old, vector)) {
        return true;
    }
    g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func(back_change_free);
    Entry entry = {store, index, changes};
    return enter(&entry, story, found ? &old : NULL, vector, now, error);
}
