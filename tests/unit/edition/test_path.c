#include "edition/path.h"

#include "base/error.h"
#include "base/limits.h"

#include <string.h>

static void test_valid(void)
{
    static const char *const good[] = {
        "index.html",
        "2026/11/26/slug.html",
        ".well-known/security.txt",
        "STATUS/2026-11",
        "ru/о-нас/index.html",
        "a/o/b.html",
        "sub/EDITION",
        "sub/o/a.html",
        "EDITION.html",
        "it's,a+b=c@d~e!.html",
        "KEYSTONE.html",
        "MANIFESTO.html",
        "feed.xml",
        "a..b.html",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(GError) error = NULL;
        edition_path_valid(good[i], &error);
        g_assert_no_error(error);
    }
}

static void test_refused(void)
{
    static const char *const bad[] = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/../b",
        "a/./b",
        ".git/config",
        "a/.b",
        "a/.well-known/b",
        "a b.html",
        "a\nb",
        "a\tb",
        "a\x7f",
        "a\\b",
        "a(b).html",
        "a:b",
        "a*b",
        "a?b",
        "a\"b",
        "a<b",
        "a|b",
        "a.",
        "MANIFEST",
        "a/MANIFEST",
        "a/MANIFEST.00",
        "MANIFEST/a",
        "OBJECTS",
        "a/OBJECTS.ff",
        "EDITION",
        "EDITION.sig",
        "EDITION/index.html",
        "FRESH",
        "FRESH/index.html",
        "KEY.pub",
        "KEY.pub/a.html",
        "KEYS",
        "KEYS/a/b.html",
        "KEYS.3",
        "o",
        "o/a.html",
        "a.html.gz",
        "a.br",
        "\xff.html",
        "\xed\xa0\x80",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        if (edition_path_valid(bad[i], &error)) {
            g_error("%s is valid", bad[i]);
        }
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        g_assert_null(strchr(error->message, '\n'));
        g_assert_true(g_utf8_validate(error->message, -1, NULL));
    }
}

static void test_limit(void)
{
    g_autofree char *fits = g_strnfill(LIMIT_PATH, 'a');
    g_autofree char *longer = g_strnfill(LIMIT_PATH + 1, 'a');
    g_autoptr(GError) error = NULL;
    g_assert_true(edition_path_valid(fits, NULL));
    g_assert_false(edition_path_valid(longer, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
}

static void test_parts(void)
{
    g_autofree char *one = edition_path_directory("2026/11/index.html");
    g_autofree char *two = edition_path_directory("2026/11");
    g_autofree char *three = edition_path_directory("index.html");
    g_assert_cmpstr(one, ==, "2026/11");
    g_assert_cmpstr(two, ==, "2026");
    g_assert_cmpstr(three, ==, "");
    g_assert_cmpint(edition_path_shard("abc"), ==, 0xba); /* FIPS 180-4 */
}

#define HEX "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void test_objects(void)
{
    g_assert_true(edition_object_name_valid("o/ba/" HEX ".webp"));
    g_assert_true(edition_object_name_valid("o/ba/" HEX ".a"));
    static const char *const bad[] = {"",
                                      "o/",
                                      "o/ba/" HEX,
                                      "o/ba/" HEX ".",
                                      "o/bb/" HEX ".webp",
                                      "o/ba/" HEX ".WEBP",
                                      "o/ba/" HEX ".gz",
                                      "o/ba/" HEX ".br",
                                      "o/ba/" HEX ".a/b",
                                      "o/ba/" HEX ".ninechars",
                                      "x/ba/" HEX ".webp",
                                      "o/ba/" HEX "0.webp"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(edition_object_name_valid(bad[i]));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/path/valid", test_valid);
    g_test_add_func("/path/refused", test_refused);
    g_test_add_func("/path/limit", test_limit);
    g_test_add_func("/path/parts", test_parts);
    g_test_add_func("/path/objects", test_objects);
    return g_test_run();
}
