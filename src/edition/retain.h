/*
 * Retention and sweep (DESIGN 6). Editions of the last 48 hours stay, and at least the newest 20.
 * When an edition no longer uses an object, its press appends the hash to the journal
 * dropped/NUMBER. An object may go when every edition older than the one that dropped it has gone,
 * and nobody uses it now.
 *
 * Why that is safe: an object that a kept edition E reaches and the current one does not was
 * dropped by some edition D > E; D's journal is swept only when no kept edition is older than D. An
 * object dropped and used again is in use now, which is asked right before removing, under the
 * press's lock, so no press can take it up in between.
 */
#pragma once

#include "edition/objects.h"

#define RETAIN_AGE   (48 * INT64_C(3600000000)) /* µs */
#define RETAIN_LEAST 20u

/* Is the object part of what the press would publish now? */
typedef bool (*RetainUsed)(const Hash *hash, void *data, bool *used, GError **error);

/* Appends hashes to the journal of the edition that no longer has them; durable. */
bool edition_journal_drop(int directory, uint64_t number, const Hash *hashes, size_t count,
                          GError **error);

/* Forgets editions past retention, then removes at most `most` dropped objects that nobody needs.
 * *removed gets how many; fewer than `most` means that there is no more to do. The caller holds the
 * press's lock. */
bool edition_sweep(int directory, ObjectStore *objects, int64_t now, unsigned most, RetainUsed used,
                   void *data, unsigned *removed, GError **error);
