/* The core modules of the official specification, from the shared material. */
#include "shared.h"
#include "templates.h"

static void run_case(const char *file, json_t *test)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autofree char *text = json_dumps(json_object_get(test, "data"), JSON_ENCODE_ANY);
    const Value *data = value_from_json(arena, text, strlen(text), NULL);
    g_assert_nonnull(data);
    g_autoptr(json_t) templates = json_object();
    json_object_update(templates, json_object_get(test, "partials"));
    json_object_set(templates, "main", json_object_get(test, "template"));
    g_autoptr(GError) error = NULL;
    g_autofree char *out = templates_render(MUSTACHE_STANDARD, templates, data, &error);
    g_assert_no_error(error);
    g_test_message("%s: %s", file, json_string_value(json_object_get(test, "name")));
    g_assert_cmpstr(out, ==, json_string_value(json_object_get(test, "expected")));
}

static void test_shared_spec(void)
{
    static const char *const files[] = {"comments", "delimiters", "interpolation",
                                        "inverted", "partials",   "sections"};
    size_t cases = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *name = g_strdup_printf("data/conf-mustache/%s.json", files[i]);
        g_autofree char *path = shared_path(name);
        if (path == NULL) {
            return;
        }
        g_autoptr(json_t) module = json_load_file(path, 0, NULL);
        json_t *tests = json_object_get(module, "tests");
        for (size_t k = 0; k < json_array_size(tests); k++, cases++) {
            run_case(files[i], json_array_get(tests, k));
        }
    }
    g_assert_cmpuint(cases, >=, 72);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/mustache_spec/shared_core", test_shared_spec);
    return g_test_run();
}
