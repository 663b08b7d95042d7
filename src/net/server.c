/*
 * The door's loop: libmicrohttpd's sockets, signals, what a caller watches, deadlines; and its
 * life. What happens with a request is exchange.c.
 */
#include "net/server.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "net/exchange.h"
#include "net/listen.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define WATCHES 8

/* what an event of our epoll descriptor is for; below them, the watches */
enum { LIBRARY = WATCHES, SIGNALS };

#define LOOK_EVERY (CLOCK_SECOND / 500)

typedef struct {
    int descriptor;
    void (*readable)(void *data);
    void *data;
} Watch;

struct HttpServer {
    Exchanges exchanges;
    struct MHD_Daemon *daemon;
    char *address;
    uint16_t port;
    int listener, loop, signals;
    bool stopping;
    int64_t next_tick, tick_every, next_second, next_look;
    bool busy; /* the last turn read a request */
    Watch watches[WATCHES];
    unsigned watch_count;
    void (*tick)(void *data);
    void *tick_data;
};

/* ---- The loop ------------------------------------------------------------------------------ */

static bool loop_add(HttpServer *server, int descriptor, uint32_t token)
{
    struct epoll_event event = {.events = EPOLLIN, .data = {.u32 = token}};
    return epoll_ctl(server->loop, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

bool http_server_watch(HttpServer *server, int descriptor, void (*readable)(void *data), void *data)
{
    if (server->watch_count == WATCHES || !loop_add(server, descriptor, server->watch_count)) {
        return false;
    }
    server->watches[server->watch_count++] = (Watch){descriptor, readable, data};
    return true;
}

void http_server_every_second(HttpServer *server, void (*tick)(void *data), void *data)
{
    server->tick = tick;
    server->tick_data = data;
}

static void tick(HttpServer *server)
{
    if (server->exchanges.now < server->next_tick) {
        return;
    }
    server->next_tick = server->exchanges.now + server->tick_every;
    connection_table_expire(&server->exchanges.connections, server->exchanges.now);
    if (server->tick != NULL && server->exchanges.now >= server->next_second) {
        server->next_second = server->exchanges.now + CLOCK_SECOND;
        server->tick(server->tick_data);
    }
}

static int wait_limit(HttpServer *server, int milliseconds)
{
    MHD_UNSIGNED_LONG_LONG library;
    int64_t limit = (server->next_tick - server->exchanges.now) / 1000 + 1;
    if (milliseconds >= 0 && milliseconds < limit) {
        limit = milliseconds;
    }
    if (server->exchanges.waiting != NULL) {
        limit = MIN(limit, (server->exchanges.ask_again - server->exchanges.now) / 1000 + 1);
    }
    if (MHD_get_timeout(server->daemon, &library) == MHD_YES && (int64_t)library < limit) {
        limit = (int64_t)library;
    }
    return (int)MAX(limit, 0);
}

/* Waits, and runs what is ready beside the library's own sockets. */
static void loop_look(HttpServer *server, int milliseconds)
{
    struct epoll_event events[WATCHES + 2];
    int count = epoll_wait(server->loop, events, G_N_ELEMENTS(events), milliseconds);
    server->exchanges.now = clock_monotonic();
    for (int i = 0; i < count; i++) {
        uint32_t token = events[i].data.u32;
        if (token < WATCHES) {
            server->watches[token].readable(server->watches[token].data);
        } else if (token == SIGNALS) {
            server->stopping = true;
        }
    }
}

/* The library's epoll descriptor lies in ours, which costs a second epoll_wait(2) for each turn.
 * While requests keep coming we wait in the library's alone, and look at the rest every LOOK_EVERY.
 */
void http_server_turn(HttpServer *server, int milliseconds)
{
    uint64_t before = server->exchanges.heads;
    server->exchanges.now = clock_monotonic();
    if (server->exchanges.waiting != NULL && server->exchanges.now >= server->exchanges.ask_again) {
        exchanges_ask_again(&server->exchanges);
    }
    int limit = wait_limit(server, milliseconds);
    if (server->busy && server->exchanges.now < server->next_look) {
        MHD_run_wait(server->daemon, MIN(limit, 1));
        server->exchanges.now = clock_monotonic();
    } else {
        server->next_look = server->exchanges.now + LOOK_EVERY;
        loop_look(server, server->busy ? 0 : limit);
        MHD_run(server->daemon);
    }
    server->busy = server->exchanges.heads != before;
    tick(server);
}

static void signals_open(HttpServer *server)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    server->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (server->signals >= 0) {
        loop_add(server, server->signals, SIGNALS);
    }
}

void http_server_stop(HttpServer *server)
{
    server->stopping = true;
}

void http_server_run(HttpServer *server)
{
    if (server->signals < 0) {
        signals_open(server);
    }
    while (!server->stopping) {
        http_server_turn(server, -1);
    }
    MHD_socket listener = MHD_quiesce_daemon(server->daemon); /* gives the listener back to us */
    if (listener != MHD_INVALID_SOCKET) {
        close(listener);
    }
    int64_t end = clock_monotonic() + microseconds(server->exchanges.options.answer_seconds);
    while (server->exchanges.connections.count > 0 && clock_monotonic() < end) {
        connection_table_shut_idle(
            &server->exchanges.connections); /* an answer may have ended meanwhile */
        http_server_turn(server, 50);
    }
}

/* ---- Life ------------------------------------------------------------------------------------ */

static bool daemon_start(HttpServer *server, GError **error)
{
    server->daemon = exchanges_start(&server->exchanges, server->listener);
    if (server->daemon == NULL) {
        return fail(error, KOLOKOL_ERROR_IO, "listen: %s: libmicrohttpd would not start: %s",
                    server->address, strerror(errno));
    }
    int descriptor = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    server->loop = epoll_create1(EPOLL_CLOEXEC);
    if (server->loop < 0 || !loop_add(server, descriptor, LIBRARY)) {
        return fail(error, KOLOKOL_ERROR_IO, "listen: %s: epoll: %s", server->address,
                    strerror(errno));
    }
    return true;
}

HttpServer *http_server_new(const HttpServerOptions *options, const HttpHandler *handler,
                            GError **error)
{
    g_autoptr(HttpServer) server = g_new0(HttpServer, 1);
    server->exchanges.options = *options;
    server->exchanges.options.host = server->exchanges.options.trusted_proxies = NULL;
    server->exchanges.handler = *handler;
    server->loop = server->signals = server->listener = -1;
    connection_table_init(&server->exchanges.connections);
    server->exchanges.proxies = http_proxies_new(options->trusted_proxies, error);
    if (server->exchanges.proxies == NULL) {
        return NULL;
    }
    server->listener =
        http_listen(options->host, options->port, options->next_port, &server->port, error);
    if (server->listener < 0) {
        return NULL;
    }
    bool six = strchr(options->host, ':') != NULL;
    server->address = g_strdup_printf(six ? "[%s]:%u" : "%s:%u", options->host, server->port);
    double shortest =
        MIN(options->head_seconds, MIN(options->idle_seconds, options->answer_seconds));
    server->tick_every = microseconds(MIN(1.0, shortest / 4));
    server->exchanges.now = clock_monotonic();
    signal(SIGPIPE, SIG_IGN);
    if (!daemon_start(server, error)) {
        return NULL;
    }
    return g_steal_pointer(&server);
}

void http_server_free(HttpServer *server)
{
    if (server == NULL) {
        return;
    }
    if (server->daemon != NULL) {
        exchanges_ask_again(&server->exchanges);
        MHD_stop_daemon(server->daemon); /* ends all connections, closes the listener */
    } else {
        file_close(&server->listener);
    }
    file_close(&server->loop);
    file_close(&server->signals);
    connection_table_clear(&server->exchanges.connections);
    g_clear_pointer(&server->exchanges.proxies, http_proxies_free);
    g_free(server->address);
    g_free(server);
}

uint16_t http_server_port(const HttpServer *server)
{
    return server->port;
}

const char *http_server_address(const HttpServer *server)
{
    return server->address;
}

unsigned http_server_connections(const HttpServer *server)
{
    return server->exchanges.connections.count;
}

HttpAddress http_server_client(const HttpServer *server, const HttpRequest *request)
{
    return http_proxies_client(server->exchanges.proxies, &request->peer,
                               http_request_header(request, "X-Forwarded-For"));
}
