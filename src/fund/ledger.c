/* The ledger: ledger.h. */
#include "fund/ledger.h"

#include "base/error.h"
#include "fund_sql.h"

bool ledger_find(Store *store, const char *provider, const char *object, int64_t *id, int64_t *gift,
                 GError **error)
{
    g_autoptr(StoreRows) rows = fund_ledger_find(store, provider, object, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    *id = step == STORE_ROW ? store_number(rows, 0) : 0;
    *gift = step == STORE_ROW ? store_number(rows, 1) : 0;
    return true;
}

bool ledger_enter(Store *store, const LedgerEntry *entry, int64_t now, GError **error)
{
    int64_t id = 0;
    const int64_t *gift = entry->gift == 0 ? NULL : &entry->gift;
    return store_next_id(store, "fund_ledger", &id, error) &&
           fund_ledger_enter(store, id, gift, entry->kind, entry->provider, entry->object,
                             entry->amount.currency, entry->amount.minor, entry->moment, now,
                             error);
}

char *ledger_charge(Store *store, int64_t gift, GError **error)
{
    g_autoptr(StoreRows) rows = fund_ledger_charge(store, gift, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND,
             "gift %" G_GINT64_FORMAT " has no payment that could be given back", gift);
    }
    return step == STORE_ROW ? store_text_copy(rows, 0) : NULL;
}

static void total_clear(gpointer data)
{
    g_free(((LedgerTotal *)data)->frequency);
}

GArray *ledger_totals(Store *store, GError **error)
{
    g_autoptr(GArray) totals = g_array_new(FALSE, TRUE, sizeof(LedgerTotal));
    g_array_set_clear_func(totals, total_clear);
    g_autoptr(StoreRows) rows = fund_ledger_totals(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        LedgerTotal total = {.frequency = store_text_copy(rows, 1),
                             .gifts = store_number(rows, 2),
                             .charged = store_number(rows, 3),
                             .other = store_number(rows, 4)};
        g_strlcpy(total.currency, store_text(rows, 0), MONEY_CURRENCY);
        g_array_append_val(totals, total);
    }
    return step == STORE_END ? g_steal_pointer(&totals) : NULL;
}
