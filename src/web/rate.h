/*
 * Limits by sender, kept nowhere: counts in memory, by a hash of the address under a random key
 * that exists in this process only and is renewed, with all counts, every RATE_WINDOW; so nobody
 * can tell from it who was here, not even with the machine in hand a little later (research:
 * resilience E). IPv6 senders count by their /64.
 *
 * Ceiling: RATE_SENDERS counts; past it new senders share one count, so that a flood from many
 * addresses is held as a whole and costs no more memory.
 */
#pragma once

#include "net/address.h"

#define RATE_WINDOW  (10 * INT64_C(60000000)) /* µs */
#define RATE_SENDERS 20000u

typedef struct Rate Rate;

Rate *rate_new(void);
void rate_free(Rate *rate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rate, rate_free)

/* Counts one of `what` (a small number) for the sender at `now` (clock_monotonic); false if it is
 * more than `most` in this window. An address of zero (a local socket) counts as one sender. */
bool rate_take(Rate *rate, const HttpAddress *sender, unsigned what, unsigned most, int64_t now);

/* The same for a number that stands for who asks, as that of a token. */
bool rate_take_number(Rate *rate, uint64_t number, unsigned what, unsigned most, int64_t now);

/* The same for all senders together, by the minute. `what` below RATE_KINDS. */
#define RATE_KINDS 32u
bool rate_take_all(Rate *rate, unsigned what, unsigned most, int64_t now);
