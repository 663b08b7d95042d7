/* One edition, looked up name by name: reader.h. Going through all of it is walk.c; whether its
 * bytes are right is verify.c. */
#include "edition/reader.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/limits.h"
#include "edition/node.h"
#include "edition/path.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SMALL_FILE_MAX 4096u /* EDITION.sig and KEY.pub */
#define NAME_MAX_BYTES (LIMIT_PATH + sizeof "/MANIFEST.00")

/* The files that stand beside EDITION instead of in the store. */
enum { ROOT_EDITION, ROOT_SIGNATURE, ROOT_KEY, ROOT_FILES };

static const char *const root_names[ROOT_FILES] = {"EDITION", "EDITION.sig", "KEY.pub"};

typedef struct {
    Hash hash;
    GArray *entries; /* NodeEntry */
    size_t cost;
    GList link; /* in `used`, the one asked for last at the head */
} CachedNode;

struct EditionReader {
    int own; /* editions/NUMBER */
    ObjectStore *objects;
    Edition edition;
    GArray *root; /* NodeEntry */
    Hash root_hashes[ROOT_FILES];
    bool has_root[ROOT_FILES];
    GHashTable *nodes; /* CachedNode by itself: its hash comes first */
    GQueue used;
    size_t bytes, ceiling;
};

static guint node_hash(gconstpointer node)
{
    guint value;
    memcpy(&value, ((const CachedNode *)node)->hash.bytes, sizeof value);
    return value;
}

static gboolean node_same(gconstpointer a, gconstpointer b)
{
    return hash_equal(&((const CachedNode *)a)->hash, &((const CachedNode *)b)->hash);
}

static void node_free(gpointer data)
{
    CachedNode *node = data;
    g_array_unref(node->entries);
    g_free(node);
}

static bool read_root_file(EditionReader *reader, int which, GBytes **bytes, GError **error)
{
    *bytes = file_read_at(reader->own, root_names[which],
                          which == ROOT_EDITION ? LIMIT_NODE : SMALL_FILE_MAX, error);
    if (*bytes == NULL) {
        return false;
    }
    gsize length = 0;
    const void *data = g_bytes_get_data(*bytes, &length);
    reader->root_hashes[which] = hash_of(data, length);
    reader->has_root[which] = true;
    return true;
}

static bool read_root(EditionReader *reader, GError **error)
{
    g_autoptr(GBytes) edition = NULL, signature = NULL, key = NULL;
    if (!read_root_file(reader, ROOT_EDITION, &edition, error) ||
        !read_root_file(reader, ROOT_SIGNATURE, &signature, error)) {
        return false;
    }
    read_root_file(reader, ROOT_KEY, &key, NULL); /* only a convenience: it proves nothing */
    gsize length = 0;
    const char *text = g_bytes_get_data(edition, &length);
    if (!edition_parse(text, length, &reader->edition, error)) {
        return false;
    }
    const char *entries = reader->edition.entries;
    reader->root = node_parse(entries, strlen(entries), error);
    return reader->root != NULL;
}

static EditionReader *open_at(int directory, const char *place, size_t ceiling, GError **error)
{
    g_autoptr(EditionReader) reader = g_new0(EditionReader, 1);
    reader->nodes = g_hash_table_new_full(node_hash, node_same, NULL, node_free);
    reader->ceiling = ceiling;
    reader->own =
        fault_here(FAULT_FILE) ? -1 : openat(directory, place, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (reader->own < 0) {
        int code = errno;
        fail(error, code == ENOENT ? KOLOKOL_ERROR_NOT_FOUND : KOLOKOL_ERROR_IO,
             "cannot open the edition %s: %s", place, g_strerror(code));
        return NULL;
    }
    reader->objects = object_store_open_read(directory, error);
    return reader->objects != NULL && read_root(reader, error) ? g_steal_pointer(&reader) : NULL;
}

EditionReader *edition_reader_open(int directory, size_t cache_bytes, GError **error)
{
    return open_at(directory, "current", cache_bytes, error);
}

EditionReader *edition_reader_open_number(int directory, uint64_t number, size_t cache_bytes,
                                          GError **error)
{
    g_autofree char *place = g_strdup_printf("editions/%" G_GUINT64_FORMAT, number);
    return open_at(directory, place, cache_bytes, error);
}

void edition_reader_free(EditionReader *reader)
{
    if (reader != NULL) {
        file_close(&reader->own);
        object_store_free(reader->objects);
        edition_clear(&reader->edition);
        g_clear_pointer(&reader->root, g_array_unref);
        g_hash_table_unref(reader->nodes);
        g_free(reader);
    }
}

const Edition *edition_reader_edition(const EditionReader *reader)
{
    return &reader->edition;
}

Hash edition_reader_hash(const EditionReader *reader)
{
    return reader->root_hashes[ROOT_EDITION];
}

size_t edition_reader_cached(const EditionReader *reader)
{
    return reader->bytes;
}

static size_t cost_of(const GArray *entries, size_t text_length)
{
    return sizeof(CachedNode) + text_length + entries->len * (sizeof(NodeEntry) + 16);
}

/* Puts a parsed node in front and drops the last ones above the ceiling, never this one. */
static void keep(EditionReader *reader, const Hash *hash, GArray *entries, size_t text_length)
{
    CachedNode *node = g_new0(CachedNode, 1);
    *node = (CachedNode){.hash = *hash,
                         .entries = entries,
                         .cost = cost_of(entries, text_length),
                         .link.data = node};
    g_hash_table_add(reader->nodes, node);
    g_queue_push_head_link(&reader->used, &node->link);
    reader->bytes += node->cost;
    while (reader->bytes > reader->ceiling && reader->used.length > 1) {
        CachedNode *last = reader->used.tail->data;
        g_queue_unlink(&reader->used, &last->link);
        reader->bytes -= last->cost;
        g_hash_table_remove(reader->nodes, last);
    }
}

static GBytes *load(EditionReader *reader, const Hash *hash, size_t limit, GError **error)
{
    g_autoptr(GBytes) bytes = object_store_read(reader->objects, hash, limit, error);
    if (bytes == NULL) {
        return NULL;
    }
    gsize length = 0;
    const void *data = g_bytes_get_data(bytes, &length);
    Hash got = hash_of(data, length);
    if (!hash_equal(&got, hash)) {
        char hex[HASH_HEX];
        hash_hex(hash, hex);
        fail(error, KOLOKOL_ERROR_CORRUPT, "the object %s is damaged", hex);
        return NULL;
    }
    return g_steal_pointer(&bytes);
}

/* The entries of a node, good until the next call. */
static const GArray *node_entries(EditionReader *reader, const char *name, const Hash *hash,
                                  GError **error)
{
    CachedNode wanted = {.hash = *hash};
    CachedNode *node = g_hash_table_lookup(reader->nodes, &wanted);
    if (node != NULL) {
        g_queue_unlink(&reader->used, &node->link);
        g_queue_push_head_link(&reader->used, &node->link);
        return node->entries;
    }
    g_autoptr(GError) reason = NULL;
    g_autoptr(GBytes) bytes = load(reader, hash, LIMIT_NODE, &reason);
    gsize length = 0;
    const char *text = bytes == NULL ? NULL : g_bytes_get_data(bytes, &length);
    GArray *entries = text == NULL ? NULL : node_parse(text, length, &reason);
    if (entries == NULL) { /* not NOT_FOUND: the name may exist, the edition is damaged */
        fail(error, reason->code == KOLOKOL_ERROR_IO ? KOLOKOL_ERROR_IO : KOLOKOL_ERROR_CORRUPT,
             "%s: %s", name, reason->message);
        return NULL;
    }
    keep(reader, hash, entries, length);
    return entries;
}

typedef enum { FOUND, ABSENT, FAILED } Found;

/* OBJECTS.0a stands in MANIFEST.0a, everything else in the shard of its own name. */
static int64_t shard_of(const char *dir, const char *name)
{
    const char *last = name + (*dir == '\0' ? 0 : strlen(dir) + 1);
    int64_t shard = strncmp(last, "OBJECTS.", 8) == 0 ? node_shard(last + 8) : -1;
    return shard >= 0 ? shard : edition_path_shard(name);
}

/* Looks in the node of a directory, or through the shard that the name belongs to. */
static Found find_in(EditionReader *reader, const GArray *entries, const char *dir,
                     const char *name, Hash *hash, GError **error)
{
    const NodeEntry *entry = node_find(entries, name);
    if (entry == NULL) {
        g_autofree char *shard = node_name(dir, "MANIFEST", shard_of(dir, name));
        entry = node_find(entries, shard);
        if (entry == NULL) {
            return ABSENT;
        }
        entries = node_entries(reader, shard, &entry->hash, error);
        if (entries == NULL) {
            return FAILED;
        }
        entry = node_find(entries, name);
    }
    if (entry != NULL) {
        *hash = entry->hash;
    }
    return entry != NULL ? FOUND : ABSENT;
}

static Found walk_to(EditionReader *reader, const char *name, Hash *hash, GError **error)
{
    const GArray *entries = reader->root;
    g_autofree char *dir = g_strdup("");
    for (const char *slash = strchr(name, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        if (strcmp(slash, "/MANIFEST") == 0) {
            break; /* a directory's own node stands in the directory above */
        }
        Hash below_hash;
        g_autofree char *below = g_strndup(name, (size_t)(slash - name));
        g_autofree char *manifest = node_name(below, "MANIFEST", -1);
        Found found = find_in(reader, entries, dir, manifest, &below_hash, error);
        if (found != FOUND) {
            return found;
        }
        entries = node_entries(reader, manifest, &below_hash, error);
        if (entries == NULL) {
            return FAILED;
        }
        g_free(dir);
        dir = g_steal_pointer(&below);
    }
    return find_in(reader, entries, dir, name, hash, error);
}

static Found find(EditionReader *reader, const char *name, Hash *hash, GError **error)
{
    for (int i = 0; i < ROOT_FILES; i++) {
        if (reader->has_root[i] && strcmp(name, root_names[i]) == 0) {
            *hash = reader->root_hashes[i];
            return FOUND;
        }
    }
    if (strncmp(name, "o/", 2) == 0) {
        Hash own;
        if (!node_object_hash(name, &own) ||
            !object_store_has(reader->objects, &own, OBJECT_PLAIN)) {
            return ABSENT;
        }
        *hash = own;
        return FOUND;
    }
    return strlen(name) > NAME_MAX_BYTES ? ABSENT : walk_to(reader, name, hash, error);
}

bool edition_reader_find(EditionReader *reader, const char *name, Hash *hash, GError **error)
{
    g_autofree char *index =
        *name == '\0' || g_str_has_suffix(name, "/") ? g_strconcat(name, "index.html", NULL) : NULL;
    Hash made;
    Found found = find(reader, index != NULL ? index : name, &made, error);
    if (found == ABSENT) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "the edition has no %.200s", name);
    } else if (found == FOUND) {
        *hash = made;
    }
    return found == FOUND;
}

bool edition_reader_open_file(EditionReader *reader, const Hash *hash, ObjectCoding coding,
                              EditionFile *file, GError **error)
{
    FILE_AUTO opened = -1;
    int which = 0;
    while (which < ROOT_FILES &&
           !(reader->has_root[which] && hash_equal(hash, &reader->root_hashes[which]))) {
        which++;
    }
    if (which == ROOT_FILES) {
        opened = object_store_open_object(reader->objects, hash, coding, error);
    } else if (coding != OBJECT_PLAIN) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "%s has no coded form", root_names[which]);
    } else {
        opened = fault_here(FAULT_FILE)
                     ? -1
                     : openat(reader->own, root_names[which], O_RDONLY | O_CLOEXEC);
    }
    struct stat info;
    if (opened < 0 || fstat(opened, &info) != 0) {
        return error != NULL && *error != NULL
                   ? false
                   : fail(error, KOLOKOL_ERROR_IO, "cannot open a file of the edition: %s",
                          g_strerror(errno));
    }
    *file = (EditionFile){opened, (uint64_t)info.st_size, info.st_mtim.tv_sec};
    opened = -1;
    return true;
}

GBytes *edition_reader_read(EditionReader *reader, const char *name, size_t limit, GError **error)
{
    Hash hash;
    if (!edition_reader_find(reader, name, &hash, error)) {
        return NULL;
    }
    for (int i = 0; i < ROOT_FILES; i++) {
        if (strcmp(name, root_names[i]) == 0) {
            return file_read_at(reader->own, name, limit, error);
        }
    }
    return load(reader, &hash, limit, error);
}

GBytes *edition_reader_read_form(EditionReader *reader, const Hash *hash, ObjectCoding coding,
                                 size_t limit, GError **error)
{
    return coding == OBJECT_PLAIN
               ? load(reader, hash, limit, error)
               : object_store_read_coded(reader->objects, hash, coding, limit, error);
}
