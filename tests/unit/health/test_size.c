/* Sizes: a tree, a file, a link that is not followed, nothing at all. */
#include "health/size.h"

#include "base/error.h"
#include "base/fault.h"
#include "doubles/stores.h"

#include <glib/gstdio.h>
#include <unistd.h>

static char *folder;

static int64_t size_of(const char *name)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    int64_t bytes = -1;
    g_assert_true(size_of_tree(path, NULL, &bytes, &error));
    g_assert_no_error(error);
    return bytes;
}

static void put(const char *name, size_t length)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    g_autofree char *bytes = g_strnfill(length, 'x');
    g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

static void test_tree(void)
{
    put("media/ab/one.jpg", 100 * 1000);
    put("media/cd/two.jpg", 200 * 1000);
    int64_t whole = size_of("media");
    g_assert_cmpint(whole, >=, 300 * 1000);
    g_assert_cmpint(whole, <, 400 * 1000);
    g_assert_cmpint(size_of("media/ab/one.jpg"), >=, 100 * 1000);
    g_assert_cmpint(size_of("nothing"), ==, 0);
    g_autofree char *path = g_build_filename(folder, "media", "link", NULL);
    g_assert_cmpint(symlink("/", path), ==, 0);
    g_assert_cmpint(size_of("media"), <, 400 * 1000);
}

static void test_stop(void)
{
    volatile int stop = 1;
    int64_t bytes = 0;
    put("edition/many", 100 * 1000);
    g_autofree char *path = g_build_filename(folder, "edition", NULL);
    g_assert_true(size_of_tree(path, &stop, &bytes, NULL));
    g_assert_cmpint(bytes, <, 100 * 1000);
}

static void test_disk(void)
{
    g_autoptr(GError) error = NULL;
    int64_t left = -1, whole = -1;
    g_assert_true(size_of_disk(folder, &left, &whole, &error));
    g_assert_cmpint(left, >=, 0);
    g_assert_cmpint(whole, >=, left);
    g_assert_false(size_of_disk("/nowhere/at/all", &left, &whole, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    fault_plan(FAULT_FILE, 1, false);
    g_assert_false(size_of_tree(folder, NULL, &left, NULL));
    fault_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("kolokol-size-XXXXXX", NULL);
    g_test_add_func("/health/size/tree", test_tree);
    g_test_add_func("/health/size/stop", test_stop);
    g_test_add_func("/health/size/disk", test_disk);
    int status = g_test_run();
    stores_remove_tree(folder);
    g_free(folder);
    return status;
}
