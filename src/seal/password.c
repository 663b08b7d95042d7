/* argon2id for passwords: password.h. Who has one is staff/person.c. */
#include "seal/password.h"

#include "base/error.h"
#include "base/random.h"

#include <sodium.h>
#include <string.h>

#define SALT  16u
#define BYTES 32u

/* "$argon2id$k1$SALT$HASH", both in hex: the salt comes from the seam of randomness, which
 * libsodium's own text form would pass by. k1 names the cost. */
typedef struct {
    const char *mark;
    unsigned long long passes;
    size_t memory;
} Cost;

static const Cost full = {"$argon2id$k1$", PASSWORD_PASSES, PASSWORD_MEMORY};
static const Cost least = {"$argon2id$k0$", crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
static const Cost *cost = &full;

void password_cheap(bool cheap)
{
    cost = cheap ? &least : &full;
}

static bool derive(const char *password, const uint8_t salt[SALT], uint8_t out[BYTES])
{
    return crypto_pwhash(out, BYTES, password, strlen(password), salt, cost->passes, cost->memory,
                         crypto_pwhash_ALG_ARGON2ID13) == 0;
}

char *password_hash(const char *password, GError **error)
{
    uint8_t salt[SALT], out[BYTES];
    char salt_text[2 * SALT + 1], out_text[2 * BYTES + 1];
    size_t length = strlen(password);
    if (length > PASSWORD_MOST) {
        fail(error, KOLOKOL_ERROR_LIMIT, "a password has at most %u bytes", PASSWORD_MOST);
        return NULL;
    }
    if (length < PASSWORD_LEAST || !g_utf8_validate(password, -1, NULL)) {
        fail(error, KOLOKOL_ERROR_INVALID, "a password has at least %u characters", PASSWORD_LEAST);
        return NULL;
    }
    random_bytes(salt, sizeof salt);
    if (!derive(password, salt, out)) {
        fail(error, KOLOKOL_ERROR_IO, "no memory to store a password");
        return NULL;
    }
    sodium_bin2hex(salt_text, sizeof salt_text, salt, sizeof salt);
    sodium_bin2hex(out_text, sizeof out_text, out, sizeof out);
    sodium_memzero(out, sizeof out);
    return g_strdup_printf("%s%s$%s", cost->mark, salt_text, out_text);
}

static bool parse(const char *stored, uint8_t salt[SALT], uint8_t hash[BYTES])
{
    size_t got = 0;
    const char *end = NULL;
    if (!g_str_has_prefix(stored, cost->mark)) {
        return false;
    }
    const char *at = stored + strlen(cost->mark);
    return sodium_hex2bin(salt, SALT, at, strlen(at), NULL, &got, &end) == 0 && got == SALT &&
           *end == '$' &&
           sodium_hex2bin(hash, BYTES, end + 1, strlen(end + 1), NULL, &got, NULL) == 0 &&
           got == BYTES;
}

bool password_check(const char *stored, const char *password)
{
    uint8_t salt[SALT] = {0}, hash[BYTES] = {0}, out[BYTES];
    bool known = parse(stored, salt, hash);
    bool usual = strlen(password) <= PASSWORD_MOST;
    bool good = derive(usual ? password : "", salt, out) && sodium_memcmp(out, hash, BYTES) == 0 &&
                known && usual;
    sodium_memzero(out, sizeof out);
    return good;
}
