/* Keys that sign: files that are taken and refused, and signatures that OpenSSL itself checks. */
#include "seal/signing_key.h"

#include "base/error.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

/* RFC 8032 7.1, test 1, as PKCS #8 (RFC 8410). */
static const char ed25519_pem[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";
static const char ed25519_public[] = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

static EVP_PKEY *public_of(const SigningKey *key)
{
    g_autofree char *text = signing_key_public(key);
    gsize length = 0;
    g_autofree guchar *bytes = g_base64_decode(text, &length);
    const guchar *at = bytes;
    return signing_key_algorithm(key) == SIGNING_ED25519
               ? EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, bytes, length)
               : d2i_PUBKEY(NULL, &at, (long)length);
}

/* What a verifier does: RSA over the data, Ed25519 over their hash. */
static bool verifies(const SigningKey *key, const char *data, const char *signature)
{
    bool rsa = signing_key_algorithm(key) == SIGNING_RSA;
    Hash hash = hash_of(data, strlen(data));
    gsize length = 0;
    g_autofree guchar *bytes = g_base64_decode(signature, &length);
    EVP_PKEY *public = public_of(key);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_DigestVerifyInit(context, NULL, rsa ? EVP_sha256() : NULL, NULL, public);
    int result = rsa ? EVP_DigestVerify(context, bytes, length, (const guchar *)data, strlen(data))
                     : EVP_DigestVerify(context, bytes, length, hash.bytes, sizeof hash.bytes);
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(public);
    return result == 1;
}

static void test_signs(void)
{
    static const SigningAlgorithm algorithms[] = {SIGNING_RSA, SIGNING_ED25519};
    for (size_t i = 0; i < G_N_ELEMENTS(algorithms); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SigningKey) key = signing_key_new(algorithms[i], &error);
        g_assert_no_error(error);
        Hash hash = hash_of("The bell", 8);
        g_autofree char *signature = signing_key_sign(key, &hash, &error);
        g_autofree char *again = signing_key_sign(key, &hash, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(signature, ==, again);
        g_assert_true(verifies(key, "The bell", signature));
        g_assert_false(verifies(key, "The bells", signature));

        char *pem = signing_key_pem(key);
        g_autoptr(GPtrArray) back = signing_keys_parse(pem, strlen(pem), &error);
        g_assert_no_error(error);
        g_assert_cmpuint(back->len, ==, 1);
        g_autofree char *same = signing_key_sign(back->pdata[0], &hash, &error);
        g_assert_cmpstr(signature, ==, same);
        signing_key_pem_free(pem);
    }
}

static void test_known(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) keys = signing_keys_parse(ed25519_pem, strlen(ed25519_pem), &error);
    g_assert_no_error(error);
    g_autofree char *public = signing_key_public(keys->pdata[0]);
    g_assert_cmpint(signing_key_algorithm(keys->pdata[0]), ==, SIGNING_ED25519);
    g_assert_cmpstr(public, ==, ed25519_public);
}

/* The order of the file; a comment before a key is passed over. */
static void test_many(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SigningKey) rsa = signing_key_new(SIGNING_RSA, &error);
    char *pem = signing_key_pem(rsa);
    g_autofree char *file = g_strconcat("# ours\n", ed25519_pem, pem, ed25519_pem, NULL);
    g_autoptr(GPtrArray) keys = signing_keys_parse(file, strlen(file), &error);
    g_assert_no_error(error);
    g_assert_cmpuint(keys->len, ==, 3);
    g_assert_cmpint(signing_key_algorithm(keys->pdata[1]), ==, SIGNING_RSA);
    g_autofree char *many =
        g_strconcat(ed25519_pem, ed25519_pem, ed25519_pem, ed25519_pem, ed25519_pem, NULL);
    g_assert_null(signing_keys_parse(many, strlen(many), &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    signing_key_pem_free(pem);
}

static char *pem_of(EVP_PKEY *pkey)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *bytes = NULL;
    PEM_write_bio_PKCS8PrivateKey(bio, pkey, NULL, NULL, 0, NULL, NULL);
    long length = BIO_get_mem_data(bio, &bytes);
    char *pem = g_strndup(bytes, (gsize)length);
    BIO_free(bio);
    EVP_PKEY_free(pkey);
    return pem;
}

static void test_refused(void)
{
    g_autofree char *short_rsa = pem_of(EVP_RSA_gen(512));
    g_autofree char *other = pem_of(EVP_EC_gen("P-256"));
    g_autofree char *cut = g_strndup(ed25519_pem, 60);
    const char *const rows[][2] = {
        {"", "no private key"},
        {"nothing", "no private key"},
        {"-----BEGIN", "not a private key"},
        {"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "not a private key"},
        {cut, "not a private key"},
        {short_rsa, "512 bits"},
        {other, "neither RSA nor Ed25519"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(signing_keys_parse(rows[i][0], strlen(rows[i][0]), &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        g_assert_nonnull(strstr(error->message, rows[i][1]));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/signing-key/signs", test_signs);
    g_test_add_func("/signing-key/known", test_known);
    g_test_add_func("/signing-key/many", test_many);
    g_test_add_func("/signing-key/refused", test_refused);
    return g_test_run();
}
