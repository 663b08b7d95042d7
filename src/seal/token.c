/* Tokens: token.h. */
#include "seal/token.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/random.h"

#include <sodium.h>
#include <string.h>

#define KEYS_MAX      16u
#define KEY_BYTES     crypto_auth_hmacsha256_KEYBYTES
#define MAC_BYTES     16u
#define MAC_TEXT      23u /* 22 letters of base64url */
#define KEY_FILE_MAX  4096u
#define SUBJECT_BYTES "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-"
#define PURPOSE_BYTES "abcdefghijklmnopqrstuvwxyz-"

typedef struct {
    unsigned number;
    uint8_t bytes[KEY_BYTES];
} Key;

struct TokenKeys {
    unsigned count;
    Key keys[KEYS_MAX];
};

void token_keys_rotate(TokenKeys *keys)
{
    unsigned number = keys->count == 0 ? 1 : keys->keys[keys->count - 1].number + 1;
    if (keys->count == KEYS_MAX) { /* the oldest goes */
        memmove(&keys->keys[0], &keys->keys[1], (KEYS_MAX - 1) * sizeof keys->keys[0]);
        keys->count--;
    }
    Key *key = &keys->keys[keys->count++];
    key->number = number;
    random_bytes(key->bytes, sizeof key->bytes);
}

TokenKeys *token_keys_new(void)
{
    TokenKeys *keys = g_new0(TokenKeys, 1);
    token_keys_rotate(keys);
    return keys;
}

void token_keys_free(TokenKeys *keys)
{
    if (keys != NULL) {
        sodium_memzero(keys, sizeof *keys);
        g_free(keys);
    }
}

char *token_keys_text(const TokenKeys *keys)
{
    GString *text = g_string_sized_new(KEY_FILE_MAX);
    for (unsigned i = 0; i < keys->count; i++) {
        char line[64];
        sodium_bin2base64(line, sizeof line, keys->keys[i].bytes, KEY_BYTES,
                          sodium_base64_VARIANT_ORIGINAL);
        g_string_append_printf(text, "%u %s\n", keys->keys[i].number, line);
        sodium_memzero(line, sizeof line);
    }
    return g_string_free(text, FALSE);
}

void token_keys_text_free(char *text)
{
    if (text != NULL) {
        sodium_memzero(text, strlen(text));
        g_free(text);
    }
}

static bool key_parse(char *line, Key *key)
{
    char *space = strchr(line, ' ');
    guint64 number = 0;
    size_t length = 0;
    if (space == NULL) {
        return false;
    }
    *space = '\0';
    bool good = g_ascii_string_to_unsigned(line, 10, 1, 9999, &number, NULL) &&
                sodium_base642bin(key->bytes, KEY_BYTES, space + 1, strlen(space + 1), NULL,
                                  &length, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
                length == KEY_BYTES;
    key->number = (unsigned)number;
    return good;
}

TokenKeys *token_keys_parse(const char *text, GError **error)
{
    g_autoptr(TokenKeys) keys = g_new0(TokenKeys, 1);
    g_auto(GStrv) lines = g_strsplit(text, "\n", (gint)KEYS_MAX + 2);
    bool good = true;
    for (unsigned i = 0; lines[i] != NULL && good; i++) {
        if (*lines[i] != '\0') {
            good = keys->count < KEYS_MAX && key_parse(lines[i], &keys->keys[keys->count++]);
        }
        if (!good) {
            fail(error, KOLOKOL_ERROR_CORRUPT, "line %u is no key of tokens", i + 1);
        }
        sodium_memzero(lines[i], strlen(lines[i]));
    }
    if (good && keys->count == 0) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "there is no key of tokens in it");
    }
    return good && keys->count > 0 ? g_steal_pointer(&keys) : NULL;
}

TokenKeys *token_keys_load(int directory, const char *name, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(GBytes) bytes = file_read_at(directory, name, KEY_FILE_MAX, &reason);
    if (bytes != NULL) {
        char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
        TokenKeys *keys = token_keys_parse(text, error);
        token_keys_text_free(text);
        g_prefix_error(error, "%s: ", name);
        return keys;
    }
    if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return NULL;
    }
    g_autoptr(TokenKeys) keys = token_keys_new();
    char *text = token_keys_text(keys);
    bool written = file_replace(directory, name, text, strlen(text), 0600, error);
    token_keys_text_free(text);
    return written ? g_steal_pointer(&keys) : NULL;
}

static void mac_text(const Key *key, const char *text, size_t length, char mac[MAC_TEXT])
{
    uint8_t whole[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256(whole, (const uint8_t *)text, length, key->bytes);
    sodium_bin2base64(mac, MAC_TEXT, whole, MAC_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static void append_base36(GString *out, uint64_t number)
{
    char digits[16];
    size_t at = sizeof digits;
    do {
        digits[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
        number /= 36;
    } while (number > 0);
    g_string_append_len(out, digits + at, (gssize)(sizeof digits - at));
}

char *token_make(const TokenKeys *keys, const char *purpose, const char *subject, int64_t expires)
{
    const Key *key = &keys->keys[keys->count - 1];
    size_t length = strlen(subject);
    g_assert(length > 0 && length <= TOKEN_SUBJECT && strspn(subject, SUBJECT_BYTES) == length);
    length = strlen(purpose);
    g_assert(length > 0 && length <= TOKEN_PURPOSE && strspn(purpose, PURPOSE_BYTES) == length);
    GString *text = g_string_new(NULL);
    char mac[MAC_TEXT];
    g_string_append_printf(text, "1.%u.%s.%s.", key->number, purpose, subject);
    append_base36(text, expires == TOKEN_NEVER ? 0 : (uint64_t)(expires / CLOCK_SECOND));
    mac_text(key, text->str, text->len, mac);
    g_string_append_printf(text, ".%s", mac);
    return g_string_free(text, FALSE);
}

static const Key *key_of(const TokenKeys *keys, const char *number)
{
    guint64 wanted = 0;
    if (g_ascii_string_to_unsigned(number, 10, 1, 9999, &wanted, NULL)) {
        for (unsigned i = 0; i < keys->count; i++) {
            if (keys->keys[i].number == wanted) {
                return &keys->keys[i];
            }
        }
    }
    return NULL;
}

char *token_check(const TokenKeys *keys, const char *purpose, const char *token, int64_t now,
                  GError **error)
{
    size_t length = strnlen(token, TOKEN_MAX + 1);
    g_auto(GStrv) parts = length <= TOKEN_MAX ? g_strsplit(token, ".", 7) : NULL;
    const Key *key = parts != NULL && g_strv_length(parts) == 6 ? key_of(keys, parts[1]) : NULL;
    char mac[MAC_TEXT] = "";
    if (key != NULL && strlen(parts[5]) == MAC_TEXT - 1) {
        mac_text(key, token, length - MAC_TEXT, mac);
    }
    if (*mac == '\0' || sodium_memcmp(mac, parts[5], MAC_TEXT - 1) != 0 ||
        strcmp(parts[0], "1") != 0 || strcmp(parts[2], purpose) != 0) {
        fail(error, KOLOKOL_ERROR_INVALID, "this link is not one of ours, or is not complete");
        return NULL;
    }
    guint64 expires = g_ascii_strtoull(parts[4], NULL, 36);
    if (expires != 0 && (guint64)(now / CLOCK_SECOND) >= expires) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "this link has ended");
        return NULL;
    }
    return g_strdup(parts[3]);
}
