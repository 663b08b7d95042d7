/* One request over a socket to a door of a test, and its whole answer. */
#pragma once

#include <arpa/inet.h>
#include <glib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Sends the bytes to a port of this machine and reads until the other end closes. Caller frees. */
static inline char *loopback_ask(int port, const char *request)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    g_assert_cmpint(connect(connection, (struct sockaddr *)&address, sizeof address), ==, 0);
    g_assert_cmpint(write(connection, request, strlen(request)), ==, (gssize)strlen(request));
    GString *answer = g_string_new(NULL);
    char part[4096];
    for (gssize got; (got = read(connection, part, sizeof part)) > 0;) {
        g_string_append_len(answer, part, got);
    }
    close(connection);
    return g_string_free(answer, FALSE);
}
