/*
 * Who reads words at present (related_work.h): one process at a time, by a row in the database that
 * its holder renews; a dead one loses it after WORDS_LEASE.
 */
#pragma once

#include "store/store.h"

#define WORDS_LEASE (10 * INT64_C(1000000)) /* µs */

typedef struct {
    int64_t holder;
    int64_t until; /* monotone; 0: not ours */
} WordsLease;

void words_lease_init(WordsLease *lease);

/* Held, and fresh enough for another step? */
bool words_lease_held(const WordsLease *lease);

/* Takes it or renews it; afterwards words_lease_held() tells whether it is ours. */
bool words_lease_take(WordsLease *lease, Store *store, GError **error);

/* In the midst of a step that may take long, now and then: renews it when half of it is over. BUSY
 * if somebody found it too old and took it, also if he is done by now: what the step has read may
 * be no longer so. Outside a transaction. */
bool words_lease_renew(WordsLease *lease, Store *store, GError **error);

/* For each transaction that writes: BUSY if somebody found it too old and took it. */
bool words_lease_check(const WordsLease *lease, Store *store, GError **error);

/* Gives it up if it is ours. */
bool words_lease_drop(WordsLease *lease, Store *store, GError **error);
