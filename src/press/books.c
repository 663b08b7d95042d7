/* Entering rendered pages into the books: books.h. The nodes above them are tree.c. */
#include "press/books.h"

#include "base/clock.h"
#include "edition/path.h"
#include "press/tree.h"
#include "press_sql.h"

#include <string.h>

/* A write transaction stays short: it ends with the first record after this time, and has at least
 * so many. The more it has, the fewer pages of the database are written twice. */
#define RECORDS_AT_LEAST 100u
#define TRANSACTION_TIME (15 * CLOCK_SECOND / 1000)

/* A page as the books have it. */
typedef struct {
    int64_t id, globals, size, newness;
    int64_t boundary; /* INT64_MAX: none */
    char *path;
    Hash hash;
    GArray *inputs; /* PressInput */
} Known;

typedef struct {
    GPtrArray *records;
    guint first, end; /* of the present transaction */
    int64_t now;
    PressTally tally;
    GHashTable *globals; /* versions text → id */
    GArray *readers;     /* Reader, to be entered at the end of the transaction */
    bool failing;        /* there are rows of failures */
} Enter;

/* A row of press_reader. */
typedef struct {
    PressInput input;
    int64_t page;
} Reader;

static void known_clear(Known *known)
{
    g_clear_pointer(&known->path, g_free);
    g_clear_pointer(&known->inputs, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Known, known_clear)

/* 1 found, 0 not, -1 failed. */
static int known_read(Store *store, const char *name, Known *known, GError **error)
{
    g_autoptr(StoreRows) rows = press_page_by_name(store, name, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_ROW) {
        return step == STORE_END ? 0 : -1;
    }
    size_t length = 0;
    known->id = store_number(rows, 0);
    known->path = store_text_copy(rows, 1);
    const void *bytes = store_bytes(rows, 2, &length);
    memcpy(known->hash.bytes, bytes, MIN(length, sizeof known->hash.bytes));
    known->globals = store_number(rows, 3);
    bytes = store_bytes(rows, 4, &length);
    known->inputs = g_array_new(FALSE, FALSE, sizeof(PressInput));
    if (length >= sizeof(PressInput)) {
        g_array_append_vals(known->inputs, bytes, (guint)(length / sizeof(PressInput)));
    }
    known->boundary = store_number(rows, 5);
    known->boundary = known->boundary == 0 ? INT64_MAX : known->boundary;
    known->size = store_number(rows, 6);
    known->newness = store_number(rows, 7);
    return 1;
}

static bool globals_id(Store *store, Enter *enter, const char *versions, int64_t *id,
                       GError **error)
{
    int64_t *kept = g_hash_table_lookup(enter->globals, versions);
    if (kept != NULL) {
        *id = *kept;
        return true;
    }
    int64_t found = 0;
    {
        g_autoptr(StoreRows) rows = press_globals_by_versions(store, versions, error);
        StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
        if (step == STORE_FAILED) {
            return false;
        }
        found = step == STORE_ROW ? store_number(rows, 0) : 0;
    }
    if (found == 0 && (!store_next_id(store, "press_globals", &found, error) ||
                       !press_globals_insert(store, found, versions, error))) {
        return false;
    }
    kept = g_new(int64_t, 1);
    *kept = found;
    g_hash_table_insert(enter->globals, g_strdup(versions), kept);
    *id = found;
    return true;
}

/* Both lists are sorted by number: walk them together, note or delete the difference. */
static bool inputs_replace(Store *store, Enter *enter, int64_t page, const GArray *old,
                           const GArray *new, GError **error)
{
    guint o = 0, n = 0, old_count = old == NULL ? 0 : old->len;
    while (o < old_count || n < new->len) {
        const PressInput *was = o < old_count ? &g_array_index(old, PressInput, o) : NULL;
        const PressInput *is = n < new->len ? &g_array_index(new, PressInput, n) : NULL;
        if (was != NULL && (is == NULL || was->input < is->input)) {
            if (!press_reader_delete(store, was->input, page, error)) {
                return false;
            }
            o++;
            continue;
        }
        if (is == NULL) {
            break; /* cannot be: both lists would be at their end */
        }
        bool same = was != NULL && memcmp(was, is, sizeof *is) == 0;
        if (!same) {
            Reader reader = {*is, page};
            g_array_append_val(enter->readers, reader);
        }
        o += was != NULL && was->input == is->input;
        n++;
    }
    return true;
}

static int reader_compare(gconstpointer a, gconstpointer b)
{
    const Reader *x = a, *y = b;
    if (x->input.input != y->input.input) {
        return x->input.input < y->input.input ? -1 : 1;
    }
    return x->page < y->page ? -1 : x->page > y->page;
}

/* In the order of the table: the numbers of inputs are spread over all of it, and the rows of many
 * pages together meet each part of it once. */
static bool enter_readers(Store *store, Enter *enter, GError **error)
{
    g_array_sort(enter->readers, reader_compare);
    for (guint i = 0; i < enter->readers->len; i++) {
        const Reader *reader = &g_array_index(enter->readers, Reader, i);
        if (!press_reader_insert(store, reader->input.input, reader->page,
                                 reader->input.floor_published, reader->input.floor_story, error)) {
            return false;
        }
    }
    return true;
}

/* The object "o/ab/<sha256>.ext" is no longer used by a page. */
static bool drop_object(Store *store, const char *name, GError **error)
{
    Hash hash;
    const char *slash = strrchr(name, '/');
    g_autofree char *hex = slash == NULL ? NULL : g_strndup(slash + 1, 64);
    if (hex == NULL || !hash_parse(hex, &hash)) {
        return true;
    }
    return press_dropped_insert(store, hash.bytes, sizeof hash.bytes, error);
}

static bool objects_read(Store *store, int64_t page, GPtrArray *names, GError **error)
{
    g_autoptr(StoreRows) rows = press_objects_of_page(store, page, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(names, store_text_copy(rows, 0));
    }
    return step == STORE_END;
}

/* *changed tells whether the set differs, since then the directory's OBJECTS does. */
static bool objects_replace(Store *store, int64_t page, const GArray *new, bool *changed,
                            GError **error)
{
    g_autoptr(GPtrArray) old = g_ptr_array_new_with_free_func(g_free);
    if (!objects_read(store, page, old, error)) {
        return false;
    }
    guint o = 0, n = 0;
    while (o < old->len || n < new->len) {
        const char *was = o < old->len ? old->pdata[o] : NULL;
        const PressObject *is = n < new->len ? &g_array_index(new, PressObject, n) : NULL;
        int order = was == NULL ? 1 : is == NULL ? -1 : strcmp(was, is->name);
        if (order < 0 &&
            (!press_object_delete(store, page, was, error) || !drop_object(store, was, error))) {
            return false;
        }
        if (order > 0 && is != NULL &&
            !press_object_insert(store, page, is->name, is->size, error)) {
            return false;
        }
        *changed |= order != 0;
        o += order <= 0;
        n += order >= 0;
    }
    return true;
}

static bool remove_page(Store *store, Enter *enter, const Known *known, GError **error)
{
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(PressInput));
    g_autoptr(GArray) no_objects = g_array_new(FALSE, FALSE, sizeof(PressObject));
    bool changed = false;
    return inputs_replace(store, enter, known->id, known->inputs, none, error) &&
           objects_replace(store, known->id, no_objects, &changed, error) &&
           press_page_delete(store, known->id, error) &&
           press_dropped_insert(store, known->hash.bytes, sizeof known->hash.bytes, error) &&
           press_tree_page_gone(store, known->path, error);
}

static bool write_page(Store *store, const PressRecord *record, int64_t id, bool is_new,
                       int64_t globals, bool same_bytes, GError **error)
{
    g_autofree char *dir = edition_path_directory(record->path);
    int64_t shard = edition_path_shard(record->path);
    const int64_t *boundary = record->boundary == INT64_MAX ? NULL : &record->boundary;
    size_t inputs_length = record->inputs->len * sizeof(PressInput);
    const void *inputs =
        inputs_length == 0 ? "" : record->inputs->data; /* NULL would be SQL's NULL */
    int64_t coded = record->coded ? 1 : 0;
    if (is_new) {
        return press_page_insert(store, id, record->name, record->path, dir, shard,
                                 record->hash.bytes, sizeof record->hash.bytes, record->size,
                                 record->newness, globals, inputs, inputs_length, boundary, coded,
                                 error);
    }
    if (same_bytes) { /* the coded forms that there are stay as they are */
        return press_page_renew(store, id, record->path, dir, shard, record->newness, globals,
                                inputs, inputs_length, boundary, error);
    }
    return press_page_update(store, id, record->path, dir, shard, record->hash.bytes,
                             sizeof record->hash.bytes, record->size, record->newness, globals,
                             inputs, inputs_length, boundary, coded, error);
}

static bool enter_new(Store *store, Enter *enter, const PressRecord *record, int64_t globals,
                      GError **error)
{
    int64_t id = 0;
    bool changed = false;
    enter->tally.written++;
    enter->tally.bytes += (uint64_t)record->size;
    return store_next_id(store, "press_page", &id, error) &&
           write_page(store, record, id, true, globals, false, error) &&
           inputs_replace(store, enter, id, NULL, record->inputs, error) &&
           (record->objects->len == 0 ||
            objects_replace(store, id, record->objects, &changed, error)) &&
           press_tree_page_new(store, record->path, error);
}

static bool enter_known(Store *store, Enter *enter, const PressRecord *record, const Known *known,
                        int64_t globals, GError **error)
{
    bool same_bytes = memcmp(record->hash.bytes, known->hash.bytes, sizeof known->hash.bytes) == 0;
    bool same_path = strcmp(record->path, known->path) == 0;
    size_t length = record->inputs->len * sizeof(PressInput);
    bool same_inputs =
        known->inputs->len == record->inputs->len &&
        (length == 0 || memcmp(known->inputs->data, record->inputs->data, length) == 0);
    bool objects_changed = false;
    if (!objects_replace(store, known->id, record->objects, &objects_changed, error)) {
        return false;
    }
    if (same_bytes && same_path && same_inputs && !objects_changed && globals == known->globals &&
        record->boundary == known->boundary && record->newness == known->newness) {
        return true;
    }
    if (!write_page(store, record, known->id, false, globals, same_bytes, error) ||
        (!same_inputs &&
         !inputs_replace(store, enter, known->id, known->inputs, record->inputs, error))) {
        return false;
    }
    if (!same_bytes || !same_path) {
        enter->tally.written++;
        enter->tally.bytes += (uint64_t)record->size;
    }
    if (!same_bytes &&
        !press_dropped_insert(store, known->hash.bytes, sizeof known->hash.bytes, error)) {
        return false;
    }
    if (!same_path) {
        return press_tree_page_gone(store, known->path, error) &&
               press_tree_page_new(store, record->path, error);
    }
    return (same_bytes && !objects_changed) || press_tree_page_changed(store, record->path, error);
}

/* The page stays as it was; it is tried again when something it reads changes, or at the next full
 * press. */
static bool enter_failure(Store *store, Enter *enter, const PressRecord *record, const Known *known,
                          bool exists, GError **error)
{
    enter->tally.failed++;
    enter->failing = true;
    if (!press_failure_put(store, record->name, record->failure, enter->now, error)) {
        return false;
    }
    return !exists || press_page_hold(store, known->id, error);
}

static bool enter_one(Store *store, Enter *enter, const PressRecord *record, GError **error)
{
    g_auto(Known) known = {0};
    int exists = known_read(store, record->name, &known, error);
    if (exists < 0 || !press_dirty_delete(store, record->name, error)) {
        return false;
    }
    enter->tally.rendered++;
    if (record->failure != NULL) {
        return enter_failure(store, enter, record, &known, exists == 1, error);
    }
    if (enter->failing && !press_failure_delete(store, record->name, error)) {
        return false;
    }
    if (record->path == NULL) {
        enter->tally.removed += exists == 1;
        return exists == 0 || remove_page(store, enter, &known, error);
    }
    int64_t globals = 0;
    if (!globals_id(store, enter, record->globals, &globals, error)) {
        return false;
    }
    return exists == 1 ? enter_known(store, enter, record, &known, globals, error)
                       : enter_new(store, enter, record, globals, error);
}

static bool enter_some(Store *store, void *data, GError **error)
{
    Enter *enter = data;
    enter->tally = (PressTally){0};
    g_array_set_size(enter->readers, 0);
    if (!store_rows_any(press_failure_any(store, error), &enter->failing, error)) {
        return false;
    }
    g_hash_table_remove_all(
        enter->globals); /* ids of a transaction that was rolled back are void */
    int64_t until = clock_monotonic() + TRANSACTION_TIME;
    guint i = enter->first;
    for (; i < enter->records->len; i++) {
        if (i - enter->first >= RECORDS_AT_LEAST && clock_monotonic() > until) {
            break;
        }
        if (!enter_one(store, enter, enter->records->pdata[i], error)) {
            return false;
        }
    }
    enter->end = i;
    return enter_readers(store, enter, error);
}

bool press_books_enter(Store *store, GPtrArray *records, int64_t now, PressTally *tally,
                       GError **error)
{
    g_autoptr(GHashTable) globals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GArray) readers = g_array_new(FALSE, FALSE, sizeof(Reader));
    Enter enter = {.records = records, .now = now, .globals = globals, .readers = readers};
    for (; enter.first < records->len; enter.first = enter.end) {
        if (!store_transact(store, enter_some, &enter, error)) {
            return false;
        }
        tally->rendered += enter.tally.rendered;
        tally->written += enter.tally.written;
        tally->removed += enter.tally.removed;
        tally->failed += enter.tally.failed;
        tally->bytes += enter.tally.bytes;
    }
    return true;
}
