/* The raw client. Blocking sockets with poll(2); no HTTP knowledge but the status line. */
#include "client.h"

#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int client_connect(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int one = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    g_assert_cmpint(connect(one, (struct sockaddr *)&address, sizeof address), ==, 0);
    return one;
}

bool client_send(int socket, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t sent = send(socket, at, length, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        at += sent;
        length -= (size_t)sent;
    }
    return true;
}

Heard client_hear(int socket, int milliseconds)
{
    Heard heard = {g_string_new(NULL), false};
    struct pollfd wait = {.fd = socket, .events = POLLIN};
    char part[16384];
    while (poll(&wait, 1, milliseconds) > 0) {
        ssize_t got = recv(socket, part, sizeof part, 0);
        if (got <= 0) {
            heard.closed = true;
            break;
        }
        g_string_append_len(heard.bytes, part, got);
    }
    return heard;
}

Heard client_exchange(uint16_t port, const void *bytes, size_t length, int milliseconds)
{
    int socket = client_connect(port);
    (void)client_send(socket, bytes, length);
    Heard heard = client_hear(socket, milliseconds);
    close(socket);
    return heard;
}

char *client_codes(const GString *bytes)
{
    GString *codes = g_string_new(NULL);
    const char *at = bytes->str, *end = bytes->str + bytes->len;
    while ((at = memmem(at, (size_t)(end - at), "HTTP/1.", 7)) != NULL && end - at >= 12) {
        if (codes->len > 0) {
            g_string_append_c(codes, ' ');
        }
        g_string_append_len(codes, at + 9, 3);
        at += 12;
    }
    return g_string_free(codes, FALSE);
}
