/*
 * What subscribers agree to (research E14): the wording beside the sign-up field, per language,
 * known by its hash, and the version of the privacy policy that it names.
 */
#pragma once

#include "store/store.h"

#define CONSENT_HASH 17u /* 16 hex digits and the end */

/* The wording of a language: "Subscribers agree to the Privacy Policy". Caller frees. */
char *consent_wording(const char *language);

void consent_hash(const char *language, char hash[CONSENT_HASH]);

/* Keeps the wording, if the hash is that of the present one; an older page's is kept already. */
bool consent_note(Store *store, const char *language, const char *hash, GError **error);

/* When the privacy policy of a language was last changed, "2026-11-23T10:00:00Z"; "" without one.
 * Caller frees. */
char *consent_policy_version(Store *store, const char *language, GError **error);

/* Its path in the edition; NULL (and no error) without one. Caller frees. */
bool consent_policy_path(Store *store, const char *language, int64_t as_of, char **path,
                         GError **error);
