#include "edition/node.h"

#include "base/error.h"
#include "base/limits.h"
#include "edition/path.h"

#include <string.h>

#define A "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define B "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void refused(const char *text, size_t length)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) entries = node_parse(text, length, &error);
    g_assert_null(entries);
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
}

static void test_round(void)
{
    char b[] = "b.html", a[] = "a (1).html", c[] = "\xd0\xb0.html";
    NodeEntry entries[] = {{c, hash_of("", 0)}, {b, hash_of("", 0)}, {a, hash_of("abc", 3)}};
    g_autoptr(GString) text = g_string_new(NULL);
    node_sort(entries, 3);
    node_write(text, entries, 3);
    g_assert_cmpstr(text->str, ==,
                    "SHA256 (a (1).html) = " A "\nSHA256 (b.html) = " B
                    "\nSHA256 (\xd0\xb0.html) = " B "\n");
    g_autoptr(GArray) parsed = node_parse(text->str, text->len, NULL);
    g_assert_cmpuint(parsed->len, ==, 3);
    const NodeEntry *found = node_find(parsed, "b.html");
    g_assert_nonnull(found);
    g_assert_true(hash_equal(&found->hash, &entries[1].hash));
    g_assert_null(node_find(parsed, "b"));
    g_autoptr(GArray) empty = node_parse("", 0, NULL);
    g_assert_cmpuint(empty->len, ==, 0);
    g_assert_null(node_find(empty, "b"));
}

static void test_refused(void)
{
    static const char *const bad[] = {
        "SHA256 (a) = " A,                          /* no end of line */
        "SHA256 (a) = " A "\n\n",                   /* empty line */
        "SHA256 (b) = " A "\nSHA256 (a) = " A "\n", /* order */
        "SHA256 (a) = " A "\nSHA256 (a) = " A "\n", /* twice */
        "SHA256 (a) = " A "0\n",
        "SHA256 (a) =  " A "\n",
        "sha256 (a) = " A "\n",
        "SHA256 () = " A "\n",
        "SHA256 (a) = " A "\r\n",
        "MD5 (a) = " A "\n",
        "SHA256 (\xff) = " A "\n",
        "\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        refused(bad[i], strlen(bad[i]));
    }
    static const char with_nul[] = "SHA256 (a) = " A "\0x\n";
    refused(with_nul, sizeof with_nul - 1);
    static const char in_name[] = "SHA256 (a\0b) = " A "\n";
    refused(in_name, sizeof in_name - 1);
    g_autofree char *large = g_strnfill(LIMIT_NODE + 1, 'a');
    g_autoptr(GError) error = NULL;
    g_assert_null(node_parse(large, LIMIT_NODE + 1, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
}

static void test_objects(void)
{
    char name[] = "o/ba/" A ".webp";
    NodeObject object = {name, 12345};
    g_autoptr(GString) text = g_string_new(NULL);
    objects_write(text, &object, 1);
    g_assert_cmpstr(text->str, ==,
                    "kolokol-objects 1\nsize: 12345 o/ba/" A ".webp\nSHA256 (o/ba/" A ".webp) = " A
                    "\n");
    g_autoptr(GArray) parsed = objects_parse(text->str, text->len, NULL);
    g_assert_cmpuint(parsed->len, ==, 1);
    g_assert_cmpuint(g_array_index(parsed, NodeObject, 0).size, ==, 12345);
    Hash hash, wanted = hash_of("abc", 3);
    g_assert_true(node_object_hash(name, &hash));
    g_assert_true(hash_equal(&hash, &wanted));
}

static void test_objects_refused(void)
{
#define LINE "SHA256 (o/ba/" A ".webp) = " A "\n"
#define SIZE " o/ba/" A ".webp\n"
    static const char *const bad[] = {
        "",
        "kolokol-objects 2\n",
        "kolokol-objects 1\n" LINE,
        "kolokol-objects 1\nsize: 1" SIZE,
        "kolokol-objects 1\nsize: " SIZE LINE,
        "kolokol-objects 1\nsize: -1" SIZE LINE,
        "kolokol-objects 1\nsize: 01" SIZE LINE,
        "kolokol-objects 1\nsize: 99999999" SIZE LINE,
        "kolokol-objects 1\nsize: 18446744073709551617" SIZE LINE,
        "kolokol-objects 1\nsize: 1 ../x\n" LINE,
        "kolokol-objects 1\nsize: 1" SIZE "size: 1" SIZE LINE,
        "kolokol-objects 1\nsize: 1" SIZE "SHA256 (o/ba/" A ".webp) = " B "\n",
        "kolokol-objects 1\nsize: 1" SIZE "SHA256 (o/ba/" A ".jpg) = " A "\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) objects = objects_parse(bad[i], strlen(bad[i]), &error);
        g_assert_null(objects);
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    }
}

static void test_names(void)
{
    g_autofree char *root = node_name("", "MANIFEST", -1);
    g_autofree char *shard = node_name("", "OBJECTS", 10);
    g_autofree char *below = node_name("2026/11", "MANIFEST", 255);
    g_assert_cmpstr(root, ==, "MANIFEST");
    g_assert_cmpstr(shard, ==, "OBJECTS.0a");
    g_assert_cmpstr(below, ==, "2026/11/MANIFEST.ff");
    g_assert_cmpint(node_shard("0a"), ==, 10);
    g_assert_cmpint(node_shard("0A"), ==, -1);
    g_assert_cmpint(node_shard("0"), ==, -1);
    g_assert_cmpint(node_shard("0aa"), ==, -1);
    g_assert_cmpint(node_shard(""), ==, -1);
}

static void test_kinds(void)
{
    int64_t own = edition_path_shard("a/b.html"), below = edition_path_shard("a/b/MANIFEST");
    g_assert_cmpint(node_kind("", -1, "b.html"), ==, NODE_FILE);
    g_assert_cmpint(node_kind("", -1, "KEYS.3"), ==, NODE_FILE);
    g_assert_cmpint(node_kind("", -1, "2026/MANIFEST"), ==, NODE_DIRECTORY);
    g_assert_cmpint(node_kind("a", -1, "a/b.html"), ==, NODE_FILE);
    g_assert_cmpint(node_kind("a", own, "a/b.html"), ==, NODE_FILE);
    g_assert_cmpint(node_kind("a", below, "a/b/MANIFEST"), ==, NODE_DIRECTORY);
    g_assert_cmpint(node_kind("a", -1, "a/MANIFEST.0a"), ==, NODE_SHARD);
    g_assert_cmpint(node_kind("a", -1, "a/OBJECTS"), ==, NODE_OBJECTS);
    g_assert_cmpint(node_kind("a", 10, "a/OBJECTS.0a"), ==, NODE_OBJECTS);

    static const struct {
        const char *dir;
        int64_t shard;
        const char *name;
    } wrong[] = {
        {"", -1, "a/b.html"},
        {"a", -1, "b.html"},
        {"a", -1, "ab.html"},
        {"a", -1, "a/b/c.html"},
        {"a", -1, "a/../MANIFEST"},
        {"a", -1, "a/MANIFEST"},
        {"", -1, "MANIFEST"},
        {"", -1, "o/MANIFEST"},
        {"", -1, "EDITION"},
        {"a", -1, "a/MANIFEST.0A"},
        {"a", 10, "a/MANIFEST.0a"},
        {"a", 10, "a/OBJECTS"},
        {"a", 10, "a/OBJECTS.0b"},
        {"a", -1, "a/OBJECTS.0a"},
        {"a", -1, "a/KEYS.3/MANIFESTO"},
        {"", -1, "../a"},
        {"", -1, "/etc/MANIFEST"},
        {"", -1, "../MANIFEST"},
        {"a", -1, "a//MANIFEST"},
        {"a", -1, "a/"},
        {"", -1, ""},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_cmpint(node_kind(wrong[i].dir, wrong[i].shard, wrong[i].name), ==, NODE_WRONG);
    }
    g_assert_cmpint(node_kind("a", (own + 1) % 256, "a/b.html"), ==, NODE_WRONG);
    g_assert_cmpint(node_kind("a", (below + 1) % 256, "a/b/MANIFEST"), ==, NODE_WRONG);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/node/round", test_round);
    g_test_add_func("/node/refused", test_refused);
    g_test_add_func("/node/objects", test_objects);
    g_test_add_func("/node/objects_refused", test_objects_refused);
    g_test_add_func("/node/names", test_names);
    g_test_add_func("/node/kinds", test_kinds);
    return g_test_run();
}
