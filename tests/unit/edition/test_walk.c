#include "edition/walk.h"

#include "base/error.h"
#include "fixture.h"

#include <string.h>

#define HEX "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

typedef struct {
    const Fixture *fixture;
    GString *names;
    unsigned counts[3];
    const char *skip;
    const char *given; /* a node's bytes, instead of the store's */
} Seen;

static GBytes *load(const char *name, const Hash *hash, void *data, GError **error)
{
    const Seen *seen = data;
    return seen->given != NULL ? g_bytes_new(seen->given, strlen(seen->given))
                               : object_store_read(seen->fixture->objects, hash, 65536, error);
}

static bool visit(const WalkFile *file, bool *into, void *data, GError **error)
{
    Seen *seen = data;
    seen->counts[file->kind]++;
    g_string_append_printf(seen->names, "%s ", file->name);
    *into = seen->skip == NULL || strcmp(seen->skip, file->name) != 0;
    return true;
}

static bool walk_text(const char *entries, const char *given, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);
    Seen seen = {.names = names, .given = given};
    g_autofree char *copy = g_strdup(entries);
    Edition edition = {.entries = copy};
    EditionWalk walk = {load, visit, &seen};
    return edition_walk(&edition, &walk, error);
}

static void test_all(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "index.html", "front");
    fixture_page(fixture, "a/index.html", "a");
    fixture_page(fixture, "a/b/index.html", "b");
    g_autofree char *object = fixture_object(fixture, "a", "css", "body{}");
    fixture_press(fixture);
    g_auto(Edition) edition = {0};
    g_assert_true(edition_read_current(fixture->descriptor, &edition, NULL, NULL));
    g_autoptr(GString) names = g_string_new(NULL);
    Seen seen = {.fixture = fixture, .names = names};
    EditionWalk walk = {load, visit, &seen};
    g_assert_true(edition_walk(&edition, &walk, NULL));
    g_autofree char *expected = g_strdup_printf("a/MANIFEST a/OBJECTS %s a/b/MANIFEST "
                                                "a/b/index.html a/index.html index.html ",
                                                object);
    g_assert_cmpstr(names->str, ==, expected);
    g_assert_cmpuint(seen.counts[WALK_PAGE], ==, 3);
    g_string_truncate(names, 0);
    seen.skip = "a/MANIFEST";
    g_assert_true(edition_walk(&edition, &walk, NULL));
    g_assert_cmpstr(names->str, ==, "a/MANIFEST index.html ");
    fixture_free(fixture);
}

static void test_refused(void)
{
    static const char *const bad[] = {
        "SHA256 (../a) = " HEX "\n",      "SHA256 (/etc/passwd) = " HEX "\n",
        "SHA256 (a/b.html) = " HEX "\n",  "SHA256 (o/MANIFEST) = " HEX "\n",
        "SHA256 (EDITION) = " HEX "\n",   "SHA256 (a/../MANIFEST) = " HEX "\n",
        "SHA256 (MANIFEST) = " HEX "\n",  "SHA256 (.git/MANIFEST) = " HEX "\n",
        "SHA256 (a\\b.html) = " HEX "\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        if (walk_text(bad[i], NULL, &error)) {
            g_error("taken: %s", bad[i]);
        }
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    }
}

/* A node is believed only by its hash, and then only about its own directory. */
static void test_nodes(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(walk_text("SHA256 (a/MANIFEST) = " HEX "\n", "abcd", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    static const char foreign[] = "SHA256 (b/index.html) = " HEX "\n";
    char hex[HASH_HEX];
    Hash hash = hash_of(foreign, strlen(foreign));
    hash_hex(&hash, hex);
    g_autofree char *entries = g_strdup_printf("SHA256 (a/MANIFEST) = %s\n", hex);
    g_clear_error(&error);
    g_assert_false(walk_text(entries, foreign, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    g_assert_nonnull(strstr(error->message, "b/index.html"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/walk/all", test_all);
    g_test_add_func("/walk/refused", test_refused);
    g_test_add_func("/walk/nodes", test_nodes);
    return g_test_run();
}
