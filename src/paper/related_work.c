/* Reading words and making indexes: related_work.h. What entering a story means is related_enter.c.
 */
#include "paper/related_work.h"

#include "base/clock.h"
#include "base/error.h"
#include "paper/related_work_private.h"
#include "paper_sql.h"
#include "press/press.h"
#include "press/setting.h"

#include <inttypes.h>
#include <string.h>

#define STEP_TERMS  1500u /* rows of terms in a transaction */
#define WAIT        20000 /* µs between looks while somebody else is at it */
#define WAIT_MOST   3000u /* looks: a minute */
#define GROWN_LEAST 10    /* stories: a small archive is not counted again for each one */

static const StoryPlace before_all = {INT64_MIN, 0};

RelatedWork *related_work_new(Store *store)
{
    RelatedWork *work = g_new0(RelatedWork, 1);
    work->store = store;
    words_lease_init(&work->lease);
    work->words = related_words_new();
    work->terms = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    return work;
}

void related_work_free(RelatedWork *work)
{
    if (work == NULL) {
        return;
    }
    words_lease_drop(&work->lease, work->store, NULL);
    related_words_free(work->words);
    g_hash_table_unref(work->terms);
    g_free(work);
}

/* Reading */

/* In how many stories a term stands: of the count in memory if it is this index's, else stored. */
typedef struct {
    RelatedWork *work;
    int64_t index;
} Lookup;

static bool stories_of(uint64_t term, int64_t *stories, void *data, GError **error)
{
    const Lookup *lookup = data;
    if (lookup->work->counted == lookup->index) {
        guint known = GPOINTER_TO_UINT(g_hash_table_lookup(lookup->work->terms, &term));
        *stories = MAX(known, 1u);
        return true;
    }
    g_autoptr(StoreRows) rows =
        paper_term_stories(lookup->work->store, lookup->index, (int64_t)term, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *stories = step == STORE_ROW ? store_number(rows, 0) : 1;
    return step != STORE_FAILED;
}

bool related_work_vector(RelatedWork *work, const RelatedIndex *index, const RelatedRead *read,
                         TermVector *vector, GError **error)
{
    Lookup lookup = {work, index->id};
    *vector = (TermVector){.story = read->story, .published = read->published};
    return term_vector_make(read->counts, read->words, &index->totals, stories_of, &lookup, vector,
                            error);
}

/* A new index: counting */

typedef struct {
    RelatedWork *work;
    const char *language;
    RelatedIndex index;
    GArray *terms; /* pairs of int64_t: term, stories */
    guint from;
} Build;

static bool begin_body(Store *store, void *data, GError **error)
{
    Build *build = data;
    return words_lease_check(&build->work->lease, store, error) &&
           store_next_id(store, "paper_index", &build->index.id, error) &&
           paper_index_insert(store, build->index.id, build->language, before_all.published,
                              before_all.story, stemmer_version(build->language), error);
}

static bool begin_index(RelatedWork *work, const char *language, GError **error)
{
    Build build = {.work = work, .language = language};
    if (!store_transact(work->store, begin_body, &build, error)) {
        return false;
    }
    g_hash_table_remove_all(work->terms);
    work->counted = build.index.id;
    work->totals = (TermTotals){0};
    work->after = before_all;
    return true;
}

static void count_terms(RelatedWork *work, const RelatedRead *read)
{
    for (guint i = 0; i < read->counts->len; i++) {
        uint64_t term = g_array_index(read->counts, TermCount, i).term;
        gpointer key = NULL, value = NULL;
        if (g_hash_table_lookup_extended(work->terms, &term, &key, &value)) {
            g_hash_table_insert(work->terms, g_memdup2(&term, sizeof term),
                                GUINT_TO_POINTER(GPOINTER_TO_UINT(value) + 1));
        } else {
            g_hash_table_insert(work->terms, g_memdup2(&term, sizeof term), GUINT_TO_POINTER(1));
        }
    }
    work->totals.stories++;
    work->totals.words += read->words;
}

static int by_first(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Terms that stand in more than one story, by term. */
static GArray *common_terms(RelatedWork *work)
{
    GArray *terms = g_array_new(FALSE, FALSE, 2 * sizeof(int64_t));
    GHashTableIter iterator;
    gpointer key = NULL, value = NULL;
    g_hash_table_iter_init(&iterator, work->terms);
    while (g_hash_table_iter_next(&iterator, &key, &value)) {
        int64_t pair[2] = {*(int64_t *)key, GPOINTER_TO_UINT(value)};
        if (pair[1] > 1) {
            g_array_append_vals(terms, pair, 1);
        }
    }
    g_array_sort(terms, by_first);
    return terms;
}

static bool terms_body(Store *store, void *data, GError **error)
{
    Build *build = data;
    const int64_t(*pairs)[2] = (const int64_t(*)[2])(void *)build->terms->data;
    guint end = MIN(build->terms->len, build->from + STEP_TERMS);
    if (!words_lease_check(&build->work->lease, store, error)) {
        return false;
    }
    for (guint i = build->from; i < end; i++) {
        if (!paper_term_insert(store, build->index.id, pairs[i][0], pairs[i][1], error)) {
            return false;
        }
    }
    return end < build->terms->len ||
           paper_index_counted(store, build->index.id, build->work->totals.stories,
                               build->work->totals.words, error);
}

static bool write_terms(RelatedWork *work, const RelatedIndex *index, GError **error)
{
    g_autoptr(GArray) terms = common_terms(work);
    Build build = {.work = work, .index = *index, .terms = terms};
    do {
        if (!store_transact(work->store, terms_body, &build, error)) {
            return false;
        }
        build.from += STEP_TERMS;
    } while (build.from < terms->len);
    return true;
}

static bool count_step(RelatedWork *work, const RelatedIndex *index, GError **error)
{
    g_autoptr(GArray) places =
        story_words_walk(work->store, index->language, work->after, RELATED_STEP_STORIES, error);
    if (places == NULL) {
        return false;
    }
    for (guint i = 0; i < places->len; i++) {
        RelatedRead read = {0};
        if (!related_words_read(work->words, work->store,
                                g_array_index(places, StoryPlace, i).story, &read, error)) {
            return false;
        }
        if (read.out) {
            count_terms(work, &read);
        }
        related_read_clear(&read);
        work->after = g_array_index(places, StoryPlace, i);
    }
    return places->len == RELATED_STEP_STORIES || write_terms(work, index, error);
}

/* Building */

typedef struct {
    RelatedWork *work;
    GArray *read; /* RelatedRead */
    RelatedIndex building;
    guint done;
} Batch;

/* Oldest first, so that no list but its own is another one thereby. */
static bool enter(const Batch *batch, const RelatedRead *read, GError **error)
{
    Store *store = batch->work->store;
    g_auto(RelatedEntry) entry = {0};
    TermVector vector;
    return related_work_vector(batch->work, &batch->building, read, &vector, error) &&
           related_foresee(store, &batch->building, read->story, &vector, NULL, &entry, error) &&
           related_enter(store, &entry, 0, clock_now(), error);
}

static bool build_body(Store *store, void *data, GError **error)
{
    Batch *batch = data;
    int64_t began = clock_monotonic();
    if (!words_lease_check(&batch->work->lease, store, error)) {
        return false;
    }
    for (batch->done = 0; batch->done < batch->read->len; batch->done++) {
        const RelatedRead *read = &g_array_index(batch->read, RelatedRead, batch->done);
        if (batch->done > 0 && clock_monotonic() - began > RELATED_STEP) {
            break;
        }
        if (read->out && !enter(batch, read, error)) {
            return false;
        }
    }
    const RelatedRead *last = &g_array_index(batch->read, RelatedRead, batch->done - 1);
    return paper_index_reached(store, batch->building.id, last->published, last->story, error);
}

static bool finish_body(Store *store, void *data, GError **error)
{
    const Batch *batch = data;
    return words_lease_check(&batch->work->lease, store, error) &&
           paper_index_retire(store, batch->building.language, error) &&
           paper_index_state(store, batch->building.id, INDEX_LIVE, error);
}

static void read_clear(void *read)
{
    related_read_clear(read);
}

/* Stories that changed since they were read are in the queue, and entered again from there. */
static bool build_step(RelatedWork *work, const RelatedIndex *index, GError **error)
{
    StoryPlace after = {index->after_published, index->after_story};
    g_autoptr(GArray) places = story_words_walk(work->store, index->language, after, 16, error);
    g_autoptr(GArray) reads = g_array_new(FALSE, FALSE, sizeof(RelatedRead));
    g_array_set_clear_func(reads, read_clear);
    Batch batch = {.work = work, .read = reads, .building = *index};
    for (guint i = 0; places != NULL && i < places->len; i++) {
        RelatedRead read = {0};
        if (!related_words_read(work->words, work->store,
                                g_array_index(places, StoryPlace, i).story, &read, error)) {
            return false;
        }
        read.published = g_array_index(places, StoryPlace, i).published;
        g_array_append_val(reads, read);
    }
    if (places == NULL) {
        return false;
    }
    if (places->len > 0) {
        bool done = store_transact(work->store, build_body, &batch, error);
        work->done.entered += done ? batch.done : 0;
        return done;
    }
    work->counted = 0;
    g_hash_table_remove_all(work->terms);
    bool finished = store_transact(work->store, finish_body, &batch, error);
    work->done.in_force |= finished;
    return finished;
}

/* Ending */

static bool drop_body(Store *store, void *data, GError **error)
{
    const Build *build = data;
    int64_t id = build->index.id, terms = 0, postings = 0, vectors = 0, backs = 0, turns = 0;
    return words_lease_check(&build->work->lease, store, error) &&
           paper_drop_terms_counted(store, id, STEP_TERMS, &terms, error) &&
           paper_drop_postings_counted(store, id, STEP_TERMS / 4, &postings, error) &&
           paper_drop_vectors_counted(store, id, STEP_TERMS / 4, &vectors, error) &&
           paper_drop_backs_counted(store, id, STEP_TERMS, &backs, error) &&
           paper_drop_turns_counted(store, id, STEP_TERMS, &turns, error) &&
           (terms + postings + vectors + backs + turns > 0 || paper_index_delete(store, id, error));
}

static bool advance(RelatedWork *work, const RelatedIndex *index, GError **error)
{
    Build build = {.work = work, .index = *index};
    switch (index->state) {
    case INDEX_COUNTING: /* one that is not ours was begun by somebody who stopped */
        return index->id == work->counted
                   ? count_step(work, index, error)
                   : paper_index_state(work->store, index->id, INDEX_OLD, error);
    case INDEX_BUILDING:
        return build_step(work, index, error);
    case INDEX_OLD:
        return store_transact(work->store, drop_body, &build, error);
    default:
        return true;
    }
}

/* The first language whose archive has changed by a tenth since its index was made, or whose words
 * have other stems now; NULL if none. */
static bool choose_language(RelatedWork *work, const GArray *indexes, char **language,
                            GError **error)
{
    g_auto(GStrv) languages = setting_languages(work->store, error);
    if (languages == NULL) {
        return false;
    }
    for (char **each = languages; *each != NULL; each++) {
        int64_t now = 0, then = 0, stems = stemmer_version(*each), made_with = stems;
        for (guint i = 0; i < indexes->len; i++) {
            const RelatedIndex *index = &g_array_index(indexes, RelatedIndex, i);
            if (index->state == INDEX_LIVE && strcmp(index->language, *each) == 0) {
                then = index->totals.stories;
                made_with = index->stems;
            }
        }
        if (!story_words_count(work->store, *each, &now, error)) {
            return false;
        }
        int64_t changed = ABS(now - then);
        if (made_with != stems ||
            (changed > 0 && (then == 0 || (changed * 10 >= then && changed >= GROWN_LEAST)))) {
            *language = g_strdup(*each);
            return true;
        }
    }
    return true;
}

static bool work_on_indexes(RelatedWork *work, bool *more, GError **error)
{
    g_autoptr(GArray) indexes = related_indexes(work->store, error);
    if (indexes == NULL) {
        return false;
    }
    for (guint i = 0; i < indexes->len; i++) {
        const RelatedIndex *index = &g_array_index(indexes, RelatedIndex, i);
        if (index->state != INDEX_LIVE) {
            *more = true;
            return advance(work, index, error);
        }
    }
    g_autofree char *language = NULL;
    if (!choose_language(work, indexes, &language, error)) {
        return false;
    }
    *more = language != NULL;
    return language == NULL || begin_index(work, language, error);
}

/* Is there anything to do? Asked without the lease, so that a quiet newsroom writes nothing. */
static bool look(RelatedWork *work, bool *any, GError **error)
{
    g_autoptr(GArray) indexes = related_indexes(work->store, error);
    g_autofree char *language = NULL;
    if (indexes == NULL || !related_queue_any(work, any, error)) {
        return false;
    }
    for (guint i = 0; i < indexes->len && !*any; i++) {
        *any = g_array_index(indexes, RelatedIndex, i).state != INDEX_LIVE;
    }
    if (*any) {
        return true;
    }
    bool chosen = choose_language(work, indexes, &language, error);
    *any = language != NULL;
    return chosen;
}

static bool step_leased(RelatedWork *work, bool *more, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (related_queue_step(work, more, &reason) &&
        (*more || work_on_indexes(work, more, &reason))) {
        return *more || words_lease_drop(&work->lease, work->store, error);
    }
    *more = false;
    if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY)) {
        work->lease.until = 0; /* lost, or the database is busy: at the next call */
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&reason));
    return false;
}

bool related_work_step(RelatedWork *work, bool *more, GError **error)
{
    bool any = true;
    *more = false;
    work->busy = false;
    if (words_lease_held(&work->lease)) {
        return step_leased(work, more, error);
    }
    if (!look(work, &any, error)) {
        return false;
    }
    if (!any) {
        return words_lease_drop(&work->lease, work->store, error);
    }
    if (!words_lease_take(&work->lease, work->store, error)) {
        return false;
    }
    work->busy = !words_lease_held(&work->lease);
    return work->busy || step_leased(work, more, error);
}

void related_work_watch(RelatedWork *work, void (*stepped)(unsigned done, void *data), void *data)
{
    work->stepped = stepped;
    work->stepped_data = data;
}

bool related_work_all(RelatedWork *work, const volatile int *stop, RelatedDone *done,
                      GError **error)
{
    bool more = true;
    unsigned waited = 0;
    while ((more || (work->busy && waited < WAIT_MOST)) && (stop == NULL || !*stop)) {
        if (!more) {
            waited++;
            g_usleep(WAIT);
        }
        if (!related_work_step(work, &more, error)) {
            return false;
        }
        if (work->stepped != NULL) {
            work->stepped(work->done.entered + work->done.turns, work->stepped_data);
        }
    }
    if (done != NULL) {
        *done = work->done;
    }
    return true;
}
