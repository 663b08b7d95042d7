/* Reading words and making indexes: related_work.h. What entering a story means is related.c. */
#include "paper/related_work.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/story_words.h"
#include "paper/related.h"
#include "paper/words_lease.h"
#include "paper_sql.h"
#include "press/press.h"
#include "press/setting.h"

#include <inttypes.h>
#include <string.h>

#define STEP         10000 /* µs: a transaction ends after the story that passes this */
#define STEP_STORIES 64u   /* stories read before a transaction */
#define STEP_TERMS   1500u /* rows of terms in a transaction */
#define WAIT         20000 /* µs between looks while somebody else is at it */
#define WAIT_MOST    3000u /* looks: a minute */
#define GROWN_LEAST  10    /* stories: a small archive is not counted again for each one */

struct RelatedWork {
    Store *store;
    WordsLease lease;
    GHashTable *stemmers; /* language → Stemmer */
    /* The count under way, or that of the index being built: */
    int64_t counted;   /* its index, 0 if none */
    GHashTable *terms; /* term → number of stories */
    TermTotals totals;
    StoryPlace after;
    unsigned entered;
    bool busy; /* somebody else held the lease at the last step */
    void (*stepped)(unsigned entered, void *data);
    void *stepped_data;
};

static const StoryPlace before_all = {INT64_MIN, 0};

static void stemmer_unref(gpointer stemmer)
{
    stemmer_free(stemmer);
}

RelatedWork *related_work_new(Store *store)
{
    RelatedWork *work = g_new0(RelatedWork, 1);
    work->store = store;
    words_lease_init(&work->lease);
    work->stemmers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, stemmer_unref);
    work->terms = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    return work;
}

void related_work_free(RelatedWork *work)
{
    if (work == NULL) {
        return;
    }
    words_lease_drop(&work->lease, work->store, NULL);
    g_hash_table_unref(work->stemmers);
    g_hash_table_unref(work->terms);
    g_free(work);
}

/* Reading */

static Stemmer *stemmer_of(RelatedWork *work, const char *language, GError **error)
{
    Stemmer *stemmer = g_hash_table_lookup(work->stemmers, language);
    if (stemmer == NULL) {
        stemmer = stemmer_new(language, error);
        if (stemmer != NULL) {
            g_hash_table_insert(work->stemmers, g_strdup(language), stemmer);
        }
    }
    return stemmer;
}

/* A story that has been read. */
typedef struct {
    int64_t story;
    char *language;
    bool out;
    int64_t published;
    GArray *counts; /* TermCount; NULL if not out */
    int64_t words;
    StoryWordsRow row; /* of the queue */
} Read;

static void read_clear(void *data)
{
    Read *read = data;
    g_clear_pointer(&read->language, g_free);
    g_clear_pointer(&read->counts, g_array_unref);
}

static bool read_story(RelatedWork *work, int64_t story, Read *read, GError **error)
{
    g_auto(StoryWords) words = {0};
    if (!story_words_read(work->store, story, &words, error)) {
        return false;
    }
    *read = (Read){.story = story, .out = words.out, .published = words.published};
    if (words.out) {
        Stemmer *stemmer = stemmer_of(work, words.language, error);
        if (stemmer == NULL) {
            return false;
        }
        read->counts = term_counts(stemmer, words.text, &read->words);
    }
    read->language = g_steal_pointer(&words.language);
    return true;
}

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

static bool enter(RelatedWork *work, const RelatedIndex *index, const Read *read, GError **error)
{
    Lookup lookup = {work, index->id};
    TermVector vector = {.story = read->story, .published = read->published};
    if (!read->out) {
        return related_enter(work->store, index, read->story, NULL, clock_now(), error);
    }
    return term_vector_make(read->counts, read->words, &index->totals, stories_of, &lookup, &vector,
                            error) &&
           related_enter(work->store, index, read->story, &vector, clock_now(), error);
}

/* The queue */

typedef struct {
    RelatedWork *work;
    GArray *read;    /* Read */
    GArray *indexes; /* RelatedIndex, in the transaction */
    RelatedIndex building;
    guint done;
} Batch;

/* Is the story in the part of the index that is made already? */
static bool concerns(const RelatedIndex *index, const Read *read)
{
    bool same = read->language != NULL && strcmp(index->language, read->language) == 0;
    return same && (index->state == INDEX_LIVE || index->state == INDEX_BUILDING);
}

static bool passed(const RelatedIndex *index, const Read *read)
{
    return index->state == INDEX_LIVE || !read->out || read->published < index->after_published ||
           (read->published == index->after_published && read->story <= index->after_story);
}

/* A story that an index being built has not come to leaves it, so as to be entered at its place. */
static bool enter_everywhere(Batch *batch, const Read *read, GError **error)
{
    for (guint i = 0; i < batch->indexes->len; i++) {
        const RelatedIndex *index = &g_array_index(batch->indexes, RelatedIndex, i);
        if (!concerns(index, read)) {
            continue;
        }
        bool done = passed(index, read) ? enter(batch->work, index, read, error)
                                        : related_enter(batch->work->store, index, read->story,
                                                        NULL, clock_now(), error);
        if (!done) {
            return false;
        }
    }
    return true;
}

static bool queue_body(Store *store, void *data, GError **error)
{
    Batch *batch = data;
    int64_t began = clock_monotonic();
    g_clear_pointer(&batch->indexes, g_array_unref);
    batch->indexes = related_indexes(store, error);
    if (batch->indexes == NULL || !words_lease_check(&batch->work->lease, store, error)) {
        return false;
    }
    for (batch->done = 0; batch->done < batch->read->len; batch->done++) {
        const Read *read = &g_array_index(batch->read, Read, batch->done);
        if (batch->done > 0 && clock_monotonic() - began > STEP) {
            break;
        }
        if (!enter_everywhere(batch, read, error) || !story_words_done(store, &read->row, error)) {
            return false;
        }
    }
    return true;
}

static GArray *new_reads(void)
{
    GArray *reads = g_array_new(FALSE, FALSE, sizeof(Read));
    g_array_set_clear_func(reads, read_clear);
    return reads;
}

static bool take_queue(RelatedWork *work, bool *more, GError **error)
{
    g_autoptr(GArray) rows = story_words_next(work->store, STEP_STORIES, error);
    g_autoptr(GArray) indexes = rows == NULL ? NULL : related_indexes(work->store, error);
    if (indexes == NULL) {
        return false;
    }
    *more = rows->len > 0;
    /* Without an index the rows only go; with one, a few are read at a time. */
    guint most = indexes->len == 0 ? rows->len : MIN(rows->len, 4u);
    g_autoptr(GArray) reads = new_reads();
    for (guint i = 0; i < most; i++) {
        const StoryWordsRow *row = &g_array_index(rows, StoryWordsRow, i);
        Read read = {.story = row->story};
        if (indexes->len > 0 && !read_story(work, row->story, &read, error)) {
            return false;
        }
        read.row = *row;
        g_array_append_val(reads, read);
    }
    Batch batch = {.work = work, .read = reads};
    bool done = rows->len == 0 || store_transact(work->store, queue_body, &batch, error);
    g_clear_pointer(&batch.indexes, g_array_unref);
    work->entered += done && indexes->len > 0 ? batch.done : 0;
    return done;
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
                              before_all.story, error);
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

static void count_terms(RelatedWork *work, const Read *read)
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
        story_words_walk(work->store, index->language, work->after, STEP_STORIES, error);
    if (places == NULL) {
        return false;
    }
    for (guint i = 0; i < places->len; i++) {
        Read read = {0};
        if (!read_story(work, g_array_index(places, StoryPlace, i).story, &read, error)) {
            return false;
        }
        if (read.out) {
            count_terms(work, &read);
        }
        read_clear(&read);
        work->after = g_array_index(places, StoryPlace, i);
    }
    return places->len == STEP_STORIES || write_terms(work, index, error);
}

/* Building */

static bool build_body(Store *store, void *data, GError **error)
{
    Batch *batch = data;
    int64_t began = clock_monotonic();
    if (!words_lease_check(&batch->work->lease, store, error)) {
        return false;
    }
    for (batch->done = 0; batch->done < batch->read->len; batch->done++) {
        const Read *read = &g_array_index(batch->read, Read, batch->done);
        if (batch->done > 0 && clock_monotonic() - began > STEP) {
            break;
        }
        if (read->out && !enter(batch->work, &batch->building, read, error)) {
            return false;
        }
    }
    const Read *last = &g_array_index(batch->read, Read, batch->done - 1);
    return paper_index_reached(store, batch->building.id, last->published, last->story, error);
}

static bool finish_body(Store *store, void *data, GError **error)
{
    const Batch *batch = data;
    return words_lease_check(&batch->work->lease, store, error) &&
           paper_index_retire(store, batch->building.language, error) &&
           paper_index_state(store, batch->building.id, INDEX_LIVE, error);
}

/* Stories that changed since they were read are in the queue, and entered again from there. */
static bool build_step(RelatedWork *work, const RelatedIndex *index, GError **error)
{
    StoryPlace after = {index->after_published, index->after_story};
    g_autoptr(GArray) places = story_words_walk(work->store, index->language, after, 16, error);
    g_autoptr(GArray) reads = new_reads();
    Batch batch = {.work = work, .read = reads, .building = *index};
    for (guint i = 0; places != NULL && i < places->len; i++) {
        Read read = {0};
        if (!read_story(work, g_array_index(places, StoryPlace, i).story, &read, error)) {
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
        work->entered += done ? batch.done : 0;
        return done;
    }
    work->counted = 0;
    g_hash_table_remove_all(work->terms);
    return store_transact(work->store, finish_body, &batch, error);
}

/* Ending */

static bool drop_body(Store *store, void *data, GError **error)
{
    const Build *build = data;
    int64_t id = build->index.id, terms = 0, postings = 0, vectors = 0, backs = 0;
    return words_lease_check(&build->work->lease, store, error) &&
           paper_drop_terms_counted(store, id, STEP_TERMS, &terms, error) &&
           paper_drop_postings_counted(store, id, STEP_TERMS / 4, &postings, error) &&
           paper_drop_vectors_counted(store, id, STEP_TERMS / 4, &vectors, error) &&
           paper_drop_backs_counted(store, id, STEP_TERMS, &backs, error) &&
           (terms + postings + vectors + backs > 0 || paper_index_delete(store, id, error));
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

/* The first language whose archive has changed by a tenth since its index was made; NULL if none.
 */
static bool choose_language(RelatedWork *work, const GArray *indexes, char **language,
                            GError **error)
{
    g_auto(GStrv) languages = setting_languages(work->store, error);
    if (languages == NULL) {
        return false;
    }
    for (char **each = languages; *each != NULL; each++) {
        int64_t now = 0, then = 0;
        for (guint i = 0; i < indexes->len; i++) {
            const RelatedIndex *index = &g_array_index(indexes, RelatedIndex, i);
            if (index->state == INDEX_LIVE && strcmp(index->language, *each) == 0) {
                then = index->totals.stories;
            }
        }
        if (!story_words_count(work->store, *each, &now, error)) {
            return false;
        }
        int64_t changed = ABS(now - then);
        if (changed > 0 && (then == 0 || (changed * 10 >= then && changed >= GROWN_LEAST))) {
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
    g_autoptr(GArray) rows = story_words_next(work->store, 1, error);
    g_autoptr(GArray) indexes = rows == NULL ? NULL : related_indexes(work->store, error);
    g_autofree char *language = NULL;
    if (indexes == NULL) {
        return false;
    }
    *any = rows->len > 0;
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
    if (take_queue(work, more, &reason) && (*more || work_on_indexes(work, more, &reason))) {
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

void related_work_watch(RelatedWork *work, void (*stepped)(unsigned entered, void *data),
                        void *data)
{
    work->stepped = stepped;
    work->stepped_data = data;
}

bool related_work_all(RelatedWork *work, const volatile int *stop, unsigned *entered,
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
            work->stepped(work->entered, work->stepped_data);
        }
    }
    if (entered != NULL) {
        *entered = work->entered;
    }
    return true;
}
