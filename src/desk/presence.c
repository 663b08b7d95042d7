/* Who is there: presence.h. */
#include "desk/presence.h"

#include "desk_sql.h"

void presence_free(Presence *presence)
{
    if (presence != NULL) {
        g_free(presence->name);
        g_free(presence);
    }
}

typedef struct {
    int64_t story, person, now;
    const char *name;
} Note;

static bool note(Store *store, void *data, GError **error)
{
    const Note *work = data;
    return desk_presence_sweep(store, work->now - PRESENCE_LASTS, error) &&
           desk_presence_put(store, work->story, work->person, work->name, work->now, error);
}

bool presence_note(Store *store, int64_t story, int64_t person, const char *name, int64_t now,
                   GError **error)
{
    Note work = {story, person, now, name};
    return store_transact(store, note, &work, error);
}

bool presence_leave(Store *store, int64_t story, int64_t person, GError **error)
{
    return desk_presence_delete(store, story, person, error);
}

GPtrArray *presence_list(Store *store, int64_t story, int64_t now, GError **error)
{
    g_autoptr(StoreRows) rows = desk_presence_list(store, story, now - PRESENCE_LASTS, error);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)presence_free);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Presence *presence = g_new0(Presence, 1);
        presence->person = store_number(rows, 0);
        presence->name = store_text_copy(rows, 1);
        presence->seen = store_number(rows, 2);
        presence->typing = store_number(rows, 3) != 0;
        g_ptr_array_add(list, presence);
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}
