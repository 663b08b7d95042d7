#include "desk/batch.h"

#include "base/error.h"
#include "desk/section.h"
#include "fixture.h"
#include "press_sql.h"

#include <string.h>

static void gather(DeskBatch *batch)
{
    char list[] = "list:all/en";
    desk_batch_reset(batch);
    desk_batch_touch(batch, &(StoryTouch){.input = list, .placed = true, .published = 5, .id = 1});
    desk_batch_touch(batch, &(StoryTouch){.input = list, .placed = true, .published = 9, .id = 2});
    desk_batch_touch(batch, &(StoryTouch){.input = list, .placed = true, .published = 9, .id = 1});
    desk_batch_touch(
        batch,
        &(StoryTouch){
            .input = list, .placed = true, .later = true, .due = 50, .published = 50, .id = 3});
    desk_batch_touch_now(batch, "story:1");
    desk_batch_touch_now(batch, "story:1");
    desk_batch_count(batch, "all/en", 202611, 1);
    desk_batch_count(batch, "all/en", 202611, 1);
    desk_batch_count(batch, "all/en", 202610, 1);
    desk_batch_count(batch, "all/en", 202610, -1);
}

static bool body(Store *store, void *data, GError **error)
{
    gather(data);
    gather(data); /* the body runs again */
    return desk_batch_flush(data, store, error);
}

static void test_merge(Store *store, const char *url)
{
    g_autoptr(DeskBatch) batch = desk_batch_new();
    assert_ok(store_transact(store, body, batch, error));
    g_autoptr(StoreRows) rows = press_change_take(store, INT64_MAX, NULL);
    unsigned count = 0;
    while (store_rows_next(rows, NULL) == STORE_ROW) {
        count++;
        if (strcmp(store_text(rows, 0), "list:all/en") == 0) {
            g_assert_cmpint(store_number(rows, 1), ==, 9);
            g_assert_cmpint(store_number(rows, 2), ==, 2);
        }
    }
    g_assert_cmpuint(count, ==, 2);
    g_clear_pointer(&rows, store_rows_free);
    assert_text(fixture_due(store, "list:"), "list:all/en");
    assert_text(fixture_counts(store, "count:year/en/2026", INT64_MAX), "2026-11 2");
}

static bool ensure_body(Store *store, void *data, GError **error)
{
    g_autofree char *slug = NULL;
    bool created = false;
    desk_batch_reset(data);
    g_assert_true(desk_batch_ensure(data, store, 's', "en", "News", &slug, &created, error));
    g_assert_true(created);
    return fail(error, KOLOKOL_ERROR_INVALID, "rolled back");
}

static bool again_body(Store *store, void *data, GError **error)
{
    g_autofree char *slug = NULL;
    bool *created = data;
    g_autoptr(DeskBatch) batch = desk_batch_new();
    return desk_batch_ensure(batch, store, 't', "en", "News", &slug, created, error);
}

/* What was not committed is not known. */
static void test_known(Store *store, const char *url)
{
    g_autoptr(DeskBatch) batch = desk_batch_new();
    for (int i = 0; i < 2; i++) {
        assert_fails(store_transact(store, ensure_body, batch, error), KOLOKOL_ERROR_INVALID,
                     "rolled back");
    }
    assert_fails(section_read(store, "en", "news", error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "news");
    bool created = false;
    assert_ok(store_transact(store, again_body, &created, error));
    g_assert_true(created);
    assert_ok(store_transact(store, again_body, &created, error));
    g_assert_false(created);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/batch/merge", test_merge);
    stores_test_add("/desk/batch/known", test_known);
    return g_test_run();
}
