/*
 * Export: the plain tree of an edition (DESIGN 6) in a directory that any web server can serve,
 * with .gz and .br beside where the store has them, EDITION, EDITION.sig and KEY.pub.
 *
 * Files are copies, not hard links: an exported file that somebody edits in place must not change
 * the newsroom's objects. Mode 0644, directories 0755; each
 * file is replaced by a rename, so a server never sees a part. Order: hash-named files, pages,
 * nodes, EDITION.sig, EDITION; then what the edition no longer has is removed. What the tree's own
 * EDITION already names with the same hash is not written again, unless an earlier export into it
 * stopped half-way (then everything is compared).
 *
 * The directory must be empty, absent, or an export: anything else is refused (CONFLICT), because
 * files that the edition does not name are removed. Names that begin with a dot at its root are
 * left alone (save .well-known), and so is FRESH.
 */
#pragma once

#include "edition/reader.h"

typedef struct {
    uint64_t number;
    unsigned files, written, removed; /* coded forms counted; files: all that are there now */
    unsigned plain;                   /* pages that have no brotli form yet */
} ExportReport;

typedef void (*ExportProgress)(unsigned done, unsigned total,
                               void *data); /* names of the edition */

/* Lays out the reader's edition. Durable when it returns. `progress` is called now and then; it may
 * be NULL. */
bool edition_export(EditionReader *reader, const char *out, ExportProgress progress, void *data,
                    ExportReport *report, GError **error);
