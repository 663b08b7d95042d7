/* Changed stories, and marked lists (related_enter.h): in what order and in which transactions. */
#include "paper/related_work_private.h"

#include "base/clock.h"

#include <string.h>

#define TURNS 4u /* lists computed before a transaction */

/* A story of the queue, and what it comes to in each index of its language: one in force, one that
 * is being built. */
typedef struct {
    RelatedWork *work;
    const StoryWordsRow *row;
    GArray *entries;           /* RelatedEntry */
    const RelatedEntry *marks; /* whose lists are marked at present */
    guint from;
} Change;

static bool concerns(const RelatedIndex *index, const RelatedRead *read)
{
    bool same = read->language != NULL && strcmp(index->language, read->language) == 0;
    return same && (index->state == INDEX_LIVE || index->state == INDEX_BUILDING);
}

/* Is the story's place in the part of the index that is made already? One that an index being built
 * has not come to leaves it, so as to be entered at its place. */
static bool passed(const RelatedIndex *index, const RelatedRead *read)
{
    return index->state == INDEX_LIVE || read->published < index->after_published ||
           (read->published == index->after_published && read->story <= index->after_story);
}

static bool foresee(Change *change, const RelatedIndex *index, const RelatedRead *read,
                    GError **error)
{
    RelatedWork *work = change->work;
    bool is_in = read->out && passed(index, read);
    TermVector vector;
    RelatedEntry entry = {0};
    bool done = (!is_in || related_work_vector(work, index, read, &vector, error)) &&
                related_foresee(work->store, index, read->story, is_in ? &vector : NULL,
                                &work->lease, &entry, error);
    g_array_append_val(change->entries, entry);
    return done;
}

static bool marks_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    return words_lease_check(&change->work->lease, store, error) &&
           related_mark(store, change->marks, change->from, change->from + RELATED_MARKS, error);
}

/* All but the last few, which are marked with the story itself. */
static bool mark_many(Change *change, const RelatedEntry *entry, GError **error)
{
    RelatedWork *work = change->work;
    guint count = entry->lists == NULL ? 0 : entry->lists->len;
    change->marks = entry;
    for (change->from = 0; count - change->from > RELATED_MARKS; change->from += RELATED_MARKS) {
        if (!words_lease_renew(&work->lease, work->store, error) ||
            !store_transact(work->store, marks_body, change, error)) {
            return false;
        }
    }
    return true;
}

/* Where mark_many() left off. */
static guint marked(const RelatedEntry *entry)
{
    guint count = entry->lists == NULL ? 0 : entry->lists->len;
    return count == 0 ? 0 : (count - 1) / RELATED_MARKS * RELATED_MARKS;
}

static bool change_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    if (!words_lease_check(&change->work->lease, store, error)) {
        return false;
    }
    for (guint i = 0; i < change->entries->len; i++) {
        const RelatedEntry *entry = &g_array_index(change->entries, RelatedEntry, i);
        if (!related_enter(store, entry, marked(entry), clock_now(), error)) {
            return false;
        }
    }
    return story_words_done(store, change->row, error);
}

static void entry_clear(void *entry)
{
    related_entry_clear(entry);
}

static bool take_story(RelatedWork *work, const GArray *indexes, const StoryWordsRow *row,
                       GError **error)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(RelatedEntry));
    g_array_set_clear_func(entries, entry_clear);
    g_auto(RelatedRead) read = {0};
    Change change = {.work = work, .row = row, .entries = entries};
    if (!related_words_read(work->words, work->store, row->story, &read, error)) {
        return false;
    }
    for (guint i = 0; i < indexes->len; i++) {
        const RelatedIndex *index = &g_array_index(indexes, RelatedIndex, i);
        if (concerns(index, &read) && !foresee(&change, index, &read, error)) {
            return false;
        }
    }
    for (guint i = 0; i < entries->len; i++) {
        if (!mark_many(&change, &g_array_index(entries, RelatedEntry, i), error)) {
            return false;
        }
    }
    bool done = store_transact(work->store, change_body, &change, error);
    work->done.entered += done;
    return done;
}

typedef struct {
    RelatedWork *work;
    const GArray *rows; /* StoryWordsRow */
} Rows;

/* Without an index the rows only go. */
static bool rows_body(Store *store, void *data, GError **error)
{
    const Rows *rows = data;
    if (!words_lease_check(&rows->work->lease, store, error)) {
        return false;
    }
    for (guint i = 0; i < rows->rows->len; i++) {
        if (!story_words_done(store, &g_array_index(rows->rows, StoryWordsRow, i), error)) {
            return false;
        }
    }
    return true;
}

static bool take_queue(RelatedWork *work, const GArray *indexes, bool *more, GError **error)
{
    unsigned most = indexes->len > 0 ? 1 : RELATED_STEP_STORIES;
    g_autoptr(GArray) rows = story_words_next(work->store, most, error);
    *more = rows != NULL && rows->len > 0;
    if (!*more) {
        return rows != NULL;
    }
    if (indexes->len > 0) {
        return take_story(work, indexes, &g_array_index(rows, StoryWordsRow, 0), error);
    }
    Rows all = {work, rows};
    return store_transact(work->store, rows_body, &all, error);
}

/* Lists that wait for their turn */

typedef struct {
    RelatedWork *work;
    const RelatedIndex *index;
    const GPtrArray *turns; /* RelatedTurn */
    guint done;
} Turns;

static bool turns_body(Store *store, void *data, GError **error)
{
    Turns *turns = data;
    int64_t began = clock_monotonic();
    if (!words_lease_check(&turns->work->lease, store, error)) {
        return false;
    }
    for (turns->done = 0; turns->done < turns->turns->len; turns->done++) {
        if (turns->done > 0 && clock_monotonic() - began > RELATED_STEP) {
            break;
        }
        if (!related_turn(store, turns->index, turns->turns->pdata[turns->done], clock_now(),
                          error)) {
            return false;
        }
    }
    return true;
}

static bool take_turns(RelatedWork *work, const GArray *indexes, bool *more, GError **error)
{
    for (guint i = 0; i < indexes->len && !*more; i++) {
        const RelatedIndex *index = &g_array_index(indexes, RelatedIndex, i);
        if (index->state != INDEX_LIVE && index->state != INDEX_BUILDING) {
            continue;
        }
        g_autoptr(GPtrArray) found = related_turns(work->store, index, TURNS, error);
        Turns turns = {work, index, found, 0};
        *more = found != NULL && found->len > 0;
        if (found == NULL || (*more && !store_transact(work->store, turns_body, &turns, error))) {
            return false;
        }
        work->done.turns += turns.done;
    }
    return true;
}

/* Turns are after the queue, since each of its stories may mark more, and before what is done to
 * indexes, so that none comes into force with a list that waits. */
bool related_queue_step(RelatedWork *work, bool *more, GError **error)
{
    g_autoptr(GArray) indexes = related_indexes(work->store, error);
    return indexes != NULL && take_queue(work, indexes, more, error) &&
           (*more || take_turns(work, indexes, more, error));
}

bool related_queue_any(RelatedWork *work, bool *any, GError **error)
{
    g_autoptr(GArray) rows = story_words_next(work->store, 1, error);
    *any = rows != NULL && rows->len > 0;
    return rows != NULL && (*any || related_waiting(work->store, any, error));
}
