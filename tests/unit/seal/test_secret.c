#include "seal/secret.h"

#include "base/error.h"
#include "doubles/stores.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder(void)
{
    return g_dir_make_tmp("kolokol-secret-XXXXXX", NULL);
}

static void test_made_once(void)
{
    g_autofree char *dir = folder();
    g_autofree char *keys = g_build_filename(dir, "keys", NULL);
    g_autofree char *file = g_build_filename(keys, SECRET_FILE, NULL);
    g_auto(Secret) first = {0}, second = {0};
    GStatBuf about;
    g_assert_true(secret_load(keys, &first, NULL));
    g_assert_true(secret_load(keys, &second, NULL));
    g_assert_cmpmem(first.bytes, 32, second.bytes, 32);
    g_assert_cmpint(g_stat(file, &about), ==, 0);
    g_assert_cmpuint(about.st_mode & 0777, ==, 0600);
    g_autoptr(GDir) listing = g_dir_open(keys, 0, NULL);
    g_assert_cmpstr(g_dir_read_name(listing), ==, SECRET_FILE);
    g_assert_null(g_dir_read_name(listing)); /* no temporary is left */
    stores_remove_tree(dir);
}

static void test_broken(void)
{
    static const char *const texts[] = {
        "", "00\n", "zz00000000000000000000000000000000000000000000000000000000000000\n",
        "0000000000000000000000000000000000000000000000000000000000000000 "};
    g_autofree char *dir = folder();
    g_autofree char *file = g_build_filename(dir, SECRET_FILE, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_auto(Secret) secret = {0};
        g_assert_true(g_file_set_contents(file, texts[i], -1, NULL));
        g_assert_false(secret_load(dir, &secret, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    }
    stores_remove_tree(dir);
}

/* RFC 4231 has no case for a derived key; so: each use, text and secret gives another. */
static void test_mac(void)
{
    Secret secret = {{1}}, other = {{2}};
    g_autofree char *a = secret_mac_hex(&secret, "address", "a@b.example");
    g_autofree char *again = secret_mac_hex(&secret, "address", "a@b.example");
    g_autofree char *use = secret_mac_hex(&secret, "addres", "sa@b.example");
    g_autofree char *text = secret_mac_hex(&secret, "address", "a@b.exampl");
    g_autofree char *key = secret_mac_hex(&other, "address", "a@b.example");
    g_assert_cmpstr(a, ==, again);
    g_assert_cmpuint(strlen(a), ==, 64);
    g_assert_cmpstr(a, !=, use);
    g_assert_cmpstr(a, !=, text);
    g_assert_cmpstr(a, !=, key);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/secret/made-once", test_made_once);
    g_test_add_func("/secret/broken", test_broken);
    g_test_add_func("/secret/mac", test_mac);
    return g_test_run();
}
