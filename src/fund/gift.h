/*
 * Gifts: what somebody meant to give, and how far that came (docs/fund.md).
 *
 * The state only rises in the order of GiftState: settled wins over everything, failed over
 * expired. Only the ledger (ledger.h) says how much money came; a gift is settled exactly if its
 * charge is booked there. The code is random, the number is the newsroom's own and no page shows
 * it.
 */
#pragma once

#include "fund/payment.h"

#define GIFT_ADDRESS_MAX 254u /* bytes (RFC 5321) */
#define GIFT_LIST_MAX    1000u

typedef struct {
    int64_t id;
    char *code, *form; /* form: 64 hex digits of the ticket's hash, NULL for a renewal */
    GiftState state;
    Frequency frequency;
    Money amount;
    char *campaign, *language, *provider;
    char *checkout, *link; /* "" until the provider has it */
    int64_t subscription;  /* of a renewal; 0 none */
    char *address;         /* "" unknown */
    bool receipt;          /* is enqueued */
    char *manage;          /* the token of the link that ends a repeated gift: made where the keys
                              are, kept for the job that writes the receipt and has none */
    int64_t created, changed;
} Gift;

void gift_free(Gift *gift);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Gift, gift_free)

/* "intended", "pending" … */
const char *gift_state_name(GiftState state);

/* A fresh gift with a random code, INTENDED; the number is set. If the form was taken before, the
 * gift of that time: *fresh is false. */
bool gift_intend(Store *store, Gift *gift, bool *fresh, GError **error);

/* For renewals: a whole row; `id` is made. */
bool gift_insert(Store *store, const Gift *gift, int64_t *id, GError **error);

/* The code of a renewal: of its charge, the same each time. Caller frees. */
char *gift_code_of(const char *provider, const char *charge);

/* NULL with NOT_FOUND if there is none. */
Gift *gift_by_code(Store *store, const char *code, GError **error);
Gift *gift_by_id(Store *store, int64_t id, GError **error);
Gift *gift_by_form(Store *store, const char *form, GError **error);

/* Up to that state; a lower one changes nothing. */
bool gift_raise(Store *store, int64_t id, GiftState state, int64_t now, GError **error);

/* Takes the payer's address where none is known; "" changes nothing. */
bool gift_address(Store *store, Gift *gift, const char *address, GError **error);

/* Keeps the token. */
bool gift_manage(Store *store, int64_t id, const char *token, GError **error);

/* Settled ones that need a receipt: the gift, and the renewals of its subscription. Elements Gift.
 */
GPtrArray *gifts_without_receipt(Store *store, int64_t gift, int64_t subscription, GError **error);

/* The provider has it: its checkout and where that is. */
bool gift_begun(Store *store, int64_t id, const char *checkout, const char *link, GError **error);

/* Newest first, at most GIFT_LIST_MAX; of an address if given, of a state if not GIFT_STATES.
 * Elements Gift. */
GPtrArray *gift_list(Store *store, const char *address, GiftState state, GError **error);
