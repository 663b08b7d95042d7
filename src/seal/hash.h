/*
 * SHA-256 (FIPS 180-4), by OpenSSL, which uses the processor's instructions for it. Hashes name
 * objects and stand in nodes as 64 lower-case hex digits.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HASH_HEX 65 /* bytes of the hex form with its end */

typedef struct {
    uint8_t bytes[32];
} Hash;

Hash hash_of(const void *bytes, size_t length);
bool hash_equal(const Hash *a, const Hash *b);

void hash_hex(const Hash *hash, char hex[HASH_HEX]);

/* A short mark of texts, to tell one state of a thing from another: 16 hex digits of the hash of
 * all;
 * "-" of NULL, which is of nothing. A NULL among them ends them. Caller frees. */
char *hash_mark(const char *const *texts);

/* Takes exactly 64 lower-case hex digits, ended by NUL. */
bool hash_parse(const char *hex, Hash *hash);
