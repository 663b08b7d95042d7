/* Background work: coded forms first, then the sweep, which spares what is in use. */
#include "press/tidy.h"

#include "base/clock.h"
#include "base/error.h"
#include "doubles/stores.h"
#include "edition/retain.h"
#include "fixture.h"
#include "press/lease.h"

#include <string.h>

static int64_t now;

static int64_t test_clock(void *data)
{
    return now;
}

/* One page, whose text is `said`; none if that is NULL. */
static const char *said;

static bool render(PressPage *page, const char *key, GError **error)
{
    press_page_read(page, "story:1");
    return said == NULL || press_page_set(page, "a/1.html", said, strlen(said), 1, error);
}

static bool keys(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                 GError **error)
{
    return take("1", 1, data, error);
}

static const char *const by_story[] = {"story", NULL};
static const PressKind story = {
    .name = "story", .wave = 1, .created_by = by_story, .keys = keys, .render = render};
static const PressKind *const kinds[] = {&story, NULL};
static const PressGlobal globals[] = {{NULL, NULL}};
static const PressRecipes recipes = {.kinds = kinds, .globals = globals};

typedef struct {
    Fixture fixture;
    Press *press;
} Stage;

static void stage_begin(Stage *stage, const char *url)
{
    g_autoptr(GError) error = NULL;
    now = INT64_C(1795000000) * CLOCK_SECOND;
    clock_replace(test_clock, NULL);
    fixture_begin(&stage->fixture);
    PressOptions options = {.database = url,
                            .edition_dir = stage->fixture.edition,
                            .keys_dir = stage->fixture.keys,
                            .recipes = &recipes,
                            .processes = 1};
    stage->press = press_open(&options, &error);
    g_assert_no_error(error);
}

static void stage_end(Stage *stage)
{
    press_free(stage->press);
    fixture_end(&stage->fixture);
    clock_replace(NULL, NULL);
}

static bool touch(Store *store, void *data, GError **error)
{
    return press_touch(store, "story:1", error);
}

static void press(Stage *stage, const char *text)
{
    g_autoptr(GError) error = NULL;
    PressRun how = {.plain = true};
    PressReport report = {0};
    said = text;
    now += CLOCK_MINUTE;
    g_assert_true(store_transact(press_store(stage->press), touch, NULL, NULL));
    press_run(stage->press, &how, &report, &error);
    g_assert_no_error(error);
}

static bool tidy(Stage *stage)
{
    g_autoptr(GError) error = NULL;
    bool more = false;
    press_tidy(stage->press, &more, &error);
    g_assert_no_error(error);
    return more;
}

static bool has(Stage *stage, const Hash *hash, ObjectCoding coding)
{
    return object_store_has(press_objects(stage->press), hash, coding);
}

static void test_coded(Store *store, const char *url)
{
    Stage stage;
    stage_begin(&stage, url);
    press(&stage, "a page of some words\n");
    Hash hash = hash_of(said, strlen(said));
    g_assert_false(has(&stage, &hash, OBJECT_GZIP));
    g_assert_true(tidy(&stage));
    g_assert_true(has(&stage, &hash, OBJECT_GZIP));
    while (tidy(&stage)) {
    }
    g_assert_true(has(&stage, &hash, OBJECT_BROTLI));
    g_assert_false(tidy(&stage)); /* nothing is left */
    stage_end(&stage);
}

/* What an edition dropped goes when no kept edition has it any more, with its coded forms; what is
 * used again stays. */
static void test_swept(Store *store, const char *url)
{
    Stage stage;
    stage_begin(&stage, url);
    press(&stage, "first\n");
    Hash first = hash_of("first\n", 6), second = hash_of("second\n", 7);
    while (tidy(&stage)) {
    }
    press(&stage, "second\n");
    press(&stage, "first\n");
    press(&stage, "third\n");
    press(&stage, "first\n"); /* dropped twice, and back */
    while (tidy(&stage)) {
    }
    g_assert_true(has(&stage, &second, OBJECT_PLAIN)); /* kept editions may have it */
    for (unsigned i = 0; i < RETAIN_LEAST + 1; i++) {
        g_autofree char *text = g_strdup_printf("other %u\n", i);
        now += RETAIN_AGE / 10;
        press(&stage, i % 2 == 0 ? text : "first\n");
    }
    press(&stage, "first\n");
    now += RETAIN_AGE;
    press(&stage, "last\n");
    press(&stage, "first\n");
    while (tidy(&stage)) {
    }
    g_assert_false(has(&stage, &second, OBJECT_PLAIN));
    g_assert_false(has(&stage, &second, OBJECT_GZIP));
    g_assert_true(has(&stage, &first, OBJECT_PLAIN));
    g_assert_true(has(&stage, &first, OBJECT_GZIP));
    stage_end(&stage);
}

/* While somebody presses, the sweep leaves it for later, and that is no failure. */
static void test_busy(Store *store, const char *url)
{
    Stage stage;
    PressLease lease;
    g_autoptr(GError) error = NULL;
    stage_begin(&stage, url);
    press(&stage, "first\n");
    while (tidy(&stage)) {
    }
    g_assert_true(press_lease_take(&lease, store, stage.fixture.directory, &error));
    g_assert_false(tidy(&stage));
    press_lease_drop(&lease);
    g_assert_false(tidy(&stage));
    stage_end(&stage);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/tidy/coded", test_coded);
    stores_test_add("/tidy/swept", test_swept);
    stores_test_add("/tidy/busy", test_busy);
    return g_test_run();
}
