/* Reading an edition by its nodes: reader.h. */
#include "edition/reader.h"

#include "base/error.h"
#include "base/limits.h"
#include "edition/node.h"
#include "edition/path.h"

#include <string.h>

struct EditionReader {
    int directory;
    const ObjectStore *objects;
    Edition edition;
    Hash hash;         /* of EDITION */
    GArray *root;      /* NodeEntry */
    GHashTable *nodes; /* hash → GArray of NodeEntry */
    GQueue order;      /* of the keys in nodes, oldest first */
};

static guint hash_hash(gconstpointer hash)
{
    guint value;
    memcpy(&value, ((const Hash *)hash)->bytes, sizeof value);
    return value;
}

static gboolean hash_same(gconstpointer a, gconstpointer b)
{
    return hash_equal(a, b);
}

static GArray *root_entries(const Edition *edition, GError **error)
{
    return node_parse(edition->entries, strlen(edition->entries), error);
}

EditionReader *edition_reader_open(int directory, const ObjectStore *objects, GError **error)
{
    g_autoptr(EditionReader) reader = g_new0(EditionReader, 1);
    reader->directory = directory;
    reader->objects = objects;
    reader->nodes =
        g_hash_table_new_full(hash_hash, hash_same, g_free, (GDestroyNotify)g_array_unref);
    g_queue_init(&reader->order);
    if (!edition_read_current(directory, &reader->edition, &reader->hash, error)) {
        return NULL;
    }
    reader->root = root_entries(&reader->edition, error);
    return reader->root == NULL ? NULL : g_steal_pointer(&reader);
}

void edition_reader_free(EditionReader *reader)
{
    if (reader != NULL) {
        edition_clear(&reader->edition);
        g_clear_pointer(&reader->root, g_array_unref);
        g_queue_clear(&reader->order);
        g_hash_table_unref(reader->nodes);
        g_free(reader);
    }
}

const Edition *edition_reader_edition(const EditionReader *reader)
{
    return &reader->edition;
}

bool edition_reader_refresh(EditionReader *reader, bool *changed, GError **error)
{
    g_auto(Edition) edition = {0};
    Hash hash;
    if (!edition_read_current(reader->directory, &edition, &hash, error)) {
        return false;
    }
    *changed = !hash_equal(&hash, &reader->hash);
    if (!*changed) {
        return true;
    }
    GArray *root = root_entries(&edition, error);
    if (root == NULL) {
        return false;
    }
    g_array_unref(reader->root);
    edition_clear(&reader->edition);
    reader->root = root;
    reader->hash = hash;
    reader->edition = edition;
    edition = (Edition){0};
    return true;
}

/* The entries of a node; borrowed, good until the next call. */
static const GArray *node_entries(EditionReader *reader, const Hash *hash, GError **error)
{
    GArray *entries = g_hash_table_lookup(reader->nodes, hash);
    if (entries != NULL) {
        return entries;
    }
    g_autoptr(GBytes) bytes = object_store_read(reader->objects, hash, LIMIT_NODE, error);
    if (bytes == NULL) {
        return NULL;
    }
    entries = node_parse(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error);
    if (entries == NULL) {
        return NULL;
    }
    if (g_hash_table_size(reader->nodes) >= READER_NODES) {
        g_hash_table_remove(reader->nodes, g_queue_pop_head(&reader->order));
    }
    Hash *key = g_memdup2(hash, sizeof *hash);
    g_queue_push_tail(&reader->order, key);
    g_hash_table_insert(reader->nodes, key, entries);
    return entries;
}

/* 1 found, 0 not, -1 failed. A directory that is split is looked up through the shard that the name
 * belongs to. */
static int find_in(EditionReader *reader, const GArray *entries, const char *dir, const char *name,
                   Hash *hash, GError **error)
{
    const NodeEntry *entry = node_find(entries, name);
    if (entry != NULL) {
        *hash = entry->hash;
        return 1;
    }
    g_autofree char *shard = node_name(dir, "MANIFEST", edition_path_shard(name));
    entry = node_find(entries, shard);
    if (entry == NULL) {
        return 0;
    }
    const GArray *inside = node_entries(reader, &entry->hash, error);
    if (inside == NULL) {
        return -1;
    }
    entry = node_find(inside, name);
    if (entry != NULL) {
        *hash = entry->hash;
    }
    return entry != NULL;
}

static bool missing(const char *path, int found, GError **error)
{
    return found == 0 ? fail(error, KOLOKOL_ERROR_NOT_FOUND, "the edition has no %s", path) : false;
}

bool edition_reader_find(EditionReader *reader, const char *path, Hash *hash, GError **error)
{
    const GArray *entries = reader->root;
    Hash found_hash;
    g_autofree char *dir = g_strdup("");
    for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        g_autofree char *below = g_strndup(path, (size_t)(slash - path));
        g_autofree char *manifest = node_name(below, "MANIFEST", -1);
        if (strcmp(manifest, path) == 0) {
            break; /* the node itself is asked for, which stands in the directory above */
        }
        int found = find_in(reader, entries, dir, manifest, &found_hash, error);
        entries = found == 1 ? node_entries(reader, &found_hash, error) : NULL;
        if (entries == NULL) {
            return found == 1 ? false : missing(path, found, error);
        }
        g_free(dir);
        dir = g_steal_pointer(&below);
    }
    int found = find_in(reader, entries, dir, path, &found_hash, error);
    if (found != 1) {
        return missing(path, found, error);
    }
    *hash = found_hash;
    return true;
}

static bool each_object(EditionReader *reader, const Hash *hash, EditionTaker take, void *data,
                        GError **error)
{
    g_autoptr(GBytes) bytes = object_store_read(reader->objects, hash, LIMIT_NODE, error);
    g_autoptr(GArray) objects = bytes == NULL ? NULL
                                              : objects_parse(g_bytes_get_data(bytes, NULL),
                                                              g_bytes_get_size(bytes), error);
    for (guint i = 0; objects != NULL && i < objects->len; i++) {
        const char *name = g_array_index(objects, NodeObject, i).name;
        g_autofree char *hex = g_strndup(name + 5, 64);
        Hash own;
        if (!hash_parse(hex, &own) || !take(name, &own, false, data, error)) {
            return false;
        }
    }
    return objects != NULL;
}

static bool each_of(EditionReader *reader, const GArray *entries, EditionTaker take, void *data,
                    GError **error)
{
    for (guint i = 0; i < entries->len; i++) {
        const NodeEntry *entry = &g_array_index(entries, NodeEntry, i);
        const char *slash = strrchr(entry->name, '/');
        const char *base = slash == NULL ? entry->name : slash + 1;
        bool is_manifest = g_str_has_prefix(base, "MANIFEST"),
             is_objects = g_str_has_prefix(base, "OBJECTS");
        if (!take(entry->name, &entry->hash, is_manifest || is_objects, data, error)) {
            return false;
        }
        if (is_objects && !each_object(reader, &entry->hash, take, data, error)) {
            return false;
        }
        if (is_manifest) {
            /* Parsed apart from the cache, which may let go of it while its children are walked. */
            g_autoptr(GBytes) bytes =
                object_store_read(reader->objects, &entry->hash, LIMIT_NODE, error);
            g_autoptr(GArray) inside = bytes == NULL ? NULL
                                                     : node_parse(g_bytes_get_data(bytes, NULL),
                                                                  g_bytes_get_size(bytes), error);
            if (inside == NULL || !each_of(reader, inside, take, data, error)) {
                return false;
            }
        }
    }
    return true;
}

bool edition_reader_each(EditionReader *reader, EditionTaker take, void *data, GError **error)
{
    return each_of(reader, reader->root, take, data, error);
}
