/* Through all nodes of an edition: walk.h. Looking up one name is reader.c. */
#include "edition/walk.h"

#include "base/error.h"
#include "edition/node.h"

#include <string.h>

#define WHOLE (-1)

static bool walk_directory(const EditionWalk *walk, const GArray *entries, const char *dir,
                           int64_t shard, GError **error);

static bool visit(const EditionWalk *walk, WalkKind kind, const char *name, const Hash *hash,
                  uint64_t size, bool *into, GError **error)
{
    WalkFile file = {.kind = kind, .name = name, .hash = *hash, .size = size};
    *into = kind == WALK_NODE;
    return walk->visit(&file, into, walk->data, error);
}

static GBytes *load(const EditionWalk *walk, const NodeEntry *entry, GError **error)
{
    g_autoptr(GBytes) bytes = walk->load(entry->name, &entry->hash, walk->data, error);
    if (bytes == NULL) {
        return NULL;
    }
    Hash got = hash_of(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    if (!hash_equal(&got, &entry->hash)) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "%s is not what the node above it says", entry->name);
        return NULL;
    }
    return g_steal_pointer(&bytes);
}

static bool walk_objects(const EditionWalk *walk, const NodeEntry *entry, GError **error)
{
    g_autoptr(GBytes) bytes = load(walk, entry, error);
    g_autoptr(GArray) objects = bytes == NULL ? NULL
                                              : objects_parse(g_bytes_get_data(bytes, NULL),
                                                              g_bytes_get_size(bytes), error);
    if (objects == NULL) {
        g_prefix_error(error, "%s: ", entry->name);
        return false;
    }
    for (guint i = 0; i < objects->len; i++) {
        const NodeObject *object = &g_array_index(objects, NodeObject, i);
        Hash hash;
        bool into;
        if (!node_object_hash(object->name, &hash) ||
            !visit(walk, WALK_OBJECT, object->name, &hash, object->size, &into, error)) {
            return false;
        }
    }
    return true;
}

/* A node of entries: the MANIFEST of `dir`, or a shard of it. */
static bool walk_node(const EditionWalk *walk, const NodeEntry *entry, const char *dir,
                      int64_t shard, GError **error)
{
    g_autoptr(GBytes) bytes = load(walk, entry, error);
    g_autoptr(GArray) entries =
        bytes == NULL ? NULL
                      : node_parse(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error);
    if (entries == NULL) {
        g_prefix_error(error, "%s: ", entry->name);
        return false;
    }
    g_clear_pointer(&bytes, g_bytes_unref);
    return walk_directory(walk, entries, dir, shard, error);
}

static bool walk_entry(const EditionWalk *walk, const NodeEntry *entry, const char *dir,
                       int64_t shard, GError **error)
{
    bool into = false;
    NodeKind kind = node_kind(dir, shard, entry->name);
    if (kind == NODE_WRONG) {
        return fail(error, KOLOKOL_ERROR_CORRUPT,
                    "the nodes of /%s list \"%s\", which cannot be there", dir, entry->name);
    }
    if (!visit(walk, kind == NODE_FILE ? WALK_PAGE : WALK_NODE, entry->name, &entry->hash, 0, &into,
               error)) {
        return false;
    }
    if (!into || kind == NODE_FILE) {
        return true;
    }
    if (kind == NODE_OBJECTS) {
        return walk_objects(walk, entry, error);
    }
    if (kind == NODE_SHARD) {
        return walk_node(walk, entry, dir, node_shard(strrchr(entry->name, '.') + 1), error);
    }
    g_autofree char *below = g_strndup(entry->name, strlen(entry->name) - strlen("/MANIFEST"));
    return walk_node(walk, entry, below, WHOLE, error);
}

static bool walk_directory(const EditionWalk *walk, const GArray *entries, const char *dir,
                           int64_t shard, GError **error)
{
    for (guint i = 0; i < entries->len; i++) {
        if (!walk_entry(walk, &g_array_index(entries, NodeEntry, i), dir, shard, error)) {
            return false;
        }
    }
    return true;
}

bool edition_walk(const Edition *edition, const EditionWalk *walk, GError **error)
{
    g_autoptr(GArray) entries = node_parse(edition->entries, strlen(edition->entries), error);
    return entries != NULL && walk_directory(walk, entries, "", WHOLE, error);
}
