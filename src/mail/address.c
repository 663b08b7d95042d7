/* What mail does with addresses: address.h. What an address is: text/mail_address.c. */
#include "mail/address.h"

#include "base/error.h"
#include "text/mail_address.h"

#include <string.h>

char *address_mark(const Secret *secret, const char *address)
{
    g_autofree char *lower = g_ascii_strdown(address, -1);
    return secret_mac_hex(secret, "address", lower);
}

bool address_parse_named(const char *text, char **name, char **address, GError **error)
{
    const char *open = strrchr(text, '<');
    const char *close = open == NULL ? NULL : strchr(open, '>');
    if (open != NULL && (close == NULL || close[1] != '\0')) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%.100s\" is not like The Bell <letters@bell.example>", text);
    }
    g_autofree char *bare =
        open == NULL ? g_strdup(text) : g_strndup(open + 1, (size_t)(close - open - 1));
    g_autofree char *shown =
        open == NULL ? g_strdup("") : g_strstrip(g_strndup(text, (size_t)(open - text)));
    for (const char *c = shown; *c != '\0'; c++) {
        if (g_ascii_iscntrl(*c)) {
            return fail(error, KOLOKOL_ERROR_INVALID, "a sender's name has no control characters");
        }
    }
    size_t length = strlen(shown);
    if (length >= 2 && shown[0] == '"' && shown[length - 1] == '"') {
        memmove(shown, shown + 1, length - 2);
        shown[length - 2] = '\0';
    }
    char *parsed = mail_address_parse(bare, error);
    if (parsed == NULL) {
        return false;
    }
    *name = g_steal_pointer(&shown);
    *address = parsed;
    return true;
}
