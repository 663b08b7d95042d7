/*
 * Sealed boxes: bytes that their writer cannot read again.
 *
 * box_seal() encrypts to a public key with an ephemeral key that is erased (libsodium's
 * crypto_box_seal: X25519, XSalsa20-Poly1305), so a public machine can store what readers say and,
 * seized a minute later, has nothing to give. secret_seal() encrypts under a key both sides have
 * (crypto_secretbox), here one that is derived from a ticket. Both pad to a multiple of BOX_STEP
 * before, so that lengths say little.
 *
 * Key files are one line of base64 and its end, as `keys/intake.key` and `keys/intake.pub`.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BOX_STEP 256u /* bytes */
#define BOX_MAX  (256u * 1024)

typedef struct {
    uint8_t bytes[32];
} BoxPublicKey;

/* Wiped by box_secret_key_clear(). */
typedef struct {
    uint8_t bytes[32];
} BoxSecretKey;

void box_secret_key_new(BoxSecretKey *secret);
BoxPublicKey box_secret_key_public(const BoxSecretKey *secret);
void box_secret_key_clear(BoxSecretKey *secret);

/* Text of key files. Caller frees; the secret one with box_key_text_free(), which wipes. */
char *box_public_key_text(const BoxPublicKey *key);
char *box_secret_key_text(const BoxSecretKey *key);
void box_key_text_free(char *text);
bool box_public_key_parse(const char *text, BoxPublicKey *key, GError **error);
bool box_secret_key_parse(const char *text, BoxSecretKey *key, GError **error);

/* At most BOX_MAX bytes (a fault of the program otherwise). */
GBytes *box_seal(const BoxPublicKey *key, const void *bytes, size_t length);
/* CORRUPT if it was not sealed to this key or was changed. */
GBytes *box_open(const BoxSecretKey *key, const void *sealed, size_t length, GError **error);

/* The same between two who know `secret` (any bytes that cannot be guessed); `purpose` keeps keys
 * of different uses apart. */
GBytes *secret_seal(const void *secret, size_t secret_length, const char *purpose,
                    const void *bytes, size_t length);
GBytes *secret_open(const void *secret, size_t secret_length, const char *purpose,
                    const void *sealed, size_t length, GError **error);
