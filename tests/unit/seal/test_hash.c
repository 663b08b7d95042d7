#include "seal/hash.h"

#include <glib.h>
#include <string.h>

/* FIPS 180-4 examples. */
static void test_known(void)
{
    static const struct {
        const char *text, *hex;
    } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        char hex[HASH_HEX];
        Hash hash = hash_of(rows[i].text, strlen(rows[i].text)), back;
        hash_hex(&hash, hex);
        g_assert_cmpstr(hex, ==, rows[i].hex);
        g_assert_true(hash_parse(hex, &back));
        g_assert_true(hash_equal(&hash, &back));
    }
}

static void test_refused(void)
{
    static const char good[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    Hash hash = {{7}};
    g_assert_false(hash_parse("", &hash));
    g_assert_false(hash_parse("ba", &hash));
    g_autofree char *upper = g_ascii_strup(good, -1);
    g_assert_false(hash_parse(upper, &hash));
    g_autofree char *longer = g_strconcat(good, "0", NULL);
    g_assert_false(hash_parse(longer, &hash));
    g_autofree char *shorter = g_strndup(good, 63);
    g_assert_false(hash_parse(shorter, &hash));
    g_autofree char *other = g_strdup(good);
    other[10] = 'g';
    g_assert_false(hash_parse(other, &hash));
    g_assert_cmpint(hash.bytes[0], ==, 7); /* untouched */
}

static void test_mark(void)
{
    static const char *const one[] = {"ab", "c", NULL}, *const other[] = {"a", "bc", NULL},
                             *const again[] = {"ab", "c", NULL}, *const none[] = {NULL};
    g_autofree char *a = hash_mark(one), *b = hash_mark(other), *c = hash_mark(again);
    g_autofree char *empty = hash_mark(none), *nothing = hash_mark(NULL);
    g_assert_cmpuint(strlen(a), ==, 16);
    g_assert_cmpstr(a, !=, b); /* where a text ends counts */
    g_assert_cmpstr(a, ==, c);
    g_assert_cmpstr(empty, !=, nothing);
    g_assert_cmpstr(nothing, ==, "-");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hash/known", test_known);
    g_test_add_func("/hash/refused", test_refused);
    g_test_add_func("/hash/mark", test_mark);
    return g_test_run();
}
