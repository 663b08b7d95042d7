#include "main/markdown_files.h"

#include "base/error.h"
#include "doubles/stores.h"

#include <glib/gstdio.h>
#include <unistd.h>

static char *folder;

static void put(const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    g_assert_cmpint(g_mkdir_with_parents(parent, 0755), ==, 0);
    g_assert_true(g_file_set_contents(path, "x", 1, NULL));
}

static void test_walk(void)
{
    static const char *const expected[] = {"B.md", "a.markdown", "b.md", "sub/deep/c.md"};
    g_autofree char *self = g_build_filename(folder, "sub/loop", NULL);
    put("b.md");
    put("B.md");
    put("a.markdown");
    put("a.txt");
    put(".hidden.md");
    put(".git/d.md");
    put("sub/deep/c.md");
    g_assert_cmpint(symlink("..", self), ==, 0);
    g_autoptr(MarkdownFiles) files = markdown_files_new();
    g_assert_true(markdown_files_add(files, folder, NULL));
    g_assert_cmpuint(markdown_files_count(files), ==, G_N_ELEMENTS(expected));
    for (unsigned i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_assert_cmpstr(markdown_files_name(files, i), ==, expected[i]);
        g_assert_true(g_str_has_prefix(markdown_files_path(files, i), folder));
    }
}

static void test_single(void)
{
    g_autofree char *path = g_build_filename(folder, "sub/deep/c.md", NULL);
    g_autofree char *nothing = g_build_filename(folder, "nothing.md", NULL);
    g_autofree char *empty = g_build_filename(folder, "empty", NULL);
    g_autoptr(MarkdownFiles) files = markdown_files_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(markdown_files_add(files, path, NULL));
    g_assert_cmpstr(markdown_files_name(files, 0), ==, "c.md");
    g_assert_false(markdown_files_add(files, nothing, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_cmpint(g_mkdir(empty, 0755), ==, 0);
    g_assert_false(markdown_files_add(files, empty, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_assert_cmpuint(markdown_files_count(files), ==, 1);
}

static void check_defaults(const char *name, const char *date, const char *slug, const char *id)
{
    g_autoptr(StoryInput) input = story_input_new();
    markdown_file_defaults(input, name);
    g_assert_cmpstr(input->date, ==, date);
    g_assert_cmpstr(input->slug, ==, slug);
    g_assert_cmpstr(input->id, ==, id);
}

static void test_defaults(void)
{
    check_defaults("posts/2026-11-23-Fog_in-the.harbour.md", "2026-11-23", "fog-in-the",
                   "file:posts/2026-11-23-Fog_in-the.harbour.md");
    check_defaults("fog.md", NULL, NULL, "file:fog.md");
    check_defaults("2026-11-2x-fog.md", NULL, NULL, "file:2026-11-2x-fog.md");
    check_defaults("2026-11", NULL, NULL, "file:2026-11");
    check_defaults("\xff.md", NULL, NULL, NULL);
    g_autoptr(StoryInput) input = story_input_new();
    input->id = g_strdup("mine");
    input->date = g_strdup("2001-01-01");
    input->path = g_strdup("a.html");
    markdown_file_defaults(input, "2026-11-23-fog.md");
    g_assert_cmpstr(input->id, ==, "mine");
    g_assert_cmpstr(input->date, ==, "2001-01-01");
    g_assert_null(input->slug);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("kolokol-markdown-XXXXXX", NULL);
    g_test_add_func("/markdown-files/walk", test_walk);
    g_test_add_func("/markdown-files/single", test_single);
    g_test_add_func("/markdown-files/defaults", test_defaults);
    int status = g_test_run();
    stores_remove_tree(folder);
    g_free(folder);
    return status;
}
