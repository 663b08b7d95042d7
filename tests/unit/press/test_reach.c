/* How many pages a change of a global input would reach. */
#include "press/reach.h"

#include "doubles/stores.h"
#include "fixture.h"

static void enter(Store *store, const char *name, const char *text, const char *globals)
{
    g_autofree char *path = g_strdup_printf("%s.html", name + 6);
    PressRecord *record = fixture_record(name, path, text, NULL, NULL);
    g_free(record->globals);
    record->globals = g_strdup(globals);
    fixture_enter(store, record);
}

static void expect(Store *store, const char *global, uint64_t pages, uint64_t bytes)
{
    uint64_t found = 99, size = 99;
    g_assert_true(press_reach(store, global, &found, &size, NULL));
    g_assert_cmpuint(found, ==, pages);
    g_assert_cmpuint(size, ==, bytes);
}

static void test_reach(Store *store, const char *url)
{
    expect(store, "frame:en", 0, 0);
    enter(store, "story:1", "12345", "frame:en 1\ntemplate:story 4\n");
    enter(store, "story:2", "123", "frame:en 2\n"); /* of an older frame: reached as well */
    enter(store, "story:3", "1", "frame:en/old 1\ntemplate:story 4\n");
    expect(store, "frame:en", 2, 8);
    expect(store, "template:story", 2, 6);
    expect(store, "frame:e", 0, 0); /* a part of a name is none */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/reach/pages", test_reach);
    return g_test_run();
}
