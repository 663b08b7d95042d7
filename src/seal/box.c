/* Sealed boxes: box.h. Where keys lie and who may read them is forms/keys.c. */
#include "seal/box.h"

#include "base/error.h"
#include "base/random.h"

#include <sodium.h>
#include <string.h>

#define TEXT_SIZE (sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_ORIGINAL) + 1)

void box_secret_key_new(BoxSecretKey *secret)
{
    random_bytes(secret->bytes, sizeof secret->bytes);
}

BoxPublicKey box_secret_key_public(const BoxSecretKey *secret)
{
    BoxPublicKey public;
    crypto_scalarmult_base(public.bytes, secret->bytes);
    return public;
}

void box_secret_key_clear(BoxSecretKey *secret)
{
    sodium_memzero(secret, sizeof *secret);
}

static char *key_text(const uint8_t bytes[32])
{
    char *text = g_malloc(TEXT_SIZE);
    sodium_bin2base64(text, TEXT_SIZE, bytes, 32, sodium_base64_VARIANT_ORIGINAL);
    g_strlcat(text, "\n", TEXT_SIZE);
    return text;
}

char *box_public_key_text(const BoxPublicKey *key)
{
    return key_text(key->bytes);
}

char *box_secret_key_text(const BoxSecretKey *key)
{
    return key_text(key->bytes);
}

void box_key_text_free(char *text)
{
    if (text != NULL) {
        sodium_memzero(text, strlen(text));
        g_free(text);
    }
}

static bool key_parse(const char *text, uint8_t bytes[32], GError **error)
{
    uint8_t parsed[32];
    size_t length = 0;
    if (sodium_base642bin(parsed, sizeof parsed, text, strlen(text), "\r\n ", &length, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        length != sizeof parsed) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "this is not a key of 32 bytes in base64");
    }
    memcpy(bytes, parsed, sizeof parsed);
    sodium_memzero(parsed, sizeof parsed);
    return true;
}

bool box_public_key_parse(const char *text, BoxPublicKey *key, GError **error)
{
    return key_parse(text, key->bytes, error);
}

bool box_secret_key_parse(const char *text, BoxSecretKey *key, GError **error)
{
    return key_parse(text, key->bytes, error);
}

/* Owned by the caller, BOX_STEP more room than the padded length needs. */
static uint8_t *padded(const void *bytes, size_t length, size_t *padded_length)
{
    g_assert(length <= BOX_MAX);
    size_t room = length + BOX_STEP;
    uint8_t *copy = g_malloc0(room);
    if (length > 0) {
        memcpy(copy, bytes, length);
    }
    sodium_pad(padded_length, copy, length, BOX_STEP, room);
    return copy;
}

static GBytes *unpadded(uint8_t *plain, size_t length, GError **error)
{
    size_t real = 0;
    if (sodium_unpad(&real, plain, length, BOX_STEP) != 0) {
        g_free(plain);
        fail(error, KOLOKOL_ERROR_CORRUPT, "a sealed box has no right padding");
        return NULL;
    }
    return g_bytes_new_take(plain, real);
}

GBytes *box_seal(const BoxPublicKey *key, const void *bytes, size_t length)
{
    size_t plain_length = 0;
    uint8_t *plain = padded(bytes, length, &plain_length);
    uint8_t *sealed = g_malloc(plain_length + crypto_box_SEALBYTES);
    crypto_box_seal(sealed, plain, plain_length, key->bytes);
    sodium_memzero(plain, plain_length);
    g_free(plain);
    return g_bytes_new_take(sealed, plain_length + crypto_box_SEALBYTES);
}

GBytes *box_open(const BoxSecretKey *key, const void *sealed, size_t length, GError **error)
{
    BoxPublicKey public = box_secret_key_public(key);
    if (length >= crypto_box_SEALBYTES && length <= BOX_MAX + BOX_STEP + crypto_box_SEALBYTES) {
        size_t plain_length = length - crypto_box_SEALBYTES;
        uint8_t *plain = g_malloc(plain_length + 1);
        if (crypto_box_seal_open(plain, sealed, length, public.bytes, key->bytes) == 0) {
            return unpadded(plain, plain_length, error);
        }
        g_free(plain);
    }
    fail(error, KOLOKOL_ERROR_CORRUPT, "a sealed box was not sealed to this key, or was changed");
    return NULL;
}

static void secret_key(const void *secret, size_t length, const char *purpose,
                       uint8_t key[crypto_secretbox_KEYBYTES])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, crypto_secretbox_KEYBYTES);
    crypto_generichash_update(&state, (const uint8_t *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, secret, length);
    crypto_generichash_final(&state, key, crypto_secretbox_KEYBYTES);
}

GBytes *secret_seal(const void *secret, size_t secret_length, const char *purpose,
                    const void *bytes, size_t length)
{
    uint8_t key[crypto_secretbox_KEYBYTES];
    size_t plain_length = 0;
    uint8_t *plain = padded(bytes, length, &plain_length);
    size_t all = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain_length;
    uint8_t *sealed = g_malloc(all);
    secret_key(secret, secret_length, purpose, key);
    random_bytes(sealed, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, plain, plain_length, sealed, key);
    sodium_memzero(key, sizeof key);
    sodium_memzero(plain, plain_length);
    g_free(plain);
    return g_bytes_new_take(sealed, all);
}

GBytes *secret_open(const void *secret, size_t secret_length, const char *purpose,
                    const void *sealed, size_t length, GError **error)
{
    uint8_t key[crypto_secretbox_KEYBYTES];
    size_t over = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (length >= over && length <= BOX_MAX + BOX_STEP + over) {
        const uint8_t *bytes = sealed;
        uint8_t *plain = g_malloc(length - over + 1);
        secret_key(secret, secret_length, purpose, key);
        int wrong = crypto_secretbox_open_easy(plain, bytes + crypto_secretbox_NONCEBYTES,
                                               length - crypto_secretbox_NONCEBYTES, bytes, key);
        sodium_memzero(key, sizeof key);
        if (wrong == 0) {
            return unpadded(plain, length - over, error);
        }
        g_free(plain);
    }
    fail(error, KOLOKOL_ERROR_CORRUPT, "a box was closed with another key, or was changed");
    return NULL;
}
