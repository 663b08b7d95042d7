/* What a takedown reaches: takedown_reach.h. What is done to it is takedown.c. */
#include "desk/takedown_reach.h"

#include "desk/media.h"
#include "desk_erase_sql.h"
#include "desk_sql.h"

void takedown_reach_clear(TakedownReach *reach)
{
    g_clear_pointer(&reach->paths, g_ptr_array_unref);
    g_clear_pointer(&reach->months, g_array_unref);
    g_clear_pointer(&reach->media, g_array_unref);
}

static void note_picture(TakedownReach *reach, int64_t id)
{
    for (guint i = 0; i < reach->media->len; i++) {
        if (g_array_index(reach->media, int64_t, i) == id) {
            return;
        }
    }
    if (id != 0 && reach->media->len < TAKEDOWN_PICTURES) {
        g_array_append_val(reach->media, id);
    }
}

static void note_pictures(TakedownReach *reach, const char *body)
{
    g_autoptr(GArray) used = media_in_body(body);
    for (guint i = 0; i < used->len; i++) {
        note_picture(reach, g_array_index(used, int64_t, i));
    }
}

static bool note_photos(TakedownReach *reach, StoreRows *taken, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        note_picture(reach, store_number(rows, 0));
    }
    return step == STORE_END;
}

/* A revision at a time: a body may be large. */
static bool note_revisions(Store *store, int64_t story, TakedownReach *reach, GError **error)
{
    for (int64_t number = 0;;) {
        g_autoptr(StoreRows) rows = desk_erase_revision_bodies(store, story, number, 1, error);
        StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
        if (step != STORE_ROW) {
            return step == STORE_END;
        }
        number = store_number(rows, 0);
        note_pictures(reach, store_text(rows, 1));
    }
}

/* Bodies of live entries, and of what somebody has typed and not saved. Takes the rows. */
static bool note_bodies(TakedownReach *reach, StoreRows *taken, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        note_pictures(reach, store_text(rows, 0));
    }
    return step == STORE_END;
}

static bool note_paths(Store *store, int64_t story, TakedownReach *reach, GError **error)
{
    g_autoptr(StoreRows) rows = desk_paths_of_story(store, story, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t month = store_number(rows, 3);
        g_ptr_array_add(reach->paths, store_text_copy(rows, 0));
        g_array_append_val(reach->months, month);
    }
    return step == STORE_END;
}

bool takedown_reach_read(Store *store, const Story *story, TakedownReach *reach, GError **error)
{
    takedown_reach_clear(reach);
    reach->paths = g_ptr_array_new_with_free_func(g_free);
    reach->months = g_array_new(FALSE, FALSE, sizeof(int64_t));
    reach->media = g_array_new(FALSE, FALSE, sizeof(int64_t));
    note_picture(reach, story->photo);
    return note_photos(reach, desk_erase_photos_before(store, story->id, error), error) &&
           note_revisions(store, story->id, reach, error) &&
           note_bodies(reach, desk_erase_live_bodies(store, story->id, error), error) &&
           note_bodies(reach, desk_erase_working_bodies(store, story->id, error), error) &&
           note_paths(store, story->id, reach, error);
}

bool takedown_reach_goes(Store *store, int64_t story, int64_t media, bool *goes, GError **error)
{
    g_autoptr(GArray) users = media_usage(store, media, error);
    if (users == NULL) {
        return false;
    }
    *goes = true;
    for (guint i = 0; i < users->len; i++) {
        *goes = *goes && g_array_index(users, int64_t, i) == story;
    }
    return true;
}
