/* SHA-256: hash.h. */
#include "seal/hash.h"

#include <glib.h>
#include <openssl/evp.h>
#include <string.h>

/* SHA256() looks for the algorithm's code each time, which costs more than hashing a short name. */
static const EVP_MD *sha256(void)
{
    static const EVP_MD *found;
    if (g_once_init_enter(&found)) {
        const EVP_MD *fetched = EVP_MD_fetch(NULL, "SHA256", NULL);
        g_once_init_leave(&found, fetched == NULL ? EVP_sha256() : fetched);
    }
    return found;
}

Hash hash_of(const void *bytes, size_t length)
{
    Hash hash;
    EVP_Digest(bytes, length, hash.bytes, NULL, sha256(), NULL);
    return hash;
}

bool hash_equal(const Hash *a, const Hash *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

void hash_hex(const Hash *hash, char hex[HASH_HEX])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof hash->bytes; i++) {
        hex[2 * i] = digits[hash->bytes[i] >> 4];
        hex[2 * i + 1] = digits[hash->bytes[i] & 15];
    }
    hex[HASH_HEX - 1] = '\0';
}

char *hash_mark(const char *const *texts)
{
    if (texts == NULL) {
        return g_strdup("-");
    }
    char hex[HASH_HEX];
    g_autoptr(GString) all = g_string_new(NULL);
    for (; *texts != NULL; texts++) {
        g_string_append_len(all, *texts, (gssize)strlen(*texts) + 1); /* its end parts it */
    }
    Hash hash = hash_of(all->str, all->len);
    hash_hex(&hash, hex);
    return g_strndup(hex, 16);
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hash_parse(const char *hex, Hash *hash)
{
    Hash parsed;
    for (size_t i = 0; i < sizeof parsed.bytes; i++) {
        int high = digit(hex[2 * i]);
        int low = high < 0 ? -1 : digit(hex[2 * i + 1]);
        if (low < 0) {
            return false;
        }
        parsed.bytes[i] = (uint8_t)(high << 4 | low);
    }
    if (hex[HASH_HEX - 1] != '\0') {
        return false;
    }
    *hash = parsed;
    return true;
}
