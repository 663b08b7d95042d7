/* Nodes from the books: tree.h. The form of a node is edition/node.c; signing is edition/edition.c.
 */
#include "press/tree.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/limits.h"
#include "edition/node.h"
#include "edition/path.h"
#include "press_sql.h"

#include <string.h>

#define DIRS_AT_LEAST    20u /* of a write transaction, which ends with the first after this time */
#define TRANSACTION_TIME (15 * CLOCK_SECOND / 1000)
#define ALL_SHARDS       (-2)
#define WHOLE            (-1) /* the only "shard" of a directory that is not split */

typedef struct {
    bool exists, was_counted; /* was_counted: the parent's count has it */
    int64_t shard, entries, split;
    Hash hash;
} Dir;

typedef struct {
    ObjectStore *objects;
    GHashTable *stale; /* dir → GArray of int64_t shards */
    GPtrArray *dirs;   /* of the present depth, borrowed */
    guint first, end;  /* of them, in the present transaction */
    unsigned written;
    Hash root;
} Update;

static char *manifest_name(const char *dir)
{
    return node_name(dir, "MANIFEST", WHOLE);
}

static int64_t shard_in_parent(const char *dir)
{
    g_autofree char *name = manifest_name(dir);
    return edition_path_shard(name);
}

static bool copy_hash(StoreRows *rows, int column, Hash *hash)
{
    size_t length = 0;
    const void *bytes = store_bytes(rows, column, &length);
    if (bytes == NULL || length != sizeof hash->bytes) {
        return false;
    }
    memcpy(hash->bytes, bytes, length);
    return true;
}

/* Makes the rows of a directory and of those above it. */
static bool dir_ensure(Store *store, const char *dir, GError **error)
{
    g_autofree char *here = g_strdup(dir);
    for (;;) {
        bool root = *here == '\0';
        g_autofree char *parent = root ? NULL : edition_path_directory(here);
        int64_t made = 0;
        if (!press_dir_insert_counted(store, here, parent, root ? 0 : shard_in_parent(here), &made,
                                      error)) {
            return false;
        }
        if (root || made == 0) {
            return true;
        }
        g_free(here);
        here = g_steal_pointer(&parent);
    }
}

static bool mark(Store *store, const char *path, GError **error)
{
    g_autofree char *dir = edition_path_directory(path);
    return press_stale_node_insert(store, dir, edition_path_shard(path), error);
}

static bool count(Store *store, const char *dir, int64_t delta, GError **error)
{
    int64_t changed = 0;
    if (!press_dir_count_counted(store, dir, delta, &changed, error)) {
        return false;
    }
    return changed != 0 ||
           (dir_ensure(store, dir, error) && press_dir_count(store, dir, delta, error));
}

/* Pages at a path, two at most; -1 on failure. */
static int pages_at(Store *store, const char *dir, const char *path, GError **error)
{
    g_autoptr(StoreRows) rows = press_pages_at(store, dir, edition_path_shard(path), path, error);
    StoreStep step = STORE_FAILED;
    int found = 0;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        found++;
    }
    return step == STORE_END ? found : -1;
}

/* Two pages at one path are one entry of the node, so they count once. */
bool press_tree_page_new(Store *store, const char *path, GError **error)
{
    g_autofree char *dir = edition_path_directory(path);
    int here = pages_at(store, dir, path, error);
    return here >= 0 && (here != 1 || count(store, dir, 1, error)) && mark(store, path, error);
}

bool press_tree_page_gone(Store *store, const char *path, GError **error)
{
    g_autofree char *dir = edition_path_directory(path);
    int here = pages_at(store, dir, path, error);
    return here >= 0 && (here != 0 || count(store, dir, -1, error)) && mark(store, path, error);
}

bool press_tree_page_changed(Store *store, const char *path, GError **error)
{
    return mark(store, path, error);
}

static bool dir_read(Store *store, const char *name, Dir *dir, GError **error)
{
    g_autoptr(StoreRows) rows = press_dir_by_name(store, name, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        dir->exists = true;
        dir->shard = store_number(rows, 0);
        dir->entries = store_number(rows, 1);
        dir->split = store_number(rows, 2);
        dir->was_counted = copy_hash(rows, 3, &dir->hash);
    }
    return step != STORE_FAILED;
}

static bool drop(Store *store, const Hash *hash, GError **error)
{
    return press_dropped_insert(store, hash->bytes, sizeof hash->bytes, error);
}

/* Appends (path, hash) rows as entries; subdirectories by the name of their MANIFEST. Of two pages
 * at one path the first by name stands. */
static bool entries_read(StoreRows *rows, bool subdirectories, GArray *entries, GError **error)
{
    g_autoptr(StoreRows) owned = rows;
    StoreStep step = STORE_FAILED;
    while (owned != NULL && (step = store_rows_next(owned, error)) == STORE_ROW) {
        const char *name = store_text(owned, 0);
        NodeEntry *last =
            entries->len == 0 ? NULL : &g_array_index(entries, NodeEntry, entries->len - 1);
        if (!subdirectories && last != NULL && strcmp(last->name, name) == 0) {
            continue;
        }
        NodeEntry entry = {.name = subdirectories ? manifest_name(name) : g_strdup(name)};
        copy_hash(owned, 1, &entry.hash);
        g_array_append_val(entries, entry);
    }
    return step == STORE_END;
}

static bool objects_read(StoreRows *rows, GArray *objects, GError **error)
{
    g_autoptr(StoreRows) owned = rows;
    StoreStep step = STORE_FAILED;
    while (owned != NULL && (step = store_rows_next(owned, error)) == STORE_ROW) {
        NodeObject object = {.name = store_text_copy(owned, 0),
                             .size = (uint64_t)store_number(owned, 1)};
        g_array_append_val(objects, object);
    }
    return step == STORE_END;
}

static bool put_node(Update *update, GString *text, const char *name, Hash *hash, GError **error)
{
    bool written = false;
    if (text->len > LIMIT_NODE) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "the node %s has %zu bytes; the limit is %u", name,
                    text->len, LIMIT_NODE);
    }
    if (!object_store_put(update->objects, text->str, text->len, hash, &written, error)) {
        return false;
    }
    update->written++;
    return true;
}

static void entry_clear(gpointer entry)
{
    g_free(((NodeEntry *)entry)->name);
}

static void object_clear(gpointer object)
{
    g_free(((NodeObject *)object)->name);
}

/* What there may be in a directory's shards: most have pages only, and are not asked for the rest.
 */
typedef struct {
    bool subdirs, objects;
} Holds;

static bool holds_read(Store *store, const char *dir, Holds *holds, GError **error)
{
    return store_rows_any(press_dir_has_subdirs(store, dir, error), &holds->subdirs, error) &&
           store_rows_any(press_dir_has_objects(store, dir, error), &holds->objects, error);
}

/* Reads what stands in a directory, or in one shard of it. */
static bool contents_read(Store *store, const char *dir, int64_t shard, const Holds *holds,
                          GArray *entries, GArray *objects, GError **error)
{
    if (shard == WHOLE) {
        return entries_read(press_entries_of_dir(store, dir, error), false, entries, error) &&
               entries_read(press_subdirs_of_dir(store, dir, error), true, entries, error) &&
               objects_read(press_objects_of_dir(store, dir, error), objects, error);
    }
    return entries_read(press_entries_of_shard(store, dir, shard, error), false, entries, error) &&
           (!holds->subdirs ||
            entries_read(press_subdirs_of_shard(store, dir, shard, error), true, entries, error)) &&
           (!holds->objects ||
            objects_read(press_objects_of_shard(store, dir, shard, error), objects, error));
}

/* Writes the MANIFEST and OBJECTS of a directory or of one of its shards; an empty shard has
 * neither. */
static bool build_shard(Store *store, Update *update, const char *dir, int64_t shard,
                        const Holds *holds, Hash *manifest, GError **error)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(NodeEntry));
    g_autoptr(GArray) objects = g_array_new(FALSE, FALSE, sizeof(NodeObject));
    g_array_set_clear_func(entries, entry_clear);
    g_array_set_clear_func(objects, object_clear);
    if (!contents_read(store, dir, shard, holds, entries, objects, error)) {
        return false;
    }
    if (entries->len == 0 && shard != WHOLE) {
        return press_node_delete(store, dir, shard, error);
    }
    g_autoptr(GString) text = g_string_new(NULL);
    Hash listed;
    bool has_objects = objects->len > 0;
    if (has_objects) {
        NodeEntry entry = {.name = node_name(dir, "OBJECTS", shard)};
        g_array_append_val(entries, entry);
        objects_write(text, (NodeObject *)(void *)objects->data, objects->len);
        if (!put_node(update, text, entry.name, &listed, error)) {
            return false;
        }
        g_array_index(entries, NodeEntry, entries->len - 1).hash = listed;
        g_string_truncate(text, 0);
    }
    node_sort((NodeEntry *)(void *)entries->data, entries->len);
    node_write(text, (NodeEntry *)(void *)entries->data, entries->len);
    g_autofree char *name = node_name(dir, "MANIFEST", shard);
    return put_node(update, text, name, manifest, error) &&
           press_node_put(store, dir, shard, manifest->bytes, sizeof manifest->bytes,
                          has_objects ? listed.bytes : NULL, has_objects ? sizeof listed.bytes : 0,
                          error);
}

typedef struct {
    int64_t shard;
    Hash manifest, objects;
    bool has_objects;
} Node;

static bool nodes_read(Store *store, const char *dir, GArray *nodes, GError **error)
{
    g_autoptr(StoreRows) rows = press_nodes_of_dir(store, dir, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Node node = {.shard = store_number(rows, 0)};
        copy_hash(rows, 1, &node.manifest);
        node.has_objects = copy_hash(rows, 2, &node.objects);
        g_array_append_val(nodes, node);
    }
    return step == STORE_END;
}

/* The MANIFEST of a split directory lists those of its shards. */
static bool build_top(Store *store, Update *update, const char *dir, Hash *top, GError **error)
{
    g_autoptr(GArray) nodes = g_array_new(FALSE, FALSE, sizeof(Node));
    if (!nodes_read(store, dir, nodes, error)) {
        return false;
    }
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(NodeEntry));
    g_array_set_clear_func(entries, entry_clear);
    for (guint i = 0; i < nodes->len; i++) {
        const Node *node = &g_array_index(nodes, Node, i);
        NodeEntry entry = {.name = node_name(dir, "MANIFEST", node->shard), .hash = node->manifest};
        g_array_append_val(entries, entry);
    }
    node_sort((NodeEntry *)(void *)entries->data, entries->len);
    g_autoptr(GString) text = g_string_new(NULL);
    node_write(text, (NodeEntry *)(void *)entries->data, entries->len);
    g_autofree char *name = manifest_name(dir);
    return put_node(update, text, name, top, error);
}

static bool is_stale(const GArray *shards, int64_t shard)
{
    for (guint i = 0; i < shards->len; i++) {
        int64_t stale = g_array_index(shards, int64_t, i);
        if (stale == shard || stale == ALL_SHARDS) {
            return true;
        }
    }
    return false;
}

/* What the directory's nodes were goes to the sweep, which asks again whether each is in use. */
static bool drop_nodes(Store *store, const GArray *nodes, const GArray *shards, bool all,
                       GError **error)
{
    for (guint i = 0; i < nodes->len; i++) {
        const Node *node = &g_array_index(nodes, Node, i);
        if (!all && node->shard != WHOLE && !is_stale(shards, node->shard)) {
            continue;
        }
        if (!drop(store, &node->manifest, error) ||
            (node->has_objects && !drop(store, &node->objects, error))) {
            return false;
        }
    }
    return true;
}

static bool delete_nodes(Store *store, const char *dir, const GArray *nodes, GError **error)
{
    for (guint i = 0; i < nodes->len; i++) {
        if (!press_node_delete(store, dir, g_array_index(nodes, Node, i).shard, error)) {
            return false;
        }
    }
    return true;
}

static bool build_split(Store *store, Update *update, const char *dir, const GArray *shards,
                        bool all, Hash *top, GError **error)
{
    Holds holds;
    if (!holds_read(store, dir, &holds, error)) {
        return false;
    }
    for (int64_t shard = 0; shard < NODE_SHARDS; shard++) {
        Hash ignored;
        if ((all || is_stale(shards, shard)) &&
            !build_shard(store, update, dir, shard, &holds, &ignored, error)) {
            return false;
        }
    }
    return build_top(store, update, dir, top, error);
}

static bool tell_parent(Store *store, Update *update, const char *dir, int64_t delta,
                        GError **error)
{
    if (*dir == '\0') {
        return true;
    }
    g_autofree char *parent = edition_path_directory(dir);
    GArray *shards = g_hash_table_lookup(update->stale, parent);
    if (shards == NULL) {
        shards = g_array_new(FALSE, FALSE, sizeof(int64_t));
        g_hash_table_insert(update->stale, g_strdup(parent), shards);
    }
    int64_t shard = shard_in_parent(dir);
    g_array_append_val(shards, shard);
    return press_stale_node_insert(store, parent, shard, error) &&
           (delta == 0 || press_dir_count(store, parent, delta, error));
}

static bool remove_dir(Store *store, Update *update, const char *name, const Dir *dir,
                       const GArray *nodes, GError **error)
{
    return delete_nodes(store, name, nodes, error) && press_dir_delete(store, name, error) &&
           (!dir->was_counted ||
            (drop(store, &dir->hash, error) && tell_parent(store, update, name, -1, error)));
}

static bool build_dir(Store *store, Update *update, const char *name, const Dir *dir,
                      const GArray *shards, GError **error)
{
    bool split = dir->entries > NODE_ENTRIES_MAX;
    bool turned = split != (dir->split != 0) || !dir->was_counted;
    g_autoptr(GArray) old = g_array_new(FALSE, FALSE, sizeof(Node));
    if (!nodes_read(store, name, old, error) || !drop_nodes(store, old, shards, turned, error)) {
        return false;
    }
    if (dir->entries == 0 && *name != '\0') {
        return remove_dir(store, update, name, dir, old, error);
    }
    if (turned && !delete_nodes(store, name, old, error)) {
        return false;
    }
    Hash top;
    if (!(split ? build_split(store, update, name, shards, turned, &top, error)
                : build_shard(store, update, name, WHOLE, NULL, &top, error))) {
        return false;
    }
    if (dir->was_counted && memcmp(top.bytes, dir->hash.bytes, sizeof top.bytes) == 0 && !turned) {
        return true;
    }
    return press_dir_update(store, name, split, top.bytes, sizeof top.bytes, error) &&
           (!dir->was_counted || drop(store, &dir->hash, error)) &&
           tell_parent(store, update, name, dir->was_counted ? 0 : 1, error);
}

static bool update_some(Store *store, void *data, GError **error)
{
    Update *update = data;
    update->written = 0;
    int64_t until = clock_monotonic() + TRANSACTION_TIME;
    guint i = update->first;
    for (; i < update->dirs->len; i++) {
        if (i - update->first >= DIRS_AT_LEAST && clock_monotonic() > until) {
            break;
        }
        const char *name = update->dirs->pdata[i];
        const GArray *shards = g_hash_table_lookup(update->stale, name);
        Dir dir = {0};
        if (!dir_read(store, name, &dir, error) ||
            (dir.exists && !build_dir(store, update, name, &dir, shards, error)) ||
            !press_stale_node_delete(store, name, error)) {
            return false;
        }
    }
    update->end = i;
    return true;
}

static unsigned depth_of(const char *dir)
{
    unsigned depth = *dir != '\0';
    for (; *dir != '\0'; dir++) {
        depth += *dir == '/';
    }
    return depth;
}

static GHashTable *stale_read(Store *store, GError **error)
{
    g_autoptr(GHashTable) stale =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    g_autoptr(StoreRows) rows = press_stale_nodes(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        GArray *shards = g_hash_table_lookup(stale, store_text(rows, 0));
        if (shards == NULL) {
            shards = g_array_new(FALSE, FALSE, sizeof(int64_t));
            g_hash_table_insert(stale, store_text_copy(rows, 0), shards);
        }
        int64_t shard = store_number(rows, 1);
        g_array_append_val(shards, shard);
    }
    return step == STORE_END ? g_steal_pointer(&stale) : NULL;
}

static int dir_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The stale directories of one depth; those above come into the table while these are built. */
static GPtrArray *dirs_of_depth(GHashTable *stale, unsigned depth)
{
    GPtrArray *dirs = g_ptr_array_new();
    GHashTableIter each;
    gpointer dir;
    g_hash_table_iter_init(&each, stale);
    while (g_hash_table_iter_next(&each, &dir, NULL)) {
        if (depth_of(dir) == depth) {
            g_ptr_array_add(dirs, dir);
        }
    }
    g_ptr_array_sort(dirs, dir_compare);
    return dirs;
}

static unsigned deepest(GHashTable *stale)
{
    unsigned depth = 0;
    GHashTableIter each;
    gpointer dir;
    g_hash_table_iter_init(&each, stale);
    while (g_hash_table_iter_next(&each, &dir, NULL)) {
        depth = MAX(depth, depth_of(dir));
    }
    return depth;
}

static bool update_depth(Store *store, Update *update, unsigned depth, unsigned *written,
                         GError **error)
{
    g_autoptr(GPtrArray) dirs = dirs_of_depth(update->stale, depth);
    update->dirs = dirs;
    for (update->first = 0; update->first < dirs->len; update->first = update->end) {
        if (!store_transact(store, update_some, update, error)) {
            return false;
        }
        *written += update->written;
    }
    return true;
}

bool press_tree_update(Store *store, ObjectStore *objects, unsigned *written, Hash *root,
                       GError **error)
{
    g_autoptr(GHashTable) stale = stale_read(store, error);
    if (stale == NULL) {
        return false;
    }
    Update update = {.objects = objects, .stale = stale};
    unsigned count = 0;
    for (unsigned depth = deepest(stale) + 1; depth > 0; depth--) {
        if (!update_depth(store, &update, depth - 1, &count, error)) {
            return false;
        }
    }
    Dir top = {0};
    if (!dir_read(store, "", &top, error)) {
        return false;
    }
    if (!top.was_counted) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no page to press yet");
    }
    *written = count;
    *root = top.hash;
    return true;
}
