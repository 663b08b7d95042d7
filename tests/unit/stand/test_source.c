/* The stand's view of an edition: names, statuses, forms. */
#include "fixture.h"
#include "press/compress.h"
#include "stand/source.h"

#include <string.h>
#include <unistd.h>

static void test_find(void)
{
    static const char status[] = "301 a/old.html b/new%20name.html\n301 a/up.html a/index.html\n"
                                 "301 a/out.html https://else.example/x?y#z\n410 a/gone.html\n";
    Fixture *fixture = fixture_new();
    static const char *const pages[] = {"index.html", "a/index.html", "a/old.html",
                                        "a/up.html",  "a/out.html",   "a/gone.html"};
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
        fixture_put(fixture, pages[i], pages[i]);
    }
    fixture_put_plain(fixture, "STATUS/2026-11", status, strlen(status));
    fixture_press(fixture);
    g_autoptr(Source) source = source_open(fixture->descriptor, NULL);

    const struct {
        const char *name;
        unsigned status;
        const char *target;
    } rows[] = {
        {"index.html", 200, NULL},
        {"a/index.html", 200, NULL},
        {"a/old.html", 301, "/b/new%2520name.html"}, /* a path is plain text, not an URL */
        {"a/up.html", 301, "/a/"},
        {"a/out.html", 301, "https://else.example/x?y#z"},
        {"a/gone.html", 410, NULL},
        {"EDITION", 200, NULL},
        {"a/MANIFEST", 200, NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        SourceEntry entry;
        g_assert_true(source_find(source, rows[i].name, &entry));
        g_assert_cmpuint(entry.status, ==, rows[i].status);
        g_assert_cmpstr(entry.target, ==, rows[i].target);
        g_assert_cmpuint(strlen(entry.hash), ==, 64);
        source_entry_clear(&entry);
    }
    static const char *const absent[] = {"a", "a/b", "nothing", "a/index.html/x", "../EDITION"};
    for (size_t i = 0; i < G_N_ELEMENTS(absent); i++) {
        SourceEntry entry;
        g_assert_false(source_find(source, absent[i], &entry));
    }
    fixture_free(fixture);
}

static void test_forms(void)
{
    Fixture *fixture = fixture_new();
    SourceEntry entry;
    SourceObject object;
    fixture_put(fixture, "index.html", "the front");
    fixture_press(fixture);
    g_autoptr(Source) source = source_open(fixture->descriptor, NULL);
    g_assert_true(source_find(source, "index.html", &entry));
    g_assert_true(source_object(source, entry.hash, HTTP_IDENTITY, &object));
    g_assert_cmpuint(object.length, ==, strlen("the front"));
    g_assert_cmpint(object.modified, >, 1700000000);
    close(object.file);
    g_assert_true(source_object(source, entry.hash, HTTP_GZIP, &object));
    close(object.file);
    g_assert_false(source_object(source, entry.hash, HTTP_BR, &object));
    g_assert_false(source_object(source, "nonsense", HTTP_IDENTITY, &object));
    source_entry_clear(&entry);
    fixture_free(fixture);
}

static void test_current(void)
{
    Fixture *fixture = fixture_new();
    g_autoptr(GError) error = NULL;
    g_assert_null(source_current(fixture->descriptor));
    g_assert_null(source_open(fixture->descriptor, &error));
    g_assert_nonnull(error);
    fixture_put(fixture, "index.html", "1");
    fixture_press(fixture);
    g_autofree char *first = source_current(fixture->descriptor);
    fixture_press(fixture);
    g_autofree char *second = source_current(fixture->descriptor);
    g_assert_nonnull(first);
    g_assert_cmpstr(first, !=, second);
    fixture_free(fixture);
}

/* The level is part of the tag, because other bytes for the same hash need another tag. */
static void test_levels(void)
{
    g_autofree char *gzip = g_strdup_printf("-gzip%d", PRESS_GZIP_LEVEL);
    g_autofree char *brotli = g_strdup_printf("-br%d", PRESS_BROTLI_LEVEL);
    g_assert_cmpstr(source_etag_suffix(HTTP_GZIP), ==, gzip);
    g_assert_cmpstr(source_etag_suffix(HTTP_BR), ==, brotli);
    g_assert_cmpstr(source_etag_suffix(HTTP_IDENTITY), ==, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/source/find", test_find);
    g_test_add_func("/source/forms", test_forms);
    g_test_add_func("/source/current", test_current);
    g_test_add_func("/source/levels", test_levels);
    return g_test_run();
}
