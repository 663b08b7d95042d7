/* Mail addresses: mail_address.h. Names before them, and their marks, are mail/address.c. */
#include "text/mail_address.h"

#include "base/error.h"

#include <gio/gio.h>
#include <stdbool.h>
#include <string.h>

#define LOCAL_MAX 64u
#define LABEL_MAX 63u

/* RFC 5321 Dot-string. */
static bool local_part_right(const char *local, size_t length)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "!#$%&'*+-/=?^_`{|}~.";
    if (length == 0 || length > LOCAL_MAX || local[0] == '.' || local[length - 1] == '.') {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (strchr(letters, local[i]) == NULL || local[i] == '\0' ||
            (local[i] == '.' && local[i + 1] == '.')) {
            return false;
        }
    }
    return true;
}

/* At least two labels of letters, digits and inner hyphens; the last is not all digits. */
static bool domain_right(const char *domain)
{
    g_auto(GStrv) labels = g_strsplit(domain, ".", -1);
    guint count = g_strv_length(labels);
    for (guint i = 0; i < count; i++) {
        size_t length = strlen(labels[i]);
        if (length == 0 || length > LABEL_MAX || labels[i][0] == '-' ||
            labels[i][length - 1] == '-' ||
            strspn(labels[i], "abcdefghijklmnopqrstuvwxyz0123456789-") != length) {
            return false;
        }
    }
    return count >= 2 && strspn(labels[count - 1], "0123456789") != strlen(labels[count - 1]);
}

char *mail_address_parse(const char *text, GError **error)
{
    g_autofree char *trimmed = g_strstrip(g_strdup(text == NULL ? "" : text));
    const char *at = strrchr(trimmed, '@');
    if (at != NULL && strlen(trimmed) <= MAIL_ADDRESS_MAX && g_utf8_validate(trimmed, -1, NULL) &&
        local_part_right(trimmed, (size_t)(at - trimmed))) {
        g_autofree char *ascii = g_hostname_to_ascii(at + 1);
        g_autofree char *domain = ascii == NULL ? NULL : g_ascii_strdown(ascii, -1);
        if (domain != NULL && domain_right(domain) &&
            (size_t)(at - trimmed) + 1 + strlen(domain) <= MAIL_ADDRESS_MAX) {
            return g_strdup_printf("%.*s@%s", (int)(at - trimmed), trimmed, domain);
        }
    }
    fail(error, KOLOKOL_ERROR_INVALID, "this is not a mail address like name@example.org");
    return NULL;
}
