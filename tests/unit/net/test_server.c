/* The door over a socket: what is refused, deadlines, limits, keep-alive, bodies, stopping.
 * Covers: src/net/exchange.c. */
#include "base/error.h"
#include "client.h"
#include "doubles/instrumented.h"
#include "net/server.h"

#include <string.h>
#include <unistd.h>

typedef struct {
    HttpServer *server;
    GThread *thread;
    uint16_t port;
} Door;

/* Answers with method, path, query and body, so that the test sees what reached the handler. */
static HttpReply *echo(const HttpRequest *request, void *data)
{
    Door *door = data;
    if (strcmp(request->path, "/stop") == 0) {
        http_server_stop(door->server);
    }
    if (strncmp(request->path, "/large", 6) == 0) {
        g_autoptr(GBytes) large = g_bytes_new_take(g_malloc0(8u << 20), 8u << 20);
        return http_reply_new(200, large);
    }
    g_autofree char *text = g_strdup_printf(
        "%s %.*s %s %.*s", request->method_name, (int)request->path_length, request->path,
        request->query != NULL ? request->query : "-", (int)request->body_length,
        request->body ? (const char *)request->body : "");
    return http_reply_new_text(200, text);
}

/* Puts off until it has waited 100 ms or there is no room; says how long it was. */
static HttpReply *patient(const HttpRequest *request, void *data)
{
    Door *door = data;
    if (strcmp(request->path, "/stop") == 0) {
        http_server_stop(door->server);
    } else if (request->waited < 100000 && strcmp(request->path, "/now") != 0) {
        return NULL;
    }
    return http_reply_new_text(200, request->waited == HTTP_NO_ROOM ? "no room" : request->path);
}

static size_t limit(const HttpRequest *request, void *data)
{
    return request->method == HTTP_POST ? 100000 : 0;
}

static gpointer run(gpointer data)
{
    Door *door = data;
    http_server_run(door->server);
    return NULL;
}

static void door_open_with(Door *door, const HttpServerOptions *options, HttpHandler handler)
{
    g_autoptr(GError) error = NULL;
    door->server = http_server_new(options, &handler, &error);
    g_assert_no_error(error);
    door->port = http_server_port(door->server);
    door->thread = g_thread_new("door", run, door);
}

static void door_open(Door *door, const HttpServerOptions *options)
{
    HttpHandler handler = {echo, limit, door};
    door_open_with(door, options, handler);
}

static void door_close(Door *door)
{
    static const char stop[] = "GET /stop HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    Heard heard = client_exchange(door->port, stop, sizeof stop - 1, 2000);
    g_string_free(heard.bytes, TRUE);
    g_thread_join(door->thread);
    http_server_free(door->server);
}

static Heard say(const Door *door, const char *text, size_t length)
{
    return client_exchange(door->port, text, length, instrumented() ? 800 : 150);
}

#define A "Host: a\r\n"

typedef struct {
    const char *bytes;
    size_t length;     /* with NULs in it */
    const char *codes; /* expected; "" for none */
    bool closed;
} Case;

#define CASE(bytes, codes, closed)                                                                 \
    {                                                                                              \
        bytes, sizeof(bytes) - 1, codes, closed                                                    \
    }

static void cases_run(const Door *door, const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Heard heard = say(door, cases[i].bytes, cases[i].length);
        g_autofree char *codes = client_codes(heard.bytes);
        if (strcmp(codes, cases[i].codes) != 0 || heard.closed != cases[i].closed) {
            g_error("case %zu: \"%s\"%s for:\n%s", i, codes, heard.closed ? " closed" : "",
                    cases[i].bytes);
        }
        g_string_free(heard.bytes, TRUE);
    }
}

/* A second request follows each; it must not be answered. */
#define SECOND "GET /second HTTP/1.1\r\n" A "\r\n"

static void test_hostile(void)
{
    static const Case cases[] = {
        CASE("GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n" SECOND, "400", true),
        CASE("GET / HTTP/1.1\r\nHost: a\0b\r\nX: c\r\n\r\n" SECOND, "400", true),
        CASE("GET /a\0b HTTP/1.1\r\n" A "\r\n" SECOND, "400", true),
        CASE("GET / HTTP/1.1\r\n" A "X: a\r\n b\r\n\r\n" SECOND, "400", true),
        CASE("GET / HTTP/1.1\r\nX: a\r\n\tb\r\n" A "\r\n" SECOND, "400", true),
        CASE("GET / HTTP/1.1\n" A "\r\n" SECOND, "400", true),
        CASE("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n" SECOND, "400", true),
        CASE("GET / HTTP/1.1\r\nHost: a\r\n\n" SECOND, "400", true),
        CASE("GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n" SECOND, "400", true),
        CASE("GET / HTTP/1.1\r\n\r\n" SECOND, "400", true),
        CASE("GET / HTTP/1.1\r\n" A A "\r\n" SECOND, "400", true),
        CASE("GET / HTTP/1.1\r\n" A "Content-Length: 3\r\n\r\nabc" SECOND, "400", true),
        CASE("POST / HTTP/1.1\r\n" A "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc" SECOND,
             "400", true),
        CASE("POST / HTTP/1.1\r\n" A
             "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SECOND,
             "400", true),
        CASE("POST / HTTP/1.1\r\n" A
             "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" SECOND,
             "411", true),
        CASE("POST / HTTP/1.1\r\n" A "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" SECOND,
             "501", true),
        CASE("PURGE / HTTP/1.1\r\n" A "\r\n" SECOND, "501", true),
        CASE("GET http://a/ HTTP/1.1\r\n" A "\r\n" SECOND, "400", true),
        CASE("OPTIONS * HTTP/1.1\r\n" A "\r\n" SECOND, "400", true),
        CASE("GET / HTTP/1.1\r\n" A "Bad Name: x\r\n\r\n" SECOND, "400", true),
        CASE("GET / HTTP/1.1\r\n" A "X : y\r\n\r\n" SECOND, "400", true),
    };
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    Door door;
    door_open(&door, &options);
    cases_run(&door, cases, G_N_ELEMENTS(cases));
    door_close(&door);
}

static void test_good(void)
{
    static const Case cases[] = {
        CASE("GET / HTTP/1.1\r\n" A "\r\n", "200", false),
        CASE("GET /%2e%2e/ HTTP/1.1\r\n" A "\r\n" SECOND, "200 200", false),
        CASE("GET / HTTP/1.0\r\n" A "\r\n", "200", true),
        CASE("HEAD / HTTP/1.1\r\nHost:a\r\nX:   y \r\n\r\n" SECOND, "200 200", false),
        CASE("GET / HTTP/1.1\r\n" A "Connection: close\r\n\r\n" SECOND, "200", true),
        CASE("\r\nGET / HTTP/1.1\r\n" A "\r\n", "200", false),
        CASE("GET / HTTP/1.1\r\n" A "Content-Length: 0\r\n\r\n" SECOND, "200 200", false),
        CASE("POST / HTTP/1.1\r\n" A "Content-Length: 3\r\n\r\nabc" SECOND, "200 200", false),
        CASE("DELETE / HTTP/1.1\r\n" A "\r\n" SECOND, "200 200", false),
    };
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    Door door;
    door_open(&door, &options);
    cases_run(&door, cases, G_N_ELEMENTS(cases));
    door_close(&door);
}

static void says(const Door *door, const char *request, const char *body)
{
    Heard heard = say(door, request, strlen(request));
    if (strstr(heard.bytes->str, body) == NULL) {
        g_error("no \"%s\" in the answer to %s:\n%s", body, request, heard.bytes->str);
    }
    g_string_free(heard.bytes, TRUE);
}

static void test_handler_sees(void)
{
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    Door door;
    door_open(&door, &options);
    says(&door, "GET /a%20b?c=%26&d&e=f+g HTTP/1.1\r\n" A "\r\n", "GET /a%20b c=%26&d&e=f+g \n");
    says(&door, "GET /a? HTTP/1.1\r\n" A "\r\n", "GET /a  \n");
    says(&door, "POST /f HTTP/1.1\r\n" A "Content-Length: 7\r\n\r\nx=1&y=2", "POST /f - x=1&y=2\n");
    door_close(&door);
}

static void test_sizes(void)
{
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    Door door;
    g_autofree char *value = g_strnfill(5000, 'v'), *huge = g_strnfill(20000, 'v');
    g_autofree char *body = g_strnfill(100001, 'b');
    g_autoptr(GString) many = g_string_new("GET / HTTP/1.1\r\n" A);
    for (unsigned i = 0; i < HTTP_HEADERS; i++) {
        g_string_append(many, "X: y\r\n");
    }
    g_string_append(many, "\r\n");
    g_autofree char *fits = g_strconcat("GET / HTTP/1.1\r\n" A "X: ", value, "\r\n\r\n", NULL);
    g_autofree char *over = g_strconcat("GET / HTTP/1.1\r\n" A "X: ", huge, "\r\n\r\n", NULL);
    g_autofree char *large =
        g_strconcat("POST / HTTP/1.1\r\n" A "Content-Length: 100001\r\n\r\n", body, NULL);
    const Case cases[] = {
        {fits, strlen(fits), "200", false},
        {over, strlen(over), "431", true},
        {many->str, many->len, "431", true},
        {large, strlen(large), "413", true},
    };
    door_open(&door, &options);
    cases_run(&door, cases, G_N_ELEMENTS(cases));
    door_close(&door);
}

/* Byte by byte, a large head too: the library's buffer grows and the strings must stay in one
 * place. */
static void test_slow_but_good(void)
{
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    Door door;
    g_autofree char *value = g_strnfill(3000, 'v');
    g_autofree char *text =
        g_strconcat("GET /slow?q HTTP/1.1\r\n" A "X: ", value, "\r\nY: z\r\n\r\n", NULL);
    door_open(&door, &options);
    int socket = client_connect(door.port);
    for (size_t i = 0, n = strlen(text); i < n; i += 7) {
        g_assert_true(client_send(socket, text + i, MIN(7, n - i)));
    }
    Heard heard = client_hear(socket, 150);
    g_assert_nonnull(strstr(heard.bytes->str, "GET /slow q"));
    g_string_free(heard.bytes, TRUE);
    close(socket);
    door_close(&door);
}

static double trickle(uint16_t port, const char *first, const char *drop)
{
    GTimer *timer = g_timer_new();
    int socket = client_connect(port);
    bool open = client_send(socket, first, strlen(first));
    while (open && g_timer_elapsed(timer, NULL) < 5) {
        Heard heard = client_hear(socket, 20);
        open = !heard.closed && client_send(socket, drop, 1);
        g_string_free(heard.bytes, TRUE);
    }
    double seconds = g_timer_elapsed(timer, NULL);
    g_timer_destroy(timer);
    close(socket);
    return seconds;
}

static void test_deadline_head(void)
{
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    Door door;
    options.head_seconds = 0.3;
    options.idle_seconds = 0.5;
    door_open(&door, &options);
    double seconds = trickle(door.port, "GET / HTTP/1.1\r\nX: ", "x"); /* never idle, never whole */
    g_assert_cmpfloat(seconds, >=, 0.25);
    g_assert_cmpfloat(seconds, <, 2);
    seconds = trickle(door.port, "GET / HTTP/1.1\r\n" A "\r\nGET / HTTP/1.1\r\nX: ", "x");
    g_assert_cmpfloat(seconds, >=, 0.4);
    g_assert_cmpfloat(seconds, <, 2.5);
    door_close(&door);
}

static void test_deadline_body(void)
{
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    Door door;
    options.answer_seconds = 0.3;
    options.answer_rate = 1 << 30;
    door_open(&door, &options);
    double seconds =
        trickle(door.port, "POST / HTTP/1.1\r\n" A "Content-Length: 90000\r\n\r\n", "x");
    g_assert_cmpfloat(seconds, >=, 0.25);
    g_assert_cmpfloat(seconds, <, 2);
    door_close(&door);
}

/* A reader that takes a byte now and then of an answer larger than the socket's buffers. */
static void test_deadline_answer(void)
{
    static const char text[] = "GET /large HTTP/1.1\r\n" A "\r\n";
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    Door door;
    options.answer_seconds = 0.3;
    options.answer_rate = 1 << 30;
    door_open(&door, &options);
    int socket = client_connect(door.port);
    client_send(socket, text, sizeof text - 1);
    g_usleep(100 * 1000);
    GTimer *timer = g_timer_new();
    unsigned open = 1;
    while (open > 0 && g_timer_elapsed(timer, NULL) < 5) {
        char byte;
        g_assert_cmpint(read(socket, &byte, 1), ==, 1);
        g_usleep(20 * 1000);
        open = http_server_connections(door.server); /* another thread's number: only read */
    }
    g_assert_cmpfloat(g_timer_elapsed(timer, NULL), <, 2);
    g_timer_destroy(timer);
    close(socket);
    door_close(&door);
}

static void test_per_address(void)
{
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    Door door;
    int sockets[4];
    options.connections_per_address = 3;
    door_open(&door, &options);
    for (unsigned i = 0; i < 4; i++) {
        sockets[i] = client_connect(door.port);
        client_send(sockets[i], SECOND, strlen(SECOND));
        Heard heard = client_hear(sockets[i], 100);
        g_assert_cmpint(heard.bytes->len > 0, ==, i < 3);
        g_string_free(heard.bytes, TRUE);
    }
    for (unsigned i = 0; i < 4; i++) {
        close(sockets[i]);
    }
    g_usleep(50 * 1000);
    door_close(&door); /* and there is room again */
}

static void test_trusted_not_counted(void)
{
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    Door door;
    int sockets[4];
    options.connections_per_address = 1;
    options.trusted_proxies = "127.0.0.1";
    door_open(&door, &options);
    for (unsigned i = 0; i < 4; i++) {
        sockets[i] = client_connect(door.port);
        client_send(sockets[i], SECOND, strlen(SECOND));
        Heard heard = client_hear(sockets[i], 60);
        g_assert_cmpuint(heard.bytes->len, >, 0);
        g_string_free(heard.bytes, TRUE);
    }
    for (unsigned i = 0; i < 4; i++) {
        close(sockets[i]);
    }
    door_close(&door);
}

static void test_ports(void)
{
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    HttpHandler handler = {echo, NULL, NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(HttpServer) first = http_server_new(&options, &handler, &error);
    g_assert_no_error(error);
    options.port = http_server_port(first);
    g_autofree char *expected = g_strdup_printf("127.0.0.1:%u", options.port);
    g_assert_cmpstr(http_server_address(first), ==, expected);
    g_assert_null(http_server_new(&options, &handler, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    options.next_port = true;
    g_autoptr(HttpServer) second = http_server_new(&options, &handler, NULL);
    g_assert_nonnull(second);
    g_assert_cmpuint(http_server_port(second), >, options.port);
}

static void test_bad_options(void)
{
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    HttpHandler handler = {echo, NULL, NULL};
    g_autoptr(GError) error = NULL;
    options.host = "not an address";
    g_assert_null(http_server_new(&options, &handler, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    options.host = "127.0.0.1";
    options.trusted_proxies = "nonsense";
    g_assert_null(http_server_new(&options, &handler, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
}

/* Behind a wall of 16 KB: a browser's connection ends before the next page would be cut off. */
static void test_turnover(void)
{
    static const char plain[] = "GET /a HTTP/1.1\r\n" A "\r\n";
    static const char browser[] = "GET /a HTTP/1.1\r\n" A "Sec-Fetch-Mode: navigate\r\n\r\n";
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    options.turnover = 1500; /* three heads */
    Door door;
    door_open(&door, &options);
    g_autofree char *three = g_strconcat(browser, plain, plain, plain, NULL);
    Heard heard = say(&door, three, strlen(three));
    g_autofree char *codes = client_codes(heard.bytes);
    g_assert_cmpstr(codes, ==, "200 200 200");
    g_assert_true(heard.closed);
    g_assert_nonnull(strstr(heard.bytes->str, "Connection: close"));
    g_string_free(heard.bytes, TRUE);
    g_autofree char *others = g_strconcat(plain, plain, plain, plain, NULL);
    heard = say(&door, others, strlen(others));
    g_assert_false(heard.closed);
    g_string_free(heard.bytes, TRUE);
    door_close(&door);
}

/* An answer in flight when the door is told to stop is finished. */
static void test_graceful(void)
{
    static const char text[] = "GET /large HTTP/1.1\r\n" A "\r\n";
    static const char stop[] = "GET /stop HTTP/1.1\r\n" A "\r\n";
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    Door door;
    door_open(&door, &options);
    int reader = client_connect(door.port), idle = client_connect(door.port);
    client_send(reader, text, sizeof text - 1);
    g_usleep(50 * 1000);
    Heard heard = client_exchange(door.port, stop, sizeof stop - 1, 300);
    g_assert_nonnull(strstr(heard.bytes->str, " 200 "));
    g_string_free(heard.bytes, TRUE);
    heard = client_hear(reader, 500);
    g_assert_cmpuint(heard.bytes->len, >, 8u << 20);
    g_assert_true(heard.closed);
    g_string_free(heard.bytes, TRUE);
    g_thread_join(door.thread);
    http_server_free(door.server);
    close(reader);
    close(idle);
}

static int ask(const Door *door, const char *path)
{
    int socket = client_connect(door->port);
    g_autofree char *text = g_strdup_printf("GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path);
    g_assert_true(client_send(socket, text, strlen(text)));
    return socket;
}

static void hears(int socket, const char *wanted)
{
    Heard heard = client_hear(socket, 300);
    if (strstr(heard.bytes->str, wanted) == NULL) {
        g_error("not “%s” but “%s”", wanted, heard.bytes->str);
    }
    g_string_free(heard.bytes, TRUE);
    close(socket);
}

/* Requests that wait hold up nobody, are bounded, and may go away while they wait. */
static void test_waiting(void)
{
    Door door;
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    door_open_with(&door, &options, (HttpHandler){patient, limit, &door, .waiting_most = 4});
    int64_t begun = g_get_monotonic_time();
    int first = ask(&door, "/first"), second = ask(&door, "/second"), gone = ask(&door, "/gone");
    g_usleep(20000);
    close(gone);
    hears(ask(&door, "/now"), "/now");
    hears(first, "/first");
    hears(second, "/second");
    g_assert_cmpint(g_get_monotonic_time() - begun, >=, 100000);
    int many[4];
    for (int i = 0; i < 4; i++) {
        many[i] = ask(&door, "/many");
    }
    g_usleep(20000);
    hears(ask(&door, "/fifth"), "no room");
    int left = ask(&door, "/left");
    door_close(&door); /* answers those that wait, or ends them */
    for (int i = 0; i < 4; i++) {
        close(many[i]);
    }
    close(left);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/server/hostile", test_hostile);
    g_test_add_func("/server/good", test_good);
    g_test_add_func("/server/handler-sees", test_handler_sees);
    g_test_add_func("/server/sizes", test_sizes);
    g_test_add_func("/server/slow-but-good", test_slow_but_good);
    g_test_add_func("/server/deadline-head", test_deadline_head);
    g_test_add_func("/server/deadline-body", test_deadline_body);
    g_test_add_func("/server/deadline-answer", test_deadline_answer);
    g_test_add_func("/server/per-address", test_per_address);
    g_test_add_func("/server/trusted-not-counted", test_trusted_not_counted);
    g_test_add_func("/server/ports", test_ports);
    g_test_add_func("/server/bad-options", test_bad_options);
    g_test_add_func("/server/turnover", test_turnover);
    g_test_add_func("/server/graceful", test_graceful);
    g_test_add_func("/server/waiting", test_waiting);
    return g_test_run();
}
