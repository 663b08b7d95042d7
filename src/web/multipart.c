/*
 * multipart/form-data (RFC 7578): walking through the parts of a body, for fields.c (simple fields
 * only, copied) and for multipart.h (files too, in place). What a field may be is fields.c's.
 */
#include "web/multipart.h"

#include "base/error.h"
#include "web/fields_private.h"

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

/* One part as it stands in the body. */
typedef struct {
    char *name, *file; /* given; file NULL without a file name */
    const char *bytes;
    size_t length;
} Found;

typedef bool (*FoundTaker)(const Found *found, void *data, GError **error);

/* The name that a part's head gives, and the file name if there is one; NULL on failure. Callers
 * free. */
static char *names_of(const char *head, size_t length, char **file, GError **error)
{
    g_autofree char *text = g_strndup(head, length);
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (g_ascii_strncasecmp(*line, "Content-Disposition: form-data;", 31) != 0) {
            continue;
        }
        g_autofree char *lower = g_ascii_strdown(*line, -1);
        g_autofree char *its_name = parameter(*line, "name");
        g_autofree char *its_file = parameter(*line, "filename");
        /* "filename*" is not for forms (RFC 7578 4.2) */
        if (its_name == NULL || (its_file == NULL && strstr(lower, "filename") != NULL)) {
            break;
        }
        *file = g_steal_pointer(&its_file);
        return g_steal_pointer(&its_name);
    }
    fail(error, KOLOKOL_ERROR_INVALID, "a part of the body has no right name");
    return NULL;
}

static bool take_part(const char *part, const char *end, FoundTaker take, void *data,
                      GError **error)
{
    g_autofree char *file = NULL;
    const char *blank = find(part, end, "\r\n\r\n");
    if (blank == NULL || blank - part > (ptrdiff_t)HEAD_MOST ||
        memchr(part, '\0', (size_t)(blank - part)) != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a part of the body has no right head");
    }
    g_autofree char *name = names_of(part, (size_t)(blank - part), &file, error);
    if (name == NULL) {
        return false;
    }
    const char *bytes = blank + 4;
    Found found = {name, file, bytes, (size_t)(end - bytes)};
    return take(&found, data, error);
}

static bool walk(const char *body, size_t length, const char *boundary, FoundTaker take, void *data,
                 GError **error)
{
    g_autofree char *first = g_strconcat("--", boundary, NULL);
    g_autofree char *next = g_strconcat("\r\n--", boundary, NULL);
    const char *end = body + length;
    bool at_once = length >= strlen(first) && memcmp(body, first, strlen(first)) == 0;
    const char *at = at_once ? body : find(body, end, next);
    at = at == NULL ? NULL : at + (at_once ? strlen(first) : strlen(next));
    while (at != NULL && end - at >= 2 && memcmp(at, "\r\n", 2) == 0) {
        const char *part = at + 2;
        const char *stop = find(part, end, next);
        if (stop == NULL) {
            break;
        }
        if (!take_part(part, stop, take, data, error)) {
            return false;
        }
        at = stop + strlen(next);
    }
    if (at == NULL || end - at < 2 || memcmp(at, "--", 2) != 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a multipart body does not end as it should");
    }
    return true;
}

/* ---- Simple fields, for fields.c ------------------------------------------------------------ */

static bool add_field(const Found *found, void *data, GError **error)
{
    if (found->file != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a part of the body is no simple field");
    }
    return fields_add(data, found->name, strlen(found->name), found->bytes, found->length, error);
}

bool fields_take_multipart(Fields *fields, const char *body, size_t length, const char *boundary,
                           GError **error)
{
    return walk(body, length, boundary, add_field, fields, error);
}

/* ---- Files too ------------------------------------------------------------------------------ */

char *multipart_file_name(const char *given)
{
    g_autofree char *good = g_utf8_make_valid(given, -1);
    const char *from = good;
    for (const char *c = good; *c != '\0'; c++) {
        from = *c == '/' || *c == '\\' ? c + 1 : from;
    }
    g_autoptr(GString) name = g_string_new(NULL);
    for (const char *c = from; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        char bytes[6];
        int length = g_unichar_to_utf8(g_unichar_isprint(letter) ? letter : ' ', bytes);
        if (name->len + (gsize)length > MULTIPART_FILE) {
            break;
        }
        g_string_append_len(name, bytes, length);
    }
    g_strstrip(name->str);
    return g_strdup(*name->str == '\0' ? "picture" : name->str);
}

typedef struct {
    GArray *parts;
    unsigned most;
} Parts;

static void part_clear(void *data)
{
    MultipartPart *part = data;
    g_free(part->name);
    g_free(part->file);
}

static bool add_part(const Found *found, void *data, GError **error)
{
    const Parts *parts = data;
    if (parts->parts->len >= parts->most) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "more than %u parts in one form; send some of them "
                    "by themselves",
                    parts->most);
    }
    if (*found->name == '\0' || strlen(found->name) > MULTIPART_NAME ||
        !g_utf8_validate(found->name, -1, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a part of the body has no right name");
    }
    bool nothing = found->file != NULL && *found->file == '\0';
    MultipartPart part = {.name = g_strdup(found->name),
                          .file = found->file == NULL ? NULL
                                  : nothing           ? g_strdup("")
                                                      : multipart_file_name(found->file),
                          .bytes = found->bytes,
                          .length = found->length};
    g_array_append_val(parts->parts, part);
    return true;
}

GArray *multipart_of_request(const HttpRequest *request, unsigned most, GError **error)
{
    const char *body = request->body == NULL ? "" : request->body;
    g_autofree char *boundary = fields_boundary(request, error);
    if (boundary == NULL) {
        return NULL;
    }
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(MultipartPart));
    g_array_set_clear_func(list, part_clear);
    Parts parts = {list, most};
    return walk(body, request->body_length, boundary, add_part, &parts, error)
               ? g_steal_pointer(&list)
               : NULL;
}
