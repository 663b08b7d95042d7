/*
 * The journal of mails: one row for each mail and recipient, so that nothing is lost and nothing is
 * sent twice without a person's decision (DESIGN 2.3; research E15, E16).
 *
 *     ready --claim--> attempting --250--> accepted
 *       ^                  |------5xx----> rejected      (also: gave up)
 *       |                  |------4xx----> deferred --due--> attempting …
 *       '--no connection---|
 *                          '--no answer--> uncertain     (also: we died while attempting)
 *     ready, deferred --recipient left--> excluded
 *
 * `attempting` is committed before a byte of the message leaves, in batches of DELIVERY_BATCH. What
 * became of a batch is committed after it. So whoever finds `attempting` without a live sender
 * knows that this mail may or may not have arrived: it becomes `uncertain` and is never sent again
 * by itself. Its Message-ID follows from what it is, so that a mail server's log settles it, by a
 * person (uncertain.h).
 *
 * One sender at a time: a lease with a fencing number (mail_lease), renewed with each batch. Taking
 * it turns what a dead sender left behind into `uncertain`.
 */
#pragma once

#include "store/store.h"

#define DELIVERY_BATCH      50u
#define DELIVERY_LEASE      (150 * INT64_C(1000000))   /* µs; longer than any one message */
#define DELIVERY_BULK_GIVES (48 * INT64_C(3600000000)) /* µs: newsletters are given up after */
#define DELIVERY_ONE_GIVES  (5 * INT64_C(86400000000)) /* µs: receipts and confirmations */
#define DELIVERY_PAUSE      (15 * INT64_C(60000000))   /* µs between two that were asked for */
#define DELIVERY_DAY        3                          /* of them in 24 hours */
#define DELIVERY_STATUS_MAX 400u                       /* bytes of an answer that are kept */

typedef enum {
    DELIVERY_READY = 1,
    DELIVERY_ATTEMPTING = 2,
    DELIVERY_ACCEPTED = 3,
    DELIVERY_REJECTED = 4,
    DELIVERY_DEFERRED = 5,
    DELIVERY_UNCERTAIN = 6,
    DELIVERY_EXCLUDED = 7,
} DeliveryState;

#define DELIVERY_STATES 8

typedef struct {
    int64_t id;
    char *message_id; /* without <>; of each only one */
    char *kind;       /* of mail (letter.h), or "issue" */
    bool bulk;        /* waits behind those that are not */
    int64_t issue, subscriber;
    char *mark, *address,
        *language; /* the address is "" of a letter that has left, and of who has */
    char *content; /* JSON for the template; "" for an issue and when it has left */
    DeliveryState state;
    int64_t attempts, created, changed;
    char *status; /* the last answer, or why */
} Delivery;

void delivery_free(Delivery *delivery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Delivery, delivery_free)

/* "accepted" and so on. */
const char *delivery_state_name(DeliveryState state);

/* A new row, ready now (or excluded, if its state says so); needs an open transaction. Nothing
 * happens if its Message-ID is known: the same mail was asked for before. Fields id, attempts,
 * created and changed are not looked at. */
bool delivery_add(Store *store, const Delivery *delivery, GError **error);

/* The sender's lease. BUSY if another one sends; *until (may be NULL) is then when to look again.
 * Taking it makes uncertain what was attempting. */
bool delivery_lease_take(Store *store, int64_t *fence, int64_t *until, GError **error);
bool delivery_lease_drop(Store *store, int64_t fence, GError **error);

/* The next rows that are due, now attempting; none of bulk as long as others are due. Renews the
 * lease; BUSY if it was lost. Elements Delivery. */
GPtrArray *delivery_claim(Store *store, int64_t fence, GError **error);

/* What became of a claimed row. */
typedef struct {
    int64_t id;
    DeliveryState state;
    int64_t due; /* for ready and deferred */
    char status[DELIVERY_STATUS_MAX + 1];
} DeliveryResult;

/* Writes results down, in one transaction. A row that is no longer ours to speak of stays. */
bool delivery_settle(Store *store, const DeliveryResult *results, unsigned count, GError **error);

/* When a deferred mail is tried again: half an hour, 1, 2, 4, 8 hours, then every 8 (RFC 5321
 * 4.5.4.1). */
int64_t delivery_retry(int64_t attempts, int64_t now);

/* True if it is too old to be tried once more. */
bool delivery_too_old(const Delivery *delivery, int64_t now);

/* When the next row is due; INT64_MAX if none waits. */
bool delivery_next_due(Store *store, int64_t *due, GError **error);

/* How many rows of an issue are in each state. */
bool delivery_count(Store *store, int64_t issue, int64_t counts[DELIVERY_STATES], GError **error);

/* May one more mail of a kind that anybody can ask for go to an address? One in DELIVERY_PAUSE
 * about the same subscriber (0: of those about none), and DELIVERY_DAY in 24 hours over all
 * (research E14). */
bool delivery_allowed(Store *store, const char *mark, const char *kind, int64_t subscriber,
                      bool *allowed, GError **error);

/* Rows in a state, for a person: of an issue (0: mails that are no issue's), after an id, at most
 * `most`. Elements Delivery. */
GPtrArray *delivery_list(Store *store, int64_t issue, DeliveryState state, int64_t after,
                         unsigned most, GError **error);

/* Takes the address of one who has left a newsletter out of its mails of the past. */
bool delivery_left(Store *store, const char *mark, int64_t subscriber, GError **error);

/* Takes an address out of the journal: what waits is excluded, addresses and contents are emptied.
 */
bool delivery_erase(Store *store, const char *mark, GError **error);
