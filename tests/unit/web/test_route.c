/* Routing by the table: which row, what of the path, 404 and 405. */
#include "web/route.h"

#include <glib.h>
#include <string.h>

static const Route rows[] = {
    {HTTP_GET, "/", 0, ROUTE_PUBLIC, NULL, "front"},
    {HTTP_GET, "/t/:ticket", 0, ROUTE_PUBLIC, NULL, "ticket"},
    {HTTP_GET, "/:form", 0, ROUTE_PUBLIC, NULL, "show"},
    {HTTP_POST, "/:form", 10, ROUTE_PUBLIC, NULL, "take"},
    {HTTP_GET, "/draft/:id/*path", 0, ROUTE_PUBLIC, NULL, "draft"},
    {HTTP_POST, "/:form/:token", 20, ROUTE_PUBLIC, NULL, "button"},
    {.pattern = NULL},
};

static void test_find(void)
{
    static const struct {
        const char *method, *path;
        size_t skip;
        const char *help; /* NULL: none */
        unsigned status;
        const char *allow, *last;
    } cases[] = {
        {"GET", "/", 0, "front", 0, NULL, NULL},
        {"HEAD", "/", 0, "front", 0, NULL, NULL},
        {"POST", "/", 0, NULL, 405, "GET, HEAD", NULL},
        {"GET", "/t/ab", 0, "ticket", 0, NULL, "ab"},
        {"GET", "/subscribe", 0, "show", 0, NULL, "subscribe"},
        {"POST", "/subscribe", 0, "take", 0, NULL, "subscribe"},
        {"PUT", "/subscribe", 0, NULL, 405, "GET, HEAD, POST", NULL},
        {"POST", "/en/subscribe", 3, "take", 0, NULL, "subscribe"},
        {"POST", "/confirm/1.2.a-b_c~", 0, "button", 0, NULL, "1.2.a-b_c~"},
        {"GET", "/confirm/1", 0, NULL, 405, "POST", NULL},
        {"GET", "/draft/1/a.html", 0, "draft", 0, NULL, "a.html"},
        {"GET", "/draft/1/2026/11/a%20b.html", 0, "draft", 0, NULL, "2026/11/a%20b.html"},
        {"GET", "/draft/1/", 0, NULL, 404, NULL, NULL},
        {"GET", "/draft/1/a/../b", 0, NULL, 404, NULL, NULL},
        {"GET", "/draft/1/a//b", 0, NULL, 404, NULL, NULL},
        {"GET", "/draft/1/a/", 0, NULL, 404, NULL, NULL},
        {"GET", "/draft/1/a\\b", 0, NULL, 404, NULL, NULL},
        {"GET", "/t/", 0, NULL, 404, NULL, NULL},
        {"GET", "/t/a/b", 0, NULL, 404, NULL, NULL},
        {"GET", "//", 0, NULL, 404, NULL, NULL},
        {"GET", "/a/", 0, NULL, 404, NULL, NULL},
        {"GET", "/%61", 0, NULL, 404, NULL, NULL},
        {"GET", "/..", 0, NULL, 404, NULL, NULL},
        {"GET", "/t/..", 0, NULL, 404, NULL, NULL},
        {"GET", "/a;b", 0, NULL, 404, NULL, NULL},
        {"GET", "/\xd0\xb0", 0, NULL, 404, NULL, NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        HttpRequest request;
        RouteMatch match;
        unsigned status = 0;
        g_autofree char *allow = NULL;
        http_request_init(&request, cases[i].method, cases[i].path);
        g_test_message("%s %s", cases[i].method, cases[i].path);
        const Route *row = route_find(rows, &request, cases[i].skip, &match, &status, &allow);
        g_assert_cmpstr(row == NULL ? NULL : row->help, ==, cases[i].help);
        if (row == NULL) {
            g_assert_cmpuint(status, ==, cases[i].status);
            g_assert_cmpstr(allow, ==, cases[i].allow);
        } else if (cases[i].last != NULL) {
            const RoutePart *part = &match.parts[match.count - 1];
            g_autofree char *last = g_strndup(part->text, part->length);
            g_assert_cmpstr(last, ==, cases[i].last);
        }
    }
}

static void test_long(void)
{
    g_autofree char *path = g_strnfill(ROUTE_PART + 2, 'a');
    path[0] = '/';
    HttpRequest request;
    RouteMatch match;
    unsigned status = 0;
    g_autofree char *allow = NULL;
    http_request_init(&request, "GET", path);
    g_assert_null(route_find(rows, &request, 0, &match, &status, &allow));
    path[ROUTE_PART + 1] = '\0';
    http_request_init(&request, "GET", path);
    g_assert_nonnull(route_find(rows, &request, 0, &match, &status, &allow));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/route/find", test_find);
    g_test_add_func("/route/long", test_long);
    return g_test_run();
}
