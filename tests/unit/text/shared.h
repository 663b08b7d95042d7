/*
 * The place of the shared test material: the environment's KOLOKOL_SHARED, else ../shared beside
 * the source. A test that uses it is named shared_… and skips itself where the material is absent.
 */
#pragma once

#include <glib.h>

/* The path of a file or folder there, or NULL and the test marked as skipped. Caller frees. */
static inline char *shared_path(const char *name)
{
    const char *root = g_getenv("KOLOKOL_SHARED");
    g_autofree char *beside = g_build_filename(SOURCE_ROOT, "..", "shared", NULL);
    char *path = g_build_filename(root == NULL ? beside : root, name, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_test_skip("no shared material here");
        g_clear_pointer(&path, g_free);
    }
    return path;
}
