/* An archive of the shared material (.tar.zst) in a temporary folder, by the system's zstd and tar.
 */
#pragma once

#include <glib.h>
#include <glib/gstdio.h>

/* The folder (caller frees and removes); the test is skipped and NULL given where it cannot be. */
static inline char *shared_unpack(const char *archive)
{
    g_autofree char *zstd = g_find_program_in_path("zstd");
    char *folder = zstd == NULL ? NULL : g_dir_make_tmp("kolokol-test-XXXXXX", NULL);
    if (folder == NULL) {
        g_test_skip("zstd is not installed");
        return NULL;
    }
    g_autofree char *from = g_shell_quote(archive);
    g_autofree char *to = g_shell_quote(folder);
    g_autofree char *command = g_strdup_printf("zstd -dc %s | tar -x -C %s", from, to);
    char shell[] = "sh";
    char option[] = "-c";
    char *arguments[] = {shell, option, command, NULL};
    int status = -1;
    g_assert_true(g_spawn_sync(NULL, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                               &status, NULL));
    g_assert_cmpint(status, ==, 0);
    return folder;
}

static inline void shared_remove(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name = NULL;
    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        shared_remove(child);
    }
    g_remove(path);
}

/* Calls `visit` for each regular file below `path`. */
static inline void shared_walk(const char *path, void (*visit)(const char *file, void *data),
                               void *data)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name = NULL;
    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        if (g_file_test(child, G_FILE_TEST_IS_DIR)) {
            shared_walk(child, visit, data);
        } else {
            visit(child, data);
        }
    }
}
