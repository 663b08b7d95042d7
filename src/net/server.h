/*
 * HttpServer: one door. HTTP/1.1 on libmicrohttpd, one thread, one epoll loop; requests that are
 * not clean (wire.h) never reach the handler.
 *
 * A handler is two functions over records, so everything behind a door is tested without a socket.
 * `answer` must not wait: it is the only thread. What is not there yet it puts off by returning
 * NULL: the connection is laid aside, others are served, and the same record is asked again every
 * HTTP_AGAIN (request->waited says how long it has been), so a handler keeps nothing of a waiting
 * request and its going away needs no call. TLS, HTTP/2 and HTTP/3 are the reverse proxy's.
 *
 * Deadlines, because the library only counts idle time and a byte a second would hold a connection
 * for ever: from accept to the first complete head `head_seconds`, from the end of an answer to the
 * next complete head `idle_seconds`, from a head to the end of the answer `answer_seconds` and one
 * second more for each `answer_rate` bytes of bodies. A connection past its deadline is shut.
 * Limits: connections in all and from one address (IPv6: /64; trusted proxies are not counted),
 * head and headers of the answer within `memory` bytes a connection, HTTP_HEADERS headers. Bodies:
 * refused with 400 unless the handler takes them; 413 above what it takes.
 *
 * Some networks freeze a connection once some 16 KB have come over it. So that a page of 10 KB, or
 * a search file of 12, always comes whole, a browser's own connection is ended by us after the
 * answer with which `turnover` bytes have gone over it. A browser says that it is one by
 * Sec-Fetch-Mode or Upgrade-Insecure-Requests; a trusted proxy's connection is not the reader's.
 * SIGPIPE is ignored in
 * the whole process from http_server_new() on.
 */
#pragma once

#include "net/reply.h"
#include "net/request.h"

#define HTTP_AGAIN INT64_C(25000) /* µs between two askings of one that waits */

typedef struct {
    /* The server takes the reference. NULL: ask again; only of a handler with `waiting_most`, and
     * not while request->waited is HTTP_NO_ROOM. */
    HttpReply *(*answer)(const HttpRequest *request, void *data);
    /* How many bytes of body this request may bring, 0 for none. NULL: never any. */
    size_t (*body_limit)(const HttpRequest *request, void *data);
    void *data;
    unsigned waiting_most; /* requests that may be put off at the same time; 0: none */
} HttpHandler;

typedef struct {
    const char *host; /* address or name to listen on */
    uint16_t port;    /* 0 takes a free one */
    bool next_port;   /* if the port is busy, try the next 100 */
    unsigned connections, connections_per_address;
    double head_seconds, idle_seconds, answer_seconds;
    unsigned answer_rate; /* bytes a second below which a reader is too slow */
    size_t memory;
    unsigned turnover;           /* bytes; 0: as many as one likes */
    const char *trusted_proxies; /* address.h; NULL for none */
} HttpServerOptions;

/* 127.0.0.1, port 0, 4096 connections, 256 from one address, 10 s for the first head, 30 s for
 * the next, 30 s for an answer,
 * 2 KiB/s, 8 KiB (the library
 * clears that much for each request), 3 KiB (with 12 KiB more and two heads, 16,384 bytes are not
 * reached). */
#define HTTP_SERVER_OPTIONS                                                                        \
    {                                                                                              \
        .host = "127.0.0.1", .connections = 4096, .connections_per_address = 256,                  \
        .head_seconds = 10, .idle_seconds = 30, .answer_seconds = 30, .answer_rate = 2048,         \
        .memory = 8192, .turnover = 3072                                                           \
    }

typedef struct HttpServer HttpServer;

/* Listens. Options and handler are copied; strings are needed only during the call. Errors: BUSY if
 * no port is free, INVALID for a wrong host or trusted_proxies, IO. */
HttpServer *http_server_new(const HttpServerOptions *options, const HttpHandler *handler,
                            GError **error);
/* Closes every connection at once. */
void http_server_free(HttpServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpServer, http_server_free)

/* The port in use and "host:port". */
uint16_t http_server_port(const HttpServer *server);
const char *http_server_address(const HttpServer *server);

/* Calls back when `descriptor` is readable, until the server is freed. At most 8. */
bool http_server_watch(HttpServer *server, int descriptor, void (*readable)(void *data),
                       void *data);

/* Calls back about once a second. One such function. */
void http_server_every_second(HttpServer *server, void (*tick)(void *data), void *data);

/* One turn of the loop: waits at most `milliseconds` for something to do, does it. */
void http_server_turn(HttpServer *server, int milliseconds);

/* Turns until http_server_stop() is called from a callback, or SIGTERM or SIGINT arrives (which are
 * blocked and read here); then accepts no more, lets answers in flight end, for at most
 * `answer_seconds`, and returns. */
void http_server_run(HttpServer *server);
void http_server_stop(HttpServer *server);

/* Open connections now. */
unsigned http_server_connections(const HttpServer *server);

/* The client of a request, as trusted_proxies allow (address.h). */
HttpAddress http_server_client(const HttpServer *server, const HttpRequest *request);
