/* Weights of pages, read: weight.h. They are written in code.c. */
#include "press/weight.h"

#include "press_sql.h"

bool press_weight(Store *store, const char *name, PressWeight *weight, GError **error)
{
    g_autoptr(StoreRows) rows = press_page_weight(store, name, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    *weight = (PressWeight){0};
    if (step == STORE_ROW) {
        *weight =
            (PressWeight){store_number(rows, 0), store_number(rows, 1), store_number(rows, 2) != 0};
    }
    return true;
}

static bool count_heavy(Store *store, int64_t *count, GError **error)
{
    g_autoptr(StoreRows) rows = press_page_heavy_count(store, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *count = step == STORE_ROW ? store_number(rows, 0) : 0;
    return step != STORE_FAILED;
}

bool press_each_heavy(Store *store, unsigned most, PressWeightTaker take, void *data,
                      int64_t *count, GError **error)
{
    if (!count_heavy(store, count, error)) {
        return false;
    }
    g_autoptr(StoreRows) rows = press_page_heavy(store, most, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        PressWeight weight = {store_number(rows, 1), store_number(rows, 2), true};
        take(store_text(rows, 0), &weight, data);
    }
    return step == STORE_END;
}
