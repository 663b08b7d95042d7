/* The books: what each record changes in them, and what it counts as. */
#include "press/books.h"

#include "doubles/stores.h"
#include "fixture.h"
#include "press_sql.h"

#include <string.h>

static unsigned readers(Store *store, const char *input, int64_t published)
{
    return fixture_count(
        press_readers(store, press_input_number(input), published, INT64_MAX, NULL));
}

static void test_new_and_again(Store *store, const char *url)
{
    PressTally tally = fixture_enter(
        store, fixture_record("story:1", "a/1.html", "one", "story:1", "section:en/x"));
    g_assert_cmpuint(tally.rendered, ==, 1);
    g_assert_cmpuint(tally.written, ==, 1);
    g_assert_cmpuint(tally.bytes, ==, 3);
    g_assert_cmpuint(readers(store, "story:1", 0), ==, 1);
    g_assert_cmpuint(readers(store, "section:en/x", 0), ==, 1);

    tally = fixture_enter(store,
                          fixture_record("story:1", "a/1.html", "one", "story:1", "section:en/x"));
    g_assert_cmpuint(tally.rendered, ==, 1);
    g_assert_cmpuint(tally.written, ==, 0);
    g_assert_false(fixture_any(press_dropped_all(store, NULL)));

    tally = fixture_enter(store,
                          fixture_record("story:1", "a/1.html", "two", "story:1", "section:en/y"));
    g_assert_cmpuint(tally.written, ==, 1);
    g_assert_cmpuint(readers(store, "section:en/x", 0), ==, 0);
    g_assert_cmpuint(readers(store, "section:en/y", 0), ==, 1);
    g_assert_cmpuint(fixture_count(press_dropped_all(store, NULL)), ==, 1);
}

static void test_moved_and_gone(Store *store, const char *url)
{
    fixture_enter(store, fixture_record("story:1", "a/1.html", "one", "story:1", NULL));
    PressTally tally =
        fixture_enter(store, fixture_record("story:1", "b/1.html", "one", "story:1", NULL));
    g_assert_cmpuint(tally.written, ==, 1);
    g_assert_cmpuint(fixture_count(press_entries_of_dir(store, "a", NULL)), ==, 0);
    g_assert_cmpuint(fixture_count(press_entries_of_dir(store, "b", NULL)), ==, 1);

    tally = fixture_enter(store, fixture_record("story:1", NULL, "", NULL, NULL));
    g_assert_cmpuint(tally.removed, ==, 1);
    g_assert_cmpuint(readers(store, "story:1", 0), ==, 0);
    g_assert_false(fixture_any(press_page_any(store, NULL)));
    g_assert_cmpuint(fixture_count(press_dropped_all(store, NULL)), ==, 1);

    tally = fixture_enter(store, fixture_record("story:1", NULL, "", NULL, NULL)); /* was none */
    g_assert_cmpuint(tally.removed, ==, 0);
}

/* A page that failed stays as it was, and is stale no more; the next good record forgets it. */
static void test_failed(Store *store, const char *url)
{
    fixture_enter(store, fixture_record("story:1", "a/1.html", "one", "story:1", NULL));
    PressRecord *record = fixture_record("story:1", NULL, "", NULL, NULL);
    record->failure = g_strdup("its body is no text");
    g_assert_true(press_dirty_insert(store, "story:1", 1, 0, NULL));
    PressTally tally = fixture_enter(store, record);
    g_assert_cmpuint(tally.failed, ==, 1);
    g_assert_cmpuint(tally.removed, ==, 0);
    g_assert_true(fixture_any(press_failure_any(store, NULL)));
    g_assert_false(fixture_any(press_dirty_wave(store, NULL)));
    g_assert_cmpuint(fixture_count(press_entries_of_dir(store, "a", NULL)), ==, 1);
    g_assert_cmpuint(readers(store, "story:1", 0), ==, 1); /* a change of it renders it again */

    fixture_enter(store, fixture_record("story:1", "a/1.html", "one", "story:1", NULL));
    g_assert_false(fixture_any(press_failure_any(store, NULL)));
}

/* The reader of a window is asked only if the change lies in it. */
static void test_window(Store *store, const char *url)
{
    PressRecord *record = fixture_record("front:en", "index.html", "front", NULL, NULL);
    press_record_read(record, "list:all/en", 100, 7);
    fixture_enter(store, record);
    g_assert_cmpuint(readers(store, "list:all/en", 99), ==, 0);
    g_assert_cmpuint(readers(store, "list:all/en", 100), ==, 1);
    record = fixture_record("front:en", "index.html", "front", NULL, NULL);
    press_record_read(record, "list:all/en", 50, 7);
    fixture_enter(store, record);
    g_assert_cmpuint(readers(store, "list:all/en", 99), ==, 1);
}

static PressRecord *with_object(const char *object)
{
    PressRecord *record = fixture_record("story:1", "a/1.html", "one", NULL, NULL);
    PressObject uses = {g_strdup(object), 10};
    g_array_append_val(record->objects, uses);
    return record;
}

/* Other pictures change the directory's OBJECTS, though the page's bytes are the same. */
static void test_objects(Store *store, const char *url)
{
    g_autofree char *first = g_strdup_printf("o/aa/%064d.png", 1);
    g_autofree char *second = g_strdup_printf("o/aa/%064d.png", 2);
    fixture_enter(store, with_object(first));
    g_assert_true(press_stale_node_delete(store, "a", NULL));
    PressTally tally = fixture_enter(store, with_object(first));
    g_assert_false(fixture_any(press_stale_nodes(store, NULL)));
    tally = fixture_enter(store, with_object(second));
    g_assert_cmpuint(tally.written, ==, 0);
    g_assert_true(fixture_any(press_stale_nodes(store, NULL)));
    g_assert_cmpuint(fixture_count(press_dropped_all(store, NULL)), ==, 1);
}

/* More records than one transaction takes. */
static void test_many(Store *store, const char *url)
{
    g_autoptr(GPtrArray) records =
        g_ptr_array_new_with_free_func((GDestroyNotify)press_record_free);
    for (unsigned i = 0; i < 1200; i++) {
        g_autofree char *name = g_strdup_printf("story:%u", i);
        g_autofree char *path = g_strdup_printf("a/%u.html", i);
        g_ptr_array_add(records, fixture_record(name, path, name, name, "media:1"));
    }
    g_autoptr(GError) error = NULL;
    PressTally tally = {0};
    press_books_enter(store, records, 1, &tally, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(tally.written, ==, 1200);
    g_assert_cmpuint(readers(store, "media:1", 0), ==, 1200);
    g_assert_cmpuint(readers(store, "story:1199", 0), ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/books/new_and_again", test_new_and_again);
    stores_test_add("/books/moved_and_gone", test_moved_and_gone);
    stores_test_add("/books/failed", test_failed);
    stores_test_add("/books/window", test_window);
    stores_test_add("/books/objects", test_objects);
    stores_test_add("/books/many", test_many);
    return g_test_run();
}
