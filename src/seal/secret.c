/* The newsroom's secret: secret.h. Signing keys of editions are edition/keys.c. */
#include "seal/secret.h"

#include "base/error.h"
#include "base/file.h"
#include "base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_LENGTH 65u /* 64 hex digits and a line feed */

static bool parse(GBytes *bytes, Secret *secret, GError **error)
{
    size_t length = 0, made = 0;
    const char *text = g_bytes_get_data(bytes, &length);
    const char *end = NULL;
    if (length != FILE_LENGTH || text[length - 1] != '\n' ||
        sodium_hex2bin(secret->bytes, sizeof secret->bytes, text, length - 1, NULL, &made, &end) !=
            0 ||
        made != sizeof secret->bytes || end != text + length - 1) {
        return fail(error, KOLOKOL_ERROR_CORRUPT,
                    "keys/" SECRET_FILE " does not hold 64 hex digits and a line end");
    }
    return true;
}

/* Under a name of its own first, then linked: of several that do this at once one wins, and all
 * read that one. */
static bool make(int directory, GError **error)
{
    Secret fresh;
    char text[FILE_LENGTH + 1];
    random_bytes(fresh.bytes, sizeof fresh.bytes);
    sodium_bin2hex(text, sizeof text, fresh.bytes, sizeof fresh.bytes);
    text[FILE_LENGTH - 1] = '\n';
    g_autofree char *name =
        g_strdup_printf(SECRET_FILE ".%016" G_GINT64_MODIFIER "x", random_unseen());
    bool written = file_replace(directory, name, text, FILE_LENGTH, 0600, error);
    sodium_memzero(text, sizeof text);
    secret_clear(&fresh);
    if (!written) {
        return false;
    }
    int linked = linkat(directory, name, directory, SECRET_FILE, 0);
    int reason = errno;
    unlinkat(directory, name, 0);
    if (linked != 0 && reason != EEXIST) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot write keys/" SECRET_FILE ": %s",
                    g_strerror(reason));
    }
    return directory_sync(directory, error);
}

bool secret_load(const char *keys_dir, Secret *secret, GError **error)
{
    FILE_AUTO directory = directory_open(keys_dir, true, error);
    if (directory < 0) {
        return false;
    }
    if (faccessat(directory, SECRET_FILE, F_OK, 0) != 0 && errno == ENOENT &&
        !make(directory, error)) {
        return false;
    }
    g_autoptr(GBytes) bytes = file_read_at(directory, SECRET_FILE, FILE_LENGTH, error);
    return bytes != NULL && parse(bytes, secret, error);
}

void secret_clear(Secret *secret)
{
    sodium_memzero(secret, sizeof *secret);
}

void secret_mac(const Secret *secret, const char *use, const void *bytes, size_t length,
                uint8_t mac[SECRET_MAC])
{
    uint8_t key[crypto_auth_hmacsha256_KEYBYTES];
    crypto_auth_hmacsha256(key, (const uint8_t *)use, strlen(use), secret->bytes);
    crypto_auth_hmacsha256(mac, bytes, length, key);
    sodium_memzero(key, sizeof key);
}

char *secret_mac_hex(const Secret *secret, const char *use, const char *text)
{
    uint8_t mac[SECRET_MAC];
    secret_mac(secret, use, text, strlen(text), mac);
    char *hex = g_malloc(2 * SECRET_MAC + 1);
    return sodium_bin2hex(hex, 2 * SECRET_MAC + 1, mac, sizeof mac);
}
