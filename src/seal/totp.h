/*
 * Codes of a second factor: TOTP (RFC 6238) with what every authenticator knows: SHA-1, six digits,
 * steps of 30 seconds. By liboath.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define TOTP_SECRET 20u /* bytes (RFC 4226 4: at least 16, 20 recommended) */
#define TOTP_DIGITS 6u
#define TOTP_STEP   (30 * INT64_C(1000000)) /* µs */

/* Is `code` that of the step of `now`, the one before or the one after, and of a later step than
 * `used`? *step gets the step: to be kept as `used`, so that no code is taken twice. Blanks in a
 * code do not count. */
bool totp_check(const uint8_t secret[TOTP_SECRET], const char *code, int64_t now, int64_t used,
                int64_t *step);

/* The code of a moment, for tests and programs that sign in. */
void totp_code(const uint8_t secret[TOTP_SECRET], int64_t now, char code[TOTP_DIGITS + 1]);

/* The secret as people type it: base32 in groups of four. Caller frees. */
char *totp_text(const uint8_t secret[TOTP_SECRET]);

/* "otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=ISSUER", for the QR code. Caller frees. */
char *totp_uri(const uint8_t secret[TOTP_SECRET], const char *issuer, const char *account);
