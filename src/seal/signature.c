/* Signatures in signify's and minisign's form: signature.h. libsodium does the mathematics. */
#include "seal/signature.h"

#include "base/error.h"
#include "base/random.h"

#include <sodium.h>
#include <string.h>

#define TRUSTED "trusted comment: "

/* The files' binary contents. All fields are bytes, so there is no padding. */
typedef struct {
    uint8_t algorithm[2], number[8], key[32];
} PublicBytes;

typedef struct {
    uint8_t algorithm[2], kdf[2], check[2], salt[32], ops[8], memory[8];
    uint8_t number[8], key[64], checksum[32];
} SecretBytes;

typedef struct {
    uint8_t algorithm[2], number[8], signature[64];
} SignatureBytes;

void secret_key_new(SecretKey *secret, PublicKey *public)
{
    uint8_t seed[crypto_sign_SEEDBYTES];
    random_bytes(seed, sizeof seed);
    random_bytes(secret->number, sizeof secret->number);
    memcpy(public->number, secret->number, sizeof public->number);
    crypto_sign_seed_keypair(public->bytes, secret->bytes, seed);
    sodium_memzero(seed, sizeof seed);
}

void secret_key_clear(SecretKey *secret)
{
    sodium_memzero(secret, sizeof *secret);
}

PublicKey secret_key_public(const SecretKey *secret)
{
    PublicKey key;
    memcpy(key.number, secret->number, sizeof key.number);
    crypto_sign_ed25519_sk_to_pk(key.bytes, secret->bytes);
    return key;
}

static char *base64(const void *bytes, size_t length)
{
    size_t room = sodium_base64_encoded_len(length, sodium_base64_VARIANT_ORIGINAL);
    char *text = g_malloc(room);
    return sodium_bin2base64(text, room, bytes, length, sodium_base64_VARIANT_ORIGINAL);
}

static bool unbase64(const char *line, size_t line_length, void *bytes, size_t length)
{
    size_t got = 0;
    return sodium_base642bin(bytes, length, line, line_length, NULL, &got, NULL,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           got == length;
}

static PublicBytes public_bytes(const PublicKey *key)
{
    PublicBytes bytes = {.algorithm = {'E', 'd'}};
    memcpy(bytes.number, key->number, sizeof bytes.number);
    memcpy(bytes.key, key->bytes, sizeof bytes.key);
    return bytes;
}

char *public_key_base64(const PublicKey *key)
{
    PublicBytes bytes = public_bytes(key);
    return base64(&bytes, sizeof bytes);
}

char *public_key_text(const PublicKey *key, const char *comment)
{
    g_autofree char *text = public_key_base64(key);
    return g_strdup_printf("untrusted comment: %s\n%s\n", comment, text);
}

void public_key_id(const PublicKey *key, char id[PUBLIC_KEY_ID])
{
    for (size_t i = 0; i < SIGNATURE_KEY_NUMBER; i++) { /* a little-endian number */
        g_snprintf(id + 2 * i, 3, "%02X", (unsigned)key->number[SIGNATURE_KEY_NUMBER - 1 - i]);
    }
}

/* BLAKE2b over algorithm, key number and key, as minisign checks it. */
static void checksum(const SecretBytes *bytes, uint8_t sum[32])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, 32);
    crypto_generichash_update(&state, bytes->algorithm, sizeof bytes->algorithm);
    crypto_generichash_update(&state, bytes->number, sizeof bytes->number);
    crypto_generichash_update(&state, bytes->key, sizeof bytes->key);
    crypto_generichash_final(&state, sum, 32);
}

char *secret_key_text(const SecretKey *secret, const char *comment)
{
    SecretBytes bytes = {.algorithm = {'E', 'd'}, .check = {'B', '2'}};
    memcpy(bytes.number, secret->number, sizeof bytes.number);
    memcpy(bytes.key, secret->bytes, sizeof bytes.key);
    checksum(&bytes, bytes.checksum);
    char *text = base64(&bytes, sizeof bytes);
    char *file = g_strdup_printf("untrusted comment: %s\n%s\n", comment, text);
    sodium_memzero(&bytes, sizeof bytes);
    secret_key_text_free(text);
    return file;
}

void secret_key_text_free(char *text)
{
    if (text != NULL) {
        sodium_memzero(text, strlen(text));
        g_free(text);
    }
}

/* The line with that number, from 0; *length without its end. NULL if there is none. */
static const char *line_of(const char *text, unsigned number, size_t *length)
{
    for (; number > 0; number--) {
        text = strchr(text, '\n');
        if (text == NULL) {
            return NULL;
        }
        text++;
    }
    *length = strcspn(text, "\r\n");
    return *length == 0 ? NULL : text;
}

bool public_key_parse(const char *text, PublicKey *key, GError **error)
{
    PublicBytes bytes;
    size_t length = 0;
    const char *line = line_of(text, strchr(text, '\n') == NULL || text[0] == 'R' ? 0 : 1, &length);
    if (line == NULL || !unbase64(line, length, &bytes, sizeof bytes) ||
        memcmp(bytes.algorithm, "Ed", 2) != 0) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "this is not a public key of signify or minisign");
    }
    memcpy(key->number, bytes.number, sizeof key->number);
    memcpy(key->bytes, bytes.key, sizeof key->bytes);
    return true;
}

static bool secret_take(const SecretBytes *bytes, SecretKey *secret, GError **error)
{
    uint8_t sum[32];
    if (memcmp(bytes->algorithm, "Ed", 2) != 0 || bytes->kdf[0] != 0 || bytes->kdf[1] != 0) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "this secret key has a password or another algorithm; make one with `kolokol "
                    "keys init`");
    }
    checksum(bytes, sum);
    if (sodium_memcmp(sum, bytes->checksum, sizeof sum) != 0) {
        return fail(error, KOLOKOL_ERROR_CORRUPT,
                    "the secret key is damaged: its checksum is wrong");
    }
    memcpy(secret->number, bytes->number, sizeof secret->number);
    memcpy(secret->bytes, bytes->key, sizeof secret->bytes);
    return true;
}

bool secret_key_parse(const char *text, SecretKey *secret, GError **error)
{
    SecretBytes bytes;
    size_t length = 0;
    const char *line = line_of(text, 1, &length);
    if (line == NULL || !unbase64(line, length, &bytes, sizeof bytes)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "this is not a secret key of minisign");
    }
    bool done = secret_take(&bytes, secret, error);
    sodium_memzero(&bytes, sizeof bytes);
    return done;
}

/* The global signature covers the first one and the trusted comment. */
static GByteArray *global_message(const uint8_t signature[64], const char *comment, size_t length)
{
    GByteArray *message = g_byte_array_new();
    g_byte_array_append(message, signature, 64);
    g_byte_array_append(message, (const uint8_t *)comment, (guint)length);
    return message;
}

char *signature_text(const SecretKey *secret, const void *message, size_t length,
                     const char *trusted_comment)
{
    SignatureBytes bytes = {.algorithm = {'E', 'd'}};
    uint8_t global[64];
    memcpy(bytes.number, secret->number, sizeof bytes.number);
    crypto_sign_detached(bytes.signature, NULL, message, length, secret->bytes);
    g_autoptr(GByteArray) covered =
        global_message(bytes.signature, trusted_comment, strlen(trusted_comment));
    crypto_sign_detached(global, NULL, covered->data, covered->len, secret->bytes);
    g_autofree char *first = base64(&bytes, sizeof bytes);
    g_autofree char *second = base64(global, sizeof global);
    return g_strdup_printf("untrusted comment: signature of a Kolokol edition\n%s\n" TRUSTED
                           "%s\n%s\n",
                           first, trusted_comment, second);
}

bool signature_verify(const PublicKey *key, const void *message, size_t length,
                      const char *signature, char **trusted_comment, GError **error)
{
    SignatureBytes bytes;
    uint8_t global[64];
    size_t first_length = 0, comment_length = 0, second_length = 0;
    const char *first = line_of(signature, 1, &first_length);
    const char *comment = line_of(signature, 2, &comment_length);
    const char *second = line_of(signature, 3, &second_length);
    if (first == NULL || comment == NULL || second == NULL || !g_str_has_prefix(comment, TRUSTED) ||
        !unbase64(first, first_length, &bytes, sizeof bytes) ||
        !unbase64(second, second_length, global, sizeof global) ||
        memcmp(bytes.algorithm, "Ed", 2) != 0) {
        return fail(error, KOLOKOL_ERROR_CORRUPT,
                    "this is not a signature of four lines as minisign -l writes it");
    }
    comment += strlen(TRUSTED);
    comment_length -= strlen(TRUSTED);
    if (memcmp(bytes.number, key->number, sizeof bytes.number) != 0) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "the signature is by another key");
    }
    g_autoptr(GByteArray) covered = global_message(bytes.signature, comment, comment_length);
    if (crypto_sign_verify_detached(bytes.signature, message, length, key->bytes) != 0 ||
        crypto_sign_verify_detached(global, covered->data, covered->len, key->bytes) != 0) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "the signature is wrong");
    }
    if (trusted_comment != NULL) {
        *trusted_comment = g_strndup(comment, comment_length);
    }
    return true;
}
