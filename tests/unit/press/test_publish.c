/* An edition comes into force once, only under the lease, and drops what it no longer has. */
#include "press/publish.h"

#include "base/clock.h"
#include "base/error.h"
#include "doubles/stores.h"
#include "edition/edition.h"
#include "fixture.h"
#include "press_sql.h"

#include <string.h>

static unsigned settled;

static bool settle(void *data, GError **error)
{
    settled++;
    return object_store_sync(data, error);
}

static void put_page(Store *store, Fixture *fixture, const char *text)
{
    Hash hash;
    bool written = false;
    g_autoptr(GError) error = NULL;
    object_store_put(fixture->objects, text, strlen(text), &hash, &written, &error);
    g_assert_no_error(error);
    fixture_enter(store, fixture_record("front:en", "index.html", text, NULL, NULL));
}

typedef struct {
    Fixture fixture;
    PressLease lease;
    PressPublish what;
} Stage;

static void stage_begin(Stage *stage, Store *store)
{
    g_autoptr(GError) error = NULL;
    fixture_begin(&stage->fixture);
    settled = 0;
    press_lease_take(&stage->lease, store, stage->fixture.directory, &error);
    g_assert_no_error(error);
    object_store_begin(stage->fixture.objects, &error);
    g_assert_no_error(error);
    stage->what = (PressPublish){.store = store,
                                 .objects = stage->fixture.objects,
                                 .directory = stage->fixture.directory,
                                 .edition_dir = stage->fixture.edition,
                                 .keys_dir = stage->fixture.keys,
                                 .lease = &stage->lease,
                                 .settle = settle,
                                 .settle_data = stage->fixture.objects};
    put_page(store, &stage->fixture, "first\n");
}

static void stage_end(Stage *stage)
{
    press_lease_drop(&stage->lease);
    fixture_end(&stage->fixture);
}

static PressPublished publish(const Stage *stage)
{
    g_autoptr(GError) error = NULL;
    PressPublished done = {0};
    press_publish(&stage->what, &done, &error);
    g_assert_no_error(error);
    return done;
}

static void test_once(Store *store, const char *url)
{
    Stage stage;
    stage_begin(&stage, store);
    PressPublished first = publish(&stage);
    g_assert_true(first.made);
    g_assert_cmpuint(first.nodes, >, 0);
    PressPublished again = publish(&stage);
    g_assert_false(again.made);
    g_assert_cmpuint(again.number, ==, first.number);
    put_page(store, &stage.fixture, "second\n");
    g_assert_true(fixture_any(press_dropped_all(store, NULL)));
    PressPublished next = publish(&stage);
    g_assert_true(next.made);
    g_assert_cmpuint(next.number, >, first.number);
    g_assert_false(fixture_any(press_dropped_all(store, NULL))); /* journalled */
    g_assert_cmpuint(settled, ==, 3);
    stage_end(&stage);
}

/* Another machine took over: the edition stays as it was. */
static void test_fenced(Store *store, const char *url)
{
    Stage stage;
    stage_begin(&stage, store);
    PressPublished first = publish(&stage), done = {0};
    g_autoptr(GError) error = NULL;
    put_page(store, &stage.fixture, "second\n");
    g_assert_true(press_lease_put(store, "elsewhere", stage.lease.fence + 1, clock_now(), NULL));
    g_assert_false(press_publish(&stage.what, &done, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    g_auto(Edition) current = {0};
    g_assert_true(edition_read_current(stage.fixture.directory, &current, NULL, NULL));
    g_assert_cmpuint(current.number, ==, first.number);
    stage_end(&stage);
}

static void test_nothing(Store *store, const char *url)
{
    Stage stage;
    PressPublished done = {0};
    g_autoptr(GError) error = NULL;
    stage_begin(&stage, store);
    fixture_enter(store, fixture_record("front:en", NULL, "", NULL, NULL));
    g_assert_true(press_stale_node_delete(store, "", NULL));
    g_assert_false(press_publish(&stage.what, &done, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    stage_end(&stage);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/publish/once", test_once);
    stores_test_add("/publish/fenced", test_fenced);
    stores_test_add("/publish/nothing", test_nothing);
    return g_test_run();
}
