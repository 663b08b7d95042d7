/* Fields of forms and queries: fields.h. The multipart form is multipart.c. */
#include "web/fields_private.h"

#include "base/error.h"

#include <string.h>

typedef struct {
    char *name, *value;
} Field;

struct Fields {
    unsigned count;
    Field fields[FIELDS_MOST];
};

Fields *fields_new(void)
{
    return g_new0(Fields, 1);
}

void fields_free(Fields *fields)
{
    if (fields == NULL) {
        return;
    }
    for (unsigned i = 0; i < fields->count; i++) {
        g_free(fields->fields[i].name);
        g_free(fields->fields[i].value);
    }
    g_free(fields);
}

const char *fields_get(const Fields *fields, const char *name)
{
    for (unsigned i = 0; i < fields->count; i++) {
        if (strcmp(fields->fields[i].name, name) == 0) {
            return fields->fields[i].value;
        }
    }
    return NULL;
}

unsigned fields_count(const Fields *fields)
{
    return fields->count;
}

const char *fields_name(const Fields *fields, unsigned n)
{
    g_assert(n < fields->count);
    return fields->fields[n].name;
}

/* CR LF and CR become LF, in place. */
static void line_ends(char *text)
{
    char *out = text;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at != '\r') {
            *out++ = *at;
        } else if (at[1] != '\n') {
            *out++ = '\n';
        }
    }
    *out = '\0';
}

bool fields_add(Fields *fields, const char *name, size_t name_length, const char *value,
                size_t value_length, GError **error)
{
    if (name_length == 0 || name_length > FIELDS_NAME) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a field's name has %zu bytes", name_length);
    }
    if (fields->count == FIELDS_MOST) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "more than %u fields", FIELDS_MOST);
    }
    if (!g_utf8_validate_len(name, name_length, NULL) ||
        !g_utf8_validate_len(value, value_length, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "a field is not UTF-8, or has a NUL byte; take the odd character out");
    }
    g_autofree char *key = g_strndup(name, name_length);
    if (fields_get(fields, key) != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a field is given twice");
    }
    Field *field = &fields->fields[fields->count++];
    field->name = g_steal_pointer(&key);
    field->value = g_strndup(value, value_length);
    line_ends(field->value);
    return true;
}

static bool decode(const char *from, size_t length, GString *out, GError **error)
{
    g_string_truncate(out, 0);
    for (size_t i = 0; i < length; i++) {
        if (from[i] == '+') {
            g_string_append_c(out, ' ');
        } else if (from[i] != '%') {
            g_string_append_c(out, from[i]);
        } else if (i + 2 < length && g_ascii_isxdigit(from[i + 1]) &&
                   g_ascii_isxdigit(from[i + 2])) {
            int byte = g_ascii_xdigit_value(from[i + 1]) * 16 + g_ascii_xdigit_value(from[i + 2]);
            g_string_append_c(out, (char)byte);
            i += 2;
        } else {
            return fail(error, KOLOKOL_ERROR_INVALID, "a percent escape is broken");
        }
    }
    return true;
}

static bool take_urlencoded(Fields *fields, const char *bytes, size_t length, GError **error)
{
    g_autoptr(GString) name = g_string_new(NULL);
    g_autoptr(GString) value = g_string_new(NULL);
    const char *end = bytes + length;
    while (bytes < end) {
        const char *stop = memchr(bytes, '&', (size_t)(end - bytes));
        stop = stop == NULL ? end : stop;
        const char *equals = memchr(bytes, '=', (size_t)(stop - bytes));
        const char *name_end = equals == NULL ? stop : equals;
        const char *from = equals == NULL ? stop : equals + 1;
        if (stop > bytes &&
            (!decode(bytes, (size_t)(name_end - bytes), name, error) ||
             !decode(from, (size_t)(stop - from), value, error) ||
             !fields_add(fields, name->str, name->len, value->str, value->len, error))) {
            return false;
        }
        bytes = stop + 1;
    }
    return true;
}

Fields *fields_parse(const char *bytes, size_t length, GError **error)
{
    g_autoptr(Fields) fields = fields_new();
    if (bytes != NULL && !take_urlencoded(fields, bytes, length, error)) {
        return NULL;
    }
    return g_steal_pointer(&fields);
}

/* Is the header's value this media type, whatever its parameters? */
static bool is_type(const char *value, const char *type)
{
    size_t length = strlen(type);
    return g_ascii_strncasecmp(value, type, length) == 0 &&
           (value[length] == '\0' || value[length] == ';' || value[length] == ' ');
}

/* The boundary parameter, a token or a quoted string. Caller frees. */
static char *boundary_of(const char *value)
{
    g_autofree char *lower = g_ascii_strdown(value, -1);
    const char *at = strstr(lower, "boundary=");
    if (at == NULL) {
        return NULL;
    }
    const char *from = value + (at - lower) + strlen("boundary=");
    if (*from == '"') {
        const char *end = strchr(++from, '"');
        return end == NULL ? NULL : g_strndup(from, (size_t)(end - from));
    }
    return g_strndup(from, strcspn(from, "; \t"));
}

char *fields_boundary(const HttpRequest *request, GError **error)
{
    const char *type = http_request_header(request, "Content-Type");
    if (type == NULL || !is_type(type, "multipart/form-data")) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "a body that is no form");
        return NULL;
    }
    g_autofree char *boundary = boundary_of(type);
    if (boundary == NULL || *boundary == '\0' || strlen(boundary) > 70) {
        fail(error, KOLOKOL_ERROR_INVALID, "a multipart body without a boundary of 1 to 70 bytes");
        return NULL;
    }
    return g_steal_pointer(&boundary);
}

Fields *fields_of_body(const HttpRequest *request, GError **error)
{
    const char *type = http_request_header(request, "Content-Type");
    const char *body = request->body == NULL ? "" : request->body;
    if (type != NULL && is_type(type, "application/x-www-form-urlencoded")) {
        return fields_parse(body, request->body_length, error);
    }
    g_autofree char *boundary = fields_boundary(request, error);
    g_autoptr(Fields) fields = fields_new();
    if (boundary == NULL ||
        !fields_take_multipart(fields, body, request->body_length, boundary, error)) {
        return NULL;
    }
    return g_steal_pointer(&fields);
}
