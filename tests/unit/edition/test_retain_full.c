#include "edition/retain.h"

#include "base/clock.h"
#include "fixture.h"

#include <string.h>

static void random_step(Fixture *fixture)
{
    g_autofree char *path =
        g_strdup_printf("%d/%d.html", g_test_rand_int_range(0, 4), g_test_rand_int_range(0, 5));
    if (g_test_rand_int_range(0, 4) == 0 && g_tree_lookup(fixture->pages, path) != NULL) {
        fixture_remove(fixture, path);
    } else {
        g_autofree char *text = g_strdup_printf("text %d", g_test_rand_int_range(0, 12));
        fixture_page(fixture, path, text);
    }
    fixture->now += g_test_rand_int_range(1, 5) * CLOCK_HOUR;
    fixture_press(fixture);
}

/* Random editions over few texts, so that much is dropped and used again. The sweep by journals
 * never takes what a kept edition has; in the end it has removed what the full one would. */
static void test_against_full(void)
{
    Fixture *fixture = fixture_new();
    unsigned removed = 7;
    fixture_page(fixture, "index.html", "front");
    for (unsigned i = 0; i < 120; i++) {
        random_step(fixture);
        if (i % 5 == 0) {
            fixture_sweep(fixture);
            fixture_check_kept(fixture);
        }
    }
    fixture_sweep(fixture);
    g_autoptr(GError) error = NULL;
    edition_sweep_full(fixture->descriptor, fixture->objects, fixture_used, fixture, &removed,
                       &error);
    g_assert_no_error(error);
    g_assert_cmpuint(removed, ==, 0);
    fixture_page(fixture, "never.html", "never published");
    g_assert_true(edition_sweep_full(fixture->descriptor, fixture->objects, fixture_used, fixture,
                                     &removed, NULL));
    g_assert_cmpuint(removed, ==, 1);
    fixture_check_kept(fixture);
    fixture_free(fixture);
}

/* A kept edition with a missing node: nothing is removed. */
static void test_damaged(void)
{
    Fixture *fixture = fixture_new();
    unsigned removed = 7;
    g_autoptr(GError) error = NULL;
    fixture_page(fixture, "a/index.html", "front");
    fixture_press(fixture);
    Hash unused = hash_of("unused", 6), node;
    bool written;
    g_assert_true(object_store_put(fixture->objects, "unused", 6, &unused, &written, NULL));
    g_autofree char *line = fixture_entries(fixture);
    char *hex = strstr(line, " = ") + 3;
    hex[64] = '\0';
    g_assert_true(hash_parse(hex, &node));
    g_assert_true(object_store_remove(fixture->objects, &node, NULL));
    g_assert_false(edition_sweep_full(fixture->descriptor, fixture->objects, fixture_used, fixture,
                                      &removed, &error));
    g_assert_nonnull(error);
    g_assert_cmpuint(removed, ==, 7);
    g_assert_true(object_store_has(fixture->objects, &unused, OBJECT_PLAIN));
    fixture_free(fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/retain_full/against_journals", test_against_full);
    g_test_add_func("/retain_full/damaged", test_damaged);
    return g_test_run();
}
