/*
 * Nodes (DESIGN 6): the files that make an edition a tree of hashes. Names are root-relative, so
 * that checks run at the root: `sha256sum -c 2026/11/26/MANIFEST`.
 *
 * MANIFEST      lines "SHA256 (name) = hex", sorted by the bytes of the name. A subdirectory stands
 * there as "dir/MANIFEST". split         a directory with more than NODE_ENTRIES_MAX entries (files
 * and subdirectories; OBJECTS and nodes do not count) has MANIFEST.00 … MANIFEST.ff by the first
 * byte of SHA-256(name), those that are not empty, and its MANIFEST lists them. The count alone
 * decides. OBJECTS       the hash-named files that the directory's pages use: the line
 * "kolokol-objects 1", then "size: BYTES name" for each, then the same form as MANIFEST. It is
 * listed in its MANIFEST; when that is split, OBJECTS.xx is listed in MANIFEST.xx beside the pages
 * that use them. o/ has no nodes: its files are named by their hash. The root's entries stand in
 * EDITION (edition.h), split by the same rule. No node has more than LIMIT_NODE bytes.
 */
#pragma once

#include "seal/hash.h"

#include <glib.h>
#include <stdbool.h>

#define NODE_ENTRIES_MAX 256
#define NODE_SHARDS      256

typedef struct {
    char *name;
    Hash hash;
} NodeEntry;

typedef struct {
    char *name; /* "o/ab/<sha256>.<ext>" */
    uint64_t size;
} NodeObject;

/* By the bytes of the name. */
void node_sort(NodeEntry *entries, size_t count);

/* Appends the lines of sorted entries. */
void node_write(GString *text, const NodeEntry *entries, size_t count);

/* Appends an OBJECTS file of objects sorted by name. */
void objects_write(GString *text, const NodeObject *objects, size_t count);

/* The entries of a MANIFEST (elements NodeEntry, which own their names). CORRUPT with the line for
 * anything but well-formed lines in growing order. */
GArray *node_parse(const char *text, size_t length, GError **error);

/* The objects of an OBJECTS file, likewise: sizes and hashes must agree with the names. */
GArray *objects_parse(const char *text, size_t length, GError **error);

/* Finds a name among parsed entries; NULL if it is not there. */
const NodeEntry *node_find(const GArray *entries, const char *name);

/* "dir/MANIFEST.0a"; shard -1: "dir/MANIFEST". kind: "MANIFEST" or "OBJECTS". Caller frees. */
char *node_name(const char *dir, const char *kind, int64_t shard);

/* 0 to 255 from two lower-case hex digits that end the string; -1 otherwise. */
int64_t node_shard(const char *digits);

/* The hash in the name of a hash-named file; false if it is not such a name. */
bool node_object_hash(const char *name, Hash *hash);

/* What a name may be in a node of the directory `dir` (shard -1: the node itself, else that shard
 * of it). WRONG: a name of another directory or shard, or one that no edition has. */
typedef enum { NODE_WRONG, NODE_FILE, NODE_DIRECTORY, NODE_SHARD, NODE_OBJECTS } NodeKind;

NodeKind node_kind(const char *dir, int64_t shard, const char *name);
