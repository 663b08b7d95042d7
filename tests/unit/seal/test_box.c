/* Sealed boxes: what goes in comes out for the right key only; lengths say little. */
#include "base/error.h"
#include "seal/box.h"

#include <string.h>

static void test_seal(void)
{
    BoxSecretKey key, other;
    g_autoptr(GError) error = NULL;
    box_secret_key_new(&key);
    box_secret_key_new(&other);
    BoxPublicKey public = box_secret_key_public(&key);
    for (size_t length = 0; length < 600; length += 37) {
        g_autofree char *text = g_strnfill(length, 'x');
        g_autoptr(GBytes) sealed = box_seal(&public, text, length);
        gsize sealed_length = 0;
        const void *bytes = g_bytes_get_data(sealed, &sealed_length);
        g_assert_cmpuint(sealed_length % BOX_STEP, ==, 48);
        g_autoptr(GBytes) opened = box_open(&key, bytes, sealed_length, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(g_bytes_get_size(opened), ==, length);
        g_assert_true(length == 0 || memcmp(text, g_bytes_get_data(opened, NULL), length) == 0);
        g_assert_null(box_open(&other, bytes, sealed_length, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
        g_clear_error(&error);
    }
    box_secret_key_clear(&key);
}

static void test_changed(void)
{
    BoxSecretKey key;
    box_secret_key_new(&key);
    BoxPublicKey public = box_secret_key_public(&key);
    g_autoptr(GBytes) sealed = box_seal(&public, "abc", 3);
    gsize length = 0;
    gconstpointer data = g_bytes_get_data(sealed, &length);
    g_autofree uint8_t *bytes = g_memdup2(data, length);
    for (gsize i = 0; i < length; i += 7) {
        bytes[i] ^= 1;
        g_assert_null(box_open(&key, bytes, length, NULL));
        bytes[i] ^= 1;
    }
    for (gsize cut = 0; cut < length; cut += 5) {
        g_assert_null(box_open(&key, bytes, cut, NULL));
    }
}

static void test_secret(void)
{
    g_autoptr(GBytes) sealed = secret_seal("ticket", 6, "a", "words", 5);
    gsize length = 0;
    const void *bytes = g_bytes_get_data(sealed, &length);
    g_autoptr(GBytes) opened = secret_open("ticket", 6, "a", bytes, length, NULL);
    g_assert_cmpmem("words", 5, g_bytes_get_data(opened, NULL), (int)g_bytes_get_size(opened));
    g_assert_null(secret_open("ticket", 6, "b", bytes, length, NULL));
    g_assert_null(secret_open("ticker", 6, "a", bytes, length, NULL));
    g_assert_null(secret_open("ticket", 6, "a", bytes, length - 1, NULL));
    g_autoptr(GBytes) again = secret_seal("ticket", 6, "a", "words", 5);
    g_assert_false(g_bytes_equal(sealed, again));
}

static void test_keys(void)
{
    BoxSecretKey key, read;
    BoxPublicKey public_read;
    box_secret_key_new(&key);
    BoxPublicKey public = box_secret_key_public(&key);
    char *text = box_secret_key_text(&key);
    g_autofree char *public_text = box_public_key_text(&public);
    g_assert_true(box_secret_key_parse(text, &read, NULL));
    g_assert_cmpmem(&key, sizeof key, &read, sizeof read);
    g_assert_true(box_public_key_parse(public_text, &public_read, NULL));
    g_assert_cmpmem(&public, sizeof public, &public_read, sizeof public_read);
    static const char *const wrong[] = {"", "\n", "AAAA\n",
                                        "not base64 at all, not in the least!\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_false(box_public_key_parse(wrong[i], &public_read, NULL));
    }
    box_key_text_free(text);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/box/seal", test_seal);
    g_test_add_func("/box/changed", test_changed);
    g_test_add_func("/box/secret", test_secret);
    g_test_add_func("/box/keys", test_keys);
    return g_test_run();
}
