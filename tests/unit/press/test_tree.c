/* Nodes from the books: the split at 256 entries, two pages at one path, empty directories. */
#include "press/tree.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "edition/node.h"
#include "press/books.h"

#include <string.h>

static void enter(Store *store, const char *name, const char *path, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) records =
        g_ptr_array_new_with_free_func((GDestroyNotify)press_record_free);
    PressRecord *record = press_record_new(name);
    PressTally tally = {0};
    record->path = g_strdup(path);
    record->globals = g_strdup("");
    record->hash = hash_of(text, strlen(text));
    press_record_finish(record);
    g_ptr_array_add(records, record);
    press_books_enter(store, records, 1, &tally, &error);
    g_assert_no_error(error);
}

/* The root's text after the nodes are brought up to date. */
static char *update(Store *store, ObjectStore *objects, const char *node, GError **error)
{
    unsigned written = 0;
    Hash root;
    if (!press_tree_update(store, objects, &written, &root, error)) {
        return NULL;
    }
    g_autoptr(GBytes) bytes = object_store_read(objects, &root, 65536, error);
    g_assert_nonnull(bytes);
    g_autoptr(GArray) entries =
        node_parse(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error);
    for (guint i = 0; entries != NULL && node != NULL && i < entries->len; i++) {
        const NodeEntry *entry = &g_array_index(entries, NodeEntry, i);
        if (strcmp(entry->name, node) == 0) {
            g_autoptr(GBytes) below = object_store_read(objects, &entry->hash, 65536, error);
            return g_strndup(g_bytes_get_data(below, NULL), g_bytes_get_size(below));
        }
    }
    return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static ObjectStore *begin(char **folder)
{
    g_autoptr(GError) error = NULL;
    *folder = g_dir_make_tmp("kolokol-tree-XXXXXX", NULL);
    ObjectStore *objects = object_store_open(*folder, &error);
    g_assert_no_error(error);
    return objects;
}

static void fill(Store *store, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        g_autofree char *name = g_strdup_printf("story:%u", i);
        g_autofree char *path = g_strdup_printf("a/%u.html", i);
        enter(store, name, path, "x");
    }
}

static bool is_split(Store *store, ObjectStore *objects)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = update(store, objects, "a/MANIFEST", &error);
    g_assert_no_error(error);
    return strstr(text, "(a/MANIFEST.") != NULL;
}

static void test_split(Store *store, const char *url)
{
    char *folder = NULL;
    g_autoptr(ObjectStore) objects = begin(&folder);
    fill(store, NODE_ENTRIES_MAX);
    g_assert_false(is_split(store, objects));
    enter(store, "more:1", "a/more.html", "x");
    g_assert_true(is_split(store, objects));
    enter(store, "more:1", NULL, "x");
    g_assert_false(is_split(store, objects));
    stores_remove_tree(folder);
    g_free(folder);
}

/* They are one entry: neither does the second split the directory, nor does its going unsplit it.
 */
static void test_two_at_one_path(Store *store, const char *url)
{
    char *folder = NULL;
    g_autoptr(ObjectStore) objects = begin(&folder);
    fill(store, NODE_ENTRIES_MAX);
    enter(store, "stub:1", "a/7.html", "y");
    g_assert_false(is_split(store, objects));
    enter(store, "more:1", "a/more.html", "x");
    g_assert_true(is_split(store, objects));
    enter(store, "stub:1", NULL, "y");
    g_assert_true(is_split(store, objects));
    enter(store, "stub:2", "a/8.html", "y");
    enter(store, "stub:2", "a/9.html", "y"); /* from one shared path to another */
    enter(store, "story:9", NULL, "x");
    g_assert_true(is_split(store, objects));
    enter(store, "stub:2", NULL, "y"); /* the last at its path */
    g_assert_false(is_split(store, objects));
    stores_remove_tree(folder);
    g_free(folder);
}

static void test_empty(Store *store, const char *url)
{
    char *folder = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(ObjectStore) objects = begin(&folder);
    enter(store, "front:en", "index.html", "f");
    enter(store, "story:1", "a/b/c/1.html", "x");
    g_autofree char *with = update(store, objects, NULL, &error);
    g_assert_nonnull(strstr(with, "(a/MANIFEST)"));
    enter(store, "story:1", NULL, "x");
    g_autofree char *without = update(store, objects, NULL, &error);
    g_assert_no_error(error);
    g_assert_null(strstr(without, "(a/"));
    stores_remove_tree(folder);
    g_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/tree/split", test_split);
    stores_test_add("/tree/two_at_one_path", test_two_at_one_path);
    stores_test_add("/tree/empty", test_empty);
    return g_test_run();
}
