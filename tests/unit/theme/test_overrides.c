#include "theme/overrides.h"

#include "base/error.h"
#include "base/fault.h"
#include "folder.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <unistd.h>

static void test_scan(void)
{
    char *folder = folder_new();
    g_autoptr(GHashTable) files = overrides_new();
    bool changed = true;

    g_assert_true(overrides_scan(folder, &files, &changed, NULL));
    g_assert_false(changed);
    folder_write(folder, "story.mustache", "one");
    folder_write(folder, "story.mustache~", "an editor's copy");
    folder_write(folder, ".hidden.css", "a{}");
    folder_write(folder, "Story.mustache", "x");
    folder_write(folder, ".mustache", "x");
    g_assert_true(overrides_scan(folder, &files, &changed, NULL));
    g_assert_true(changed);
    g_assert_cmpuint(g_hash_table_size(files), ==, 1);
    OverrideFile *file = g_hash_table_lookup(files, "story.mustache");
    g_assert_cmpuint(g_bytes_get_size(file->bytes), ==, 3);
    folder_write(folder, "serif-latin.woff2", "x");
    folder_write(folder, "favicon.ico", "x");
    folder_write(folder, "other.ico", "x");
    folder_write(folder, "serif.ttf", "x");
    g_assert_true(overrides_scan(folder, &files, &changed, NULL));
    g_assert_cmpuint(g_hash_table_size(files), ==, 3);
    folder_remove(folder, "serif-latin.woff2");
    folder_remove(folder, "favicon.ico");
    g_assert_true(overrides_scan(folder, &files, &changed, NULL));

    g_assert_true(overrides_scan(folder, &files, &changed, NULL));
    g_assert_false(changed);
    folder_write(folder, "story.mustache", "two");
    g_assert_true(overrides_scan(folder, &files, &changed, NULL));
    g_assert_true(changed);
    folder_remove(folder, "story.mustache");
    g_assert_true(overrides_scan(folder, &files, &changed, NULL));
    g_assert_true(changed);
    g_assert_cmpuint(g_hash_table_size(files), ==, 0);
    folder_free(folder);
}

static void test_absent(void)
{
    g_autoptr(GHashTable) files = overrides_new();
    bool changed = true;
    g_assert_true(overrides_scan(NULL, &files, &changed, NULL));
    g_assert_false(changed);
    g_assert_true(overrides_scan("/nonexistent/theme", &files, &changed, NULL));
    g_assert_false(changed);
}

static void test_bad(void)
{
    char *folder = folder_new();
    g_autoptr(GHashTable) files = overrides_new();
    g_autoptr(GError) error = NULL;
    bool changed;

    g_autofree char *large = g_strnfill(LIMIT_STYLE + 1, ' ');
    folder_write(folder, "style.css", large);
    g_assert_true(overrides_scan(folder, &files, &changed, NULL));
    OverrideFile *file = g_hash_table_lookup(files, "style.css");
    g_assert_null(file->bytes);
    g_assert_error(file->problem, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);

    /* A link that leads nowhere, and a directory, are no files. */
    g_autofree char *link = g_build_filename(folder, "front.mustache", NULL);
    g_assert_cmpint(symlink("nowhere", link), ==, 0);
    g_autofree char *below = g_build_filename(folder, "list.mustache", NULL);
    g_assert_cmpint(g_mkdir(below, 0755), ==, 0);
    g_assert_true(overrides_scan(folder, &files, &changed, NULL));
    g_assert_cmpuint(g_hash_table_size(files), ==, 1);

    for (unsigned i = 0; i <= THEME_FILES; i++) {
        g_autofree char *name = g_strdup_printf("x%u.css", i);
        folder_write(folder, name, "a{}");
    }
    g_assert_false(overrides_scan(folder, &files, &changed, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_assert_cmpuint(g_hash_table_size(files), ==, 1);
    folder_free(folder);
}

static void test_faults(void)
{
    char *folder = folder_new();
    g_autoptr(GHashTable) files = overrides_new();
    bool changed = false;
    folder_write(folder, "style.css", "a{}");

    for (uint64_t nth = 1;; nth++) {
        g_autoptr(GError) error = NULL;
        fault_plan(FAULT_FILE, nth, false);
        bool done = overrides_scan(folder, &files, &changed, &error);
        if (fault_end() < nth) {
            break;
        }
        OverrideFile *file = g_hash_table_lookup(files, "style.css");
        g_assert_true(!done || file->bytes == NULL);
        g_hash_table_remove_all(files);
    }
    folder_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/overrides/scan", test_scan);
    g_test_add_func("/overrides/absent", test_absent);
    g_test_add_func("/overrides/bad", test_bad);
    g_test_add_func("/overrides/faults", test_faults);
    return g_test_run();
}
