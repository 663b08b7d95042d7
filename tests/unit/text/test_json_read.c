#include "text/json.h"

#include "base/error.h"
#include "shared.h"

#include <string.h>

static void assert_refused(const char *bytes, size_t length, JsonRules rules, int code)
{
    g_autoptr(GError) error = NULL;
    json_t *tree = json_read_limited(bytes, length, 1000000, 0, rules, &error);
    g_assert_null(tree);
    g_assert_error(error, KOLOKOL_ERROR, code);
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
    g_assert_null(strchr(error->message, '\n'));
}

static void assert_accepted(const char *bytes, JsonRules rules)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) tree = json_read_limited(bytes, strlen(bytes), 1000000, 0, rules, &error);
    g_assert_no_error(error);
    g_assert_nonnull(tree);
}

static void test_read(void)
{
    assert_accepted("{\"a\":1,\"a\":2}", JSON_READ_STANDARD);
    assert_refused("{\"a\":1,\"a\":2}", 13, JSON_READ_STRICT, KOLOKOL_ERROR_INVALID);
    assert_accepted("[\"\\u0000\"]", JSON_READ_STANDARD);
    assert_refused("[\"\\u0000\"]", 10, JSON_READ_STRICT, KOLOKOL_ERROR_INVALID);
    assert_accepted(" 1 ", JSON_READ_STRICT);
    assert_accepted("\"[[[[\"", JSON_READ_STRICT);
    assert_refused("", 0, JSON_READ_STANDARD, KOLOKOL_ERROR_INVALID);
    assert_refused("[1]\0", 4, JSON_READ_STANDARD, KOLOKOL_ERROR_INVALID);
    assert_refused("\xEF\xBB\xBF[]", 5, JSON_READ_STANDARD, KOLOKOL_ERROR_INVALID);
    assert_refused("[\"\xC3\"]", 5, JSON_READ_STANDARD, KOLOKOL_ERROR_INVALID);
    assert_refused("[\n\n\"a\nb\"]", 9, JSON_READ_STANDARD, KOLOKOL_ERROR_INVALID);
    assert_refused("99999999999999999999", 20, JSON_READ_STANDARD, KOLOKOL_ERROR_INVALID);
}

static void test_read_limits(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 64; i++) {
        g_string_append_c(text, '[');
    }
    for (int i = 0; i < 64; i++) {
        g_string_append_c(text, ']');
    }
    assert_accepted(text->str, JSON_READ_STRICT);
    g_string_prepend_c(text, '[');
    g_string_append_c(text, ']');
    assert_refused(text->str, text->len, JSON_READ_STRICT, KOLOKOL_ERROR_LIMIT);
    g_autofree char *deep = g_strnfill(100000, '[');
    assert_refused(deep, 100000, JSON_READ_STANDARD, KOLOKOL_ERROR_LIMIT);
    g_autoptr(GString) objects = g_string_sized_new(500000);
    while (objects->len < 500000) {
        g_string_append(objects, "{\"a\":");
    }
    assert_refused(objects->str, objects->len, JSON_READ_STANDARD, KOLOKOL_ERROR_LIMIT);
    g_autofree char *large = g_strnfill(1000001, ' ');
    assert_refused(large, 1000001, JSON_READ_STANDARD, KOLOKOL_ERROR_LIMIT);
    g_autoptr(GError) error = NULL;
    g_assert_null(json_read_limited("[[1]]", 5, 5, 1, JSON_READ_STRICT, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
}

/* One file of the suite: its first letter says what is to happen. */
static void check_file(const char *name, const char *bytes, size_t length, unsigned counts[2])
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) tree =
        json_read_limited(bytes, length, 1000000, 0, JSON_READ_STANDARD, &error);
    g_assert_true((tree == NULL) == (error != NULL));
    if (name[0] == 'y') {
        g_assert_no_error(error);
        counts[0]++;
    } else if (name[0] == 'n') {
        if (tree != NULL) {
            g_error("%s was accepted", name);
        }
        counts[1]++;
    }
}

static void test_shared_suite(void)
{
    g_autofree char *archive = shared_path("data/conf-json/cases.tar.zst");
    if (archive == NULL) {
        return;
    }
    g_autofree char *folder = g_dir_make_tmp("kolokol-json-XXXXXX", NULL);
    g_autofree char *unpack = g_strdup_printf(
        "zstd -dcq '%s' | tar -x -C '%s' && ls '%s/test_parsing'", archive, folder, folder);
    g_autofree char *remove = g_strdup_printf("rm -r '%s'", folder);
    g_autofree char *list = NULL;
    char sh[] = "sh";
    char option[] = "-c";
    char *argv[] = {sh, option, unpack, NULL};
    int status = 1;
    if (!g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &list, NULL, &status,
                      NULL) ||
        status != 0) {
        g_test_skip("zstd or tar is not installed");
        return;
    }
    g_auto(GStrv) names = g_strsplit(g_strstrip(list), "\n", -1);
    unsigned counts[2] = {0, 0};
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *path = g_build_filename(folder, "test_parsing", *name, NULL);
        g_autofree char *bytes = NULL;
        size_t length;
        g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        check_file(*name, bytes, length, counts);
    }
    g_assert_cmpuint(counts[0], >, 50);
    g_assert_cmpuint(counts[1], >, 80);
    char *clean[] = {sh, option, remove, NULL};
    g_assert_true(
        g_spawn_sync(NULL, clean, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/json_read/read", test_read);
    g_test_add_func("/text/json_read/limits", test_read_limits);
    g_test_add_func("/text/json_read/shared_suite", test_shared_suite);
    return g_test_run();
}
