/* Named sequences: store_next_id() of store.h. A row holds the next number; so a rolled back
 * transaction gives its numbers back, and both engines count alike. */
#include "store/store.h"
#include "store_sql.h"

/* Walked to its end: outside a transaction only that tells that it is committed. */
bool store_next_id(Store *store, const char *sequence, int64_t *id, GError **error)
{
    g_autoptr(StoreRows) rows = store_sequence_next(store, sequence, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    int64_t number = store_number(rows, 0);
    if (store_rows_next(rows, error) != STORE_END) {
        return false;
    }
    *id = number;
    return true;
}
