#include "edition/reader.h"

#include "base/error.h"
#include "base/file.h"
#include "fixture.h"

#include <string.h>

static void found(EditionReader *reader, const char *name, const char *text)
{
    Hash hash, wanted = hash_of(text, strlen(text));
    g_autoptr(GError) error = NULL;
    edition_reader_find(reader, name, &hash, &error);
    g_assert_no_error(error);
    g_assert_true(hash_equal(&hash, &wanted));
}

static void absent(EditionReader *reader, const char *name)
{
    Hash hash;
    g_autoptr(GError) error = NULL;
    if (edition_reader_find(reader, name, &hash, &error)) {
        g_error("%s was found", name);
    }
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

static EditionReader *open_reader(const Fixture *fixture, size_t cache)
{
    g_autoptr(GError) error = NULL;
    EditionReader *reader = edition_reader_open(fixture->descriptor, cache, &error);
    g_assert_no_error(error);
    return reader;
}

static void test_find(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "index.html", "front");
    fixture_page(fixture, "2026/11/26/storm.html", "storm");
    fixture_page(fixture, "2026/11/index.html", "november");
    g_autofree char *picture = fixture_object(fixture, "2026/11/26", "webp", "picture");
    fixture_press(fixture);
    g_autoptr(EditionReader) reader = open_reader(fixture, EDITION_READER_CACHE);
    found(reader, "", "front");
    found(reader, "index.html", "front");
    found(reader, "2026/11/26/storm.html", "storm");
    found(reader, "2026/11/", "november");
    found(reader, picture, "picture");
    g_autoptr(GBytes) node = edition_reader_read(reader, "2026/11/26/MANIFEST", 65536, NULL);
    g_assert_nonnull(g_strstr_len(g_bytes_get_data(node, NULL), (gssize)g_bytes_get_size(node),
                                  "(2026/11/26/storm.html) = "));
    g_autoptr(GBytes) objects = edition_reader_read(reader, "2026/11/26/OBJECTS", 65536, NULL);
    g_assert_nonnull(objects);
    g_autoptr(GBytes) key = edition_reader_read(reader, "KEY.pub", 65536, NULL);
    g_assert_nonnull(key);
    g_autoptr(GBytes) root = edition_reader_read(reader, "EDITION", 65536, NULL);
    Hash own = edition_reader_hash(reader);
    Hash wanted = hash_of(g_bytes_get_data(root, NULL), g_bytes_get_size(root));
    g_assert_true(hash_equal(&own, &wanted));
    static const char *const not_there[] = {
        "storm.html",
        "2026",
        "2026/11/26",
        "2026/",
        "2026/11/26/storm.html/",
        "../EDITION",
        "2026/../index.html",
        "/index.html",
        "2026//11/index.html",
        "MANIFEST",
        "MANIFEST.00",
        "2026/MANIFEST.00",
        "o/",
        "o/ab",
        "editions/1/EDITION",
        "a/MANIFEST",
        "2026/MANIFEST/MANIFEST",
        "OBJECTS",
        "o/aa/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.webp"};
    for (size_t i = 0; i < G_N_ELEMENTS(not_there); i++) {
        absent(reader, not_there[i]);
    }
    g_autofree char *long_name = g_strnfill(100000, 'a');
    absent(reader, long_name);
    fixture_free(fixture);
}

static void test_files(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "index.html", "front");
    fixture_press(fixture);
    g_autoptr(EditionReader) reader = open_reader(fixture, EDITION_READER_CACHE);
    static const char *const names[] = {"index.html", "EDITION", "EDITION.sig", "KEY.pub"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        Hash hash;
        EditionFile file;
        g_assert_true(edition_reader_find(reader, names[i], &hash, NULL));
        g_assert_true(edition_reader_open_file(reader, &hash, OBJECT_PLAIN, &file, NULL));
        g_assert_cmpuint(file.length, >, 0);
        g_assert_cmpint(file.modified, >, 0);
        file_close(&file.file);
        g_autoptr(GError) error = NULL;
        g_assert_false(edition_reader_open_file(reader, &hash, OBJECT_BROTLI, &file, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
        g_assert_false(edition_reader_open_file(reader, &hash, OBJECT_BROTLI, &file, NULL));
    }
    fixture_free(fixture);
}

/* A reader stays with its edition; a new one sees the new one. */
static void test_swap(void)
{
    Fixture *fixture = fixture_new();
    g_autoptr(GError) error = NULL;
    g_assert_null(edition_reader_open(fixture->descriptor, 0, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    fixture_page(fixture, "a/index.html", "one");
    uint64_t one = fixture_press(fixture);
    g_autoptr(EditionReader) before = open_reader(fixture, 0);
    fixture_page(fixture, "a/index.html", "two");
    fixture_press(fixture);
    g_autoptr(EditionReader) after = open_reader(fixture, 0);
    found(before, "a/", "one");
    found(after, "a/", "two");
    g_autoptr(EditionReader) again = edition_reader_open_number(fixture->descriptor, one, 0, NULL);
    found(again, "a/", "one");
    fixture_free(fixture);
}

/* 256 entries in one node, 257 in shards, and back; every name is found each time. */
static void test_split(void)
{
    Fixture *fixture = fixture_new();
    for (unsigned round = 0; round < 3; round++) {
        unsigned count = round == 1 ? 257 : 256;
        for (unsigned i = 0; i < 257; i++) {
            g_autofree char *path = g_strdup_printf("a/%u.html", i);
            g_autofree char *root = g_strdup_printf("%u.html", i);
            if (i < count) {
                fixture_page(fixture, path, path);
                fixture_page(fixture, root, root);
            } else if (round == 2) {
                fixture_remove(fixture, path);
                fixture_remove(fixture, root);
            }
        }
        g_free(fixture_object(fixture, "a", "css", "body{}"));
        fixture_press(fixture);
        g_autoptr(EditionReader) reader = open_reader(fixture, 60000);
        for (unsigned i = 0; i < count; i++) {
            g_autofree char *path = g_strdup_printf("a/%u.html", i);
            g_autofree char *root = g_strdup_printf("%u.html", i);
            found(reader, path, path);
            found(reader, root, root);
            g_assert_cmpuint(edition_reader_cached(reader), <, 120000);
        }
        absent(reader, "a/999.html");
        absent(reader, "999.html");
        g_autoptr(GBytes) node = edition_reader_read(reader, "a/MANIFEST", 65536, NULL);
        bool split = g_strstr_len(g_bytes_get_data(node, NULL), (gssize)g_bytes_get_size(node),
                                  "a/MANIFEST.") != NULL;
        g_assert_true(split == (count > 256));
    }
    fixture_free(fixture);
}

static void test_damaged(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "a/b/index.html", "one");
    fixture_press(fixture);
    char hex[HASH_HEX];
    Hash hash;
    g_autoptr(EditionReader) reader = open_reader(fixture, 0);
    g_assert_true(edition_reader_find(reader, "a/b/MANIFEST", &hash, NULL));
    hash_hex(&hash, hex);
    g_autofree char *place = g_strdup_printf("%s/objects/%.2s/%s", fixture->directory, hex, hex);
    g_assert_true(g_file_set_contents(place, "wrong", -1, NULL));
    g_autoptr(GError) error = NULL;
    g_assert_false(edition_reader_find(reader, "a/b/", &hash, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    g_assert_nonnull(strstr(error->message, "a/b/MANIFEST"));
    g_clear_error(&error);
    g_assert_true(object_store_remove(fixture->objects, &hash, NULL));
    g_assert_false(edition_reader_find(reader, "a/b/", &hash, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    fixture_free(fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reader/find", test_find);
    g_test_add_func("/reader/files", test_files);
    g_test_add_func("/reader/swap", test_swap);
    g_test_add_func("/reader/split", test_split);
    g_test_add_func("/reader/damaged", test_damaged);
    return g_test_run();
}
