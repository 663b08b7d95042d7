/* Gifts: gift.h. What raises them is payment.c. */
#include "fund/gift.h"

#include "base/error.h"
#include "base/random.h"
#include "fund_sql.h"
#include "seal/hash.h"

#include <string.h>

static const char *const state_names[GIFT_STATES] = {"intended", "pending", "expired", "failed",
                                                     "settled"};

const char *gift_state_name(GiftState state)
{
    return state_names[state];
}

void gift_free(Gift *gift)
{
    if (gift == NULL) {
        return;
    }
    char *texts[] = {gift->code,     gift->form, gift->campaign, gift->language, gift->provider,
                     gift->checkout, gift->link, gift->address,  gift->manage};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_free(texts[i]);
    }
    g_free(gift);
}

/* The columns of the gift_… queries, in their order. */
static Gift *of_row(StoreRows *rows)
{
    Gift *gift = g_new0(Gift, 1);
    gift->id = store_number(rows, 0);
    gift->code = store_text_copy(rows, 1);
    gift->form = store_text_copy(rows, 2);
    gift->state = (GiftState)CLAMP(store_number(rows, 3), 0, GIFT_STATES - 1);
    frequency_parse(store_text(rows, 4), &gift->frequency);
    g_strlcpy(gift->amount.currency, store_text(rows, 5), MONEY_CURRENCY);
    gift->amount.minor = store_number(rows, 6);
    gift->campaign = store_text_copy(rows, 7);
    gift->language = store_text_copy(rows, 8);
    gift->provider = store_text_copy(rows, 9);
    gift->checkout = store_text_copy(rows, 10);
    gift->link = store_text_copy(rows, 11);
    gift->subscription = store_number(rows, 12);
    gift->address = store_text_copy(rows, 13);
    gift->receipt = store_number(rows, 14) != 0;
    gift->created = store_number(rows, 15);
    gift->changed = store_number(rows, 16);
    gift->manage = store_text_copy(rows, 17);
    return gift;
}

static Gift *one(StoreRows *taken, const char *what, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no gift %s", what);
    }
    return step == STORE_ROW ? of_row(rows) : NULL;
}

Gift *gift_by_code(Store *store, const char *code, GError **error)
{
    return one(fund_gift_by_code(store, code, error), code, error);
}

Gift *gift_by_id(Store *store, int64_t id, GError **error)
{
    g_autofree char *what = g_strdup_printf("%" G_GINT64_FORMAT, id);
    return one(fund_gift_by_id(store, id, error), what, error);
}

Gift *gift_by_form(Store *store, const char *form, GError **error)
{
    return one(fund_gift_by_form(store, form, error), "of that form", error);
}

bool gift_insert(Store *store, const Gift *gift, int64_t *id, GError **error)
{
    int64_t made = 0;
    const int64_t *subscription = gift->subscription == 0 ? NULL : &gift->subscription;
    if (!store_next_id(store, "fund_gift", &made, error) ||
        !fund_gift_insert(
            store, made, gift->code, gift->form, gift->state, frequency_name(gift->frequency),
            gift->amount.currency, gift->amount.minor, gift->campaign, gift->language,
            gift->provider, gift->checkout, gift->link, subscription, gift->address, gift->receipt,
            gift->created, gift->changed, gift->manage == NULL ? "" : gift->manage, error)) {
        return false;
    }
    *id = made;
    return true;
}

char *gift_code_of(const char *provider, const char *charge)
{
    g_autofree char *name = g_strjoin(" ", provider, charge, NULL);
    Hash hash = hash_of(name, strlen(name));
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    return g_strndup(hex, 32);
}

bool gift_intend(Store *store, Gift *gift, bool *fresh, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Gift) known = gift_by_form(store, gift->form, &reason);
    *fresh = known == NULL;
    if (known != NULL) {
        gift->id = known->id;
        return true;
    }
    if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    g_free(gift->code);
    gift->code = random_id();
    gift->state = GIFT_INTENDED;
    gift->changed = gift->created;
    return gift_insert(store, gift, &gift->id, error);
}

bool gift_raise(Store *store, int64_t id, GiftState state, int64_t now, GError **error)
{
    return fund_gift_raise(store, id, state, now, error);
}

bool gift_address(Store *store, Gift *gift, const char *address, GError **error)
{
    if (address == NULL || *address == '\0' || strlen(address) > GIFT_ADDRESS_MAX ||
        *gift->address != '\0') {
        return true;
    }
    g_free(gift->address);
    gift->address = g_strdup(address);
    return fund_gift_set_address(store, gift->id, address, error);
}

bool gift_manage(Store *store, int64_t id, const char *token, GError **error)
{
    return fund_gift_set_manage(store, id, token, error);
}

bool gift_begun(Store *store, int64_t id, const char *checkout, const char *link, GError **error)
{
    return fund_gift_begun(store, id, checkout, link, error);
}

static GPtrArray *all_of(StoreRows *taken, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)gift_free);
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(all, of_row(rows));
    }
    return step == STORE_END ? g_steal_pointer(&all) : NULL;
}

GPtrArray *gifts_without_receipt(Store *store, int64_t gift, int64_t subscription, GError **error)
{
    return all_of(fund_gifts_without_receipt(store, gift, subscription, error), error);
}

GPtrArray *gift_list(Store *store, const char *address, GiftState state, GError **error)
{
    return all_of(address != NULL ? fund_gifts_of_address(store, address, GIFT_LIST_MAX, error)
                  : state != GIFT_STATES ? fund_gifts_in_state(store, state, GIFT_LIST_MAX, error)
                                         : fund_gifts(store, GIFT_LIST_MAX, error),
                  error);
}
