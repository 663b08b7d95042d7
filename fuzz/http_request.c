/*
 * Raw bytes to the door, over a socket and through libmicrohttpd. The handler holds what wire.h
 * promises of every request that reaches it; and when the client has sent all and closed, the
 * connection ends.
 */
#include "net/server.h"

#include <glib.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static HttpReply *answer(const HttpRequest *request, void *data)
{
    unsigned hosts = 0;
    g_assert_true(request->path_length > 0 && request->path[0] == '/');
    g_assert_true(request->method != HTTP_OTHER);
    for (unsigned i = 0; i < request->header_count; i++) {
        const HttpHeader *header = &request->headers[i];
        g_assert_true(strlen(header->name) == header->name_length);
        g_assert_true(strlen(header->value) == header->value_length);
        g_assert_null(strpbrk(header->value, "\r\n"));
        g_assert_null(strpbrk(header->name, "\r\n \t:"));
        g_assert_true(g_ascii_strcasecmp(header->name, "Transfer-Encoding") != 0);
        hosts += g_ascii_strcasecmp(header->name, "Host") == 0;
    }
    g_assert_true(hosts == 1);
    g_assert_true(request->body_length <= 1000);
    return http_reply_new_text(200, "yes");
}

static size_t limit(const HttpRequest *request, void *data)
{
    return request->method == HTTP_POST ? 1000 : 0;
}

/* One server for all inputs; what is still reachable at the end is no leak. */
static HttpServer *server_of(void)
{
    static HttpServer *server;
    if (server == NULL) {
        HttpServerOptions options = HTTP_SERVER_OPTIONS;
        HttpHandler handler = {answer, limit, NULL};
        server = http_server_new(&options, &handler, NULL);
        g_assert_nonnull(server);
    }
    return server;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    HttpServer *server = server_of();
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(http_server_port(server))};
    char part[4096];
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (client < 0 || connect(client, (struct sockaddr *)&address, sizeof address) != 0) {
        g_error("fuzz: no connection to the door");
    }
    (void)send(client, data, MIN(size, 60000), MSG_NOSIGNAL | MSG_DONTWAIT);
    shutdown(client, SHUT_WR);
    for (unsigned turn = 0; turn < 2 || http_server_connections(server) > 0; turn++) {
        g_assert_true(turn < 10000);
        http_server_turn(server, 1);
        while (recv(client, part, sizeof part, MSG_DONTWAIT) > 0) {
        }
    }
    close(client);
    return 0;
}
