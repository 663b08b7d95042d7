/*
 * The object store: everything of all kept editions, by the SHA-256 of its bytes, under
 * edition/objects/ab/<sha256>, with the coded forms beside: .gz and .br. Pages, nodes and
 * hash-named files (pictures) lie there alike; a name in an edition is only in its nodes.
 *
 * An object is written once, straight at its name, and several processes may put at once. One that
 * was killed in the midst leaves a file that is too short; the next put of these bytes sees that
 * and replaces it, under a temporary name and by a rename. Nothing refers to an object before its
 * put has ended, so no reader meets a short one. Coded forms are always renamed into place, and
 * carry no weight: a reader falls back to the plain one.
 *
 * Power cuts. Writing does not sync: a batch ends with object_store_sync(), and only then may
 * anything durable refer to it. If the machine stops before, a file may have the right name and the
 * wrong bytes, and a later put would take it for whole. Therefore:
 *  - edition/boot holds the boot id (random(4)) of the machine's last sync. A store opened in
 *    another boot, or after a sync that failed, is in doubt: every put compares the bytes of a file
 *    that is there instead of trusting its name and size, and writes it again if they differ.
 *  - object_store_begin(), which the press calls under its lock, ends the doubt: objects and coded
 *    forms that changed after the last commit (mtime or ctime not older than current/EDITION less
 *    OBJECTS_CLOCK_SLACK) are read and compared with their hash, and wrong ones are removed. Older
 *    ones were on the medium before that EDITION was made. The next sync writes the new boot id.
 * So a plain kill costs nothing (the kernel still has the bytes), and a start of the machine costs
 * one listing of the store and the reading of what is newer than the last edition.
 */
#pragma once

#include "seal/hash.h"

#include <glib.h>
#include <stdbool.h>

typedef struct ObjectStore ObjectStore;

typedef enum { OBJECT_PLAIN, OBJECT_GZIP, OBJECT_BROTLI } ObjectCoding;

#define OBJECTS_CLOCK_SLACK 3600 /* seconds that a clock may have been set back */

/* Opens EDITION_DIR/objects and makes it if absent. */
ObjectStore *object_store_open(const char *edition_dir, GError **error);

/* For reading only, from an open edition directory, which may be closed afterwards. */
ObjectStore *object_store_open_read(int edition_directory, GError **error);
void object_store_free(ObjectStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ObjectStore, object_store_free)

/* Before a batch of puts, by the one process that presses: ends a doubt, as described above. */
bool object_store_begin(ObjectStore *store, GError **error);

/* All that was put is on the medium. */
bool object_store_sync(ObjectStore *store, GError **error);

/* True while files that are there are not trusted. */
bool object_store_in_doubt(const ObjectStore *store);

/* Puts bytes and gives their hash. *written is false if they were there. LIMIT_OBJECT bytes at
 * most. */
bool object_store_put(ObjectStore *store, const void *bytes, size_t length, Hash *hash,
                      bool *written, GError **error);

/* Puts a coded form of the object `hash`; replaces one that is there. */
bool object_store_put_coded(ObjectStore *store, const Hash *hash, ObjectCoding coding,
                            const void *bytes, size_t length, GError **error);

bool object_store_has(const ObjectStore *store, const Hash *hash, ObjectCoding coding);

/* The bytes, as they are on the disk: who needs certainty compares the hash. NOT_FOUND, LIMIT, IO.
 */
GBytes *object_store_read(const ObjectStore *store, const Hash *hash, size_t limit, GError **error);
GBytes *object_store_read_coded(const ObjectStore *store, const Hash *hash, ObjectCoding coding,
                                size_t limit, GError **error);

/* An open descriptor for sending; -1 with NOT_FOUND or IO. */
int object_store_open_object(const ObjectStore *store, const Hash *hash, ObjectCoding coding,
                             GError **error);

/* Removes the object and its coded forms; absent ones are no failure. */
bool object_store_remove(ObjectStore *store, const Hash *hash, GError **error);

/* Removes coded forms whose object is gone, and temporary files: what a writer that was killed, or
 * that wrote beside a removal, left. Who writes a coded form looks afterwards whether the object is
 * still there, and removes the form if it is not. */
bool object_store_tidy(ObjectStore *store, GError **error);

typedef bool (*ObjectTaker)(const Hash *hash, void *data, GError **error);

/* Every object, in no order. */
bool object_store_each(const ObjectStore *store, ObjectTaker take, void *data, GError **error);
