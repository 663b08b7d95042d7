/*
 * Opening the socket of a door. Accepting on it is libmicrohttpd's, under the limits of server.c.
 */
#include "net/listen.h"

#include "base/error.h"
#include "base/fault.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static uint16_t bound_port(int descriptor)
{
    struct sockaddr_storage address = {0};
    socklen_t length = sizeof address;
    struct sockaddr_in in;
    if (getsockname(descriptor, (struct sockaddr *)&address, &length) != 0) {
        return 0;
    }
    memcpy(&in, &address, sizeof in); /* the port lies at the same place for IPv4 and IPv6 */
    return ntohs(in.sin_port);
}

static int listen_once(const struct addrinfo *info)
{
    int one = 1;
    if (fault_here(FAULT_SOCKET)) {
        return -1;
    }
    int descriptor = socket(info->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        return -1;
    }
    (void)setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (info->ai_family == AF_INET6) {
        (void)setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    }
    /* inherited by what it accepts: a head and its body go out in one segment anyway */
    (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (bind(descriptor, info->ai_addr, info->ai_addrlen) != 0 || listen(descriptor, 1024) != 0) {
        int saved = errno;
        close(descriptor);
        errno = saved;
        return -1;
    }
    return descriptor;
}

int http_listen(const char *host, uint16_t port, bool next_port, uint16_t *chosen, GError **error)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
    unsigned last = next_port && port != 0 ? MIN(port + 100u, 65535u) : port;
    int descriptor = -1;
    for (unsigned p = port; p <= last && descriptor < 0; p++) {
        struct addrinfo *list = NULL;
        g_autofree char *service = g_strdup_printf("%u", p);
        int failed = getaddrinfo(host, service, &hints, &list);
        if (failed != 0) {
            fail(error, KOLOKOL_ERROR_INVALID, "listen: \"%s\" is no address: %s", host,
                 gai_strerror(failed));
            return -1;
        }
        for (const struct addrinfo *i = list; i != NULL && descriptor < 0; i = i->ai_next) {
            descriptor = listen_once(i);
        }
        int saved = errno;
        freeaddrinfo(list);
        errno = saved;
        if (descriptor < 0 && errno != EADDRINUSE) {
            break;
        }
    }
    if (descriptor < 0) {
        fail(error, errno == EADDRINUSE ? KOLOKOL_ERROR_BUSY : KOLOKOL_ERROR_IO,
             "listen: %s:%u: %s; choose another port under [listen]", host, port, strerror(errno));
        return -1;
    }
    *chosen = bound_port(descriptor);
    return descriptor;
}
