/* Mirrors of subscriptions: subscription.h. */
#include "fund/subscription.h"

#include "base/error.h"
#include "base/random.h"
#include "fund_sql.h"

#include <string.h>

static const char *const names[SUBSCRIPTION_STATUSES] = {"incomplete",         "trialing", "active",
                                                         "past_due",           "unpaid",   "paused",
                                                         "incomplete_expired", "canceled"};

const char *subscription_status_name(SubscriptionStatus status)
{
    return names[status];
}

bool subscription_status_parse(const char *name, SubscriptionStatus *status)
{
    for (unsigned i = 0; i < SUBSCRIPTION_STATUSES; i++) {
        if (strcmp(names[i], name) == 0) {
            *status = (SubscriptionStatus)i;
            return true;
        }
    }
    return false;
}

bool subscription_counts(SubscriptionStatus status)
{
    return status == SUBSCRIPTION_ACTIVE || status == SUBSCRIPTION_TRIALING;
}

bool subscription_is_final(SubscriptionStatus status)
{
    return status == SUBSCRIPTION_CANCELED || status == SUBSCRIPTION_INCOMPLETE_EXPIRED;
}

void subscription_free(Subscription *subscription)
{
    if (subscription != NULL) {
        g_free(subscription->code);
        g_free(subscription->provider);
        g_free(subscription->object);
        g_free(subscription);
    }
}

static Subscription *one(StoreRows *taken, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no such subscription");
    }
    if (step != STORE_ROW) {
        return NULL;
    }
    Subscription *made = g_new0(Subscription, 1);
    made->id = store_number(rows, 0);
    made->code = store_text_copy(rows, 1);
    made->provider = store_text_copy(rows, 2);
    made->object = store_text_copy(rows, 3);
    made->gift = store_number(rows, 4);
    made->status = (SubscriptionStatus)CLAMP(store_number(rows, 5), 0, SUBSCRIPTION_STATUSES - 1);
    made->moment = store_number(rows, 6);
    made->paid_until = store_number(rows, 7);
    return made;
}

Subscription *subscription_by_code(Store *store, const char *code, GError **error)
{
    return one(fund_subscription_by_code(store, code, error), error);
}

Subscription *subscription_of_gift(Store *store, int64_t gift, GError **error)
{
    return one(fund_subscription_of_gift(store, gift, error), error);
}

/* The order is total and does not depend on the order of arrival. */
static bool is_later(const PaymentFacts *facts, const Subscription *known)
{
    bool final = subscription_is_final(facts->status);
    bool was_final = subscription_is_final(known->status);
    if (final != was_final) {
        return final;
    }
    return facts->moment > known->moment ||
           (facts->moment == known->moment && facts->status > known->status);
}

bool subscription_mirror(Store *store, const char *provider, const PaymentFacts *facts,
                         int64_t gift, int64_t *id, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Subscription) known =
        one(fund_subscription_by_object(store, provider, facts->subscription, &reason), &reason);
    if (known == NULL) {
        if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
        g_autofree char *code = random_id();
        return store_next_id(store, "fund_subscription", id, error) &&
               fund_subscription_insert(store, *id, code, provider, facts->subscription, gift,
                                        facts->status, facts->moment, facts->paid_until, error);
    }
    *id = known->id;
    bool later = is_later(facts, known);
    return fund_subscription_update(store, known->id, later ? facts->status : known->status,
                                    later ? facts->moment : known->moment,
                                    MAX(facts->paid_until, known->paid_until), error);
}

bool subscription_counts_by_status(Store *store, int64_t counts[SUBSCRIPTION_STATUSES],
                                   GError **error)
{
    int64_t read[SUBSCRIPTION_STATUSES] = {0};
    g_autoptr(StoreRows) rows = fund_subscription_counts(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t status = store_number(rows, 0);
        if (status >= 0 && status < SUBSCRIPTION_STATUSES) {
            read[status] = store_number(rows, 1);
        }
    }
    if (step == STORE_END) {
        memcpy(counts, read, sizeof read);
    }
    return step == STORE_END;
}
