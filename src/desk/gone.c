/* Lines of GONE: gone.h. The page that they make is paper/stub_page.c's neighbour, gone_page.c. */
#include "desk/gone.h"

#include "base/error.h"
#include "desk/calendar.h"
#include "desk/story_change.h"
#include "desk_erase_sql.h"
#include "desk_sql.h"
#include "edition/gone.h"
#include "press/press.h"

bool desk_gone_line(Store *store, int64_t now, const char *line, GError **error)
{
    int64_t month = story_path_month(now);
    g_autofree char *input =
        g_strdup_printf("gone:%04d-%02d", (int)(month / 100), (int)(month % 100));
    return desk_erase_gone_put(store, month, line, error) && press_touch(store, input, error);
}

bool desk_gone_path(Store *store, int64_t now, const char *path, int64_t month, bool tell,
                    GError **error)
{
    g_autofree char *input = g_strconcat("path:", path, NULL);
    g_autofree char *line = gone_line_path(path);
    g_autofree char *status =
        g_strdup_printf("status:%04d-%02d", (int)(month / 100), (int)(month % 100));
    return desk_path_delete(store, path, error) && press_touch_forget(store, input, error) &&
           press_touch(store, input, error) && press_touch(store, status, error) &&
           (!tell || desk_gone_line(store, now, line, error));
}

static GPtrArray *collect(StoreRows *taken, bool months, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t month = store_number(rows, 0);
        g_ptr_array_add(
            all, months ? g_strdup_printf("%04d-%02d", (int)(month / 100), (int)(month % 100))
                        : store_text_copy(rows, 0));
    }
    return step == STORE_END ? g_steal_pointer(&all) : NULL;
}

GPtrArray *desk_gone_of_month(Store *store, const char *month, GError **error)
{
    int64_t number = 0;
    if (!calendar_month_parse(month, &number)) {
        fail(error, KOLOKOL_ERROR_INVALID, "\"%.20s\" is not a month; write it like 2026-11",
             month);
        return NULL;
    }
    return collect(desk_erase_gone_lines(store, number, error), false, error);
}

GPtrArray *desk_gone_month_list(Store *store, GError **error)
{
    return collect(desk_erase_gone_months(store, error), true, error);
}
