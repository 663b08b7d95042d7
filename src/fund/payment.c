/* Applying what a provider knows to gifts, ledger and subscriptions: payment.h. */
#include "fund/payment.h"

#include "base/error.h"
#include "fund/gift.h"
#include "fund/ledger.h"
#include "fund/receipt.h"
#include "fund/subscription.h"

#include <string.h>

static const char *const step_names[PAYMENT_STEPS] = {"checkout", "refund", "cancel"};

const char *payment_step_name(PaymentStep step)
{
    return step_names[step];
}

bool payment_step_parse(const char *name, PaymentStep *step)
{
    for (unsigned i = 0; i < PAYMENT_STEPS; i++) {
        if (strcmp(step_names[i], name) == 0) {
            *step = (PaymentStep)i;
            return true;
        }
    }
    return false;
}

static void entry_clear(gpointer data)
{
    PaymentEntry *entry = data;
    g_free(entry->object);
    g_free(entry->of);
}

PaymentFacts *payment_facts_new(void)
{
    PaymentFacts *facts = g_new0(PaymentFacts, 1);
    facts->entries = g_array_new(FALSE, FALSE, sizeof(PaymentEntry));
    g_array_set_clear_func(facts->entries, entry_clear);
    return facts;
}

void payment_facts_add(PaymentFacts *facts, const PaymentEntry *entry)
{
    g_array_append_vals(facts->entries, entry, 1);
}

void payment_facts_free(PaymentFacts *facts)
{
    if (facts != NULL) {
        g_array_unref(facts->entries);
        g_free(facts->gift);
        g_free(facts->address);
        g_free(facts->subscription);
        g_free(facts);
    }
}

typedef struct {
    const char *provider;
    const PaymentFacts *facts;
    int64_t now;
    Gift *gift;           /* that began it */
    int64_t subscription; /* its row; 0 none */
} Apply;

/* A renewal is a gift of its own, there from the moment its charge is booked. */
static bool gift_of_charge(Store *store, const Apply *apply, const PaymentEntry *entry, int64_t *id,
                           GError **error)
{
    if (!entry->renewal) {
        *id = apply->gift->id;
        return true;
    }
    Gift renewal = *apply->gift;
    g_autofree char *code = gift_code_of(apply->provider, entry->object);
    renewal.code = code;
    renewal.form = NULL;
    renewal.amount = entry->amount;
    renewal.state = GIFT_SETTLED;
    renewal.subscription = apply->subscription;
    renewal.checkout = renewal.link = (char *)(uintptr_t) "";
    renewal.receipt = false;
    renewal.created = renewal.changed = apply->now;
    return gift_insert(store, &renewal, id, error);
}

static bool book(Store *store, const Apply *apply, const PaymentEntry *entry, GError **error)
{
    LedgerEntry row = {.kind = entry->kind,
                       .provider = apply->provider,
                       .object = entry->object,
                       .amount = entry->amount,
                       .moment = entry->moment};
    int64_t known = 0;
    if (!ledger_find(store, apply->provider, entry->object, &known, &row.gift, error)) {
        return false;
    }
    if (known != 0) {
        return true;
    }
    if (entry->of == NULL) {
        return gift_of_charge(store, apply, entry, &row.gift, error) &&
               ledger_enter(store, &row, apply->now, error) &&
               gift_raise(store, row.gift, GIFT_SETTLED, apply->now, error);
    }
    if (!ledger_find(store, apply->provider, entry->of, &known, &row.gift, error)) {
        return false;
    }
    if (known == 0) {
        return fail(error, KOLOKOL_ERROR_BUSY, "%s: the charge %s is not known yet", entry->object,
                    entry->of);
    }
    return ledger_enter(store, &row, apply->now, error);
}

static bool apply_body(Store *store, void *data, GError **error)
{
    Apply *apply = data;
    const PaymentFacts *facts = apply->facts;
    g_autoptr(GError) reason = NULL;
    g_autoptr(Gift) gift = gift_by_code(store, facts->gift, &reason);
    apply->gift = gift;
    apply->subscription = 0;
    if (gift == NULL) {
        return g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)
                   ? fail(error, KOLOKOL_ERROR_BUSY, "no gift %s (yet)", facts->gift)
                   : (g_propagate_error(error, g_steal_pointer(&reason)), false);
    }
    if (!gift_address(store, gift, facts->address, error) ||
        !gift_raise(store, gift->id, facts->state, apply->now, error)) {
        return false;
    }
    if (facts->subscription != NULL && !subscription_mirror(store, apply->provider, facts, gift->id,
                                                            &apply->subscription, error)) {
        return false;
    }
    for (guint i = 0; i < facts->entries->len; i++) {
        if (!book(store, apply, &g_array_index(facts->entries, PaymentEntry, i), error)) {
            return false;
        }
    }
    return receipts_enqueue(store, gift->id, apply->subscription, error);
}

bool payment_apply(Store *store, const char *provider, const PaymentFacts *facts, int64_t now,
                   GError **error)
{
    Apply apply = {.provider = provider, .facts = facts, .now = now};
    return store_transact(store, apply_body, &apply, error);
}
