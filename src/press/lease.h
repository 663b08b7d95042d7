/*
 * Exactly one press at a time: on one machine by flock(2) on the edition directory, which the
 * kernel releases when its holder dies; across machines by a lease in the database with a fencing
 * number, which must still be ours right before an edition is made current. A holder renews it
 * between batches.
 */
#pragma once

#include "store/store.h"

#define PRESS_LEASE_LIFE (60 * INT64_C(1000000)) /* µs; longer than any one batch */

typedef struct {
    Store *store;
    int lock; /* the locked descriptor, -1 if none */
    int64_t fence;
} PressLease;

/* BUSY if somebody else presses. `directory` is the open edition directory. */
bool press_lease_take(PressLease *lease, Store *store, int directory, GError **error);

/* Renews; false (BUSY) if another press has taken over. */
bool press_lease_renew(PressLease *lease, GError **error);

/* Ends the lease. */
void press_lease_drop(PressLease *lease);
