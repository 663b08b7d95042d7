/*
 * Source: the edition that is current, as the stand needs it. A thin face over edition/: names to
 * hashes by walking signed nodes, objects by hash, the lines of STATUS. A name is only ever looked
 * up in nodes, never given to the file system, so it cannot lead out of the edition.
 *
 * One Source is one edition; a newer one is a new Source. Reading is lazy: opening reads EDITION
 * and the nodes follow as names are asked for.
 */
#pragma once

#include "net/coding.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define SOURCE_HASH 65 /* 64 hex digits and NUL */

typedef struct Source Source;

typedef struct {
    char hash[SOURCE_HASH];
    unsigned status; /* 200; 301 or 410 if STATUS says so */
    char *target;    /* for 301: path-absolute, else NULL. source_entry_clear() frees it */
} SourceEntry;

typedef struct {
    int file; /* the caller closes it */
    uint64_t length;
    int64_t modified; /* seconds */
} SourceObject;

/* What `current` points to under the edition directory, or NULL if there is no edition yet. It
 * changes exactly when there is a new edition. Caller frees. */
char *source_current(int edition_directory);

/* Opens the current edition of the directory. NOT_FOUND if there is none, CORRUPT if it cannot be
 * read. */
Source *source_open(int edition_directory, GError **error);
void source_free(Source *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Source, source_free)

/* Looks a name up; false if the edition has none of that name. */
bool source_find(Source *source, const char *name, SourceEntry *entry);

/* What STATUS says of the page whose text edition `name` would be ("slug.txt" of "slug.html"): 301
 * and *target (to the moved page's text edition if it has one; caller frees), 410 (also if GONE
 * counts it), or 0 for nothing. A stub stands at the page's own path only. */
unsigned source_text_moved(Source *source, const char *name, char **target);

/* Is a name that the edition does not have one of those that GONE counts by their hash? */
bool source_gone(Source *source, const char *name);

void source_entry_clear(SourceEntry *entry);

/* Opens the bytes of a hash that source_find() gave, in one coding; false if that form does not
 * exist. */
bool source_object(Source *source, const char *hash, HttpCoding coding, SourceObject *object);

/* What stands after the hash in an entity tag: "-gzip9", "-br11", "" for identity. The levels are
 * those of press/code.h, which a test compares: other bytes for the same hash need another tag. */
const char *source_etag_suffix(HttpCoding coding);
