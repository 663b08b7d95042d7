/* TOTP by liboath: totp.h. */
#include "seal/totp.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <string.h>

static void ready(void)
{
    static gsize once;
    if (g_once_init_enter(&once)) {
        int done = oath_init();
        g_assert(done == OATH_OK);
        g_once_init_leave(&once, 1);
    }
}

static void code_of(const uint8_t secret[TOTP_SECRET], int64_t step, char code[TOTP_DIGITS + 1])
{
    ready();
    int done = oath_hotp_generate((const char *)secret, TOTP_SECRET, (uint64_t)step, TOTP_DIGITS,
                                  false, OATH_HOTP_DYNAMIC_TRUNCATION, code);
    g_assert(done == OATH_OK);
}

void totp_code(const uint8_t secret[TOTP_SECRET], int64_t now, char code[TOTP_DIGITS + 1])
{
    code_of(secret, now / TOTP_STEP, code);
}

/* The digits without blanks; false if it is not a code. */
static bool take(const char *text, char code[TOTP_DIGITS + 1])
{
    size_t length = 0;
    for (; *text != '\0'; text++) {
        if (*text == ' ') {
            continue;
        }
        if (!g_ascii_isdigit(*text) || length == TOTP_DIGITS) {
            return false;
        }
        code[length++] = *text;
    }
    code[length] = '\0';
    return length == TOTP_DIGITS;
}

bool totp_check(const uint8_t secret[TOTP_SECRET], const char *code, int64_t now, int64_t used,
                int64_t *step)
{
    char given[TOTP_DIGITS + 1], right[TOTP_DIGITS + 1];
    int64_t found = -1, present = now / TOTP_STEP;
    if (!take(code, given)) {
        return false;
    }
    for (int64_t at = present - 1; at <= present + 1; at++) {
        code_of(secret, at, right);
        if (sodium_memcmp(given, right, TOTP_DIGITS) == 0 && at > used) {
            found = at;
        }
    }
    if (found >= 0) {
        *step = found;
    }
    return found >= 0;
}

static char *base32(const uint8_t secret[TOTP_SECRET])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; /* RFC 4648 6 */
    GString *text = g_string_new(NULL);
    unsigned bits = 0, held = 0;
    for (unsigned i = 0; i < TOTP_SECRET; i++) {
        held = (held << 8 | secret[i]) & 0xffff;
        for (bits += 8; bits >= 5; bits -= 5) {
            g_string_append_c(text, letters[(held >> (bits - 5)) & 31]);
        }
    }
    return g_string_free(text, FALSE); /* 160 bits are 32 letters and no rest */
}

char *totp_text(const uint8_t secret[TOTP_SECRET])
{
    g_autofree char *whole = base32(secret);
    GString *text = g_string_new(NULL);
    for (size_t i = 0; whole[i] != '\0'; i++) {
        g_string_append_printf(text, "%s%c", i > 0 && i % 4 == 0 ? " " : "", whole[i]);
    }
    return g_string_free(text, FALSE);
}

char *totp_uri(const uint8_t secret[TOTP_SECRET], const char *issuer, const char *account)
{
    g_autofree char *from = g_uri_escape_string(issuer, NULL, FALSE);
    g_autofree char *who = g_uri_escape_string(account, NULL, FALSE);
    g_autofree char *key = base32(secret);
    return g_strdup_printf("otpauth://totp/%s:%s?secret=%s&issuer=%s", from, who, key, from);
}
