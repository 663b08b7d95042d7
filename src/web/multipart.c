/*
 * multipart/form-data (RFC 7578), simple fields only: each part needs a Content-Disposition of
 * form-data with a name, and none may have a file name. Preamble and epilogue are ignored, folded
 * header lines refused. What a field may be is fields.c's.
 */
#include "web/fields_private.h"

#include "base/error.h"

#include <string.h>

#define HEAD_MOST 1024u

static const char *find(const char *from, const char *end, const char *wanted)
{
    return from > end ? NULL : memmem(from, (size_t)(end - from), wanted, strlen(wanted));
}

/* The value of `parameter="…"` in a header line. \" and %22 stand for quotes; the former would end
 * the value here, so it is refused by its absence of a right end. Caller frees. */
static char *parameter(const char *line, const char *name)
{
    g_autofree char *wanted = g_strdup_printf("; %s=\"", name);
    g_autofree char *lower = g_ascii_strdown(line, -1);
    const char *at = strstr(lower, wanted);
    if (at == NULL) {
        return NULL;
    }
    const char *from = line + (at - lower) + strlen(wanted);
    const char *end = strchr(from, '"');
    return end == NULL ? NULL : g_strndup(from, (size_t)(end - from));
}

/* The name that a part's head gives. Caller frees. */
static char *name_of(const char *head, size_t length, GError **error)
{
    g_autofree char *text = g_strndup(head, length);
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (g_ascii_strncasecmp(*line, "Content-Disposition: form-data;", 31) != 0) {
            continue;
        }
        g_autofree char *lower = g_ascii_strdown(*line, -1);
        char *name = parameter(*line, "name");
        if (name != NULL && strstr(lower, "filename") == NULL) {
            return name;
        }
        g_free(name);
        break;
    }
    fail(error, KOLOKOL_ERROR_INVALID, "a part of the body is no simple field");
    return NULL;
}

static bool take_part(Fields *fields, const char *part, const char *end, GError **error)
{
    const char *blank = find(part, end, "\r\n\r\n");
    if (blank == NULL || blank - part > (ptrdiff_t)HEAD_MOST ||
        memchr(part, '\0', (size_t)(blank - part)) != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a part of the body has no right head");
    }
    g_autofree char *name = name_of(part, (size_t)(blank - part), error);
    const char *value = blank + 4;
    return name != NULL &&
           fields_add(fields, name, strlen(name), value, (size_t)(end - value), error);
}

bool fields_take_multipart(Fields *fields, const char *body, size_t length, const char *boundary,
                           GError **error)
{
    g_autofree char *first = g_strconcat("--", boundary, NULL);
    g_autofree char *next = g_strconcat("\r\n--", boundary, NULL);
    const char *end = body + length;
    const char *at = g_str_has_prefix(body, first) ? body : find(body, end, next);
    at = at == NULL ? NULL : at + (at == body ? strlen(first) : strlen(next));
    while (at != NULL && end - at >= 2 && memcmp(at, "\r\n", 2) == 0) {
        const char *part = at + 2;
        const char *stop = find(part, end, next);
        if (stop == NULL) {
            break;
        }
        if (!take_part(fields, part, stop, error)) {
            return false;
        }
        at = stop + strlen(next);
    }
    if (at == NULL || end - at < 2 || memcmp(at, "--", 2) != 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a multipart body does not end as it should");
    }
    return true;
}
