/*
 * Going through an edition: every file that its nodes name, each node checked against its hash and
 * its names against the rules (node.h: a name belongs to its directory and shard), so that a name
 * given to the visitor is a safe relative path.
 *
 * Where nodes come from is the caller's: an object store, a plain tree, the network. A node comes
 * before what it lists; the visitor may decline to go into it, which is how a copy that has that
 * node already is spared the rest. A hash-named file comes once for each OBJECTS that lists it.
 */
#pragma once

#include "edition/edition.h"

typedef enum {
    WALK_PAGE,
    WALK_NODE,   /* a MANIFEST of a directory or a shard, or OBJECTS */
    WALK_OBJECT, /* o/ab/<sha256>.<ext>; `size` is what OBJECTS says */
} WalkKind;

typedef struct {
    WalkKind kind;
    const char *name;
    Hash hash;
    uint64_t size; /* of a WALK_OBJECT */
} WalkFile;

typedef struct {
    /* The bytes of a node; the walk compares them with the hash. */
    GBytes *(*load)(const char *name, const Hash *hash, void *data, GError **error);
    /* Takes a file. For a node *into is true; set it to false to leave out what it lists. */
    bool (*visit)(const WalkFile *file, bool *into, void *data, GError **error);
    void *data;
} EditionWalk;

/* Goes through an edition from its root entries. CORRUPT names the node that is wrong. */
bool edition_walk(const Edition *edition, const EditionWalk *walk, GError **error);
