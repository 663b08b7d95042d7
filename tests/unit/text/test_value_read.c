#include "text/value.h"

static const char *text_of(const Value *map, const char *key)
{
    size_t length;
    const Value *value = value_get(map, key);
    return value == NULL ? NULL : value_string(value, &length);
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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/value_read/large_map", test_large_map);
    g_test_add_func("/text/value_read/base", test_base);
    g_test_add_func("/text/value_read/truth", test_truth);
    return g_test_run();
}
