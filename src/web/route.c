/* Routing: route.h. */
#include "web/route.h"

#include <glib.h>
#include <string.h>

static bool part_good(const char *text, size_t length)
{
    bool dots = true;
    for (size_t i = 0; i < length; i++) {
        if (!g_ascii_isalnum(text[i]) && strchr("._~-", text[i]) == NULL) {
            return false;
        }
        dots = dots && text[i] == '.';
    }
    return length > 0 && length <= ROUTE_PART && !dots;
}

/* The rest of a path: what `*name` takes. */
static bool rest_good(const char *text, size_t length)
{
    for (size_t i = 0, from = 0; i <= length; i++) {
        if (i == length || text[i] == '/') {
            size_t dots = 0;
            while (from + dots < i && text[from + dots] == '.') {
                dots++;
            }
            if (from + dots == i) { /* empty, or dots alone */
                return false;
            }
            from = i + 1;
        } else if (!g_ascii_isgraph(text[i]) || strchr("\\?#\"<>", text[i]) != NULL) {
            return false;
        }
    }
    return length <= ROUTE_REST;
}

/* One segment of pattern and path each, without the slash; both at its beginning. */
static bool segment_meets(const char *pattern, size_t pattern_length, const char *path,
                          size_t path_length, RouteMatch *match)
{
    if (*pattern != ':' || pattern_length == 0) {
        return pattern_length == path_length && strncmp(pattern, path, path_length) == 0;
    }
    if (!part_good(path, path_length)) {
        return false;
    }
    g_assert(match->count < ROUTE_PARTS);
    match->parts[match->count++] = (RoutePart){path, path_length};
    return true;
}

static size_t segment(const char *text, size_t length)
{
    const char *slash = memchr(text, '/', length);
    return slash == NULL ? length : (size_t)(slash - text);
}

static bool meets(const char *pattern, const char *path, size_t length, RouteMatch *match)
{
    match->count = 0;
    size_t left = strlen(pattern);
    while (left > 0 && length > 0 && *pattern == '/' && *path == '/') {
        if (left > 1 && pattern[1] == '*') {
            g_assert(match->count < ROUTE_PARTS);
            match->parts[match->count++] = (RoutePart){path + 1, length - 1};
            return rest_good(path + 1, length - 1);
        }
        size_t own = segment(pattern + 1, left - 1), given = segment(path + 1, length - 1);
        if (!segment_meets(pattern + 1, own, path + 1, given, match)) {
            return false;
        }
        pattern += own + 1;
        left -= own + 1;
        path += given + 1;
        length -= given + 1;
    }
    return left == 0 && length == 0;
}

static void note_method(GString *allow, HttpMethod method)
{
    const char *name = method == HTTP_POST ? "POST" : "GET, HEAD";
    if (strstr(allow->str, name) == NULL) {
        g_string_append_printf(allow, "%s%s", allow->len > 0 ? ", " : "", name);
    }
}

const Route *route_find(const Route *rows, const HttpRequest *request, size_t skip,
                        RouteMatch *match, unsigned *status, char **allow)
{
    g_autoptr(GString) others = g_string_new(NULL);
    HttpMethod method = request->method == HTTP_HEAD ? HTTP_GET : request->method;
    match->request = request;
    for (const Route *row = rows; row->pattern != NULL; row++) {
        if (!meets(row->pattern, request->path + skip, request->path_length - skip, match)) {
            continue;
        }
        if (row->method == method) {
            return row;
        }
        note_method(others, row->method);
    }
    *status = others->len > 0 ? 405 : 404;
    *allow = others->len > 0 ? g_strdup(others->str) : NULL;
    return NULL;
}
