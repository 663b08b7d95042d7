/* The request record and finding headers in it. */
#include "net/request.h"

#include <glib.h>

static void test_request(void)
{
    HttpRequest request;
    http_request_init(&request, "HEAD", "/a/b");
    g_assert_cmpint(request.method, ==, HTTP_HEAD);
    g_assert_cmpuint(request.path_length, ==, 4);
    g_assert_true(http_request_add(&request, "Accept-Encoding", "gzip"));
    g_assert_true(http_request_add(&request, "accept-encoding", "br"));
    g_assert_cmpstr(http_request_header(&request, "ACCEPT-ENCODING"), ==, "gzip");
    g_assert_null(http_request_header(&request, "Accept"));
    while (request.header_count < HTTP_HEADERS) {
        g_assert_true(http_request_add(&request, "X", "y"));
    }
    g_assert_false(http_request_add(&request, "X", "y"));
    g_assert_cmpint(http_method("get"), ==, HTTP_OTHER);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/request/record", test_request);
    return g_test_run();
}
