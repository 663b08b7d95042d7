/* The gathering of a transaction: batch.h. What is to be touched is decided in story_touch.c. */
#include "desk/batch.h"

#include "desk/author.h"
#include "desk/section.h"
#include "desk/topic.h"
#include "desk_sql.h"

#include <inttypes.h>
#include <string.h>

typedef struct {
    char *list;
    int64_t month, delta;
} Count;

struct DeskBatch {
    GPtrArray *touches;    /* of StoryTouch, in order of coming */
    GHashTable *touched;   /* input and moment → StoryTouch */
    GHashTable *counts;    /* list and month → Count */
    GHashTable *names;     /* "s en name" → slug: committed */
    GHashTable *new_names; /* the same, of this transaction */
};

static void touch_free(void *data)
{
    StoryTouch *touch = data;
    g_free(touch->input);
    g_free(touch);
}

static void count_free(void *data)
{
    Count *count = data;
    g_free(count->list);
    g_free(count);
}

DeskBatch *desk_batch_new(void)
{
    DeskBatch *batch = g_new0(DeskBatch, 1);
    batch->touches = g_ptr_array_new_with_free_func(touch_free);
    batch->touched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    batch->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, count_free);
    batch->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    batch->new_names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return batch;
}

void desk_batch_free(DeskBatch *batch)
{
    if (batch != NULL) {
        g_hash_table_unref(batch->touched);
        g_ptr_array_unref(batch->touches);
        g_hash_table_unref(batch->counts);
        g_hash_table_unref(batch->names);
        g_hash_table_unref(batch->new_names);
        g_free(batch);
    }
}

void desk_batch_reset(DeskBatch *batch)
{
    g_hash_table_remove_all(batch->touched);
    g_ptr_array_set_size(batch->touches, 0);
    g_hash_table_remove_all(batch->counts);
    g_hash_table_remove_all(batch->new_names);
}

/* What is known of names is only a saving of queries: above this it is forgotten. */
#define NAMES_KEPT 50000u

void desk_batch_committed(DeskBatch *batch)
{
    if (g_hash_table_size(batch->names) > NAMES_KEPT) {
        g_hash_table_remove_all(batch->names);
    }
    GHashTableIter iterator;
    void *key = NULL;
    void *value = NULL;
    g_hash_table_iter_init(&iterator, batch->new_names);
    while (g_hash_table_iter_next(&iterator, &key, &value)) {
        g_hash_table_iter_steal(&iterator);
        g_hash_table_replace(batch->names, key, value);
    }
}

void desk_batch_touch(DeskBatch *batch, const StoryTouch *touch)
{
    g_autofree char *later =
        touch->later ? g_strdup_printf("%s %" PRId64, touch->input, touch->due) : NULL;
    const char *key = touch->later ? later : touch->input;
    StoryTouch *known = g_hash_table_lookup(batch->touched, key);
    if (known == NULL) {
        StoryTouch *copy = g_memdup2(touch, sizeof *touch);
        copy->input = g_strdup(touch->input);
        g_ptr_array_add(batch->touches, copy);
        g_hash_table_insert(batch->touched, g_strdup(key), copy);
    } else if (touch->published > known->published ||
               (touch->published == known->published && touch->id > known->id)) {
        known->published = touch->published;
        known->id = touch->id;
    }
}

void desk_batch_touch_now(DeskBatch *batch, const char *input)
{
    char copy[512];
    g_strlcpy(copy, input, sizeof copy);
    desk_batch_touch(batch, &(StoryTouch){.input = copy});
}

void desk_batch_count(DeskBatch *batch, const char *list, int64_t month, int64_t delta)
{
    g_autofree char *key = g_strdup_printf("%s %" PRId64, list, month);
    Count *count = g_hash_table_lookup(batch->counts, key);
    if (count == NULL) {
        count = g_new0(Count, 1);
        count->list = g_strdup(list);
        count->month = month;
        g_hash_table_insert(batch->counts, g_steal_pointer(&key), count);
    }
    count->delta += delta;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In order of keys, so that two transactions never wait for each other crosswise. */
static bool flush_counts(DeskBatch *batch, Store *store, GError **error)
{
    unsigned length = 0;
    g_autofree char **keys = (char **)g_hash_table_get_keys_as_array(batch->counts, &length);
    qsort(keys, length, sizeof *keys, by_key);
    for (unsigned i = 0; i < length; i++) {
        const Count *count = g_hash_table_lookup(batch->counts, keys[i]);
        if (count->delta != 0 &&
            !desk_count_add(store, count->list, count->month, count->delta, error)) {
            return false;
        }
    }
    return true;
}

bool desk_batch_flush(DeskBatch *batch, Store *store, GError **error)
{
    if (!flush_counts(batch, store, error)) {
        return false;
    }
    for (unsigned i = 0; i < batch->touches->len; i++) {
        if (!story_touch_send(store, batch->touches->pdata[i], error)) {
            return false;
        }
    }
    return true;
}

bool desk_batch_ensure(DeskBatch *batch, Store *store, char kind, const char *language,
                       const char *name, char **slug, bool *created, GError **error)
{
    g_autofree char *key = g_strdup_printf("%c %s %s", kind, language, name);
    const char *known = g_hash_table_lookup(batch->names, key);
    if (known == NULL) {
        known = g_hash_table_lookup(batch->new_names, key);
    }
    if (known != NULL) {
        *slug = g_strdup(known);
        *created = false;
        return true;
    }
    g_autofree char *found = NULL;
    bool made = kind == 's'   ? section_ensure(store, language, name, &found, created, error)
                : kind == 't' ? topic_ensure(store, language, name, &found, created, error)
                              : author_ensure(store, language, name, &found, created, error);
    if (!made) {
        return false;
    }
    g_hash_table_insert(batch->new_names, g_steal_pointer(&key), g_strdup(found));
    *slug = g_steal_pointer(&found);
    return true;
}
