#include "base/error.h"
#include "text/value.h"

#include <string.h>

static const char *text_of(const Value *map, const char *key)
{
    size_t length;
    const Value *value = value_get(map, key);
    return value == NULL ? NULL : value_string(value, &length);
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
    g_test_add_func("/text/value_json/json", test_json);
    g_test_add_func("/text/value_json/numbers", test_numbers);
    return g_test_run();
}
