/* Keys of RSA and Ed25519: signing_key.h. What is signed with them is the caller's. */
#include "seal/signing_key.h"

#include "base/error.h"
#include "base/random.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <sodium.h>
#include <string.h>

#define ED25519_BYTES 32u
#define SIGNATURE_MAX 1024u /* bytes: of RSA's keys of 8,192 bits */

struct SigningKey {
    EVP_PKEY *key;
};

static SigningKey *take(EVP_PKEY *pkey)
{
    SigningKey *key = g_new0(SigningKey, 1);
    key->key = pkey;
    return key;
}

void signing_key_free(SigningKey *key)
{
    if (key != NULL) {
        EVP_PKEY_free(key->key);
        g_free(key);
    }
}

SigningKey *signing_key_new(SigningAlgorithm algorithm, GError **error)
{
    EVP_PKEY *pkey = NULL;
    if (algorithm == SIGNING_RSA) {
        pkey = EVP_RSA_gen(SIGNING_RSA_NEW);
    } else {
        uint8_t seed[ED25519_BYTES];
        random_bytes(seed, sizeof seed);
        pkey = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, sizeof seed);
        sodium_memzero(seed, sizeof seed);
    }
    if (pkey == NULL) {
        fail(error, KOLOKOL_ERROR_IO, "a key could not be made");
        return NULL;
    }
    return take(pkey);
}

/* No terminal is asked for a password. */
static int no_password(char *buffer, int size, int writing, void *data)
{
    return -1;
}

static bool key_fine(EVP_PKEY *pkey, GError **error)
{
    int bits = EVP_PKEY_get_bits(pkey);
    if (EVP_PKEY_get_base_id(pkey) == EVP_PKEY_ED25519) {
        return true;
    }
    if (EVP_PKEY_get_base_id(pkey) != EVP_PKEY_RSA) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a key is neither RSA nor Ed25519");
    }
    return (bits >= SIGNING_RSA_MIN && bits <= SIGNING_RSA_MAX) ||
           fail(error, KOLOKOL_ERROR_INVALID, "an RSA key has %d bits; it must have %d to %d", bits,
                SIGNING_RSA_MIN, SIGNING_RSA_MAX);
}

static void free_key(gpointer data)
{
    signing_key_free(data);
}

GPtrArray *signing_keys_parse(const char *pem, size_t length, GError **error)
{
    static const char begin[] = "-----BEGIN";
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(free_key);
    const char *at = pem, *end = pem + length;
    while ((at = g_strstr_len(at, end - at, begin)) != NULL) {
        const char *next = g_strstr_len(at + 1, end - at - 1, begin);
        size_t size = (size_t)((next == NULL ? end : next) - at);
        BIO *bio = BIO_new_mem_buf(at, (int)MIN(size, SIGNING_KEY_FILE));
        EVP_PKEY *pkey = PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL);
        BIO_free(bio);
        if (pkey == NULL) {
            fail(error, KOLOKOL_ERROR_INVALID,
                 "block %u is not a private key in PEM, or has a password", keys->len + 1);
            return NULL;
        }
        g_ptr_array_add(keys, take(pkey));
        if (!key_fine(pkey, error)) {
            return NULL;
        }
        if (keys->len > SIGNING_KEYS_MAX) {
            fail(error, KOLOKOL_ERROR_INVALID, "there are more than %u keys", SIGNING_KEYS_MAX);
            return NULL;
        }
        at += size;
    }
    if (keys->len == 0) {
        fail(error, KOLOKOL_ERROR_INVALID, "there is no private key in PEM");
        return NULL;
    }
    return g_steal_pointer(&keys);
}

char *signing_key_pem(const SigningKey *key)
{
    BIO *bio = BIO_new(BIO_s_secmem());
    char *bytes = NULL;
    PEM_write_bio_PKCS8PrivateKey(bio, key->key, NULL, NULL, 0, NULL, NULL);
    long length = BIO_get_mem_data(bio, &bytes);
    char *pem = g_strndup(bytes, length > 0 ? (gsize)length : 0);
    BIO_free(bio);
    return pem;
}

void signing_key_pem_free(char *pem)
{
    if (pem != NULL) {
        sodium_memzero(pem, strlen(pem));
        g_free(pem);
    }
}

SigningAlgorithm signing_key_algorithm(const SigningKey *key)
{
    return EVP_PKEY_get_base_id(key->key) == EVP_PKEY_ED25519 ? SIGNING_ED25519 : SIGNING_RSA;
}

char *signing_key_public(const SigningKey *key)
{
    if (signing_key_algorithm(key) == SIGNING_ED25519) {
        uint8_t raw[ED25519_BYTES] = {0};
        size_t length = sizeof raw;
        EVP_PKEY_get_raw_public_key(key->key, raw, &length);
        return g_base64_encode(raw, sizeof raw);
    }
    unsigned char *der = NULL;
    int length = i2d_PUBKEY(key->key, &der);
    char *text = g_base64_encode(der, length > 0 ? (gsize)length : 0);
    OPENSSL_free(der);
    return text;
}

static bool sign_rsa(EVP_PKEY *pkey, const Hash *hash, uint8_t *signature, size_t *length)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(pkey, NULL);
    bool made = context != NULL && EVP_PKEY_sign_init(context) > 0 &&
                EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) > 0 &&
                EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) > 0 &&
                EVP_PKEY_sign(context, signature, length, hash->bytes, sizeof hash->bytes) > 0;
    EVP_PKEY_CTX_free(context);
    return made;
}

static bool sign_ed25519(EVP_PKEY *pkey, const Hash *hash, uint8_t *signature, size_t *length)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool made = context != NULL && EVP_DigestSignInit(context, NULL, NULL, NULL, pkey) > 0 &&
                EVP_DigestSign(context, signature, length, hash->bytes, sizeof hash->bytes) > 0;
    EVP_MD_CTX_free(context);
    return made;
}

char *signing_key_sign(const SigningKey *key, const Hash *hash, GError **error)
{
    uint8_t signature[SIGNATURE_MAX];
    size_t length = sizeof signature;
    bool made = signing_key_algorithm(key) == SIGNING_ED25519
                    ? sign_ed25519(key->key, hash, signature, &length)
                    : sign_rsa(key->key, hash, signature, &length);
    if (!made) {
        fail(error, KOLOKOL_ERROR_IO, "a mail could not be signed");
        return NULL;
    }
    return g_base64_encode(signature, length);
}
