/* Randomness: the system's, or a test's; names that nobody sees use up none of a test's. */
#include "base/random.h"

#include <glib.h>
#include <string.h>

static void count_up(void *bytes, size_t length, void *data)
{
    for (size_t i = 0; i < length; i++) {
        ((uint8_t *)bytes)[i] = (*(uint8_t *)data)++;
    }
}

static void test_replaced(void)
{
    uint8_t next = 0xf8, bytes[3] = {0};
    random_replace(count_up, &next);
    g_autofree char *id = random_id();
    g_assert_cmpstr(id, ==, "f8f9fafbfcfdfeff0001020304050607");
    random_unseen();
    random_bytes(bytes, sizeof bytes);
    g_assert_cmpmem(bytes, sizeof bytes, "\x08\x09\x0a", 3);
    random_bytes(bytes, 0);
    g_assert_cmpuint(next, ==, 0x0b);
    random_replace(NULL, NULL);
    g_autofree char *other = random_id();
    g_assert_cmpstr(other, !=, id);
}

static void test_system(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < 1000; i++) {
        char *id = random_id();
        g_assert_cmpuint(strlen(id), ==, 32);
        g_assert_cmpuint(strspn(id, "0123456789abcdef"), ==, 32);
        g_assert_true(g_hash_table_add(seen, id));
    }
    g_assert_cmpuint(random_unseen() | random_unseen(), !=, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/random/replaced", test_replaced);
    g_test_add_func("/random/system", test_system);
    return g_test_run();
}
