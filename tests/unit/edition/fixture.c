/* fixture.h */
#include "fixture.h"

#include "base/error.h"
#include "base/file.h"
#include "edition/node.h"
#include "edition/path.h"
#include "edition/retain.h"
#include "edition/walk.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

static gint path_order(gconstpointer a, gconstpointer b, gpointer data)
{
    return strcmp(a, b);
}

static guint hash_key(gconstpointer hash)
{
    guint value;
    memcpy(&value, ((const Hash *)hash)->bytes, sizeof value);
    return value;
}

static gboolean hash_same(gconstpointer a, gconstpointer b)
{
    return hash_equal(a, b);
}

static GHashTable *hashes_new(void)
{
    return g_hash_table_new_full(hash_key, hash_same, g_free, NULL);
}

bool fixture_run(const char *directory, const char *line)
{
    g_autofree char *command = g_strdup_printf("cd '%s' && (%s) >/dev/null 2>&1", directory, line);
    return system(command) == 0; /* NOLINT(cert-env33-c): tests ask the real programs */
}

char *folder_new(void)
{
    return g_dir_make_tmp("kolokol-edition-XXXXXX", NULL);
}

void folder_free(char *path)
{
    char rm[] = "rm", flags[] = "-rf";
    char *arguments[] = {rm, flags, path, NULL};
    g_spawn_sync(NULL, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
    g_free(path);
}

Fixture *fixture_new(void)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->directory = folder_new();
    fixture->descriptor = directory_open(fixture->directory, false, NULL);
    fixture->objects = object_store_open(fixture->directory, NULL);
    fixture->pages = g_tree_new_full(path_order, NULL, g_free, g_free);
    fixture->uses = g_tree_new_full(path_order, NULL, g_free, g_free);
    fixture->last = hashes_new();
    fixture->now = INT64_C(1795600000000000);
    secret_key_new(&fixture->secret, &fixture->public);
    fixture->key = public_key_text(&fixture->public, "test");
    g_assert_nonnull(fixture->objects);
    g_assert_true(object_store_begin(fixture->objects, NULL));
    return fixture;
}

void fixture_free(Fixture *fixture)
{
    close(fixture->descriptor);
    object_store_free(fixture->objects);
    secret_key_clear(&fixture->secret);
    g_tree_unref(fixture->pages);
    g_tree_unref(fixture->uses);
    g_hash_table_unref(fixture->last);
    folder_free(fixture->directory);
    g_free(fixture->key);
    g_free(fixture);
}

static Hash put(Fixture *fixture, const void *bytes, size_t length)
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
    z_stream stream = {0};
    g_autofree Bytef *in = (Bytef *)g_strdup(text);
    uLong room = compressBound(strlen(text)) + 64;
    Bytef *out = g_malloc(room);
    g_assert_cmpint(deflateInit2(&stream, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY), ==, Z_OK);
    stream.next_in = in;
    stream.avail_in = (uInt)strlen(text);
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    g_assert_cmpint(deflate(&stream, Z_FINISH), ==, Z_STREAM_END);
    gsize length = stream.total_out;
    deflateEnd(&stream);
    return g_bytes_new_take(out, length);
}

void fixture_page(Fixture *fixture, const char *path, const char *text)
{
    g_autoptr(GBytes) coded = gzip(text);
    gsize length = 0;
    const void *bytes = g_bytes_get_data(coded, &length);
    Hash hash = put(fixture, text, strlen(text));
    g_assert_true(edition_path_valid(path, NULL));
    g_assert_true(
        object_store_put_coded(fixture->objects, &hash, OBJECT_GZIP, bytes, length, NULL));
    g_tree_replace(fixture->pages, g_strdup(path), g_memdup2(&hash, sizeof hash));
}

void fixture_remove(Fixture *fixture, const char *path)
{
    g_assert_true(g_tree_remove(fixture->pages, path));
}

char *fixture_object(Fixture *fixture, const char *dir, const char *extension, const char *bytes)
{
    char hex[HASH_HEX];
    uint64_t size = strlen(bytes);
    Hash hash = put(fixture, bytes, strlen(bytes));
    hash_hex(&hash, hex);
    char *name = g_strdup_printf("o/%.2s/%s.%s", hex, hex, extension);
    g_tree_replace(fixture->uses, g_strconcat(dir, " ", name, NULL), g_memdup2(&size, sizeof size));
    return name;
}

typedef struct {
    Fixture *fixture;
    const char *dir;
    GArray *entries; /* NodeEntry */
    GArray *objects; /* NodeObject */
    char *below;     /* the subdirectory made last */
} Build;

static char *build(Fixture *fixture, const char *dir);

static void entry_clear(gpointer entry)
{
    g_free(((NodeEntry *)entry)->name);
}

static void object_clear(gpointer object)
{
    g_free(((NodeObject *)object)->name);
}

static gboolean add_page(gpointer key, gpointer value, gpointer data)
{
    Build *made = data;
    const char *path = key;
    size_t skip = *made->dir == '\0' ? 0 : strlen(made->dir) + 1;
    if (skip > 0 && (strncmp(path, made->dir, skip - 1) != 0 || path[skip - 1] != '/')) {
        return FALSE;
    }
    const char *slash = strchr(path + skip, '/');
    if (slash == NULL) {
        NodeEntry entry = {g_strdup(path), *(Hash *)value};
        g_array_append_val(made->entries, entry);
        return FALSE;
    }
    g_autofree char *below = g_strndup(path, (size_t)(slash - path));
    if (g_strcmp0(below, made->below) != 0) {
        g_autofree char *text = build(made->fixture, below);
        NodeEntry entry = {node_name(below, "MANIFEST", -1),
                           put(made->fixture, text, strlen(text))};
        g_array_append_val(made->entries, entry);
        g_free(made->below);
        made->below = g_steal_pointer(&below);
    }
    return FALSE;
}

static gboolean add_object(gpointer key, gpointer value, gpointer data)
{
    Build *made = data;
    g_auto(GStrv) parts = g_strsplit(key, " ", 2);
    if (strcmp(parts[0], made->dir) == 0) {
        NodeObject object = {g_strdup(parts[1]), *(uint64_t *)value};
        g_array_append_val(made->objects, object);
    }
    return FALSE;
}

/* The text of a node of these entries, with its OBJECTS. */
static char *node_text(Fixture *fixture, const char *dir, int64_t shard, GArray *entries,
                       GArray *objects)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (objects->len > 0) {
        objects_write(text, (NodeObject *)(void *)objects->data, objects->len);
        NodeEntry entry = {node_name(dir, "OBJECTS", shard), put(fixture, text->str, text->len)};
        g_array_append_val(entries, entry);
        g_string_truncate(text, 0);
    }
    node_sort((NodeEntry *)(void *)entries->data, entries->len);
    node_write(text, (NodeEntry *)(void *)entries->data, entries->len);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* The objects go to the shard of the first page: any will do here. */
static char *split_text(Fixture *fixture, const char *dir, GArray *entries, GArray *objects)
{
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(NodeObject));
    g_autoptr(GArray) shards = g_array_new(FALSE, FALSE, sizeof(NodeEntry));
    g_array_set_clear_func(shards, entry_clear);
    for (int64_t shard = 0; shard < NODE_SHARDS; shard++) {
        g_autoptr(GArray) some = g_array_new(FALSE, FALSE, sizeof(NodeEntry));
        g_array_set_clear_func(some, entry_clear);
        for (guint i = 0; i < entries->len; i++) {
            const NodeEntry *entry = &g_array_index(entries, NodeEntry, i);
            if (edition_path_shard(entry->name) == shard) {
                NodeEntry copy = {g_strdup(entry->name), entry->hash};
                g_array_append_val(some, copy);
            }
        }
        if (some->len > 0) {
            g_autofree char *text =
                node_text(fixture, dir, shard, some, shards->len == 0 ? objects : none);
            NodeEntry entry = {node_name(dir, "MANIFEST", shard), put(fixture, text, strlen(text))};
            g_array_append_val(shards, entry);
        }
    }
    return node_text(fixture, dir, -1, shards, none);
}

/* The text of a directory's own node. */
static char *build(Fixture *fixture, const char *dir)
{
    Build made = {.fixture = fixture, .dir = dir};
    made.entries = g_array_new(FALSE, FALSE, sizeof(NodeEntry));
    made.objects = g_array_new(FALSE, FALSE, sizeof(NodeObject));
    g_array_set_clear_func(made.entries, entry_clear);
    g_array_set_clear_func(made.objects, object_clear);
    g_tree_foreach(fixture->pages, add_page, &made);
    g_tree_foreach(fixture->uses, add_object, &made);
    char *text = made.entries->len > NODE_ENTRIES_MAX
                     ? split_text(fixture, dir, made.entries, made.objects)
                     : node_text(fixture, dir, -1, made.entries, made.objects);
    g_array_unref(made.entries);
    g_array_unref(made.objects);
    g_free(made.below);
    return text;
}

char *fixture_entries(Fixture *fixture)
{
    return build(fixture, "");
}

static GBytes *load(const char *name, const Hash *hash, void *data, GError **error)
{
    const Fixture *fixture = data;
    return object_store_read(fixture->objects, hash, 1 << 20, error);
}

static GHashTable *noted;

static bool note(const WalkFile *file, bool *into, void *data, GError **error)
{
    g_hash_table_add(noted, g_memdup2(&file->hash, sizeof file->hash));
    return true;
}

static void journal(Fixture *fixture, uint64_t number)
{
    g_auto(Edition) edition = {0};
    g_autoptr(GError) error = NULL;
    EditionWalk walk = {load, note, fixture};
    noted = hashes_new();
    g_assert_true(edition_read_current(fixture->descriptor, &edition, NULL, NULL));
    edition_walk(&edition, &walk, &error);
    g_assert_no_error(error);
    g_autoptr(GArray) gone = g_array_new(FALSE, FALSE, sizeof(Hash));
    GHashTableIter each;
    gpointer hash;
    g_hash_table_iter_init(&each, fixture->last);
    while (g_hash_table_iter_next(&each, &hash, NULL)) {
        if (!g_hash_table_contains(noted, hash)) {
            g_array_append_vals(gone, hash, 1);
        }
    }
    if (gone->len > 0) {
        edition_journal_drop(fixture->descriptor, number, (Hash *)(void *)gone->data, gone->len,
                             &error);
        g_assert_no_error(error);
    }
    g_hash_table_unref(fixture->last);
    fixture->last = noted;
}

uint64_t fixture_press(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *entries = fixture_entries(fixture);
    uint64_t number = 0;
    fixture->now += 1000000;
    g_assert_true(object_store_sync(fixture->objects, NULL));
    edition_commit(fixture->descriptor, "paper.example", 1, entries, fixture->now, &fixture->secret,
                   NULL, NULL, &number, &error);
    g_assert_no_error(error);
    journal(fixture, number);
    return number;
}

bool fixture_used(const Hash *hash, void *data, bool *used, GError **error)
{
    const Fixture *fixture = data;
    *used = g_hash_table_contains(fixture->last, hash);
    return true;
}

unsigned fixture_sweep(Fixture *fixture)
{
    unsigned looked = 0;
    g_autoptr(GError) error = NULL;
    edition_sweep(fixture->descriptor, fixture->objects, fixture->now, 1000000, fixture_used,
                  fixture, &looked, &error);
    g_assert_no_error(error);
    return looked;
}

static GBytes *load_node(const char *name, const Hash *hash, void *data, GError **error)
{
    const Fixture *fixture = data;
    return object_store_read(fixture->objects, hash, 65536, error);
}

static bool is_there(const WalkFile *file, bool *into, void *data, GError **error)
{
    const Fixture *fixture = data;
    return object_store_has(fixture->objects, &file->hash, OBJECT_PLAIN) ||
           fail(error, KOLOKOL_ERROR_NOT_FOUND, "%s is gone", file->name);
}

void fixture_check_kept(Fixture *fixture)
{
    g_autoptr(GArray) kept = edition_kept(fixture->descriptor, NULL);
    for (guint i = 0; i < kept->len; i++) {
        g_auto(Edition) edition = {0};
        g_autofree char *text = NULL;
        g_autoptr(GError) error = NULL;
        EditionWalk walk = {load_node, is_there, fixture};
        g_assert_true(edition_read_files(fixture->descriptor, g_array_index(kept, uint64_t, i),
                                         &text, NULL, NULL));
        g_assert_true(edition_parse(text, strlen(text), &edition, NULL));
        edition_walk(&edition, &walk, &error);
        g_assert_no_error(error);
    }
}
