/* Numbers by name: figure.h. */
#include "health/figure.h"

#include "health_sql.h"

bool figure_put(Store *store, const char *name, int64_t number, int64_t now, GError **error)
{
    return health_figure_put(store, name, number, now, error);
}

bool figure_read(Store *store, const char *name, Figure *figure, GError **error)
{
    g_autoptr(StoreRows) rows = health_figure_read(store, name, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    *figure = (Figure){0};
    if (step == STORE_ROW) {
        *figure = (Figure){store_number(rows, 0), store_number(rows, 1)};
    }
    return true;
}
