/*
 * Mails that may or may not have arrived (delivery.h: uncertain): how many there are, and what a
 * person decides of them. Nothing else ends that state, except who sent the mail and learnt its
 * answer late.
 *
 * The decision is for an issue, or for the letters that are no issue's (issue 0), and within these
 * for all or for those that `wanted` picks: by address, or by the Message-ID as a mail server's log
 * has it.
 */
#pragma once

#include "mail/delivery.h"

typedef enum {
    UNCERTAIN_ACCEPTED, /* it arrived */
    UNCERTAIN_REJECTED, /* it did not, and is not sent again */
    UNCERTAIN_AGAIN,    /* it is sent once more, as if it were new; some may get it twice */
} UncertainVerdict;

/* "accepted", "rejected", "again". */
bool uncertain_verdict_parse(const char *word, UncertainVerdict *verdict);

typedef bool (*UncertainPick)(const Delivery *delivery, void *data);

/* Settles them, some in each transaction; *settled gets how many. An issue that has something to
 * send again is being sent again. `wanted` NULL: all. */
bool uncertain_settle(Store *store, int64_t issue, UncertainVerdict verdict, UncertainPick wanted,
                      void *data, int64_t *settled, GError **error);

/* How many there are of an issue; 0: of the letters that are no issue's. */
bool uncertain_count(Store *store, int64_t issue, int64_t *count, GError **error);
