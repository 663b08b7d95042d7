/* Building an edition without the press: every node is made again at each press, bottom up. */
#include "fixture.h"

#include "base/file.h"
#include "edition/edition.h"
#include "edition/node.h"
#include "edition/path.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

static gint path_order(gconstpointer a, gconstpointer b, gpointer data)
{
    return strcmp(a, b);
}

Fixture *fixture_new_at(const char *directory)
{
    Fixture *fixture = g_new0(Fixture, 1);
    PublicKey public;
    fixture->directory = g_strdup(directory);
    fixture->descriptor = directory_open(fixture->directory, false, NULL);
    fixture->objects = object_store_open(fixture->directory, NULL);
    fixture->pages = g_tree_new_full(path_order, NULL, g_free, g_free);
    fixture->now = INT64_C(1795600000000000);
    secret_key_new(&fixture->secret, &public);
    g_assert_nonnull(fixture->objects);
    return fixture;
}

Fixture *fixture_new(void)
{
    g_autofree char *directory = g_dir_make_tmp("stand-XXXXXX", NULL);
    return fixture_new_at(directory);
}

void fixture_leave(Fixture *fixture)
{
    close(fixture->descriptor);
    object_store_free(fixture->objects);
    secret_key_clear(&fixture->secret);
    g_tree_unref(fixture->pages);
    g_free(fixture->directory);
    g_free(fixture);
}

void fixture_free(Fixture *fixture)
{
    char rm[] = "rm", flags[] = "-rf";
    char *arguments[] = {rm, flags, fixture->directory, NULL};
    g_spawn_sync(NULL, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
    fixture_leave(fixture);
}

static Hash store(Fixture *fixture, const void *bytes, size_t length)
{
    Hash hash;
    bool written;
    g_autoptr(GError) error = NULL;
    object_store_put(fixture->objects, bytes, length, &hash, &written, &error);
    g_assert_no_error(error);
    return hash;
}

static GBytes *gzip(const char *text)
{
    g_autoptr(GZlibCompressor) coder = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
    g_autoptr(GInputStream) plain =
        g_memory_input_stream_new_from_data(text, (gssize)strlen(text), NULL);
    g_autoptr(GInputStream) coded = g_converter_input_stream_new(plain, G_CONVERTER(coder));
    return g_input_stream_read_bytes(coded, 1 << 20, NULL, NULL);
}

void fixture_put_plain(Fixture *fixture, const char *path, const void *bytes, size_t length)
{
    Hash hash = store(fixture, bytes, length);
    g_tree_replace(fixture->pages, g_strdup(path), g_memdup2(&hash, sizeof hash));
}

void fixture_put(Fixture *fixture, const char *path, const char *text)
{
    g_autoptr(GBytes) coded = gzip(text);
    gsize length = 0;
    const void *bytes = g_bytes_get_data(coded, &length);
    fixture_put_plain(fixture, path, text, strlen(text));
    const Hash *hash = g_tree_lookup(fixture->pages, path);
    g_assert_true(object_store_put_coded(fixture->objects, hash, OBJECT_GZIP, bytes, length, NULL));
}

void fixture_brotli(Fixture *fixture, const char *path, const char *bytes)
{
    const Hash *hash = g_tree_lookup(fixture->pages, path);
    g_assert_true(
        object_store_put_coded(fixture->objects, hash, OBJECT_BROTLI, bytes, strlen(bytes), NULL));
}

void fixture_remove(Fixture *fixture, const char *path)
{
    g_assert_true(g_tree_remove(fixture->pages, path));
}

char *fixture_object(Fixture *fixture, const char *extension, const void *bytes, size_t length)
{
    Hash hash = store(fixture, bytes, length);
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    return g_strdup_printf("o/%.2s/%s.%s", hex, hex, extension);
}

/* ---- Nodes: directory → GArray of NodeEntry, the names borrowed from a chunk ---- */

typedef struct {
    GTree *directories;
    GStringChunk *names;
} Building;

static GArray *directory_of(Building *building, const char *dir)
{
    GArray *entries = g_tree_lookup(building->directories, dir);
    if (entries == NULL) {
        entries = g_array_new(FALSE, FALSE, sizeof(NodeEntry));
        g_tree_insert(building->directories, g_strdup(dir), entries);
    }
    return entries;
}

static void entry_add(Building *building, const char *name, const Hash *hash, const char *dir)
{
    NodeEntry entry = {g_string_chunk_insert_const(building->names, name), *hash};
    g_array_append_val(directory_of(building, dir), entry);
}

static gboolean page_add(gpointer path, gpointer hash, gpointer data)
{
    g_autofree char *dir = edition_path_directory(path);
    entry_add(data, path, hash, dir);
    while (*dir !=
           '\0') { /* the directories above must be there, even without files of their own */
        char *above = edition_path_directory(dir);
        g_free(dir);
        dir = above;
        directory_of(data, dir);
    }
    return FALSE;
}

static char *entries_text(NodeEntry *entries, size_t count)
{
    GString *text = g_string_new(NULL);
    node_sort(entries, count);
    node_write(text, entries, count);
    return g_string_free(text, FALSE);
}

/* The text of a directory's MANIFEST, its shards stored. */
static char *manifest_text(Fixture *fixture, Building *building, const char *dir, GArray *entries)
{
    if (entries->len <= NODE_ENTRIES_MAX) {
        return entries_text((NodeEntry *)(void *)entries->data, entries->len);
    }
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(NodeEntry));
    for (int64_t shard = 0; shard < NODE_SHARDS; shard++) {
        g_autoptr(GArray) part = g_array_new(FALSE, FALSE, sizeof(NodeEntry));
        for (guint i = 0; i < entries->len; i++) {
            const NodeEntry *entry = &g_array_index(entries, NodeEntry, i);
            if (edition_path_shard(entry->name) == shard) {
                g_array_append_val(part, *entry);
            }
        }
        if (part->len > 0) {
            g_autofree char *name = node_name(dir, "MANIFEST", shard);
            g_autofree char *text = entries_text((NodeEntry *)(void *)part->data, part->len);
            NodeEntry entry = {g_string_chunk_insert_const(building->names, name),
                               store(fixture, text, strlen(text))};
            g_array_append_val(list, entry);
        }
    }
    return entries_text((NodeEntry *)(void *)list->data, list->len);
}

typedef struct {
    const char *deepest;
    int depth;
} Deepest;

static gboolean look_deeper(gpointer dir, gpointer entries, gpointer data)
{
    Deepest *deepest = data;
    int depth = 1;
    for (const char *at = dir; *at != '\0'; at++) {
        depth += *at == '/';
    }
    if (*(const char *)dir != '\0' && depth > deepest->depth) {
        *deepest = (Deepest){dir, depth};
    }
    return FALSE;
}

/* Folds directories into those above them, deepest first; what is left is the root's entries. */
static char *root_text(Fixture *fixture, Building *building)
{
    for (;;) {
        Deepest deepest = {NULL, 0};
        g_tree_foreach(building->directories, look_deeper, &deepest);
        if (deepest.deepest == NULL) {
            return manifest_text(fixture, building, "", directory_of(building, ""));
        }
        GArray *entries = g_tree_lookup(building->directories, deepest.deepest);
        g_autofree char *text = manifest_text(fixture, building, deepest.deepest, entries);
        g_autofree char *name = node_name(deepest.deepest, "MANIFEST", -1);
        g_autofree char *above = edition_path_directory(deepest.deepest);
        Hash hash = store(fixture, text, strlen(text));
        entry_add(building, name, &hash, above);
        g_tree_remove(building->directories, deepest.deepest);
    }
}

static bool may(void *data, GError **error)
{
    return true;
}

void fixture_press(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    Building building = {g_tree_new_full(path_order, NULL, g_free, (GDestroyNotify)g_array_unref),
                         g_string_chunk_new(4096)};
    directory_of(&building, "");
    g_tree_foreach(fixture->pages, page_add, &building);
    g_autofree char *entries = root_text(fixture, &building);
    fixture->now += 1000000;
    edition_commit(fixture->descriptor, "paper.example", 1, entries, fixture->now, &fixture->secret,
                   may, NULL, &fixture->number, &error);
    g_assert_no_error(error);
    g_tree_unref(building.directories);
    g_string_chunk_free(building.names);
}
