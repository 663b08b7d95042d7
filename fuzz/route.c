/* Routes from any path: a row or 404 or 405; parts lie inside the path and have safe bytes only. */
#include "web/route.h"

#include <glib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const Route rows[] = {
    {HTTP_GET, "/", 0, ROUTE_PUBLIC, NULL, "-"},
    {HTTP_GET, "/t/:ticket", 0, ROUTE_PUBLIC, NULL, "-"},
    {HTTP_POST, "/:form", 1, ROUTE_PUBLIC, NULL, "-"},
    {HTTP_POST, "/:form/:token", 1, ROUTE_PUBLIC, NULL, "-"},
    {.pattern = NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GString) whole = g_string_new("/");
    g_string_append_len(whole, (const char *)data, (gssize)size);
    HttpRequest request;
    RouteMatch match;
    unsigned status = 0;
    g_autofree char *allow = NULL;
    http_request_init(&request, "GET", whole->str);
    request.path_length = whole->len;
    const Route *row = route_find(rows, &request, 0, &match, &status, &allow);
    g_assert_true(row != NULL || status == 404 || (status == 405 && allow != NULL));
    for (unsigned i = 0; row != NULL && i < match.count; i++) {
        const RoutePart *part = &match.parts[i];
        g_assert_true(part->text > whole->str &&
                      part->text + part->length <= whole->str + whole->len);
        g_assert_true(part->length > 0 && memchr(part->text, '/', part->length) == NULL &&
                      memchr(part->text, '%', part->length) == NULL);
    }
    return 0;
}
