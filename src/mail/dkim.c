/* Signing mail: dkim.h. Keys are seal/signing_key.c; who signs is transport.c. */
#include "mail/dkim.h"

#include "base/clock.h"
#include "base/error.h"

#include <string.h>

#define SELECTOR_MAX 63u
#define LINE         72u  /* letters of a signature on a line */
#define STRING       255u /* bytes of a string of a TXT record */

/* Each that is there is signed; those with `again` once more than they are there. */
static const struct {
    const char *name;
    bool again;
} headers[] = {
    {"From", true},
    {"To", true},
    {"Subject", true},
    {"Date", true},
    {"Message-Id", false},
    {"Reply-To", true},
    {"Cc", true},
    {"MIME-Version", false},
    {"Content-Type", true},
    {"Content-Transfer-Encoding", false},
    {"Content-Language", false},
    {"Auto-Submitted", false},
    {"List-Id", true},
    {"List-Unsubscribe", true},
    {"List-Unsubscribe-Post", true},
};

struct Dkim {
    char **selectors;
    GPtrArray *keys; /* of SigningKey, one a selector */
};

bool dkim_selector_fine(const char *selector)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
    size_t length = strlen(selector);
    return length > 0 && length <= SELECTOR_MAX && strspn(selector, letters) == length &&
           strchr("-.", selector[0]) == NULL && strchr("-.", selector[length - 1]) == NULL &&
           strstr(selector, "..") == NULL;
}

static bool selectors_fine(char **selectors, GError **error)
{
    for (char **selector = selectors; *selector != NULL; selector++) {
        if (!dkim_selector_fine(g_strstrip(*selector))) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "dkim-selector: \"%.70s\" is no name of a selector; write it like bell1",
                        *selector);
        }
        if (g_strv_contains((const char *const *)(selector + 1), *selector)) {
            return fail(error, KOLOKOL_ERROR_INVALID, "dkim-selector: %s stands there twice",
                        *selector);
        }
    }
    return true;
}

Dkim *dkim_new(const char *selectors, const char *pem, size_t length, GError **error)
{
    g_autoptr(Dkim) dkim = g_new0(Dkim, 1);
    dkim->selectors = g_strsplit(selectors, ",", -1);
    if (!selectors_fine(dkim->selectors, error)) {
        return NULL;
    }
    dkim->keys = signing_keys_parse(pem, length, error);
    if (dkim->keys == NULL) {
        g_prefix_error(error, "dkim-key-file: ");
        return NULL;
    }
    if (g_strv_length(dkim->selectors) != dkim->keys->len) {
        fail(error, KOLOKOL_ERROR_INVALID,
             "dkim-selector: %u names for %u keys in dkim-key-file; each key has one",
             g_strv_length(dkim->selectors), dkim->keys->len);
        return NULL;
    }
    return g_steal_pointer(&dkim);
}

void dkim_free(Dkim *dkim)
{
    if (dkim != NULL) {
        g_strfreev(dkim->selectors);
        g_clear_pointer(&dkim->keys, g_ptr_array_unref);
        g_free(dkim);
    }
}

/* ---- Canonical forms ------------------------------------------------------------------------ */

/* GLib's search ends at a NUL. */
static const char *line_end_of(const char *at, const char *end)
{
    return at < end ? memmem(at, (size_t)(end - at), "\r\n", 2) : NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_white(char c)
{
    return is_blank(c) || c == '\r' || c == '\n';
}

void dkim_relax_header(const char *field, size_t length, GString *out)
{
    const char *end = field + length;
    const char *colon = memchr(field, ':', length);
    const char *at = colon == NULL ? end : colon;
    const char *name_end = at;
    while (name_end > field && is_white(name_end[-1])) {
        name_end--;
    }
    for (const char *c = field; c < name_end; c++) {
        g_string_append_c(out, g_ascii_tolower(*c));
    }
    g_string_append_c(out, ':');
    for (at = MIN(at + 1, end); at < end && is_white(*at); at++) {
    }
    while (end > at && is_white(end[-1])) {
        end--;
    }
    while (at < end) {
        const char *word = at;
        while (at < end && !is_white(*at)) {
            at++;
        }
        g_string_append_len(out, word, at - word);
        if (at < end) {
            g_string_append_c(out, ' ');
        }
        while (at < end && is_white(*at)) {
            at++;
        }
    }
}

/* One line without its end: runs of blanks become one, those at its end go. */
static void relax_line(const char *line, const char *end, GString *out)
{
    while (end > line && is_blank(end[-1])) {
        end--;
    }
    while (line < end) {
        const char *word = line;
        while (line < end && !is_blank(*line)) {
            line++;
        }
        g_string_append_len(out, word, line - word);
        if (line < end) {
            g_string_append_c(out, ' ');
        }
        while (line < end && is_blank(*line)) {
            line++;
        }
    }
}

Hash dkim_hash_body(const char *body, size_t length)
{
    g_autoptr(GString) out = g_string_sized_new(length + 2);
    const char *at = body, *end = body + length;
    size_t whole = 0; /* up to the last line that is not empty */
    while (at < end) {
        const char *line_end = line_end_of(at, end);
        const char *stop = line_end == NULL ? end : line_end;
        size_t before = out->len;
        relax_line(at, stop, out);
        bool empty = out->len == before;
        g_string_append(out, "\r\n");
        whole = empty ? whole : out->len;
        at = line_end == NULL ? end : line_end + 2;
    }
    return hash_of(out->str, whole);
}

/* ---- Signing -------------------------------------------------------------------------------- */

typedef struct {
    const char *text;
    size_t length; /* without the last CRLF */
} Field;

/* The fields of the header; *body is where the body begins. NULL without an empty line. */
static GArray *fields_of(const char *message, size_t length, const char **body)
{
    g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(Field));
    const char *at = message, *end = message + length;
    while (at < end) {
        const char *stop = line_end_of(at, end);
        if (stop == at) {
            *body = at + 2;
            return g_steal_pointer(&fields);
        }
        while (stop != NULL && stop + 2 < end && is_blank(stop[2])) { /* folded */
            stop = line_end_of(stop + 2, end);
        }
        if (stop == NULL) {
            break;
        }
        Field field = {at, (size_t)(stop - at)};
        g_array_append_val(fields, field);
        at = stop + 2;
    }
    return NULL;
}

static bool is_named(const Field *field, const char *name)
{
    size_t length = strlen(name);
    return field->length > length && g_ascii_strncasecmp(field->text, name, length) == 0 &&
           field->text[length] == ':';
}

/* Lines are folded where h= may be: between names. */
static void add_name(GString *names, const char *name)
{
    const char *line = strrchr(names->str, '\t');
    size_t length = names->len - (line == NULL ? 0 : (size_t)(line - names->str));
    g_string_append(names, names->len == 0 ? "" : length + strlen(name) > LINE ? ":\r\n\t" : ":");
    g_string_append(names, name);
}

/* Which names are signed, and the fields as they are signed: the last of a name first (5.4.2). */
static void choose(const GArray *fields, GString *names, GString *signed_fields)
{
    for (size_t i = 0; i < G_N_ELEMENTS(headers); i++) {
        unsigned times = headers[i].again ? 1 : 0;
        for (guint k = fields->len; k > 0; k--) {
            const Field *field = &g_array_index(fields, Field, k - 1);
            if (is_named(field, headers[i].name)) {
                dkim_relax_header(field->text, field->length, signed_fields);
                g_string_append(signed_fields, "\r\n");
                times++;
            }
        }
        for (; times > 0; times--) {
            add_name(names, headers[i].name);
        }
    }
}

static const char *domain_of(const char *from, GError **error)
{
    const char *at = strrchr(from, '@');
    if (at == NULL || at[1] == '\0' || !g_str_is_ascii(at) || strpbrk(at, " \t\r\n;,<>") != NULL) {
        fail(error, KOLOKOL_ERROR_INVALID, "the sender %.100s has no domain to sign for", from);
        return NULL;
    }
    return at + 1;
}

static void append_folded(GString *out, const char *text)
{
    for (size_t length = strlen(text); length > 0;) {
        size_t part = MIN(length, LINE);
        g_string_append_len(out, text, (gssize)part);
        text += part;
        length -= part;
        g_string_append(out, length > 0 ? "\r\n\t" : "");
    }
}

/* The field of one key, of which the signature is still to come. */
static GString *field_new(const char *selector, const SigningKey *key, const char *domain,
                          const char *names, const Hash *body, int64_t now)
{
    g_autofree char *hash = g_base64_encode(body->bytes, sizeof body->bytes);
    g_autofree char *lower = g_ascii_strdown(domain, -1);
    GString *field = g_string_sized_new(1024);
    g_string_append_printf(
        field,
        "DKIM-Signature: v=1; a=%s-sha256; c=relaxed/relaxed;\r\n\td=%s; s=%s;\r\n"
        "\tt=%" G_GINT64_FORMAT ";\r\n\tbh=%s;\r\n\th=%s;\r\n\tb=",
        signing_key_algorithm(key) == SIGNING_RSA ? "rsa" : "ed25519", lower, selector,
        now / CLOCK_SECOND, hash, names);
    return field;
}

bool dkim_sign(const Dkim *dkim, const char *from, const char *message, size_t length, int64_t now,
               GString *out, GError **error)
{
    const char *body = NULL, *domain = domain_of(from, error);
    g_autoptr(GArray) fields = domain == NULL ? NULL : fields_of(message, length, &body);
    if (fields == NULL) {
        return domain != NULL &&
               fail(error, KOLOKOL_ERROR_INVALID, "a mail has no end of its headers");
    }
    Hash body_hash = dkim_hash_body(body, length - (size_t)(body - message));
    g_autoptr(GString) names = g_string_new(NULL);
    g_autoptr(GString) signed_fields = g_string_new(NULL);
    choose(fields, names, signed_fields);
    for (guint i = 0; i < dkim->keys->len; i++) {
        const SigningKey *key = dkim->keys->pdata[i];
        g_autoptr(GString) data = g_string_new_len(signed_fields->str, (gssize)signed_fields->len);
        g_autoptr(GString) field =
            field_new(dkim->selectors[i], key, domain, names->str, &body_hash, now);
        dkim_relax_header(field->str, field->len, data); /* its own, with b= empty (3.7) */
        Hash hash = hash_of(data->str, data->len);
        g_autofree char *signature = signing_key_sign(key, &hash, error);
        if (signature == NULL) {
            return false;
        }
        append_folded(field, signature);
        g_string_append_printf(out, "%s\r\n", field->str);
    }
    return true;
}

/* ---- Records -------------------------------------------------------------------------------- */

char *dkim_records(const Dkim *dkim)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < dkim->keys->len; i++) {
        const SigningKey *key = dkim->keys->pdata[i];
        bool rsa = signing_key_algorithm(key) == SIGNING_RSA;
        g_autofree char *public = signing_key_public(key);
        g_autofree char *value =
            g_strdup_printf("v=DKIM1; k=%s; p=%s", rsa ? "rsa" : "ed25519", public);
        g_string_append_printf(out, "%s._domainkey TXT", dkim->selectors[i]);
        for (size_t at = 0; at < strlen(value); at += STRING) {
            g_string_append_printf(out, " \"%.*s\"", (int)STRING, value + at);
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}
