/*
 * Checking, not converting: a newsroom's files are UTF-8, and a guess would corrupt names.
 */
#include "text/encoding.h"

#include "base/error.h"

unsigned encoding_line(const char *text, size_t offset)
{
    unsigned line = 1;
    for (size_t i = 0; i < offset; i++) {
        line += text[i] == '\n';
    }
    return line;
}

bool encoding_check(const char *text, size_t length, const char *what, GError **error)
{
    const char *end = NULL;
    if (length == 0 || g_utf8_validate_len(text, length, &end)) {
        return true;
    }
    size_t offset = (size_t)(end - text);
    return fail(error, KOLOKOL_ERROR_INVALID, "%s, line %u: %s; save the text as UTF-8", what,
                encoding_line(text, offset),
                text[offset] == '\0' ? "a NUL byte" : "a byte that is not UTF-8");
}
