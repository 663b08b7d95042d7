/* Entries of live stories: live.h. Splitting a long one into pages is done where the pages are. */
#include "desk/live.h"

#include "base/error.h"
#include "base/limits.h"
#include "desk/name.h"
#include "desk/story_change.h"
#include "desk_sql.h"

#include <inttypes.h>

void live_entry_free(LiveEntry *entry)
{
    if (entry != NULL) {
        g_free(entry->anchor);
        g_free(entry->headline);
        g_free(entry->body);
        g_free(entry);
    }
}

static LiveEntry *entry_of_row(StoreRows *rows, GError **error)
{
    StoryFormat format = STORY_MARKDOWN;
    if (!story_format_parse(store_text(rows, 6), &format)) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "entry %" PRId64 " has an unknown format",
             store_number(rows, 0));
        return NULL;
    }
    LiveEntry *entry = g_new0(LiveEntry, 1);
    entry->id = store_number(rows, 0);
    entry->story = store_number(rows, 1);
    entry->time = store_number(rows, 2);
    entry->anchor = g_strdup_printf("e%" PRId64, store_number(rows, 3));
    entry->headline = store_text_copy(rows, 4);
    entry->body = store_text_copy(rows, 5);
    entry->format = format;
    entry->removed = store_number(rows, 7) != 0;
    return entry;
}

LiveEntry *live_read(Store *store, int64_t id, GError **error)
{
    g_autoptr(StoreRows) rows = desk_live_read(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no live entry %" PRId64, id);
    }
    return step == STORE_ROW ? entry_of_row(rows, error) : NULL;
}

GPtrArray *live_list(Store *store, int64_t story, GError **error)
{
    g_autoptr(StoreRows) rows = desk_live_list(store, story, error);
    if (rows == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)live_entry_free);
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        LiveEntry *entry = entry_of_row(rows, error);
        if (entry == NULL) {
            return NULL;
        }
        g_ptr_array_add(list, entry);
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

typedef struct {
    int64_t id, moment;
    const char *headline, *body;
    StoryFormat format;
    bool removed;
} Order;

/* A new entry changes the story, but no revision. */
static void story_changed(StoryChange *change)
{
    change->after->version++;
    if (story_visible(change->after, change->now)) {
        change->after->updated = change->now;
    }
}

/* All there are, removed ones too: they keep their anchors. */
static bool entries_count(Store *store, int64_t story, int64_t *count, GError **error)
{
    g_autoptr(StoreRows) rows = desk_live_count(store, story, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    *count = store_number(rows, 0);
    return true;
}

static bool add(StoryChange *change, void *data, GError **error)
{
    Order *order = data;
    const Story *story = change->after;
    int64_t count = 0;
    if (story->kind != STORY_KIND_LIVE) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "story %" PRId64 " is no live story; change its kind first", story->id);
    }
    if (!entries_count(change->store, story->id, &count, error)) {
        return false;
    }
    if (count >= LIVE_ENTRIES) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "story %" PRId64 " has %u entries already; begin another live story", story->id,
                    LIVE_ENTRIES);
    }
    story_changed(change);
    return store_next_id(change->store, "live", &order->id, error) &&
           desk_live_insert(change->store, order->id, story->id, order->moment, count + 1,
                            order->headline, order->body, story_format_name(order->format), error);
}

static bool texts_ok(const char *headline, const char *body, GError **error)
{
    return desk_plain_text("headline", headline, LIMIT_TITLE, error) &&
           desk_plain_text("entry", body, LIVE_BODY, error);
}

bool live_add(Store *store, const DeskSite *site, int64_t story, int64_t time, const char *headline,
              const char *body, StoryFormat format, int64_t now, int64_t *id, GError **error)
{
    g_autofree char *line = desk_one_line(headline);
    Order order = {.moment = time, .headline = line, .body = body, .format = format};
    if (!texts_ok(line, body, error) ||
        !story_change_run(store, site, story, now, add, &order, error)) {
        return false;
    }
    if (id != NULL) {
        *id = order.id;
    }
    return true;
}

static bool edit(StoryChange *change, void *data, GError **error)
{
    const Order *order = data;
    g_autoptr(LiveEntry) old = live_read(change->store, order->id, error);
    if (old == NULL) {
        return false;
    }
    const char *headline = order->headline != NULL ? order->headline : old->headline;
    const char *body = order->body != NULL ? order->body : old->body;
    StoryFormat format = order->body != NULL ? order->format : old->format;
    if (g_strcmp0(headline, old->headline) == 0 && g_strcmp0(body, old->body) == 0 &&
        format == old->format && order->removed == old->removed) {
        return true;
    }
    story_changed(change);
    return desk_live_update(change->store, order->id, headline, body, story_format_name(format),
                            order->removed, error);
}

static bool run_edit(Store *store, const DeskSite *site, Order *order, int64_t now, GError **error)
{
    g_autoptr(LiveEntry) entry = live_read(store, order->id, error);
    return entry != NULL && story_change_run(store, site, entry->story, now, edit, order, error);
}

bool live_edit(Store *store, const DeskSite *site, int64_t id, const char *headline,
               const char *body, StoryFormat format, int64_t now, GError **error)
{
    g_autofree char *line = desk_one_line(headline);
    Order order = {.id = id, .headline = line, .body = body, .format = format};
    return texts_ok(line, body, error) && run_edit(store, site, &order, now, error);
}

bool live_remove(Store *store, const DeskSite *site, int64_t id, int64_t now, GError **error)
{
    Order order = {.id = id, .removed = true};
    return run_edit(store, site, &order, now, error);
}
