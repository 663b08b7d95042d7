#include "theme/embedded.h"

#include <glib.h>
#include <string.h>

static void test_sorted(void)
{
    g_assert_cmpuint(embedded_count, >, 10);
    for (size_t i = 1; i < embedded_count; i++)
        g_assert_cmpint(strcmp(embedded_files[i - 1].name, embedded_files[i].name), <, 0);
}

static void test_read(void)
{
    const EmbeddedFile *file = embedded_read("theme/layout.mustache");
    g_assert_nonnull(file);
    g_assert_true(g_str_has_prefix(file->bytes, "<!doctype html>\n"));
    g_assert_cmpint(file->bytes[file->length], ==, '\0');
    g_assert_null(embedded_read("theme/layout.mustach"));
    g_assert_null(embedded_read("theme/layout.mustache2"));
    g_assert_null(embedded_read(""));
    g_assert_null(embedded_read("~"));
}

static void test_list(void)
{
    size_t count;
    const EmbeddedFile *files = embedded_list("theme/", &count);
    g_assert_cmpuint(count, >, 10);
    for (size_t i = 0; i < count; i++)
        g_assert_true(g_str_has_prefix(files[i].name, "theme/"));
    embedded_list("", &count);
    g_assert_cmpuint(count, ==, embedded_count);
    embedded_list("nothing/", &count);
    g_assert_cmpuint(count, ==, 0);
    embedded_list("~", &count);
    g_assert_cmpuint(count, ==, 0);
}

/* The bytes are those of the files, also where C has escapes of its own. */
static void test_bytes(void)
{
    const char *source = g_getenv("KOLOKOL_SOURCE");
    if (source == NULL) {
        g_test_skip("KOLOKOL_SOURCE is not set");
        return;
    }
    for (size_t i = 0; i < embedded_count; i++) {
        g_autofree char *path = g_build_filename(source, "site", embedded_files[i].name, NULL);
        g_autofree char *bytes = NULL;
        gsize length;
        g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        g_assert_cmpuint(length, ==, embedded_files[i].length);
        g_assert_cmpint(memcmp(bytes, embedded_files[i].bytes, length), ==, 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/embedded/sorted", test_sorted);
    g_test_add_func("/embedded/read", test_read);
    g_test_add_func("/embedded/list", test_list);
    g_test_add_func("/embedded/bytes", test_bytes);
    return g_test_run();
}
