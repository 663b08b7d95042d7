/*
 * The newsroom's secret: 32 random bytes in keys/secret.key, from which a key of its own is derived
 * for each use (HMAC-SHA-256 of the use's name). It names addresses that must be known again but
 * not read (suppression), and makes ids that only we can foresee (Message-ID). It never changes:
 * with another one all marks made before are lost. Links in mails have keys of their own.
 *
 * The file is made by the first process that asks; several at once get the same.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECRET_FILE "secret.key"
#define SECRET_MAC  32u /* bytes */

typedef struct {
    uint8_t bytes[32];
} Secret;

/* Reads keys_dir/secret.key, making it (and the directory) if there is none. CORRUPT if the file
 * holds something else; IO. */
bool secret_load(const char *keys_dir, Secret *secret, GError **error);

/* Wipes it. */
void secret_clear(Secret *secret);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Secret, secret_clear)

/* The keyed hash of bytes for one use; `use` is a short constant like "address". */
void secret_mac(const Secret *secret, const char *use, const void *bytes, size_t length,
                uint8_t mac[SECRET_MAC]);

/* The same of a text, as 64 lower-case hex digits. Caller frees. */
char *secret_mac_hex(const Secret *secret, const char *use, const char *text);
