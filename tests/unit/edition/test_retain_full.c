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

static void write_stray(const Fixture *fixture, const char *name)
{
    g_autofree char *path = g_build_filename(fixture->directory, "objects", name, NULL);
    g_assert_true(g_file_set_contents(path, "secret", -1, NULL));
}

static bool has_stray(const Fixture *fixture, const char *name)
{
    g_autofree char *path = g_build_filename(fixture->directory, "objects", name, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* Only the current edition stays, with all its files; nothing else does, coded forms and
 * temporaries included. */
static void test_purge(void)
{
    Fixture *fixture = fixture_new();
    g_autoptr(GError) error = NULL;
    unsigned removed = 0;
    Hash secret = hash_of("secret", 6);
    char stray[HASH_HEX + 8], temporary[HASH_HEX + 8];
    fixture_page(fixture, "index.html", "front");
    fixture_page(fixture, "a.html", "secret");
    fixture_press(fixture);
    fixture_remove(fixture, "a.html");
    fixture_press(fixture);
    g_assert_true(object_store_has(fixture->objects, &secret, OBJECT_PLAIN));
    char hex[HASH_HEX];
    hash_hex(&secret, hex);
    g_snprintf(stray, sizeof stray, "%.2s/%.63s0.gz", hex, hex);
    g_snprintf(temporary, sizeof temporary, "%.60s.1.tmp", hex);
    write_stray(fixture, stray);
    write_stray(fixture, temporary);
    g_assert_true(edition_purge(fixture->descriptor, fixture->objects, fixture_used, fixture,
                                &removed, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(removed, >, 0);
    g_assert_false(object_store_has(fixture->objects, &secret, OBJECT_PLAIN));
    g_assert_false(object_store_has(fixture->objects, &secret, OBJECT_GZIP));
    g_assert_false(has_stray(fixture, stray));
    g_assert_false(has_stray(fixture, temporary));
    g_autoptr(GArray) kept = edition_kept(fixture->descriptor, NULL);
    g_assert_cmpuint(kept->len, ==, 1);
    fixture_check_kept(fixture);
    fixture_free(fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/retain_full/against_journals", test_against_full);
    g_test_add_func("/retain_full/damaged", test_damaged);
    g_test_add_func("/retain_full/purge", test_purge);
    return g_test_run();
}
