/* SHA-256: hash.h. */
#include "seal/hash.h"

#include <openssl/sha.h>
#include <string.h>

Hash hash_of(const void *bytes, size_t length)
{
    Hash hash;
    SHA256(bytes, length, hash.bytes);
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
