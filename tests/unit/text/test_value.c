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
    Value *other = value_map(arena);
    value_append(map, other);    /* no list: nothing happens */
    value_set(list, "x", other); /* no map */
    g_assert_null(value_get(list, "x"));
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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/value/map", test_map);
    g_test_add_func("/text/value/list", test_list);
    g_test_add_func("/text/value/ceiling", test_ceiling);
    g_test_add_func("/text/value/reset", test_reset);
    return g_test_run();
}
