/*
 * Private to net/: exchanges, a request and its answer each, as libmicrohttpd calls us through
 * them: accept, target, head, body, answer, end. The loop around them is server.c.
 */
#pragma once

#include "base/clock.h"
#include "net/connection.h"
#include "net/server.h"

#include <microhttpd.h>

typedef struct {
    HttpServerOptions options;
    HttpHandler handler;
    HttpProxies *proxies;
    ConnectionTable connections;
    int64_t now;         /* clock_monotonic, kept by the loop so that no callback has to ask */
    uint64_t heads;      /* requests read so far */
    Connection *waiting; /* put off by the handler, by Connection.next_waiting */
    unsigned waiting_count;
    int64_t ask_again; /* when they are asked, while there are any */
} Exchanges;

/* The library's daemon over a listening socket, without a thread; NULL with errno set. */
struct MHD_Daemon *exchanges_start(Exchanges *exchanges, int listener);

/* Asks those that wait again, at the library's next turn. */
void exchanges_ask_again(Exchanges *exchanges);

static inline int64_t microseconds(double seconds)
{
    return (int64_t)(seconds * (double)CLOCK_SECOND);
}
