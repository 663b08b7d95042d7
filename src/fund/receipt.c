/* Receipts: receipt.h. */
#include "fund/receipt.h"

#include "fund/form_block.h"
#include "fund/gift.h"
#include "fund/outgoing.h"
#include "fund_sql.h"
#include "press/setting.h"
#include "theme/dates.h"

static bool enqueue(Store *store, const Gift *gift, GError **error)
{
    g_autofree char *amount = money_text(gift->language, gift->amount.minor, gift->amount.currency);
    g_autoptr(GTimeZone) zone = setting_timezone(store, error);
    g_autofree char *path = g_strconcat("gift-cancel/", gift->manage, NULL);
    g_autofree char *cancel =
        zone == NULL ? NULL : outgoing_form(store, gift->language, path, error);
    if (cancel == NULL) {
        return false;
    }
    g_autofree char *date = date_text(gift->language, gift->changed, zone, DATE_DAY);
    json_t *values = json_pack("{s:s, s:s, s:s}", "amount", amount, "often",
                               frequency_label(gift->frequency, gift->language), "date", date);
    if (gift->frequency != FREQUENCY_ONCE) {
        json_object_set_new(values, "cancel_url", json_string(cancel));
    }
    return outgoing_send(store, "gift-receipt", gift->code, gift->address, gift->language, values,
                         error) &&
           fund_gift_receipt(store, gift->id, error);
}

bool receipts_enqueue(Store *store, int64_t gift, int64_t subscription, GError **error)
{
    g_autoptr(GPtrArray) due =
        gifts_without_receipt(store, gift, subscription == 0 ? -1 : subscription, error);
    for (guint i = 0; due != NULL && i < due->len; i++) {
        if (!enqueue(store, due->pdata[i], error)) {
            return false;
        }
    }
    return due != NULL;
}
