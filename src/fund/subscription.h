/*
 * Subscriptions: mirrors of the provider's (research: revenue E10). We never decide a status, we
 * copy it: the newer by the provider's clock wins, at the same moment the higher; canceled and
 * incomplete_expired are final.
 */
#pragma once

#include "fund/payment.h"

typedef struct {
    int64_t id, gift; /* the gift that began it */
    char *code;       /* for links */
    char *provider, *object;
    SubscriptionStatus status;
    int64_t moment, paid_until;
} Subscription;

void subscription_free(Subscription *subscription);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Subscription, subscription_free)

const char *subscription_status_name(SubscriptionStatus status);
bool subscription_status_parse(const char *name, SubscriptionStatus *status);
/* Whether it counts among those who support us. */
bool subscription_counts(SubscriptionStatus status);
bool subscription_is_final(SubscriptionStatus status);

/* Takes the facts' subscription; `gift` is the one that began it. */
bool subscription_mirror(Store *store, const char *provider, const PaymentFacts *facts,
                         int64_t gift, int64_t *id, GError **error);

/* NULL with NOT_FOUND if there is none. */
Subscription *subscription_by_code(Store *store, const char *code, GError **error);
/* That a gift began or renewed. */
Subscription *subscription_of_gift(Store *store, int64_t gift, GError **error);

/* How many are of each status. */
bool subscription_counts_by_status(Store *store, int64_t counts[SUBSCRIPTION_STATUSES],
                                   GError **error);
