#include "text/value.h"

#include "base/error.h"

#include <string.h>

static const char *text_of(const Value *map, const char *key)
{
    size_t length;
    const Value *value = value_get(map, key);
    return value == NULL ? NULL : value_string(value, &length);
}

static void test_map(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *map = value_map(arena);
    char text[] = "copied";
    value_set_text(map, "a", text);
    text[0] = 'X';
    value_set_static(map, "b", "constant");
    value_set_text_length(map, "c", "cut here", 3);
    g_assert_cmpstr(text_of(map, "a"), ==, "copied");
    g_assert_cmpstr(text_of(map, "b"), ==, "constant");
    g_assert_cmpstr(text_of(map, "c"), ==, "cut");
    g_assert_null(value_get(map, "d"));
    value_set_text(map, "a", "again");
    g_assert_cmpstr(text_of(map, "a"), ==, "again");
    value_set_text(map, "a", NULL);
    g_assert_cmpint(value_kind(value_get(map, "a")), ==, VALUE_NULL);
    g_assert_null(value_get(value_get(map, "b"), "x"));
}

/* More keys than a map without a table has. */
static void test_large_map(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    Value *map = value_map(arena);
    for (int64_t i = 0; i < 5000; i++) {
        g_ptr_array_add(keys, g_strdup_printf("key%" G_GINT64_FORMAT, i));
        value_set_number(map, keys->pdata[i], i);
        value_set_number(map, keys->pdata[i / 2], -(i / 2));
    }
    for (int64_t i = 0; i < 5000; i++) {
        char digits[VALUE_NUMBER_SIZE];
        g_autofree char *expected = g_strdup_printf("%" G_GINT64_FORMAT, i < 2500 ? -i : i);
        g_autofree char *key = g_strdup(keys->pdata[i]); /* equal, not the same pointer */
        value_format(value_get(map, key), digits);
        g_assert_cmpstr(digits, ==, expected);
    }
    g_assert_null(value_get(map, "key5000"));
}

static void test_list(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *map = value_map(arena);
    Value *list = value_set_list(map, "l");
    for (int i = 0; i < 100; i++) {
        value_set_number(value_append_map(list), "n", i);
    }
    value_append_text(list, "last");
    size_t count;
    const Value *const *items = value_items(value_get(map, "l"), &count);
    g_assert_cmpuint(count, ==, 101);
    g_assert_cmpint(value_kind(items[100]), ==, VALUE_TEXT);
    g_assert_cmpint(value_kind(value_get(items[99], "n")), ==, VALUE_NUMBER);
    g_assert_null(value_items(map, &count));
    g_assert_cmpuint(count, ==, 0);
    value_append(map, list);   /* no list: nothing happens */
    value_set(list, "x", map); /* no map */
    g_assert_null(value_get(list, "x"));
}

static void test_base(void)
{
    g_autoptr(ValueArena) shared = value_arena_new(0);
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *frame = value_map(shared);
    value_set_text(frame, "site", "Bell");
    value_set_text(frame, "title", "Front");
    Value *page = value_map_over(arena, frame);
    g_assert_cmpstr(text_of(page, "title"), ==, "Front");
    value_set_text(page, "title", "Story");
    g_assert_cmpstr(text_of(page, "title"), ==, "Story");
    g_assert_cmpstr(text_of(page, "site"), ==, "Bell");
    g_assert_cmpstr(text_of(frame, "title"), ==, "Front");
    value_set_text(page, "site", NULL);
    g_assert_null(text_of(page, "site"));
}

static void test_truth(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *map = value_map(arena);
    g_auto(SafeHtml) none = {NULL};
    value_set_bool(map, "yes", true);
    value_set_bool(map, "no", false);
    value_set_number(map, "zero", 0);
    value_set_number(map, "one", 1);
    value_set_text(map, "empty", "");
    value_set_text(map, "text", "x");
    value_set_html(map, "html", &none);
    value_set_list(map, "list");
    value_set_map(map, "map");
    static const char *const good[] = {"yes", "one", "text", "map"};
    static const char *const bad[] = {"no", "zero", "empty", "html", "list"};
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        g_assert_true(value_is_true(value_get(map, good[i])));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(value_is_true(value_get(map, bad[i])));
    }
}

static void test_ceiling(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(200 * 1024);
    Value *map = value_map(arena);
    g_autofree char *large = g_strnfill(150 * 1024, 'x');
    g_autoptr(GError) error = NULL;
    g_assert_true(value_arena_ok(arena, &error));
    value_set_text(map, "one", large);
    g_assert_false(value_arena_ok(arena, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    /* Everything goes on without harm. */
    Value *list = value_set_list(map, "list");
    value_append_text(value_list(arena), "x");
    value_append_text(list, "x");
    value_set_bool(value_append_map(list), "x", true);
    value_set_number(value_set_map(map, "m"), "y", 1);
    value_set_static(value_map_over(arena, map), "z", "z");
    value_arena_reset(arena);
    g_assert_true(value_arena_ok(arena, NULL));
    g_assert_cmpint(value_kind(value_map(arena)), ==, VALUE_MAP);
}

/* A small page after a large one uses the same memory. */
static void test_reset(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(1024 * 1024);
    for (int page = 0; page < 1000; page++) {
        value_arena_reset(arena);
        Value *map = value_map(arena);
        for (int i = 0; i < 1000; i++) {
            value_append_text(value_set_list(map, "l"), "some text of a page");
        }
        g_assert_true(value_arena_ok(arena, NULL));
    }
}

static void assert_json_fails(const char *json, size_t length, int code)
{
    g_autoptr(ValueArena) arena = value_arena_new(256 * 1024);
    g_autoptr(GError) error = NULL;
    g_assert_null(value_from_json(arena, json, length, &error));
    g_assert_error(error, KOLOKOL_ERROR, code);
}

static void test_json(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    const char *json = "{\"a\":[1,-2,3.5,true,null,\"\\u00e9\"],\"b\":{\"c\":{}},\"t\":\"x\"}";
    const Value *root = value_from_json(arena, json, strlen(json), NULL);
    size_t count;
    const Value *const *items = value_items(value_get(root, "a"), &count);
    char digits[VALUE_NUMBER_SIZE];
    g_assert_cmpuint(count, ==, 6);
    g_assert_cmpuint(value_format(items[2], digits), ==, 3);
    g_assert_cmpstr(digits, ==, "3.5");
    g_assert_cmpuint(value_format(items[5], digits), ==, 0);
    g_assert_cmpstr(text_of(root, "t"), ==, "x");
    g_assert_cmpint(value_kind(value_get(value_get(root, "b"), "c")), ==, VALUE_MAP);

    assert_json_fails("{\"a\":1,\"a\":2}", 13, KOLOKOL_ERROR_INVALID);
    assert_json_fails("\"\\u0000\"", 8, KOLOKOL_ERROR_INVALID);
    assert_json_fails("[\"\xff\"]", 5, KOLOKOL_ERROR_INVALID);
    assert_json_fails("[1", 2, KOLOKOL_ERROR_INVALID);
    g_autofree char *deep = g_strnfill(100000, '[');
    assert_json_fails(deep, 100000, KOLOKOL_ERROR_LIMIT);
    g_autoptr(GString) wide = g_string_new("[0");
    for (int i = 0; i < 100000; i++) {
        g_string_append(wide, ",[]");
    }
    g_string_append_c(wide, ']');
    assert_json_fails(wide->str, wide->len, KOLOKOL_ERROR_LIMIT);
}

static void test_numbers(void)
{
    static const struct {
        const char *json;
        const char *expected;
    } cases[] = {{"1.21", "1.21"},    {"0.1", "0.1"},
                 {"1e3", "1000"},     {"1.0", "1"},
                 {"1e300", "1e+300"}, {"0.30000000000000004", "0.30000000000000004"},
                 {"-0.5", "-0.5"},    {"9223372036854775807", "9223372036854775807"}};

    g_autoptr(ValueArena) arena = value_arena_new(0);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char digits[VALUE_NUMBER_SIZE];
        value_format(value_from_json(arena, cases[i].json, strlen(cases[i].json), NULL), digits);
        g_assert_cmpstr(digits, ==, cases[i].expected);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/value/map", test_map);
    g_test_add_func("/text/value/large_map", test_large_map);
    g_test_add_func("/text/value/list", test_list);
    g_test_add_func("/text/value/base", test_base);
    g_test_add_func("/text/value/truth", test_truth);
    g_test_add_func("/text/value/ceiling", test_ceiling);
    g_test_add_func("/text/value/reset", test_reset);
    g_test_add_func("/text/value/json", test_json);
    g_test_add_func("/text/value/numbers", test_numbers);
    return g_test_run();
}
