/* Paths to names: what is decoded, and every trick that must not become a name. */
#include "net/target.h"

#include <glib.h>
#include <string.h>

static void good(const char *path, const char *expected)
{
    char name[HTTP_NAME + 1];
    size_t length = 0;
    g_assert_true(http_target_name(path, strlen(path), name, &length));
    g_assert_cmpstr(name, ==, expected);
    g_assert_cmpuint(length, ==, strlen(expected));
}

static bool refused(const char *path)
{
    char name[HTTP_NAME + 1];
    size_t length = 0;
    return !http_target_name(path, strlen(path), name, &length);
}

static void test_good(void)
{
    good("/", "");
    good("/index.html", "index.html");
    good("/2026/11/23/a-story.html", "2026/11/23/a-story.html");
    good("/section/politics/", "section/politics/");
    good("/%d0%bc%D0%B8%D1%80.html", "мир.html");
    good("/a%20b", "a b");
    good("/%252e%252e/x", "%2e%2e/x");
    good("/.well-known/security.txt", ".well-known/security.txt");
    good("/...", "...");
    good("/a..b/..c", "a..b/..c");
}

static void test_refused(void)
{
    static const char *const paths[] = {
        "",
        "index.html",
        "//",
        "//evil.example/",
        "/a//b",
        "/a//",
        "/.",
        "/..",
        "/../",
        "/./a",
        "/a/./b",
        "/a/../b",
        "/a/..",
        "/%2e%2e/x",
        "/%2E./x",
        "/.%2e/x",
        "/..%2fx",
        "/a%2fb",
        "/a\\b",
        "/%5c",
        "/..%5cx",
        "/%00",
        "/a%00.html",
        "/a%0d%0aX:y",
        "/%",
        "/%2",
        "/%zz",
        "/a%",
        "/%c0%ae%c0%ae/etc",
        "/%ff",
        "/%ed%a0%80",
        "/a%7f",
        "/%u002e",
        "/a\tb",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        if (!refused(paths[i])) {
            g_error("taken as a name: %s", paths[i]);
        }
    }
}

static void test_length(void)
{
    g_autofree char *fits = g_strnfill(HTTP_NAME + 1, 'a'), *over = g_strnfill(HTTP_NAME + 2, 'a');
    fits[0] = over[0] = '/';
    g_assert_false(refused(fits));
    g_assert_true(refused(over));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/target/good", test_good);
    g_test_add_func("/target/refused", test_refused);
    g_test_add_func("/target/length", test_length);
    return g_test_run();
}
