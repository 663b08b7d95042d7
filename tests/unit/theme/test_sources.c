#include "theme/sources.h"

#include "folder.h"
#include "theme/overrides.h"

static GHashTable *seen_of(const char *folder)
{
    GHashTable *seen = overrides_new();
    bool changed;
    g_assert_true(overrides_scan(folder, &seen, &changed, NULL));
    return seen;
}

/* The defaults must be good together: choosing ends on that. */
static void test_defaults(void)
{
    g_autoptr(GHashTable) seen = overrides_new();
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(GHashTable) sources = sources_choose(seen, NULL, problems, &error);
    g_assert_no_error(error);
    g_assert_nonnull(sources);
    g_assert_cmpuint(problems->len, ==, 0);
    g_assert_true(sources_equal(sources, sources));
    g_assert_false(sources_equal(NULL, sources));
}

static void test_choice(void)
{
    char *folder = folder_new();
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    folder_write(folder, "story.mustache", "{{>mine}}");
    folder_write(folder, "mine.mustache", "mine");
    folder_write(folder, "front.mustache", "{{#a}}");
    g_autoptr(GHashTable) seen = seen_of(folder);
    g_autoptr(GHashTable) sources = sources_choose(seen, NULL, problems, NULL);
    g_assert_cmpuint(problems->len, ==, 1);
    g_assert_cmpuint(g_bytes_get_size(g_hash_table_lookup(sources, "story.mustache")), ==, 9);
    g_assert_cmpuint(g_bytes_get_size(g_hash_table_lookup(sources, "front.mustache")), >, 100);

    g_autoptr(GPtrArray) files = sources_files(sources);
    for (guint i = 1; i < files->len; i++) {
        g_assert_cmpint(strcmp(files->pdata[i - 1], files->pdata[i]), <, 0);
    }

    g_autofree char *text = NULL;
    size_t length;
    g_assert_true(sources_give(sources, "mine", &text, &length, NULL));
    g_assert_cmpuint(length, ==, 4);
    g_assert_cmpint(memcmp(text, "mine", 4), ==, 0);
    g_assert_false(sources_give(sources, "../mine", &text, &length, NULL));
    folder_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sources/defaults", test_defaults);
    g_test_add_func("/sources/choice", test_choice);
    return g_test_run();
}
