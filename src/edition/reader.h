/*
 * EditionReader: one edition read from an edition directory, for those who answer readers (stand)
 * and those who carry editions (export, mirror). Read-only: it writes nothing and needs no lock.
 *
 * A name is looked up by walking signed nodes from EDITION down (a/MANIFEST, a/b/MANIFEST, through
 * shards), and is never given to the file system, so it cannot lead out of the edition. Every node
 * is compared with its hash when it is loaded; the bytes of pages and objects are not (verify.h
 * does). Parsed nodes are kept up to a ceiling of bytes, the one not asked for longest goes first.
 *
 * The reader holds descriptors, so it goes on with its edition after a newer one is made current,
 * until retention (retain.h) forgets it. Not for several threads at once.
 *
 * Names that are found: pages ("2026/11/26/ferry.html"), nodes ("2026/MANIFEST", "MANIFEST.0a",
 * "2026/OBJECTS"), hash-named files ("o/ab/<sha256>.jpg": by the hash in the name, if the store has
 * it), and EDITION, EDITION.sig and KEY.pub. "a/" and "" mean index.html in that directory.
 */
#pragma once

#include "edition/edition.h"
#include "edition/objects.h"

#define EDITION_READER_CACHE (2u * 1024 * 1024) /* a good ceiling for the stand */

typedef struct EditionReader EditionReader;

/* The current edition under an open edition directory, or the kept one of that number. NOT_FOUND if
 * there is none; CORRUPT if EDITION cannot be read. The signature is not checked here. The
 * directory may be closed afterwards. */
EditionReader *edition_reader_open(int directory, size_t cache_bytes, GError **error);
EditionReader *edition_reader_open_number(int directory, uint64_t number, size_t cache_bytes,
                                          GError **error);
void edition_reader_free(EditionReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EditionReader, edition_reader_free)

/* Header and root entries; the reader's own. */
const Edition *edition_reader_edition(const EditionReader *reader);
/* SHA-256 of EDITION. */
Hash edition_reader_hash(const EditionReader *reader);

/* The hash of a name. NOT_FOUND if the edition has none of it (error may be NULL, as always);
 * CORRUPT or IO if a node is missing or wrong. */
bool edition_reader_find(EditionReader *reader, const char *name, Hash *hash, GError **error);

typedef struct {
    int file; /* the caller closes it */
    uint64_t length;
    int64_t modified; /* seconds since 1970 */
} EditionFile;

/* Opens the bytes of a hash that edition_reader_find() gave, in one coding. NOT_FOUND if that form
 * does not exist. */
bool edition_reader_open_file(EditionReader *reader, const Hash *hash, ObjectCoding coding,
                              EditionFile *file, GError **error);

/* The bytes of a name, their hash checked. Above `limit`: LIMIT. */
GBytes *edition_reader_read(EditionReader *reader, const char *name, size_t limit, GError **error);

/* The bytes of a form of a page, node or object. The hash of plain bytes is checked. */
GBytes *edition_reader_read_form(EditionReader *reader, const Hash *hash, ObjectCoding coding,
                                 size_t limit, GError **error);

/* Bytes of parsed nodes kept now. */
size_t edition_reader_cached(const EditionReader *reader);
