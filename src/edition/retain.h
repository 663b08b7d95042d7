/*
 * Retention and sweep (DESIGN 6). Editions of the last 48 hours stay, and at least the newest 20,
 * and always the current one. When an edition no longer uses an object, its press appends the hash
 * to the journal dropped/NUMBER. An object may go when every edition older than the one that last
 * dropped it has gone, and nobody uses it now.
 *
 * Why that is safe: let a kept edition E reach an object h that the sweep looks at in journal D.
 * Sweeping D needs that no kept edition is older than D, so E >= D. If the current edition has h,
 * `used` says so. If not, some edition after E dropped it, so h stands in a journal D' > E >= D, or
 * its drop waits to be journalled, which `used` must also answer with true. In the first case the
 * entry in D is passed over, because a later journal has h (an object dropped, used again, and
 * dropped again); D' comes up when E has gone. All this under the press's lock, so that no press
 * takes an object up between question and removal. Who puts objects without that lock (pictures)
 * records them as used first and looks with object_store_has() afterwards.
 *
 * edition_purge() is for what must not be found any more (a takedown): it forgets every edition but
 * the current one, whatever its age, and then everything that this one does not reach.
 *
 * edition_sweep_full() needs no journal: it marks everything that kept editions reach. It is slow,
 * for `doctor`, for edition_purge(), and for the test that compares both.
 */
#pragma once

#include "edition/objects.h"

#define RETAIN_AGE   (48 * INT64_C(3600000000)) /* µs */
#define RETAIN_LEAST 20u

/* Is the object part of what the press would publish now, or is its drop not journalled yet? */
typedef bool (*RetainUsed)(const Hash *hash, void *data, bool *used, GError **error);

/* Appends hashes to the journal of the edition that no longer has them; durable. */
bool edition_journal_drop(int directory, uint64_t number, const Hash *hashes, size_t count,
                          GError **error);

/* Forgets editions past retention, then looks at up to `most` journalled objects that no kept
 * edition can need, and removes those that nobody uses. *looked gets how many it looked at; fewer
 * than `most` means that there is no more to do. The caller holds the press's lock. */
bool edition_sweep(int directory, ObjectStore *objects, int64_t now, unsigned most, RetainUsed used,
                   void *data, unsigned *looked, GError **error);

/* Removes every object that no kept edition reaches and nobody uses. Removes nothing if a node of a
 * kept edition is missing or damaged. The caller holds the press's lock and lets nobody put. */
bool edition_sweep_full(int directory, ObjectStore *objects, RetainUsed used, void *data,
                        unsigned *removed, GError **error);

/* Forgets all editions but the current one (and those that a commit has begun after it), removes
 * every object that it does not reach and nobody uses, and every file of the object store that is
 * no object (object_store_tidy()). Stopped anywhere, it is called again. A stand that still serves
 * an older edition finds its files gone until it takes up the current one, a moment later. Reads
 * all nodes of the edition. The caller holds the press's lock. */
bool edition_purge(int directory, ObjectStore *objects, RetainUsed used, void *data,
                   unsigned *removed, GError **error);

/* For retain_full.c: the first step of edition_purge(). */
bool edition_forget_past(int directory, GError **error);
