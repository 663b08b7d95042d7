/*
 * The second factor of a person: codes of an authenticator (seal/totp.h), and recovery codes for
 * the day when that is lost, each good once.
 *
 * What makes the codes is not in the database: the secret is a keyed hash of a nonce under
 * keys/secret.key (seal/secret.h), and recovery codes are kept as keyed hashes. A code of the
 * authenticator is taken once only, by the step kept with it.
 *
 * Errors: DENIED (a wrong code, or one that was used), those of the store.
 */
#pragma once

#include "seal/secret.h"
#include "seal/totp.h"
#include "store/store.h"

#define SECOND_NONCE    32u /* bytes of a nonce's text: hex digits */
#define SECOND_CODES    10u /* recovery codes */
#define SECOND_RECOVERY 12u /* bytes of one with its end: "abcde-fghij" */

typedef struct {
    bool on;
    char nonce[SECOND_NONCE + 1];
    int64_t used, since;
    unsigned codes; /* recovery codes left */
} Second;

bool second_read(Store *store, int64_t person, Second *second, GError **error);

/* What the codes are made of. */
void second_secret(const Secret *secret, int64_t person, const char *nonce,
                   uint8_t totp[TOTP_SECRET]);

/* Turns it on with a nonce, if `code` is one of it, in the place of any before; `codes` gets the
 * new recovery codes. With that all sessions of the person end, which may have been opened without
 * it; whoever turned it on begins a new one. */
bool second_set(Store *store, const Secret *secret, int64_t person, const char *nonce,
                const char *code, int64_t now, char codes[SECOND_CODES][SECOND_RECOVERY],
                GError **error);

/* Takes a code of the authenticator or a recovery code. */
bool second_take(Store *store, const Secret *secret, int64_t person, const char *code, int64_t now,
                 GError **error);

/* Turns it off; nothing happens if it is. With it go the sessions of somebody whose role needs it.
 */
bool second_remove(Store *store, int64_t person, int64_t by, int64_t now, GError **error);
