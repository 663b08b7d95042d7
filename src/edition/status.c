/* STATUS files, read: status.h. The press writes them (paper/stub_page.c). */
#include "edition/status.h"

#include "base/error.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

static void line_clear(gpointer line)
{
    g_free(((StatusLine *)line)->path);
    g_free(((StatusLine *)line)->target);
}

static bool parse_line(const char *text, StatusLine *line)
{
    g_auto(GStrv) words = g_strsplit(text, " ", 4);
    guint count = g_strv_length(words);
    if (count == 3 && strcmp(words[0], "301") == 0 && *words[1] != '\0' && *words[2] != '\0') {
        *line = (StatusLine){301, g_strdup(words[1]), g_strdup(words[2])};
        return true;
    }
    if (count == 2 && strcmp(words[0], "410") == 0 && *words[1] != '\0') {
        *line = (StatusLine){410, g_strdup(words[1]), NULL};
        return true;
    }
    return false;
}

static int line_compare(const void *a, const void *b)
{
    return strcmp(((const StatusLine *)a)->path, ((const StatusLine *)b)->path);
}

GArray *status_parse(const char *text, size_t length, GError **error)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(StatusLine));
    g_array_set_clear_func(lines, line_clear);
    if (length > LIMIT_PAGE) {
        fail(error, KOLOKOL_ERROR_LIMIT, "a STATUS file of %zu bytes; the limit is %u", length,
             LIMIT_PAGE);
        return NULL;
    }
    for (const char *cursor = text, *end = text + length; cursor < end;) {
        const char *stop = memchr(cursor, '\n', (size_t)(end - cursor));
        g_autofree char *one = stop == NULL ? NULL : g_strndup(cursor, (size_t)(stop - cursor));
        StatusLine line = {0};
        if (one == NULL || !parse_line(one, &line)) {
            fail(error, KOLOKOL_ERROR_CORRUPT,
                 "line %u of a STATUS file is not \"301 path target\" or \"410 path\"",
                 lines->len + 1);
            return NULL;
        }
        g_array_append_val(lines, line);
        cursor = stop + 1;
    }
    g_array_sort(lines, line_compare);
    return g_steal_pointer(&lines);
}

const StatusLine *status_find(const GArray *lines, const char *path)
{
    StatusLine wanted = {.path = (char *)(uintptr_t)path};
    return lines->len == 0
               ? NULL
               : bsearch(&wanted, lines->data, lines->len, sizeof(StatusLine), line_compare);
}
