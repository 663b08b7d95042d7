/*
 * Passwords: argon2id (RFC 9106) by libsodium, stored as its text form, which carries salt and
 * cost.
 *
 * A check costs PASSWORD_PASSES over PASSWORD_MEMORY, about a twentieth of a second, and the same
 * for an account that does not exist: password_check() with an empty `stored` does all the work
 * against a hash of nothing, and refuses. So the time of an answer does not tell who has an
 * account.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define PASSWORD_LEAST  12u  /* bytes (NIST SP 800-63B: length, no rules of composition) */
#define PASSWORD_MOST   200u /* bytes */
#define PASSWORD_PASSES 3u
#define PASSWORD_MEMORY (32u * 1024 * 1024) /* bytes */

/* The text to be stored. Caller frees. INVALID: too short or not UTF-8; LIMIT: too long; IO: no
 * memory for it. */
char *password_hash(const char *password, GError **error);

/* True if `password` is the one of `stored`; always at the cost of password_hash(). */
bool password_check(const char *stored, const char *password);

/* For tests that sign many people in: hashes of next to no cost, with a mark of their own. They are
 * good for nobody where this was not called, as real ones are for nobody where it was. No program
 * calls it (tools/check_banned). */
void password_cheap(bool cheap);
