/* One page: what its record says, and whose failure a failure is. */
#include "press/render.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "fixture.h"

#include <string.h>

static unsigned asked;

static char *template_version(Store *store, void *run, const char *key, int64_t as_of,
                              GError **error)
{
    asked++;
    return g_strdup_printf("%s%" G_GINT64_FORMAT, key, as_of);
}

static bool render(PressPage *page, const char *key, GError **error)
{
    press_page_read(page, "story:1");
    press_page_read_list(page, "list:all/en", true, 50, 3);
    press_page_read_list(page, "list:all/en", true, 70, 3);
    press_page_boundary(page, 90); /* is past */
    press_page_boundary(page, 300);
    press_page_boundary(page, 200);
    if (!press_page_read_global(page, "template:story", error) ||
        !press_page_read_global(page, "template:base", error) ||
        !press_page_read_global(page, "template:story", error)) {
        return false;
    }
    if (strcmp(key, "none") == 0) {
        return true;
    }
    if (strcmp(key, "bad") == 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a story without an end");
    }
    if (strcmp(key, "disk") == 0) {
        return fail(error, KOLOKOL_ERROR_IO, "no room");
    }
    if (strcmp(key, "global") == 0) {
        return press_page_read_global(page, "weather:here", error);
    }
    return press_page_set(page, strcmp(key, "path") == 0 ? "../a" : "a/1.html", "text\n", 5, 40,
                          error);
}

static const PressKind story = {.name = "story", .wave = 1, .render = render};
static const PressKind *const kinds[] = {&story, NULL};
static const PressGlobal globals[] = {{"template", template_version}, {NULL, NULL}};
static const PressRecipes recipes = {.kinds = kinds, .globals = globals};

typedef struct {
    Fixture fixture;
    PressRenderer renderer;
} Stage;

static void stage_begin(Stage *stage, Store *store)
{
    fixture_begin(&stage->fixture);
    asked = 0;
    g_assert_true(
        press_renderer_init(&stage->renderer, store, &recipes, 100, stage->fixture.objects, NULL));
}

static void stage_end(Stage *stage)
{
    press_renderer_clear(&stage->renderer);
    fixture_end(&stage->fixture);
}

static PressRecord *record_of(Stage *stage, const char *name)
{
    g_autoptr(GError) error = NULL;
    PressRecord *record = press_render(&stage->renderer, name, &error);
    g_assert_no_error(error);
    return record;
}

static void test_record(Store *store, const char *url)
{
    Stage stage;
    stage_begin(&stage, store);
    g_autoptr(PressRecord) record = record_of(&stage, "story:1");
    g_assert_cmpstr(record->path, ==, "a/1.html");
    g_assert_null(record->failure);
    g_assert_cmpint(record->size, ==, 5);
    g_assert_cmpint(record->newness, ==, 40);
    g_assert_cmpint(record->boundary, ==, 200);
    g_assert_cmpstr(record->globals, ==, "template:base base100\ntemplate:story story100\n");
    g_assert_cmpuint(record->inputs->len, ==, 2);
    for (guint i = 0; i < 2; i++) {
        const PressInput *input = &g_array_index(record->inputs, PressInput, i);
        bool list = input->input == press_input_number("list:all/en");
        g_assert_cmpint(input->floor_published, ==, list ? 50 : INT64_MIN); /* the widest */
    }
    g_assert_true(object_store_has(stage.fixture.objects, &record->hash, OBJECT_PLAIN));
    g_assert_false(object_store_has(stage.fixture.objects, &record->hash, OBJECT_GZIP));
    press_record_free(record_of(&stage, "story:1"));
    g_assert_cmpuint(asked, ==, 2); /* once a run, of each */
    stage_end(&stage);
}

static void test_no_page(Store *store, const char *url)
{
    Stage stage;
    stage_begin(&stage, store);
    g_autoptr(PressRecord) none = record_of(&stage, "story:none");
    g_assert_null(none->path);
    g_assert_null(none->failure);
    g_assert_cmpuint(none->inputs->len, ==, 2);
    g_autoptr(PressRecord) unknown = record_of(&stage, "poem:1"); /* a kind of an older program */
    g_assert_null(unknown->path);
    g_assert_null(unknown->failure);
    stage_end(&stage);
}

static void test_failures(Store *store, const char *url)
{
    static const char *const names[] = {"story:bad", "story:global", "story:path"};
    Stage stage;
    stage_begin(&stage, store);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(PressRecord) record = record_of(&stage, names[i]);
        g_assert_nonnull(record->failure);
        g_assert_null(record->path);
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(
        press_render(&stage.renderer, "story:disk", &error)); /* the machine's: it stops */
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "story:disk"));
    stage_end(&stage);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/render/record", test_record);
    stores_test_add("/render/no_page", test_no_page);
    stores_test_add("/render/failures", test_failures);
    return g_test_run();
}
