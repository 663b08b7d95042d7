#include "theme/embedded.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static void test_sorted(void)
{
    g_assert_cmpuint(embedded_count, >, 10);
    for (size_t i = 1; i < embedded_count; i++) {
        g_assert_cmpint(strcmp(embedded_files[i - 1].name, embedded_files[i].name), <, 0);
    }
}

static void test_read(void)
{
    const EmbeddedFile *file = embedded_read("theme/layout.mustache");
    g_assert_nonnull(file);
    g_assert_true(g_str_has_prefix(file->bytes, "<!doctype html>\n"));
    g_assert_true(file->bytes[file->length] == '\0');
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
    for (size_t i = 0; i < count; i++) {
        g_assert_true(g_str_has_prefix(files[i].name, "theme/"));
    }
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
    const char *source = g_getenv("KOLOKOL_SOURCE"), *build = g_getenv("KOLOKOL_BUILD");
    if (source == NULL || build == NULL) {
        g_test_skip("KOLOKOL_SOURCE or KOLOKOL_BUILD is not set");
        return;
    }
    for (size_t i = 0; i < embedded_count; i++) {
        bool made =
            strcmp(embedded_files[i].name, "office/editor.js") == 0; /* tools/bundle_editor */
        g_autofree char *path =
            made ? g_build_filename(build, "src/theme/editor.js", NULL)
                 : g_build_filename(source, "site", embedded_files[i].name, NULL);
        g_autofree char *bytes = NULL;
        gsize length;
        g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        g_assert_cmpuint(length, ==, embedded_files[i].length);
        g_assert_cmpint(memcmp(bytes, embedded_files[i].bytes, length), ==, 0);
    }
}

/* The rest of the first line that begins with `key`. */
static bool find_line(const EmbeddedFile *file, const char *key, char **rest)
{
    g_auto(GStrv) lines = g_strsplit(file->bytes, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (g_str_has_prefix(*line, key)) {
            *rest = g_strstrip(g_strdup(*line + strlen(key)));
            return true;
        }
    }
    return false;
}

static void check_line(const EmbeddedFile *file, const char *key, const char *expected)
{
    g_autofree char *rest = NULL;
    if (!find_line(file, key, &rest)) {
        g_error("%s: no line %s", file->name, key);
    }
    if (expected != NULL) {
        g_assert_cmpstr(rest, ==, expected);
    }
}

/* The demo: every story has its keys, its picture, its translation and a date that is relative. */
static void test_demo(void)
{
    static const char *const languages[] = {"en", "ru"};
    size_t all = 0;
    for (int l = 0; l < 2; l++) {
        g_autofree char *folder = g_strdup_printf("demo/stories/%s/", languages[l]);
        size_t count;
        const EmbeddedFile *stories = embedded_list(folder, &count);
        all += count;
        for (size_t i = 0; i < count; i++) {
            const EmbeddedFile *story = &stories[i];
            g_autofree char *base = g_path_get_basename(story->name);
            g_autofree char *slug = g_strndup(base, strlen(base) - strlen(".md"));
            g_autofree char *photo = NULL;
            g_autofree char *other = NULL;
            check_line(story, "title: ", NULL);
            check_line(story, "date: today", NULL);
            check_line(story, "section: ", NULL);
            check_line(story, "language: ", languages[l]);
            check_line(story, "slug: ", slug);
            if (find_line(story, "photo: ", &photo)) {
                g_autofree char *name = g_strconcat("demo/pictures/", photo, NULL);
                g_assert_nonnull(embedded_read(name));
                check_line(story, "alt: ", NULL);
                check_line(story, "credit: ", NULL);
            }
            if (find_line(story, "translation_of: ", &other)) {
                g_autofree char *name = g_strdup_printf("demo/stories/en/%s.md", other);
                g_assert_nonnull(embedded_read(name));
            }
        }
    }
    g_assert_cmpuint(all, >=, 30);
    static const char *const others[] = {"demo/demo.json",        "demo/tour.en.md",
                                         "demo/campaign.en.md",   "demo/campaign.ru.md",
                                         "demo/newsletter.en.md", "demo/tour.ru.md"};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        g_assert_nonnull(embedded_read(others[i]));
    }
}

static void test_starter(void)
{
    static const char *const languages[] = {"en", "ru"};
    static const char *const pages[] = {"about", "contact", "corrections", "privacy"};
    for (int l = 0; l < 2; l++) {
        for (int p = 0; p < 4; p++) {
            g_autofree char *name = g_strdup_printf("starter/%s/%s.md", languages[l], pages[p]);
            const EmbeddedFile *page = embedded_read(name);
            g_assert_nonnull(page);
            check_line(page, "kind: ", "page");
            check_line(page, "slug: ", pages[p]);
            check_line(page, l == 0 ? "> **Edit before publishing.**" : "> **Отредактируйте", NULL);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/embedded/sorted", test_sorted);
    g_test_add_func("/embedded/read", test_read);
    g_test_add_func("/embedded/list", test_list);
    g_test_add_func("/embedded/bytes", test_bytes);
    g_test_add_func("/embedded/demo", test_demo);
    g_test_add_func("/embedded/starter", test_starter);
    return g_test_run();
}
