/*
 * Private keys that sign hashes, in the files that everybody uses for them: PEM, PKCS #8 (RFC 5958,
 * RFC 8410) or RSA's own (RFC 8017), by OpenSSL. For DKIM (mail/dkim.h); editions are signed by
 * signature.h.
 *
 * RSA signs by PKCS #1 v1.5 with SHA-256 (RFC 8017 8.2), Ed25519 the 32 bytes of the hash as its
 * message (RFC 8463). Both are deterministic.
 */
#pragma once

#include "seal/hash.h"

#include <glib.h>

#define SIGNING_KEYS_MAX 4u     /* of one file */
#define SIGNING_KEY_FILE 65536u /* bytes */
#define SIGNING_RSA_MIN  1024   /* bits; RFC 8301 asks signers for no less */
#define SIGNING_RSA_MAX  4096   /* more does not fit into DNS in practice */
#define SIGNING_RSA_NEW  2048

typedef struct SigningKey SigningKey;

typedef enum { SIGNING_RSA, SIGNING_ED25519 } SigningAlgorithm;

/* A fresh key; RSA takes some tenths of a second. */
SigningKey *signing_key_new(SigningAlgorithm algorithm, GError **error);
void signing_key_free(SigningKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SigningKey, signing_key_free)

/* The keys of a file in their order (elements SigningKey; the caller unrefs). INVALID: no key, too
 * many, one with a password, one of another kind, or RSA of a length outside the bounds. */
GPtrArray *signing_keys_parse(const char *pem, size_t length, GError **error);

/* PKCS #8. To be wiped by signing_key_pem_free(). */
char *signing_key_pem(const SigningKey *key);
void signing_key_pem_free(char *pem);

SigningAlgorithm signing_key_algorithm(const SigningKey *key);

/* The public part in base64 as DKIM's record has it: RSA as SubjectPublicKeyInfo (RFC 6376 3.6.1),
 * Ed25519 as its 32 bytes (RFC 8463 4). Caller frees. */
char *signing_key_public(const SigningKey *key);

/* The signature of a hash in base64. Caller frees. NULL with IO if OpenSSL fails. */
char *signing_key_sign(const SigningKey *key, const Hash *hash, GError **error);
