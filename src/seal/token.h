/*
 * Tokens: links in mail that prove what they are for, without a table of them (research: revenue
 * E13).
 *
 *     1.KEY.PURPOSE.SUBJECT.EXPIRY.MAC
 *
 * version, number of the key, one word for the purpose, whom or what it concerns (an opaque id,
 * never an address), when it ends (seconds since 1970, base 36; "0" never), and 128 bits of
 * HMAC-SHA256 over all before it, in base64url. So a token for one purpose does nothing for
 * another, and all of it fits into one segment of a path. It may be used more than once: what it
 * does must bear that.
 *
 * Keys: keys/tokens.key, lines "NUMBER BASE64", the last one signs, all are accepted, so that
 * tokens that never expire outlive a rotation. Only the worker reads it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOKEN_NEVER   INT64_MAX
#define TOKEN_SUBJECT 64u  /* bytes: letters, digits, '-' and '_' */
#define TOKEN_PURPOSE 24u  /* bytes: a-z and '-' */
#define TOKEN_MAX     160u /* bytes of a token */

typedef struct TokenKeys TokenKeys;

/* One fresh key; the text of a key file, to be wiped by token_keys_text_free(). */
TokenKeys *token_keys_new(void);
char *token_keys_text(const TokenKeys *keys);
void token_keys_text_free(char *text);
/* CORRUPT names the line. At most 16 keys. */
TokenKeys *token_keys_parse(const char *text, GError **error);
/* Adds a fresh key, with which tokens are made from now on. */
void token_keys_rotate(TokenKeys *keys);
void token_keys_free(TokenKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TokenKeys, token_keys_free)

/* Reads the key file, or makes it where there is none. */
TokenKeys *token_keys_load(int directory, const char *name, GError **error);

/* Purpose and subject are the program's own and well-formed (a fault otherwise). `expires` in
 * microseconds. Caller frees. */
char *token_make(const TokenKeys *keys, const char *purpose, const char *subject, int64_t expires);

/* The subject; NULL with INVALID (not a token of ours, another purpose) or NOT_FOUND (it has ended;
 * the caller offers a new one). Caller frees. */
char *token_check(const TokenKeys *keys, const char *purpose, const char *token, int64_t now,
                  GError **error);
