/*
 * Guard: makes guessing slow without locking anybody out. Kept in memory, by keyed hashes, and
 * forgotten GUARD_FORGET after the last wrong try.
 *
 * Wrong tries are counted three ways: for an address from one client, for a client whatever the
 * address, and for an address from all clients together that are not known to it. Some are free;
 * each further one doubles the time until the next is looked at, up to a ceiling. Who tries from a
 * browser that this person has used before is counted by that browser alone, so that neither
 * somebody on the same network, nor a thousand strangers, nor who sits at another browser of theirs
 * keep a colleague out. Addresses that nobody has are counted like others.
 */
#pragma once

#include "net/address.h"

#define GUARD_FORGET (3600 * INT64_C(1000000)) /* µs */
#define GUARD_MOST   20000u                    /* counts; past it all new ones share one */

typedef struct Guard Guard;

typedef struct {
    const char *name; /* an address, or what else is guessed at */
    HttpAddress client;
    const char *browser; /* the id of one in which this person has signed in before; or NULL */
} GuardTry;

Guard *guard_new(void);
void guard_free(Guard *guard);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Guard, guard_free)

/* µs until such a try is looked at; 0: now. `now` is clock_monotonic(), as below. */
int64_t guard_wait(const Guard *guard, const GuardTry *try, int64_t now);

/* It was wrong; it was right, and what was counted for this address here is forgotten. */
void guard_wrong(Guard *guard, const GuardTry *try, int64_t now);
void guard_right(Guard *guard, const GuardTry *try);
