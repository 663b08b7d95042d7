/* Five short lists: due.h. What it looks like is due_office.c. */
#include "desk/due.h"

#include "desk_due_sql.h"

static void due_free(gpointer data)
{
    DueItem *item = data;
    g_free(item->title);
    g_free(item);
}

/* Rows are (id, title, moment) and for what is late (…, person). */
static bool collect(GPtrArray *all, DueKind kind, StoreRows *taken, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        DueItem *item = g_new0(DueItem, 1);
        *item = (DueItem){.kind = kind,
                          .id = store_number(rows, 0),
                          .title = store_text_copy(rows, 1),
                          .moment = store_number(rows, 2),
                          .person = kind == DUE_OVERDUE ? store_number(rows, 3) : 0};
        g_ptr_array_add(all, item);
    }
    return step == STORE_END;
}

GPtrArray *due_list(Store *store, int64_t person, int64_t now, int64_t day_end, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(due_free);
    bool done =
        collect(all, DUE_SCHEDULED, desk_due_scheduled(store, day_end, DUE_MOST, error), error) &&
        collect(all, DUE_EMBARGO, desk_due_embargoes(store, now, day_end, DUE_MOST, error),
                error) &&
        collect(all, DUE_TASK, desk_due_tasks(store, person, DUE_MOST, error), error) &&
        collect(all, DUE_OVERDUE, desk_due_overdue(store, now, person, DUE_MOST, error), error) &&
        collect(all, DUE_LICENCE,
                desk_due_licences(store, now, now + DUE_LICENCES, DUE_MOST, error), error);
    return done ? g_steal_pointer(&all) : NULL;
}
