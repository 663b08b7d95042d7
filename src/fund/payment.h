/*
 * What we and a provider say to one another, in words that hold for all of them.
 *
 * We ask (a checkout, a refund, the end of a subscription): PaymentAsk, made into the provider's
 * own bytes once and kept (request.h). The provider calls (an event): only "look at this object" is
 * read from it. What the object is now: PaymentFacts, everything the provider knows of one checkout
 * and what came of it. Facts only grow, so applying them again, late or out of order ends the same
 * (research: revenue E5, E6).
 */
#pragma once

#include "fund/amounts.h"
#include "fund/money.h"
#include "store/store.h"

#define PAYMENT_ID_MAX 200u /* bytes of a provider's id */

/* Research E9. The order is the rank: a gift only goes up (gift.h). */
typedef enum {
    GIFT_INTENDED,
    GIFT_PENDING,
    GIFT_EXPIRED,
    GIFT_FAILED,
    GIFT_SETTLED,
    GIFT_STATES
} GiftState;

/* Research E10: the eight statuses of a subscription. */
typedef enum {
    SUBSCRIPTION_INCOMPLETE,
    SUBSCRIPTION_TRIALING,
    SUBSCRIPTION_ACTIVE,
    SUBSCRIPTION_PAST_DUE,
    SUBSCRIPTION_UNPAID,
    SUBSCRIPTION_PAUSED,
    SUBSCRIPTION_INCOMPLETE_EXPIRED, /* final, as the next */
    SUBSCRIPTION_CANCELED,
    SUBSCRIPTION_STATUSES
} SubscriptionStatus;

typedef enum { PAYMENT_CHECKOUT, PAYMENT_REFUND, PAYMENT_CANCEL, PAYMENT_STEPS } PaymentStep;

const char *payment_step_name(PaymentStep step);
bool payment_step_parse(const char *name, PaymentStep *step);

typedef struct {
    PaymentStep step;
    const char *gift; /* its code, for the provider to keep */
    Frequency frequency;
    Money amount;
    const char *object; /* refund: the charge; cancel: the subscription; else "" */
} PaymentAsk;

/* Moved money. Signed: a charge is more than nothing, everything else less. */
typedef struct {
    const char *kind; /* constant: "charge", "refund", "dispute", "fee" */
    char *object;     /* the provider's id of the charge, refund … itself */
    char *of;         /* a refund's charge; NULL for a charge */
    Money amount;
    int64_t moment;
    bool renewal; /* a charge of a subscription that is not its first */
} PaymentEntry;

typedef struct {
    char *gift;      /* the code that we gave with the request */
    GiftState state; /* of the checkout; PENDING while it is open. SETTLED is read from entries */
    char *address;   /* the payer's, "" if unknown */
    char *subscription; /* its id; NULL: a single gift */
    SubscriptionStatus status;
    int64_t moment;     /* when the provider changed it last, by its clock */
    int64_t paid_until; /* of a subscription; 0 unknown */
    GArray *entries;    /* of PaymentEntry */
} PaymentFacts;

PaymentFacts *payment_facts_new(void);
/* Takes the texts. */
void payment_facts_add(PaymentFacts *facts, const PaymentEntry *entry);
void payment_facts_free(PaymentFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PaymentFacts, payment_facts_free)

/* Applies facts, all or nothing; joins the caller's transaction. What is new is booked, receipts
 * are enqueued. BUSY if the gift is not known (yet): try again later. */
bool payment_apply(Store *store, const char *provider, const PaymentFacts *facts, int64_t now,
                   GError **error);
