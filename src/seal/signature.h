/*
 * Ed25519 signatures (RFC 8032) in the form of signify and `minisign -l`: keys and signatures are
 * two-line files, a comment and base64. A signature file has two more lines, minisign's trusted
 * comment and a signature over it; signify ignores them. The algorithm is "Ed": the message itself
 * is signed, not its BLAKE2b hash, so that WebCrypto and OpenSSL can check it too (research:
 * resilience C).
 *
 * Formats: minisign's documentation (jedisct1.github.io/minisign, "Signature format"), OpenBSD's
 * signify(1). The secret key is minisign's, without a password: `minisign -R` and `minisign -S`
 * take it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIGNATURE_KEY_NUMBER 8u

typedef struct {
    uint8_t number[SIGNATURE_KEY_NUMBER]; /* the key's number: tells keys apart */
    uint8_t bytes[32];
} PublicKey;

/* Wiped by secret_key_clear(). */
typedef struct {
    uint8_t number[SIGNATURE_KEY_NUMBER];
    uint8_t bytes[64];
} SecretKey;

void secret_key_new(SecretKey *secret, PublicKey *public);
void secret_key_clear(SecretKey *secret);

/* Key files as text. Caller frees; secret_key_text()'s with secret_key_text_free(), which wipes. */
char *public_key_text(const PublicKey *key, const char *comment);
char *secret_key_text(const SecretKey *secret, const char *comment);
void secret_key_text_free(char *text);

bool public_key_parse(const char *text, PublicKey *key, GError **error);
bool secret_key_parse(const char *text, SecretKey *secret, GError **error);

/* The public part of a secret key. */
PublicKey secret_key_public(const SecretKey *secret);

/* The key's base64, as a person compares it. Caller frees. */
char *public_key_base64(const PublicKey *key);

#define PUBLIC_KEY_ID 17 /* bytes of the id with its end */

/* The key's number as minisign prints it, 16 upper-case hex digits: which key, not proof of it. */
void public_key_id(const PublicKey *key, char id[PUBLIC_KEY_ID]);

/* The four lines of a signature file over the message. Neither comment may have a line end. Caller
 * frees. */
char *signature_text(const SecretKey *secret, const void *message, size_t length,
                     const char *trusted_comment);

/* Checks such a file, its trusted comment included; *trusted_comment (may be NULL; caller frees) is
 * what it says. CORRUPT if anything is wrong. */
bool signature_verify(const PublicKey *key, const void *message, size_t length,
                      const char *signature, char **trusted_comment, GError **error);
