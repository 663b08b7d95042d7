/*
 * Who takes the money. A provider is one `const PaymentProvider` row; which of them a newsroom uses
 * is the setting `providers`. `practice` (practice.h) is the one that moves none.
 */
#pragma once

#include "fund/payment.h"

/* A request as it is sent, the same bytes each time (request.h). */
typedef struct {
    const char *id; /* the idempotency key */
    PaymentStep step;
    const char *body;
} PaymentRequest;

typedef struct {
    char *object; /* a checkout's id; NULL for other steps */
    char *link;   /* where the payer goes on: https://…, or a path below the language of our own
                     forms ("practice/…") */
} PaymentAnswer;

void payment_answer_clear(PaymentAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PaymentAnswer, payment_answer_clear)

/* A call of the provider: its id, and what it says to look at. */
typedef struct {
    char *id, *object;
} PaymentEvent;

void payment_event_clear(PaymentEvent *event);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PaymentEvent, payment_event_clear)

typedef struct {
    const char *name;
    bool real;           /* moves money that people have */
    bool local;          /* its books are in our database: asked inside transactions, no network */
    const char *methods; /* the id of an interface text: which ways to pay it takes */
    /* DENIED with the reason if it must not run for that address of readers. NULL: it may. */
    bool (*site)(const char *url, GError **error);
    /* The body of a request, exactly as it will be sent. Caller frees. */
    char *(*compose)(const PaymentAsk *ask);
    /* Sends it, once more if need be: the provider knows its id. INVALID: refused for good. */
    bool (*send)(Store *store, const PaymentRequest *request, PaymentAnswer *answer,
                 GError **error);
    /* Checks the signature of a call and reads it. DENIED: not from the provider; INVALID. */
    bool (*read)(const void *body, size_t length, const char *signature, int64_t now,
                 PaymentEvent *event, GError **error);
    /* What an object is now. NOT_FOUND if the provider does not know it. */
    PaymentFacts *(*fetch)(Store *store, const char *object, GError **error);
    const char *help;
} PaymentProvider;

/* All, NULL-ended. */
extern const PaymentProvider *const payment_providers[];

/* NULL with NOT_FOUND if there is none of that name. */
const PaymentProvider *provider_named(const char *name, GError **error);

/* Whether it may open for this newsroom now. DENIED says why not: `practice` on a public address, a
 * real one while a country is set to warn (setting `warn-countries`) and a campaign that runs has
 * no `danger:` text. */
bool provider_check(Store *store, const PaymentProvider *provider, int64_t now, GError **error);

/* The first of the setting `providers` that may open; NULL without an error if none may. */
bool provider_open(Store *store, int64_t now, const PaymentProvider **provider, GError **error);
