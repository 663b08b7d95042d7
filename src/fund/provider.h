/*
 * Who takes the money. A provider is one `const PaymentProvider` row; which of them a newsroom uses
 * is the setting `providers`. `practice` (practice.h) is the one that moves none.
 */
#pragma once

#include "store/store.h"

typedef struct {
    const char *name;
    bool real;           /* moves money that people have */
    const char *methods; /* the id of an interface text: which ways to pay it takes */
    /* DENIED with the reason if it must not run for that address of readers. NULL: it may. */
    bool (*site)(const char *url, GError **error);
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
