#include "base/file.h"

#include "base/error.h"
#include "base/fault.h"

#include <glib/gstdio.h>
#include <unistd.h>

static char *folder;

static int files_in(const char *path)
{
    int count = 0;
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    while (g_dir_read_name(dir) != NULL) {
        count++;
    }
    return count;
}

static void test_replace(void)
{
    FILE_AUTO directory = directory_open(folder, false, NULL);
    g_assert_true(file_replace(directory, "a", "one", 3, 0644, NULL));
    g_assert_true(file_replace(directory, "a", "two", 3, 0644, NULL));
    g_autoptr(GBytes) bytes = file_read_at(directory, "a", 3, NULL);
    g_assert_cmpmem("two", 3, g_bytes_get_data(bytes, NULL), (int)g_bytes_get_size(bytes));
    g_assert_cmpint(files_in(folder), ==, 1);
}

static void test_limits(void)
{
    FILE_AUTO directory = directory_open(folder, false, NULL);
    g_autoptr(GError) error = NULL;
    g_assert_null(file_read_at(directory, "a", 2, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_clear_error(&error);
    g_assert_null(file_read_at(directory, "absent", 2, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_null(file_read(folder, 2, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
}

/* Each call of a replacement fails once: the old bytes stay whole and no temporary is left. */
static void test_faults(void)
{
    FILE_AUTO directory = directory_open(folder, false, NULL);
    for (uint64_t n = 1;; n++) {
        g_assert_true(file_replace(directory, "a", "old", 3, 0644, NULL));
        fault_plan(FAULT_FILE, n, false);
        g_autoptr(GError) error = NULL;
        bool done = file_replace(directory, "a", "new", 3, 0644, &error);
        bool reached = fault_end() >= n;
        g_autoptr(GBytes) bytes = file_read_at(directory, "a", 3, NULL);
        g_assert_nonnull(bytes);
        g_assert_cmpint(files_in(folder), ==, 1);
        if (!reached) {
            g_assert_true(done);
            break;
        }
        g_assert_false(done);
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    }
}

/* Whole or not there; one that is there is left alone. */
static void test_make(void)
{
    FILE_AUTO directory = directory_open(folder, false, NULL);
    bool made = true;
    g_assert_true(file_make(directory, "a", "other", 5, 0644, &made, NULL));
    g_assert_false(made);
    for (uint64_t n = 1;; n++) {
        fault_plan(FAULT_FILE, n, false);
        bool done = file_make(directory, "b", "new", 3, 0644, &made, NULL);
        bool reached = fault_end() >= n;
        g_assert_cmpint(files_in(folder), ==, done ? 2 : 1);
        if (!reached) {
            g_assert_true(done && made);
            break;
        }
    }
    g_assert_cmpint(unlinkat(directory, "b", 0), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("kolokol-file-XXXXXX", NULL);
    g_test_add_func("/file/replace", test_replace);
    g_test_add_func("/file/limits", test_limits);
    g_test_add_func("/file/faults", test_faults);
    g_test_add_func("/file/make", test_make);
    int status = g_test_run();
    g_autofree char *left = g_build_filename(folder, "a", NULL);
    g_unlink(left);
    g_rmdir(folder);
    g_free(folder);
    return status;
}
