#include "edition/export.h"

#include "base/error.h"
#include "base/fault.h"
#include "edition/coded.h"
#include "edition/verify.h"
#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static bool export(const Fixture *fixture, const char *tree, ExportReport *report, GError **error)
{
    g_autoptr(EditionReader) reader = edition_reader_open(fixture->descriptor, 1 << 20, error);
    return reader != NULL && edition_export(reader, tree, NULL, NULL, report, error);
}

static bool verifies(const Fixture *fixture, const char *tree, uint64_t extra)
{
    VerifyRequest request = {.directory = tree, .key = fixture->key, .unpack = coded_same};
    VerifyReport report;
    bool fine = edition_verify(&request, &report);
    g_assert_true(!fine || report.extra == extra);
    return fine;
}

static bool exists(const char *tree, const char *name)
{
    g_autofree char *path = g_build_filename(tree, name, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void put(const char *tree, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(tree, name, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static Fixture *paper(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "index.html", "<p>front</p>");
    fixture_page(fixture, "a/b/one.html", "<p>one</p>");
    fixture_page(fixture, "a/b/two.html", "<p>two</p>");
    fixture_page(fixture, "gone/only.html", "<p>only</p>");
    g_free(fixture_object(fixture, "a/b", "webp", "picture"));
    fixture_press(fixture);
    return fixture;
}

static void test_difference(void)
{
    Fixture *fixture = paper();
    char *tree = folder_new();
    ExportReport report;
    g_assert_true(export(fixture, tree, &report, NULL));
    g_assert_cmpuint(report.written, ==, report.files);
    g_assert_cmpuint(report.removed, ==, 0);
    g_assert_true(verifies(fixture, tree, 0));
    unsigned files = report.files;
    g_assert_true(export(fixture, tree, &report, NULL));
    g_assert_cmpuint(report.written, ==, 0);
    g_assert_cmpuint(report.removed, ==, 0);
    g_assert_cmpuint(report.files, ==, files);
    fixture_page(fixture, "a/b/one.html", "<p>changed</p>");
    fixture_remove(fixture, "gone/only.html");
    fixture_press(fixture);
    g_assert_true(export(fixture, tree, &report, NULL));
    g_assert_cmpuint(report.written, ==,
                     6); /* the page, its gzip, two nodes, EDITION, its signature */
    g_assert_cmpuint(report.removed, ==, 3); /* the page, its gzip, its node */
    g_assert_true(verifies(fixture, tree, 0));
    g_assert_false(exists(tree, "gone"));
    struct stat info;
    g_autofree char *path = g_build_filename(tree, "a/b/one.html", NULL);
    g_assert_cmpint(stat(path, &info), ==, 0);
    g_assert_cmpint(info.st_mode & 0777, ==, 0644);
    g_assert_cmpint((int)info.st_nlink, ==, 1);
    folder_free(tree);
    fixture_free(fixture);
}

static void test_foreign(void)
{
    Fixture *fixture = paper();
    char *tree = folder_new();
    ExportReport report;
    g_autoptr(GError) error = NULL;
    put(tree, "thesis.txt", "dear");
    g_assert_false(export(fixture, tree, &report, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_assert_true(exists(tree, "thesis.txt"));
    g_autofree char *path = g_build_filename(tree, "thesis.txt", NULL);
    g_assert_cmpint(g_unlink(path), ==, 0);
    put(tree, ".htaccess", "x");
    g_assert_true(export(fixture, tree, &report, NULL));
    put(tree, "FRESH", "x");
    put(tree, "stray.html", "x");
    put(tree, "a/b/stray.html.gz", "x");
    g_assert_true(export(fixture, tree, &report, NULL));
    g_assert_cmpuint(report.removed, ==, 2);
    g_assert_true(exists(tree, ".htaccess"));
    g_assert_true(exists(tree, "FRESH"));
    g_assert_true(verifies(fixture, tree, 0));
    folder_free(tree);
    fixture_free(fixture);
}

/* A file of the right size and wrong bytes is mended after an export that stopped half-way. */
static void test_interrupted(void)
{
    Fixture *fixture = paper();
    char *tree = folder_new();
    ExportReport report;
    g_assert_true(export(fixture, tree, &report, NULL));
    put(tree, "a/b/one.html", "<p>eno</p>");
    put(tree, ".kolokol-export", "");
    g_assert_true(export(fixture, tree, &report, NULL));
    g_assert_cmpuint(report.written, ==, 1);
    g_assert_true(verifies(fixture, tree, 0));
    g_assert_false(exists(tree, ".kolokol-export"));
    folder_free(tree);
    fixture_free(fixture);
}

/* A coded form that the store no longer has goes from the tree. */
static void test_coded(void)
{
    Fixture *fixture = paper();
    char *tree = folder_new();
    ExportReport report;
    g_assert_true(export(fixture, tree, &report, NULL));
    put(tree, "a/b/one.html.br", "stale");
    g_assert_false(verifies(fixture, tree, 0));
    g_assert_true(export(fixture, tree, &report, NULL));
    g_assert_true(verifies(fixture, tree, 0));
    g_assert_false(exists(tree, "a/b/one.html.br"));
    folder_free(tree);
    fixture_free(fixture);
}

static void test_damaged(void)
{
    Fixture *fixture = paper();
    char *tree = folder_new();
    ExportReport report;
    g_autoptr(GError) error = NULL;
    char hex[HASH_HEX];
    hash_hex(g_tree_lookup(fixture->pages, "a/b/one.html"), hex);
    g_autofree char *object = g_strdup_printf("objects/%.2s/%s", hex, hex);
    put(fixture->directory, object, "<p>eno</p>");
    g_assert_false(export(fixture, tree, &report, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    g_assert_nonnull(strstr(error->message, "a/b/one.html"));
    g_assert_false(exists(tree, "EDITION"));
    folder_free(tree);
    fixture_free(fixture);
}

/* Each call fails once: the next export always ends with a right tree. */
static void test_faults(void)
{
    Fixture *fixture = paper();
    char *tree = folder_new();
    ExportReport report;
    for (uint64_t n = 1;; n++) {
        g_autofree char *text = g_strdup_printf("<p>%d</p>", (int)n);
        fixture_page(fixture, "a/b/one.html", text);
        fixture_press(fixture);
        g_autoptr(GError) error = NULL;
        fault_plan(FAULT_FILE, n, false);
        bool done = export(fixture, tree, &report, &error);
        bool reached = fault_end() >= n;
        g_assert_true(done == (error == NULL));
        g_assert_true(!done || verifies(fixture, tree, 0));
        if (!reached) {
            g_assert_true(done);
            break;
        }
        if (n % 3 == 0) { /* not always: two failures may come one after the other */
            g_assert_true(export(fixture, tree, &report, NULL));
            g_assert_true(verifies(fixture, tree, 0));
        }
    }
    folder_free(tree);
    fixture_free(fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/export/difference", test_difference);
    g_test_add_func("/export/foreign", test_foreign);
    g_test_add_func("/export/interrupted", test_interrupted);
    g_test_add_func("/export/coded", test_coded);
    g_test_add_func("/export/damaged", test_damaged);
    g_test_add_func("/export/faults", test_faults);
    return g_test_run();
}
