/*
 * Subscribers: an address and a newsletter (docs/mail.md). Sign-up is by double opt-in only:
 *
 *     (none) --request--> pending --confirm--> confirmed --unsubscribe--> unsubscribed
 *                            ^                                                 |
 *                            '----------------------request--------------------'
 *
 * A request answers nothing about the address: the mail goes to whoever holds it (research E14). At
 * most one such mail an address and newsletter in 15 minutes, and three an address in a day over
 * all newsletters (delivery_allowed()). Pending ones are forgotten with their link
 * (SUBSCRIBER_PENDING), and who unsubscribes leaves no address behind, here or in the journal.
 *
 * Suppression (research E18) is by the address's mark and outlives the row: whoever unsubscribed is
 * not added again by staff or import. Only the reader's own confirmation lifts it.
 */
#pragma once

#include "jobs/jobs.h"
#include "mail/mailroom.h"

#define SUBSCRIBER_CONFIRM (7 * INT64_C(86400000000)) /* µs that a link to confirm holds */
#define SUBSCRIBER_PENDING SUBSCRIBER_CONFIRM         /* that a request is kept */

typedef enum {
    SUBSCRIBER_STATE_PENDING = 1,
    SUBSCRIBER_STATE_CONFIRMED = 2,
    SUBSCRIBER_STATE_UNSUBSCRIBED = 3,
} SubscriberState;

/* The stricter the higher. */
typedef enum {
    SUPPRESSION_NONE = 0,
    SUPPRESSION_MANUAL = 1,
    SUPPRESSION_HARD = 2,
    SUPPRESSION_UNSUBSCRIBED = 3,
    SUPPRESSION_COMPLAINT = 4,
} SuppressionReason;

typedef struct {
    int64_t id, newsletter;
    char *newsletter_name, *language, *mark, *address;
    SubscriberState state;
    char *source, *consent, *policy;
    int64_t requested, confirmed, ended; /* 0: not yet */
} Subscriber;

void subscriber_free(Subscriber *subscriber);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Subscriber, subscriber_free)

const char *subscriber_state_name(SubscriberState state);

/* Enqueues a sign-up (job mail.subscribe). `key` makes it happen once; `consent` is the hash of the
 * wording that the reader saw (consent.h). */
bool subscriber_request(Store *store, const char *key, const char *newsletter, const char *address,
                        const char *language, const char *consent, GError **error);

/* The job's handler: takes the request down and enqueues the mail that asks to confirm. */
bool subscriber_take(Store *store, const Mailroom *room, const Job *job, GError **error);

/* The handler of "mail.forget": ends a request that was not confirmed. */
bool subscriber_forget(Store *store, const Job *job, GError **error);

/* Confirms, lifts what suppressed the address, and enqueues the welcome. Confirming again is the
 * same success. NOT_FOUND: the request is no longer there, or has been ended. */
bool subscriber_confirm(Store *store, const TokenKeys *tokens, int64_t id, GError **error);

/* Ends it at once and suppresses the address for that newsletter; a second time is no error, nor is
 * a row that is gone. */
bool subscriber_unsubscribe(Store *store, int64_t id, GError **error);

/* By the staff: confirmed from the start, with the source that they state. CONFLICT if the address
 * is suppressed: only its holder can lift that. *added is false if it is there already. */
bool subscriber_add(Store *store, const Mailroom *room, const char *newsletter, const char *address,
                    const char *source, bool *added, GError **error);

/* May the newsletter's mail go there now? */
bool subscriber_wanted(Store *store, int64_t id, bool *wanted, GError **error);

/* NULL and NOT_FOUND if there is none. */
Subscriber *subscriber_read(Store *store, int64_t id, GError **error);

/* By id, after one, at most `most`; newsletter 0 and mark NULL: all. Elements Subscriber. */
GPtrArray *subscriber_list(Store *store, int64_t newsletter, const char *mark, int64_t after,
                           unsigned most, GError **error);

/* Removes an address from everything but the suppression, which stays by its mark. *count: rows. */
bool subscriber_erase(Store *store, const Mailroom *room, const char *address, int64_t *count,
                      GError **error);

/* How many are in each state; index SubscriberState. */
bool subscriber_count(Store *store, int64_t newsletter, int64_t counts[4], GError **error);

/* Suppresses a mark for a newsletter, 0 for all; a stricter reason stays. */
bool suppression_add(Store *store, const char *mark, int64_t newsletter, SuppressionReason reason,
                     GError **error);

/* The strictest reason that holds for a newsletter, or NONE. */
bool suppression_of(Store *store, const char *mark, int64_t newsletter, SuppressionReason *reason,
                    GError **error);
