/* The checks on a head, over records laid out as the library lays them out: one buffer, strings
 * ended by NUL in place of the CR of a line's end or the space after them. The same cases come over
 * a socket in test_server.c. */
#include "net/wire.h"

#include <glib.h>
#include <string.h>

typedef struct {
    char bytes[4096];
    WireHead head;
    HttpRequest request;
} Laid;

/* Lays out a head as it came over the wire, all lines ended by CR LF. */
static void lay(Laid *laid, const char *text)
{
    g_strlcpy(laid->bytes, text, sizeof laid->bytes);
    laid->head.head_length = strlen(text);
    char *line = laid->bytes, *end = strstr(line, "\r\n");
    char *target = strchr(line, ' ') + 1, *version = strchr(target, ' ') + 1;
    target[-1] = version[-1] = *end = '\0';
    laid->head.method = line;
    laid->head.target = target;
    laid->head.target_length = strlen(target);
    laid->head.version = version;
    http_request_init(&laid->request, line, target);
    for (line = end + 2; (end = strstr(line, "\r\n")) != NULL && end != line; line = end + 2) {
        char *colon = strchr(line, ':'), *value = colon + 1;
        value += strspn(value, " \t");
        *colon = *end = '\0';
        g_assert_true(http_request_add(&laid->request, line, value));
    }
}

static void check(const char *text, unsigned expected)
{
    Laid laid;
    uint64_t body;
    lay(&laid, text);
    unsigned got = wire_check(&laid.head, &laid.request, &body);
    if (got != expected) {
        g_error("%u, not %u for:\n%s", got, expected, text);
    }
}

#define HEAD(line, rest) line "\r\nHost: a.example\r\n" rest "\r\n"
#define FIELD(rest)      HEAD("GET / HTTP/1.1", rest)

static void test_lines(void)
{
    check(FIELD(""), 0);
    check(HEAD("GET /a?b=c HTTP/1.0", ""), 0);
    check(HEAD("GET http://a.example/ HTTP/1.1", ""), 400);
    check(HEAD("OPTIONS * HTTP/1.1", ""), 400);
    check(HEAD("GET a HTTP/1.1", ""), 400);
    check(HEAD("GET /\xc3\xa9 HTTP/1.1", ""), 400);
    check(HEAD("GET /\x01 HTTP/1.1", ""), 400);
    check(HEAD("get / HTTP/1.1", ""), 400);
    check(HEAD("-X / HTTP/1.1", ""), 400);
    check(HEAD("GE(T / HTTP/1.1", ""), 400);
    check(HEAD("ABCDEFGHIJKLMNOPQRSTU / HTTP/1.1", ""), 400);
    check(HEAD("GET / HTTP/1.2", ""), 505);
    check(HEAD("GET / HTTP/2.0", ""), 505);
    check(HEAD("GET / http/1.1", ""), 505);
}

static void test_headers(void)
{
    check(FIELD("X: y\r\n"), 0);
    check(FIELD("X:y\r\n"), 0);
    check(FIELD("X:  y \t\r\n"), 0);
    check(FIELD("X: \xc3\xa9\r\n"), 0);
    check(FIELD("X:\r\n"), 0);
    check(FIELD("X Y: z\r\n"), 400);
    check(FIELD("X : z\r\n"), 400);
    check(FIELD(" X: z\r\n"), 400);
    check(FIELD(": z\r\n"), 400);
    check(FIELD("X\xc3\xa9: z\r\n"), 400);
    check(FIELD("X: a\rb\r\n"), 400);
    check(FIELD("X: a\nb\r\n"), 400);
    check(FIELD("X: a\x7f\r\n"), 400);
    check("GET / HTTP/1.1\r\nX: y\r\n\r\n", 400);
    check(FIELD("Host: b.example\r\n"), 400);
    check(FIELD("Host: a.example\r\n"), 400);
    check("GET / HTTP/1.1\r\nHost:\r\n\r\n", 400);
    check("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400);
    check("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400);
    check("GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400);
    check("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 0);
}

static void test_framing(void)
{
    check(FIELD("Content-Length: 0\r\n"), 0);
    check(FIELD("Content-Length: 5 \r\n"), 0);
    check(FIELD("Content-Length: 5\r\nContent-Length: 5\r\n"), 400);
    check(FIELD("Content-Length: 5, 5\r\n"), 400);
    check(FIELD("Content-Length: +5\r\n"), 400);
    check(FIELD("Content-Length: -5\r\n"), 400);
    check(FIELD("Content-Length: 0x5\r\n"), 400);
    check(FIELD("Content-Length:\r\n"), 400);
    check(FIELD("Content-Length: 9999999999999999999\r\n"), 400);
    check(FIELD("Content_Length: 5\r\n"), 400);
    check(FIELD("Transfer-Encoding: chunked\r\n"), 411);
    check(FIELD("Transfer-Encoding: Chunked \r\n"), 411);
    check(FIELD("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400);
    check(FIELD("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400);
    check(FIELD("Transfer_Encoding: chunked\r\n"), 400);
    check(FIELD("Transfer-Encoding: gzip, chunked\r\n"), 501);
    check(FIELD("Transfer-Encoding: xchunked\r\n"), 501);
    check(FIELD("Transfer-Encoding: identity\r\n"), 501);
    check(HEAD("GET / HTTP/1.0", "Transfer-Encoding: chunked\r\n"), 400);
}

static void test_hidden(void)
{
    Laid laid;
    uint64_t body;
    lay(&laid, FIELD("X: abc\r\nY: d\r\n"));
    laid.bytes[strlen("GET / HTTP/1.1\r\nHost: a.ex")] = '\0'; /* a NUL in the value */
    laid.request.headers[0].value_length = strlen("a.ex");
    g_assert_cmpuint(wire_check(&laid.head, &laid.request, &body), ==, 400);
    lay(&laid, FIELD("X: abc\r\n"));
    laid.request.headers[1].value_length = 2; /* in the last value */
    g_assert_cmpuint(wire_check(&laid.head, &laid.request, &body), ==, 400);
    lay(&laid, FIELD("X: abc\r\n"));
    laid.head.head_length--; /* a bare LF somewhere */
    g_assert_cmpuint(wire_check(&laid.head, &laid.request, &body), ==, 400);
    lay(&laid, FIELD("X: abc\r\n"));
    laid.request.headers[0].value = "a.example"; /* moved: it was folded */
    g_assert_cmpuint(wire_check(&laid.head, &laid.request, &body), ==, 400);
    lay(&laid, HEAD("GET /ab HTTP/1.1", ""));
    laid.head.target_length = 2; /* a NUL in the target */
    g_assert_cmpuint(wire_check(&laid.head, &laid.request, &body), ==, 400);
}

static void test_query(void)
{
    Laid laid;
    uint64_t body;
    lay(&laid, HEAD("GET /a?b HTTP/1.1", ""));
    laid.request.path_length = 2;
    laid.request.query = "b";
    g_assert_cmpuint(wire_check(&laid.head, &laid.request, &body), ==, 0);
    laid.request.query = "b\x01";
    g_assert_cmpuint(wire_check(&laid.head, &laid.request, &body), ==, 400);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire/lines", test_lines);
    g_test_add_func("/wire/headers", test_headers);
    g_test_add_func("/wire/framing", test_framing);
    g_test_add_func("/wire/hidden", test_hidden);
    g_test_add_func("/wire/query", test_query);
    return g_test_run();
}
