/* Throws drafts away: discard.h. */
#include "desk/discard.h"

#include "base/error.h"
#include "desk/erasure.h"
#include "desk/story.h"
#include "desk_erase_sql.h"
#include "press/press.h"
#include "staff/reading.h"

#include <inttypes.h>

/* What desk_erase_discard_way() answers. */
enum { FREE, KNOWN, CORRECTED, SHOWN, TRANSLATED };

static bool in_the_way(int64_t id, int64_t way, GError **error)
{
    switch (way) {
    case FREE:
        return true;
    case CORRECTED:
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "story %" PRId64 " has a correction and is not thrown away", id);
    case SHOWN:
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "story %" PRId64 " stands on the front or in the breaking line; take it from "
                    "there first",
                    id);
    case TRANSLATED:
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "story %" PRId64 " has translations; throw those away first", id);
    default:
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "story %" PRId64 " was out, or was about to be, and is not thrown away", id);
    }
}

static bool check(Store *store, int64_t id, GError **error)
{
    g_autoptr(Story) story = story_read(store, id, error);
    if (story == NULL) {
        return false;
    }
    if (story->state != STORY_DRAFT && story->state != STORY_IN_EDIT &&
        story->state != STORY_READY) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "story %" PRId64 " is %s; only a draft is thrown away", id,
                    story_state_name(story->state));
    }
    g_autoptr(StoreRows) rows = desk_erase_discard_way(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    return step == STORE_ROW && in_the_way(id, store_number(rows, 0), error);
}

bool story_discard_look(Store *store, int64_t id, Discard *what, GError **error)
{
    if (!check(store, id, error)) {
        return false;
    }
    g_autoptr(StoreRows) rows = desk_erase_discard_size(store, id, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    *what = (Discard){.revisions = store_number(rows, 0),
                      .comments = store_number(rows, 1),
                      .entries = store_number(rows, 2),
                      .unsaved = store_number(rows, 3),
                      .entered = store_number(rows, 4),
                      .typed = store_number(rows, 5)};
    return true;
}

typedef struct {
    int64_t id, now;
    const char *person;
} Order;

static bool forget_rows(Store *store, int64_t id, GError **error)
{
    static bool (*const tables[])(Store *, int64_t, GError **) = {
        desk_erase_discard_live_use, desk_erase_discard_live,    desk_erase_discard_media_use,
        desk_erase_discard_task,     desk_erase_discard_match,   desk_erase_discard_presence,
        desk_erase_discard_floor,    desk_erase_discard_keys,    desk_erase_discard_put,
        desk_erase_discard_place,    desk_erase_discard_words,   desk_erase_discard_search,
        desk_erase_workings_forget,  desk_erase_comments_forget, desk_erase_photos_before_forget,
        desk_erase_discard_find,     desk_erase_discard_path,    desk_erase_discard_begun,
        desk_erase_discard_story,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        if (!tables[i](store, id, error)) {
            return false;
        }
    }
    return desk_erase_revisions_forget(store, id, 0, error);
}

/* Pages of others leave a link to a draft's address as its text (story_touch.c). */
static bool touch_address(Store *store, int64_t id, GError **error)
{
    g_autoptr(Story) story = story_read(store, id, error);
    if (story == NULL || story->path == NULL) {
        return story != NULL;
    }
    g_autofree char *input = g_strconcat("at:", story->path, NULL);
    return press_touch(store, input, error);
}

static bool discard_body(Store *store, void *data, GError **error)
{
    const Order *order = data;
    Erasure erasure = {.kind = (char *)(uintptr_t)ERASURE_DISCARD,
                       .story = order->id,
                       .instead = (char *)(uintptr_t) "",
                       .reason = (char *)(uintptr_t) "",
                       .person = (char *)(uintptr_t)order->person,
                       .step = ERASURE_CLEAN,
                       .asked = order->now};
    int64_t number = 0;
    return check(store, order->id, error) && touch_address(store, order->id, error) &&
           reading_end_of_story(store, order->id, order->now, error) &&
           forget_rows(store, order->id, error) && erasure_add(store, &erasure, &number, error);
}

bool story_discard(Store *store, int64_t id, const char *person, int64_t now, GError **error)
{
    Order order = {.id = id, .now = now, .person = person};
    return store_transact(store, discard_body, &order, error);
}
