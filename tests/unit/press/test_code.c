/* Coded forms in the background: gzip of all, then brotli, newest first; and what a page weighs. */
#include "press/code.h"

#include "doubles/stores.h"
#include "fixture.h"
#include "press/weight.h"

#include <string.h>

static const PressKind story = {.name = "story", .budgeted = true};
static const PressKind feed = {.name = "feed"};
static const PressKind *const kinds[] = {&story, &feed, NULL};

/* Letters that a coder cannot make much smaller. */
static char *heavy_text(void)
{
    char *text = g_malloc(40001);
    uint32_t seed = 1;
    for (unsigned i = 0; i < 40000; i++) {
        seed = seed * 1664525u + 1013904223u;
        text[i] = (char)('!' + (seed >> 24) % 90);
    }
    text[40000] = '\0';
    return text;
}

static Hash put(Store *store, Fixture *fixture, const char *name, const char *text, int64_t newness)
{
    Hash hash;
    bool written = false;
    g_assert_true(object_store_put(fixture->objects, text, strlen(text), &hash, &written, NULL));
    g_autofree char *path = g_strdup_printf("%s.html", strchr(name, ':') + 1);
    PressRecord *record = fixture_record(name, path, text, NULL, NULL);
    record->newness = newness;
    fixture_enter(store, record);
    return hash;
}

static unsigned code(Store *store, Fixture *fixture, unsigned most)
{
    g_autoptr(GError) error = NULL;
    unsigned made = 99;
    press_code_some(store, fixture->objects, kinds, most, &made, &error);
    g_assert_no_error(error);
    return made;
}

static void take_path(const char *path, const PressWeight *weight, void *data)
{
    g_assert_true(weight->heavy);
    g_assert_cmpint(weight->brotli, >, PRESS_BUDGET_BROTLI);
    g_string_append(data, path);
}

static void test_order(Store *store, const char *url)
{
    Fixture fixture;
    fixture_begin(&fixture);
    g_autofree char *heavy = heavy_text();
    Hash old = put(store, &fixture, "story:old", heavy, 1);
    Hash new = put(store, &fixture, "story:new", "a short page\n", 2);
    put(store, &fixture, "feed:all", heavy + 1, 0);
    g_assert_cmpuint(code(store, &fixture, 1), ==, 1);
    g_assert_true(object_store_has(fixture.objects, &new, OBJECT_GZIP));
    g_assert_false(object_store_has(fixture.objects, &old, OBJECT_GZIP));
    g_assert_cmpuint(code(store, &fixture, 10), ==, 2);
    g_assert_true(object_store_has(fixture.objects, &old, OBJECT_GZIP));
    g_assert_false(object_store_has(fixture.objects, &new, OBJECT_BROTLI));
    g_assert_cmpuint(code(store, &fixture, 10), ==, 3);
    g_assert_true(object_store_has(fixture.objects, &old, OBJECT_BROTLI));
    g_assert_cmpuint(code(store, &fixture, 10), ==, 0);

    PressWeight weight = {0};
    g_assert_true(press_weight(store, "story:new", &weight, NULL));
    g_assert_cmpint(weight.brotli, >, 0);
    g_assert_cmpint(weight.gzip, >, 0);
    g_assert_false(weight.heavy);
    int64_t count = 0;
    g_autoptr(GString) paths = g_string_new(NULL);
    g_assert_true(press_each_heavy(store, 10, take_path, paths, &count, NULL));
    g_assert_cmpint(count, ==, 1);
    g_assert_cmpstr(paths->str, ==, "old.html"); /* the feed has no budget */

    put(store, &fixture, "story:old", "shorter now\n", 1); /* other bytes: to be coded anew */
    g_assert_true(press_each_heavy(store, 10, take_path, paths, &count, NULL));
    g_assert_cmpint(count, ==, 0);
    g_assert_cmpuint(code(store, &fixture, 10), ==, 1);
    fixture_end(&fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/code/order", test_order);
    return g_test_run();
}
