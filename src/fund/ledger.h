/*
 * The ledger: every movement of money that a provider told us of, as signed rows of whole minor
 * units. Append-only: there is no statement that changes or removes one. Unique by (provider,
 * object): the charge or refund itself, so nothing is booked twice (research: revenue E5, E9).
 */
#pragma once

#include "fund/money.h"
#include "store/store.h"

typedef struct {
    int64_t gift; /* 0: of no gift (a payout) */
    const char *kind, *provider, *object;
    Money amount;
    int64_t moment; /* by the provider's clock */
} LedgerEntry;

/* The row's number, 0 if there is none, and its gift. */
bool ledger_find(Store *store, const char *provider, const char *object, int64_t *id, int64_t *gift,
                 GError **error);

/* Enters a row; one that is there already stays as it is. */
bool ledger_enter(Store *store, const LedgerEntry *entry, int64_t now, GError **error);

/* The charge of a gift that was not refunded: its object. NULL with NOT_FOUND if there is none.
 * Caller frees. */
char *ledger_charge(Store *store, int64_t gift, GError **error);

/* Sums by currency and frequency, of settled gifts. */
typedef struct {
    char currency[MONEY_CURRENCY];
    char *frequency;
    int64_t gifts;          /* charges */
    int64_t charged, other; /* minor units; other: refunds, disputes, fees, less than nothing */
} LedgerTotal;

/* Elements LedgerTotal, by currency and frequency. */
GArray *ledger_totals(Store *store, GError **error);
