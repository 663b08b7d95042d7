#include "edition/verify_private.h"

#include "edition/node.h"
#include "edition/path.h"

#include <glib.h>
#include <string.h>

#define HEX "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static bool parses(const char *text, size_t length, size_t *count)
{
    VerifyReport report = {0};
    Verify verify = {.report = &report};
    VerifyEntries entries = {0};
    bool fine = verify_entries(&verify, "MANIFEST", text, text + length, &entries);
    g_assert_true(fine == (report.message[0] == '\0'));
    *count = entries.count;
    g_free(entries.all);
    return fine;
}

static void test_entries(void)
{
    static const char good[] = "SHA256 (a (1)) = " HEX "\nSHA256 (b) = " HEX "\n";
    size_t count = 0;
    g_assert_true(parses(good, strlen(good), &count));
    g_assert_cmpuint(count, ==, 2);
    g_assert_true(parses("", 0, &count));
    for (size_t length = 1; length < strlen(good); length++) {
        bool whole = good[length - 1] == '\n';
        g_assert_true(parses(good, length, &count) == whole);
    }
    static const char *const bad[] = {"\n",
                                      "SHA256 () = " HEX "\n",
                                      "SHA256 (a) = " HEX "\n\n",
                                      "SHA256 (b) = " HEX "\nSHA256 (a) = " HEX "\n",
                                      "SHA256 (a) = " HEX "\nSHA256 (a) = " HEX "\n",
                                      "SHA256 (a) = BA" HEX "\n",
                                      " SHA256 (a) = " HEX "\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(parses(bad[i], strlen(bad[i]), &count));
    }
}

static void test_kinds(void)
{
    g_assert_cmpint(verify_kind("", VERIFY_WHOLE, "index.html"), ==, VERIFY_PAGE);
    g_assert_cmpint(verify_kind("", VERIFY_WHOLE, ".well-known/MANIFEST"), ==, VERIFY_DIRECTORY);
    g_assert_cmpint(verify_kind("a", VERIFY_WHOLE, "a/MANIFEST.0a"), ==, VERIFY_SHARD);
    g_assert_cmpint(verify_kind("a", 10, "a/OBJECTS.0a"), ==, VERIFY_OBJECTS);
    static const char *const wrong[] = {
        "",    "/a",   "../a",       "a//MANIFEST", "a/../MANIFEST", ".git/MANIFEST", "a\\b",
        "a b", "a\nb", "EDITION",    "o",           "o/MANIFEST",    "a/b",           "MANIFEST",
        ".",   "..",   "OBJECTS.00", "MANIFEST.0",  "./index",       "a/.b/MANIFEST"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_cmpint(verify_kind("", VERIFY_WHOLE, wrong[i]), ==, VERIFY_WRONG);
    }
    g_assert_cmpint(verify_kind("a", VERIFY_WHOLE, "b/index.html"), ==, VERIFY_WRONG);
    g_assert_cmpint(verify_kind("a", VERIFY_WHOLE, "a/MANIFEST"), ==, VERIFY_WRONG);
    g_assert_cmpint(verify_kind("", 0xba, "abc"), ==, VERIFY_PAGE); /* FIPS 180-4 */
    g_assert_cmpint(verify_kind("", 0xbb, "abc"), ==, VERIFY_WRONG);
}

/* What may be pressed is what is written into a node, and what is taken from one: a page or a
 * directory of a name that one of the three refuses would make an edition that nobody can check. */
static void test_agree(void)
{
    static const char *const names[] = {"MANIFEST",       "MANIFEST.html",
                                        "MANIFESTO.html", "MANIFESTO",
                                        "OBJECTS",        "OBJECTS.x",
                                        "OBJECTS-a",      "EDITION",
                                        "EDITION.sig",    "EDITION.html",
                                        "EDITIONS",       "FRESH",
                                        "FRESH.html",     "KEYS",
                                        "KEYSTONE",       "KEY.pub",
                                        "KEY.html",       "o",
                                        "o.html",         "of",
                                        "STATUS",         "GONE",
                                        "index.html"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *page = g_strconcat(names[i], "/index.html", NULL);
        g_autofree char *node = g_strconcat(names[i], "/MANIFEST", NULL);
        g_autofree char *below = g_strconcat("a/", names[i], NULL);
        g_test_message("%s", names[i]);
        bool file = edition_path_valid(names[i], NULL), directory = edition_path_valid(page, NULL),
             deep = edition_path_valid(below, NULL);
        g_assert_true((node_kind("", -1, names[i]) == NODE_FILE) == file);
        g_assert_true((verify_kind("", VERIFY_WHOLE, names[i]) == VERIFY_PAGE) == file);
        g_assert_true((node_kind("", -1, node) == NODE_DIRECTORY) == directory);
        g_assert_true((verify_kind("", VERIFY_WHOLE, node) == VERIFY_DIRECTORY) == directory);
        g_assert_true((node_kind("a", -1, below) == NODE_FILE) == deep);
        g_assert_true((verify_kind("a", VERIFY_WHOLE, below) == VERIFY_PAGE) == deep);
    }
}

static void test_hex(void)
{
    unsigned char hash[VERIFY_HASH];
    char again[VERIFY_HEX + 1];
    g_assert_true(verify_from_hex(HEX, hash));
    verify_to_hex(hash, again);
    g_assert_cmpstr(again, ==, HEX);
    g_autofree char *upper = g_ascii_strup(HEX, -1);
    g_assert_false(verify_from_hex(upper, hash));
    g_assert_cmpint(verify_shard("ff"), ==, 255);
    g_assert_cmpint(verify_shard("fg"), ==, -1);
    g_assert_cmpint(verify_shard("f"), ==, -1);
    g_assert_cmpint(verify_shard("fff"), ==, -1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/verify_line/entries", test_entries);
    g_test_add_func("/verify_line/kinds", test_kinds);
    g_test_add_func("/verify_line/agree", test_agree);
    g_test_add_func("/verify_line/hex", test_hex);
    return g_test_run();
}
