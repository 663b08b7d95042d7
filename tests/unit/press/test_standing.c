/* A page stands once the current edition has it as it was made last: touched, stale, made, out. */
#include "press/standing.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "edition/edition.h"
#include "fixture.h"
#include "press/lease.h"
#include "press/press.h"
#include "press/publish.h"
#include "press_sql.h"

#include <string.h>

typedef struct {
    Store *store;
    Fixture fixture;
    PressLease lease;
} Stage;

static bool settle(void *data, GError **error)
{
    return object_store_sync(data, error);
}

static void publish(Stage *stage)
{
    g_autoptr(GError) error = NULL;
    PressPublished done = {0};
    PressPublish what = {.store = stage->store,
                         .objects = stage->fixture.objects,
                         .directory = stage->fixture.directory,
                         .edition_dir = stage->fixture.edition,
                         .keys_dir = stage->fixture.keys,
                         .lease = &stage->lease,
                         .settle = settle,
                         .settle_data = stage->fixture.objects};
    press_publish(&what, &done, &error);
    g_assert_no_error(error);
}

static void make(Stage *stage, const char *text)
{
    Hash hash;
    bool written = false;
    g_assert_true(
        object_store_put(stage->fixture.objects, text, strlen(text), &hash, &written, NULL));
    fixture_enter(stage->store,
                  fixture_record("story:12", "2026/fog.html", text, "story:12", NULL));
}

static void assert_standing(Stage *stage, PressStanding expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *reason = NULL;
    PressStanding standing = PRESS_FAILS;
    press_standing(stage->store, stage->fixture.edition, "story:12", "story:12", &standing, &reason,
                   &error);
    g_assert_no_error(error);
    g_assert_cmpint(standing, ==, expected);
    g_assert_cmpstr(reason, ==, expected == PRESS_FAILS ? "no headline" : NULL);
}

static bool touch(Store *store, void *data, GError **error)
{
    return press_touch(store, "story:12", error);
}

static void stage_begin(Stage *stage, Store *store)
{
    stage->store = store;
    fixture_begin(&stage->fixture);
    g_assert_true(press_lease_take(&stage->lease, store, stage->fixture.directory, NULL));
    g_assert_true(object_store_begin(stage->fixture.objects, NULL));
}

static void test_stands(Store *store, const char *url)
{
    Stage stage;
    stage_begin(&stage, store);
    assert_standing(&stage, PRESS_WAITS); /* no page, no edition */
    make(&stage, "first\n");
    assert_standing(&stage, PRESS_WAITS); /* made, and not out */
    publish(&stage);
    assert_standing(&stage, PRESS_STANDS);
    g_assert_true(store_transact(store, touch, NULL, NULL));
    assert_standing(&stage, PRESS_WAITS);
    g_assert_true(press_change_forget(store, NULL));
    g_assert_true(press_dirty_insert(store, "story:12", 1, 0, NULL));
    assert_standing(&stage, PRESS_WAITS); /* taken, and not made */
    make(&stage, "second\n");
    assert_standing(&stage, PRESS_WAITS);
    publish(&stage);
    assert_standing(&stage, PRESS_STANDS);
    press_lease_drop(&stage.lease);
    fixture_end(&stage.fixture);
}

static void test_fails(Store *store, const char *url)
{
    Stage stage;
    stage_begin(&stage, store);
    make(&stage, "first\n");
    publish(&stage);
    g_assert_true(press_failure_put(store, "story:12", "no headline", 1, NULL));
    assert_standing(&stage, PRESS_FAILS);
    g_assert_true(press_dirty_insert(store, "story:12", 1, 0, NULL));
    assert_standing(&stage, PRESS_WAITS); /* tried again */
    press_lease_drop(&stage.lease);
    fixture_end(&stage.fixture);
}

/* An edition that cannot be read is said to be so. */
static void test_broken(Store *store, const char *url)
{
    Stage stage;
    g_autoptr(GError) error = NULL;
    PressStanding standing = PRESS_WAITS;
    stage_begin(&stage, store);
    make(&stage, "first\n");
    publish(&stage);
    g_autofree char *edition = g_build_filename(stage.fixture.edition, "current", "EDITION", NULL);
    g_assert_true(g_file_set_contents(edition, "nonsense\n", -1, NULL));
    g_assert_false(press_standing(store, stage.fixture.edition, "story:12", "story:12", &standing,
                                  NULL, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    press_lease_drop(&stage.lease);
    fixture_end(&stage.fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/standing/stands", test_stands);
    stores_test_add("/standing/fails", test_fails);
    stores_test_add("/standing/broken", test_broken);
    return g_test_run();
}
