/* From touches and moments to stale pages. */
#include "press/stale.h"

#include "doubles/stores.h"
#include "fixture.h"
#include "press/press.h"
#include "press_sql.h"

#include <string.h>

static bool no_page(PressPage *page, const char *key, GError **error)
{
    return true;
}

static bool story_keys(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                       GError **error)
{
    return take("1", 10, data, error) && take("2", 20, data, error);
}

static bool one_key(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                    GError **error)
{
    return take("all", 0, data, error);
}

static const char *const by_story[] = {"story", NULL};
static const char *const by_section[] = {"list:section", NULL};
static const PressKind story = {.name = "story",
                                .wave = PRESS_WAVE_NEWS,
                                .created_by = by_story,
                                .keys = story_keys,
                                .render = no_page};
static const PressKind section = {.name = "section",
                                  .wave = PRESS_WAVE_REST,
                                  .created_by = by_section,
                                  .keys = one_key,
                                  .render = no_page};
static const PressKind robots = {
    .name = "robots", .wave = PRESS_WAVE_REST, .fixed = true, .keys = one_key, .render = no_page};
static const PressKind *const kinds[] = {&story, &section, &robots, NULL};

static const char *version;

static char *template_version(Store *store, void *run, const char *key, int64_t as_of,
                              GError **error)
{
    return g_strdup(version);
}

static const PressGlobal globals[] = {{"template", template_version}, {NULL, NULL}};
static const PressRecipes recipes = {.kinds = kinds, .globals = globals};

static void begin(PressRenderer *renderer, Store *store, int64_t as_of)
{
    version = "1";
    g_assert_true(press_renderer_init(renderer, store, &recipes, as_of, NULL, NULL));
}

/* The names of the next batch, with a space after each; then they are stale no more. */
static char *batch(PressRenderer *renderer, int last_wave, int *wave)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) names = press_stale_batch(renderer, last_wave, 100, wave, &error);
    g_assert_no_error(error);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++) {
        g_string_append_printf(text, "%s ", (const char *)names->pdata[i]);
        g_assert_true(press_dirty_delete(renderer->store, names->pdata[i], NULL));
    }
    return g_string_free(text, FALSE);
}

#define assert_batch(renderer, last, expected_wave, expected)                                      \
    do {                                                                                           \
        int wave_ = -1;                                                                            \
        g_autofree char *names_ = batch(renderer, last, &wave_);                                   \
        g_assert_cmpstr(names_, ==, expected);                                                     \
        g_assert_cmpint(wave_, ==, expected_wave);                                                 \
    } while (0)

typedef struct {
    const char *input;
    int64_t published, id, due;
} Touch;

static bool touch_body(Store *store, void *data, GError **error)
{
    const Touch *touch = data;
    return touch->due != 0 ? press_touch_due(store, touch->due, touch->input, touch->published,
                                             touch->id, error)
           : touch->published != 0
               ? press_touch_at(store, touch->input, touch->published, touch->id, error)
               : press_touch(store, touch->input, error);
}

static void touch(Store *store, const char *input, int64_t published, int64_t due)
{
    Touch touched = {input, published, published == 0 ? 0 : 1, due};
    g_assert_true(store_transact(store, touch_body, &touched, NULL));
}

static void collect(PressRenderer *renderer, bool expect_took, bool expect_touched)
{
    bool took = false, touched = false;
    g_autoptr(GError) error = NULL;
    press_stale_collect(renderer, &took, &touched, &error);
    g_assert_no_error(error);
    g_assert_cmpint(took, ==, expect_took);
    g_assert_cmpint(touched, ==, expect_touched);
}

static void test_readers(Store *store, const char *url)
{
    PressRenderer renderer;
    PressRecord *record = fixture_record("section:all", "s.html", "s", NULL, NULL);
    press_record_read(record, "list:section/all", 50, 1);
    fixture_enter(store, record);
    fixture_enter(store, fixture_record("story:1", "1.html", "1", "story:1", "media:4"));
    begin(&renderer, store, 100);
    collect(&renderer, true, false); /* the first as-of */
    touch(store, "list:section/all", 40, 0);
    collect(&renderer, true, true);
    assert_batch(&renderer, PRESS_WAVE_NEWS, -1, ""); /* below the window */
    touch(store, "list:section/all", 60, 0);
    touch(store, "media:4", 0, 0);
    touch(store, "nothing:1", 0, 0);
    collect(&renderer, true, true);
    assert_batch(&renderer, PRESS_WAVE_REST, PRESS_WAVE_NEWS, "story:1 ");
    assert_batch(&renderer, PRESS_WAVE_NEWS, -1, "");
    assert_batch(&renderer, PRESS_WAVE_REST, PRESS_WAVE_REST, "section:all ");
    collect(&renderer, false, false);
    press_renderer_clear(&renderer);
}

static void test_created(Store *store, const char *url)
{
    PressRenderer renderer;
    begin(&renderer, store, 100);
    collect(&renderer, true, false);
    touch(store, "story:7", 0, 0);
    touch(store, "list:section/new", 60, 0);
    collect(&renderer, true, true);
    assert_batch(&renderer, PRESS_WAVE_REST, PRESS_WAVE_NEWS, "story:7 ");
    assert_batch(&renderer, PRESS_WAVE_REST, PRESS_WAVE_REST, "section:new ");
    g_assert_true(press_stale_fixed(&renderer, NULL));
    assert_batch(&renderer, PRESS_WAVE_REST, PRESS_WAVE_REST, "robots:all ");
    press_renderer_clear(&renderer);
}

static void test_moments(Store *store, const char *url)
{
    PressRenderer renderer;
    PressRecord *record = fixture_record("story:2", "2.html", "2", "story:2", NULL);
    record->boundary = 150;
    fixture_enter(store, record);
    touch(store, "story:1", 0, 120);
    int64_t next = 0;
    g_assert_true(press_stale_next(store, 100, &next, NULL));
    g_assert_cmpint(next, ==, 120);
    begin(&renderer, store, 119);
    collect(&renderer, true, false);
    assert_batch(&renderer, PRESS_WAVE_NEWS, -1, "");
    press_renderer_clear(&renderer);
    begin(&renderer, store, 150);
    collect(&renderer, true, false);
    assert_batch(&renderer, PRESS_WAVE_REST, PRESS_WAVE_NEWS, "story:1 story:2 ");
    g_assert_true(press_stale_next(store, 150, &next, NULL));
    press_renderer_clear(&renderer);
}

/* A first press asks no touch, but those that come later; neither does a full one. */
static void test_whole(Store *store, const char *url)
{
    PressRenderer renderer;
    touch(store, "story:99", 0, 0);
    g_assert_true(press_stale_whole(store, false, NULL));
    touch(store, "story:3", 0, 0);
    begin(&renderer, store, 100);
    g_assert_true(press_stale_wanted(&renderer, NULL));
    collect(&renderer, true, true);
    assert_batch(&renderer, PRESS_WAVE_REST, PRESS_WAVE_NEWS, "story:3 story:2 story:1 ");
    assert_batch(&renderer, PRESS_WAVE_REST, PRESS_WAVE_REST, "robots:all section:all ");
    g_assert_true(press_stale_wanted(&renderer, NULL)); /* once is enough */
    assert_batch(&renderer, PRESS_WAVE_NEWS, -1, "");

    fixture_enter(store, fixture_record("story:1", "1.html", "1", "story:1", NULL));
    touch(store, "story:1", 0, 0);
    g_assert_true(press_stale_whole(store, false, NULL)); /* there is a page */
    g_assert_true(fixture_any(press_change_any(store, NULL)));
    g_assert_true(press_stale_whole(store, true, NULL));
    g_assert_false(fixture_any(press_change_any(store, NULL)));
    press_renderer_clear(&renderer);
}

static void test_globals(Store *store, const char *url)
{
    PressRenderer renderer;
    PressRecord *record = fixture_record("story:1", "1.html", "1", NULL, NULL);
    g_free(record->globals);
    record->globals = g_strdup("template:story 1\n");
    fixture_enter(store, record);
    begin(&renderer, store, 100);
    assert_batch(&renderer, PRESS_WAVE_REST, 0, "");
    press_renderer_clear(&renderer);
    begin(&renderer, store, 100);
    version = "2";
    assert_batch(&renderer, PRESS_WAVE_NEWS, -1, ""); /* never before news */
    assert_batch(&renderer, PRESS_WAVE_REST, 0, "story:1 ");
    press_renderer_clear(&renderer);
}

static void enter_with(Store *store, const char *name, const char *versions, int64_t newness)
{
    g_autofree char *path = g_strconcat(name + strlen("story:"), ".html", NULL);
    PressRecord *record = fixture_record(name, path, name, NULL, NULL);
    g_free(record->globals);
    record->globals = g_strdup(versions);
    record->newness = newness;
    fixture_enter(store, record);
}

/* The lists of an archive, of another combination of inputs, do not go before the news. */
static void test_globals_newest(Store *store, const char *url)
{
    PressRenderer renderer;
    enter_with(store, "story:1", "template:list 1\n", 10);
    enter_with(store, "story:2", "template:list 1\n", 30);
    enter_with(store, "story:3", "template:story 1\n", 20);
    enter_with(store, "story:4", "template:story 1\n", 40);
    begin(&renderer, store, 100);
    version = "2";
    assert_batch(&renderer, PRESS_WAVE_REST, 0, "story:4 story:2 story:3 story:1 ");
    int wave = -1;
    g_autoptr(GPtrArray) few = press_stale_batch(&renderer, PRESS_WAVE_REST, 2, &wave, NULL);
    g_assert_cmpuint(few->len, ==, 2);
    g_assert_cmpstr(few->pdata[1], ==, "story:2");
    press_renderer_clear(&renderer);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/stale/readers", test_readers);
    stores_test_add("/stale/created", test_created);
    stores_test_add("/stale/moments", test_moments);
    stores_test_add("/stale/whole", test_whole);
    stores_test_add("/stale/globals", test_globals);
    stores_test_add("/stale/globals-newest", test_globals_newest);
    return g_test_run();
}
