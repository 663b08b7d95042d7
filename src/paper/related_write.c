/* Writing back(), and which pages show others thereby: related_enter.h. A page may differ if its
 * story, or one in whose back() it was or is, changed. */
#include "paper/related_private.h"
#include "paper_sql.h"
#include "press/press.h"

#include <inttypes.h>

typedef struct {
    Store *store;
    const RelatedIndex *index;
    const RelatedTurn *list;
    int64_t now;
} Write;

static bool write_list(const Write *write, GError **error)
{
    const RelatedTurn *list = write->list;
    if (!paper_back_delete(write->store, write->index->id, list->story, error)) {
        return false;
    }
    for (guint i = 0; i < list->after->len; i++) {
        const RelatedStory *other = &g_array_index(list->after, RelatedStory, i);
        if (!paper_back_insert(write->store, write->index->id, list->story, list->published,
                               other->story, other->published, other->score, error)) {
            return false;
        }
    }
    return true;
}

/* What a page shows, by now and once all that is to come has come. */
typedef struct {
    int64_t story;
    GArray *now, *ever;
} Shown;

static void shown_clear(void *data)
{
    Shown *shown = data;
    g_clear_pointer(&shown->now, g_array_unref);
    g_clear_pointer(&shown->ever, g_array_unref);
}

static bool shown_read(const Write *write, int64_t story, Shown *shown, GError **error)
{
    int64_t index = write->index->id;
    *shown = (Shown){.story = story};
    shown->now = related_read(write->store, index, story, write->now, RELATED_SHOW, error);
    shown->ever = shown->now == NULL
                      ? NULL
                      : related_read(write->store, index, story, INT64_MAX, RELATED_SHOW, error);
    return shown->ever != NULL;
}

static bool add(const Write *write, GHashTable *known, GArray *all, int64_t story, GError **error)
{
    if (!g_hash_table_add(known, GINT_TO_POINTER(story))) {
        return true;
    }
    Shown shown;
    bool done = shown_read(write, story, &shown, error);
    g_array_append_val(all, shown);
    return done;
}

static bool add_all(const Write *write, GHashTable *known, GArray *all, const GArray *stories,
                    GError **error)
{
    for (guint i = 0; i < stories->len; i++) {
        if (!add(write, known, all, g_array_index(stories, RelatedStory, i).story, error)) {
            return false;
        }
    }
    return true;
}

/* Elements Shown. */
static GArray *shown_before(const Write *write, GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_direct_hash, g_direct_equal);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Shown));
    g_array_set_clear_func(all, shown_clear);
    return add(write, known, all, write->list->story, error) &&
                   add_all(write, known, all, write->list->before, error) &&
                   add_all(write, known, all, write->list->after, error)
               ? g_steal_pointer(&all)
               : NULL;
}

static bool stories_same(const GArray *a, const GArray *b)
{
    bool same = a->len == b->len;
    for (guint i = 0; same && i < a->len; i++) {
        same = g_array_index(a, RelatedStory, i).story == g_array_index(b, RelatedStory, i).story;
    }
    return same;
}

static bool touch_changed(const Write *write, const GArray *all, GError **error)
{
    for (guint i = 0; i < all->len; i++) {
        const Shown *before = &g_array_index(all, Shown, i);
        g_autofree char *input = g_strdup_printf("related:%" PRId64, before->story);
        Shown after;
        bool read = shown_read(write, before->story, &after, error);
        bool same =
            read && stories_same(before->now, after.now) && stories_same(before->ever, after.ever);
        shown_clear(&after);
        if (!read || (!same && !press_touch(write->store, input, error))) {
            return false;
        }
    }
    return true;
}

/* A story that is still to come appears on the pages of those in its back() when it does. */
static bool touch_later(const Write *write, GError **error)
{
    const RelatedTurn *list = write->list;
    for (guint i = 0; list->published > write->now && i < list->after->len; i++) {
        g_autofree char *input =
            g_strdup_printf("related:%" PRId64, g_array_index(list->after, RelatedStory, i).story);
        if (!press_touch_due(write->store, list->published, input, 0, 0, error)) {
            return false;
        }
    }
    return true;
}

bool related_write(Store *store, const RelatedIndex *index, const RelatedTurn *list, int64_t now,
                   GError **error)
{
    Write write = {store, index, list, now};
    if (index->state != INDEX_LIVE) {
        return write_list(&write, error) && touch_later(&write, error);
    }
    g_autoptr(GArray) all = shown_before(&write, error);
    return all != NULL && write_list(&write, error) && touch_changed(&write, all, error) &&
           touch_later(&write, error);
}
