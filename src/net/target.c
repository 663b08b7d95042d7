/*
 * Decoding and judging a path. Whether the name exists is for the caller to look up; it is never
 * given to a file system.
 */
#include "net/target.h"

#include <glib.h>
#include <string.h>

/* An escaped '/' is refused: it would give one page two addresses. */
static bool byte_decode(const char **cursor, const char *end, char *byte)
{
    const char *at = *cursor;
    if (*at != '%') {
        *byte = *at;
        *cursor = at + 1;
        return true;
    }
    if (end - at < 3 || !g_ascii_isxdigit(at[1]) || !g_ascii_isxdigit(at[2])) {
        return false;
    }
    *byte = (char)(g_ascii_xdigit_value(at[1]) * 16 + g_ascii_xdigit_value(at[2]));
    *cursor = at + 3;
    return *byte != '/';
}

/* A segment that ends at `end`: not empty, not a dot segment. */
static bool segment_good(const char *segment, const char *end)
{
    size_t length = (size_t)(end - segment);
    if (length == 0) {
        return false;
    }
    return !(segment[0] == '.' && (length == 1 || (length == 2 && segment[1] == '.')));
}

bool http_target_name(const char *path, size_t path_length, char *name, size_t *name_length)
{
    const char *cursor = path, *end = path + path_length;
    size_t length = 0, segment = 0;
    bool ascii = true;
    if (path_length == 0 || *cursor++ != '/') {
        return false;
    }
    while (cursor < end) {
        char byte;
        if (length == HTTP_NAME || !byte_decode(&cursor, end, &byte)) {
            return false;
        }
        if ((unsigned char)byte < 0x20 || byte == 0x7f || byte == '\\') {
            return false;
        }
        if (byte == '/') {
            if (!segment_good(name + segment, name + length)) {
                return false;
            }
            segment = length + 1;
        }
        ascii = ascii && (unsigned char)byte < 0x80;
        name[length++] = byte;
    }
    if (segment < length && !segment_good(name + segment, name + length)) {
        return false;
    }
    if (!ascii && !g_utf8_validate(name, (gssize)length, NULL)) {
        return false;
    }
    name[length] = '\0';
    *name_length = length;
    return true;
}
