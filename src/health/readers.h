/*
 * Readers as totals (docs/decisions/0091-readers-as-totals.md): how many pages the stand has given
 * in an hour, by language and kind. Never who, and never which page. The stand counts and publishes
 * in steps of five (base/tally.h); a worker of the same machine copies that here; the office draws
 * it. Kept READERS_KEPT.
 */
#pragma once

#include "store/store.h"

#define READERS_KEPT  (90 * INT64_C(86400000000)) /* µs */
#define READERS_PULSE "stand"
#define READERS_ROOT  "-" /* the language of pages that lie in no directory of one */

/* Copies what the stand of this machine has published. *last remembers, for the next call, what was
 * copied, so that nothing is written when nothing was read; 0 at first. No stand, no totals: fine.
 * INVALID if what is there are no totals, or cannot be read: the stand may run as another user, and
 * that is not the database's trouble. */
bool readers_copy(Store *store, const char *run_directory, int64_t now, unsigned *last,
                  GError **error);

/* Removes hours that ended READERS_KEPT ago. */
bool readers_forget(Store *store, int64_t now, GError **error);

typedef struct {
    int64_t hour; /* µs of its beginning */
    const char *language, *kind;
    int64_t pages;
} ReadersTotal;

/* Hours that begin from `since` to before `until`, in order. */
typedef bool (*ReadersTaker)(const ReadersTotal *total, void *data, GError **error);
bool readers_totals(Store *store, int64_t since, int64_t until, ReadersTaker take, void *data,
                    GError **error);
