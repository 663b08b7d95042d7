/* Checks of names and short texts: name.h. The slugs themselves are made by text/slug.c. */
#include "desk/name.h"

#include "base/error.h"
#include "text/slug.h"

#include <string.h>

static bool has_control(const char *text, const char *allowed)
{
    for (; *text != '\0'; text++) {
        if (((unsigned char)*text < 0x20 && strchr(allowed, *text) == NULL) || *text == 0x7f) {
            return true;
        }
    }
    return false;
}

static bool text_ok(const char *what, const char *text, size_t limit, const char *allowed,
                    GError **error)
{
    if (strlen(text) > limit) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "the %s has %zu bytes; at most %zu are allowed",
                    what, strlen(text), limit);
    }
    if (!g_utf8_validate(text, -1, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "the %s is not valid UTF-8", what);
    }
    if (has_control(text, allowed)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "the %s has control characters", what);
    }
    return true;
}

bool desk_plain_text(const char *what, const char *text, size_t limit, GError **error)
{
    return text_ok(what, text, limit, "\t\n\r", error);
}

bool desk_name_slug(const char *what, const char *name, char **slug, GError **error)
{
    if (!text_ok(what, name, DESK_NAME, "", error)) {
        return false;
    }
    bool speaks = false;
    for (const char *at = name; *at != '\0' && !speaks; at = g_utf8_find_next_char(at, NULL)) {
        speaks = g_unichar_isalnum(g_utf8_get_char(at));
    }
    if (!speaks) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "the %s \"%s\" has no letter or digit to make an address of", what, name);
    }
    *slug = slug_from_title(name, 0);
    return true;
}

char *desk_one_line(const char *text)
{
    GString *line = g_string_sized_new(strlen(text));
    bool gap = false;
    for (const char *at = text; *at != '\0'; at++) {
        if (g_ascii_isspace(*at)) {
            gap = line->len > 0;
            continue;
        }
        if (gap) {
            g_string_append_c(line, ' ');
            gap = false;
        }
        g_string_append_c(line, *at);
    }
    return g_string_free(line, FALSE);
}
