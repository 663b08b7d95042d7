/* The lines of GONE: gone.h. Which there are is the desk's (desk/gone.h). */
#include "edition/gone.h"

#include "base/error.h"
#include "base/moment.h"

#include <string.h>

#define GONE_LINE 200u

char *gone_line_before(int64_t moment)
{
    g_autofree char *time = moment_rfc3339(moment);
    return g_strconcat("before ", time, NULL);
}

char *gone_line_object(const char *hex)
{
    return g_strconcat("object ", hex, NULL);
}

char *gone_line_path(const char *path)
{
    Hash hash = hash_of(path, strlen(path));
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    return g_strconcat("path ", hex, NULL);
}

/* "word value" of printable characters, without another space. */
static bool is_line(const char *line, size_t length)
{
    size_t spaces = 0;
    for (size_t i = 0; i < length; i++) {
        if (line[i] == ' ') {
            spaces++;
        } else if (!g_ascii_isgraph(line[i])) {
            return false;
        }
    }
    return spaces == 1 && length <= GONE_LINE && line[0] != ' ' && line[length - 1] != ' ';
}

static bool take_line(const char *line, size_t length, GonePathTaker take, void *data)
{
    char hex[HASH_HEX];
    Hash hash;
    if (length <= strlen("path ") || strncmp(line, "path ", strlen("path ")) != 0) {
        return true;
    }
    if (length != strlen("path ") + HASH_HEX - 1) {
        return false;
    }
    memcpy(hex, line + strlen("path "), HASH_HEX - 1);
    hex[HASH_HEX - 1] = '\0';
    if (!hash_parse(hex, &hash)) {
        return false;
    }
    take(&hash, data);
    return true;
}

bool gone_parse(const char *text, size_t length, GonePathTaker take, void *data, GError **error)
{
    const char *cursor = text, *end = text + length;
    for (unsigned number = 1; cursor < end; number++) {
        const char *stop = memchr(cursor, '\n', (size_t)(end - cursor));
        size_t line = stop == NULL ? 0 : (size_t)(stop - cursor);
        if (line == 0 || !is_line(cursor, line) || !take_line(cursor, line, take, data)) {
            return fail(error, KOLOKOL_ERROR_CORRUPT, "GONE, line %u: not \"word value\"", number);
        }
        cursor = stop + 1;
    }
    return true;
}
