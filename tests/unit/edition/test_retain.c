#include "edition/retain.h"

#include "base/clock.h"
#include "base/fault.h"
#include "edition/reader.h"
#include "fixture.h"

#include <string.h>

static bool has(const Fixture *fixture, const char *text)
{
    Hash hash = hash_of(text, strlen(text));
    return object_store_has(fixture->objects, &hash, OBJECT_PLAIN);
}

/* Editions that change nothing of interest. */
static void pass(Fixture *fixture, unsigned editions, int64_t step)
{
    for (unsigned i = 0; i < editions; i++) {
        g_autofree char *text = g_strdup_printf("tick %" G_GINT64_FORMAT, fixture->now);
        fixture->now += step;
        fixture_page(fixture, "tick.html", text);
        fixture_press(fixture);
    }
}

static void test_editions(void)
{
    Fixture *fixture = fixture_new();
    g_assert_cmpuint(fixture_sweep(fixture), ==, 0); /* before the first edition */
    pass(fixture, 30, CLOCK_MINUTE);
    fixture_sweep(fixture);
    g_autoptr(GArray) young = edition_kept(fixture->descriptor, NULL);
    g_assert_cmpuint(young->len, ==, 30);
    fixture->now += 3 * CLOCK_DAY;
    fixture_sweep(fixture);
    g_autoptr(GArray) kept = edition_kept(fixture->descriptor, NULL);
    g_assert_cmpuint(kept->len, ==, RETAIN_LEAST);
    g_auto(Edition) current = {0};
    g_assert_true(edition_read_current(fixture->descriptor, &current, NULL, NULL));
    g_assert_cmpuint(g_array_index(kept, uint64_t, kept->len - 1), ==, current.number);
    fixture_free(fixture);
}

static void test_dropped(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "a.html", "first");
    fixture_press(fixture);
    fixture_page(fixture, "a.html", "second");
    fixture_press(fixture);
    fixture_sweep(fixture);
    g_assert_true(has(fixture, "first")); /* the edition that had it is kept */
    pass(fixture, RETAIN_LEAST, 3 * CLOCK_HOUR);
    fixture_sweep(fixture);
    g_assert_false(has(fixture, "first"));
    g_assert_true(has(fixture, "second"));
    fixture_free(fixture);
}

/* Dropped, used again, dropped again: an edition in between is kept and has it. */
static void test_dropped_twice(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "a.html", "first");
    fixture_press(fixture);
    fixture_page(fixture, "a.html", "second");
    fixture_press(fixture);
    pass(fixture, RETAIN_LEAST - 3, 3 * CLOCK_HOUR);
    fixture_page(fixture, "a.html", "first");
    uint64_t again = fixture_press(fixture);
    fixture_page(fixture, "a.html", "third");
    fixture_press(fixture);
    pass(fixture, 3, CLOCK_HOUR);
    g_assert_cmpuint(fixture_sweep(fixture), >, 0);
    g_autoptr(EditionReader) reader =
        edition_reader_open_number(fixture->descriptor, again, 0, NULL);
    g_assert_nonnull(reader);
    g_autoptr(GBytes) bytes = edition_reader_read(reader, "a.html", 100, NULL);
    g_assert_nonnull(bytes);
    pass(fixture, RETAIN_LEAST, 3 * CLOCK_HOUR);
    fixture_sweep(fixture);
    g_assert_false(has(fixture, "first"));
    fixture_free(fixture);
}

static void test_batches(void)
{
    Fixture *fixture = fixture_new();
    for (unsigned i = 0; i < 50; i++) {
        g_autofree char *path = g_strdup_printf("%u.html", i);
        fixture_page(fixture, path, path);
    }
    fixture_press(fixture);
    for (unsigned i = 0; i < 50; i++) {
        g_autofree char *path = g_strdup_printf("%u.html", i);
        fixture_remove(fixture, path);
    }
    pass(fixture, 2 * RETAIN_LEAST, 3 * CLOCK_HOUR);
    unsigned total = 0, looked = 7;
    while (looked == 7) {
        g_assert_true(edition_sweep(fixture->descriptor, fixture->objects, fixture->now, 7,
                                    fixture_used, fixture, &looked, NULL));
        total += looked;
    }
    g_assert_cmpuint(total, >=, 50);
    for (unsigned i = 0; i < 50; i++) {
        g_autofree char *path = g_strdup_printf("%u.html", i);
        g_assert_false(has(fixture, path));
    }
    fixture_free(fixture);
}

static void test_faults(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "a.html", "first");
    pass(fixture, 2, CLOCK_HOUR);
    for (uint64_t n = 1; n < 400; n++) {
        g_autofree char *text = g_strdup_printf("page %d", (int)n);
        unsigned looked = 0;
        fixture_page(fixture, "a.html", text);
        fixture->now += 4 * CLOCK_HOUR;
        fixture_press(fixture);
        fault_plan(FAULT_FILE, n % 40 + 1, n % 2 == 0);
        edition_sweep(fixture->descriptor, fixture->objects, fixture->now, 5, fixture_used, fixture,
                      &looked, NULL);
        fault_end();
        if (n % 20 == 0) {
            fixture_check_kept(fixture);
        }
    }
    fixture_sweep(fixture);
    fixture_check_kept(fixture);
    fixture_free(fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/retain/editions", test_editions);
    g_test_add_func("/retain/dropped", test_dropped);
    g_test_add_func("/retain/dropped_twice", test_dropped_twice);
    g_test_add_func("/retain/batches", test_batches);
    g_test_add_func("/retain/faults", test_faults);
    return g_test_run();
}
