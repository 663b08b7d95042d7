/* A theme directory for tests: made empty, filled file by file, removed with all it holds. */
#pragma once

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

static inline char *folder_new(void)
{
    return g_dir_make_tmp("kolokol-theme-XXXXXX", NULL);
}

static inline void folder_remove(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_cmpint(g_remove(path), ==, 0);
}

/* Each write gives a new inode, so that it is noticed even within one tick of the clock. */
static inline void folder_write_bytes(const char *folder, const char *name, const char *bytes,
                                      size_t length)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *part = g_strconcat(path, ".part", NULL);
    g_assert_true(g_file_set_contents(part, bytes, (gssize)length, NULL));
    g_assert_cmpint(g_rename(part, path), ==, 0);
}

static inline void folder_write(const char *folder, const char *name, const char *text)
{
    folder_write_bytes(folder, name, text, strlen(text));
}

static inline void folder_free(char *folder)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    for (const char *name; entries != NULL && (name = g_dir_read_name(entries)) != NULL;) {
        folder_remove(folder, name);
    }
    g_rmdir(folder);
    g_free(folder);
}
