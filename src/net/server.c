/*
 * The door: libmicrohttpd's callbacks around a handler, and the loop. What a clean head is: wire.c;
 * connections' records: connection.c; replies: reply.c. It does not know what is served.
 */
#include "net/server.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "net/connection.h"
#include "net/listen.h"
#include "net/reply_private.h"

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
    HttpServerOptions options;
    HttpHandler handler;
    HttpProxies *proxies;
    struct MHD_Daemon *daemon;
    ConnectionTable connections;
    char *address;
    uint16_t port;
    int listener, loop, signals;
    bool stopping;
    int64_t now, next_tick, tick_every, next_second, next_look;
    uint64_t heads; /* requests read so far */
    bool busy;      /* the last turn read one */
    Watch watches[WATCHES];
    unsigned watch_count;
    void (*tick)(void *data);
    void *tick_data;
};

static int64_t microseconds(double seconds)
{
    return (int64_t)(seconds * (double)CLOCK_SECOND);
}

/* ---- The library's callbacks ------------------------------------------------------------- */

static Connection *connection_of(struct MHD_Connection *library)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(library, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info->socket_context;
}

static enum MHD_Result on_accept(void *data, const struct sockaddr *address, socklen_t length)
{
    HttpServer *server = data;
    HttpAddress peer = http_address_of(address);
    if (http_proxies_trust(server->proxies, &peer))
        return MHD_YES;
    unsigned open = connection_table_of(&server->connections, &peer);
    return open < server->options.connections_per_address ? MHD_YES : MHD_NO;
}

static void on_connection(void *data, struct MHD_Connection *library, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    HttpServer *server = data;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        connection_free(*context);
        *context = NULL;
        return;
    }
    int socket = MHD_get_connection_info(library, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    HttpAddress peer = http_address_of(
        MHD_get_connection_info(library, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
    bool counted = !http_proxies_trust(server->proxies, &peer);
    Connection *connection = connection_new(&server->connections, socket, &peer, counted);
    connection->deadline = server->now + microseconds(server->options.head_seconds);
    *context = connection;
}

/* The request line is whole, the headers are not. What is returned becomes the request's context.
 */
static void *on_target(void *data, const char *target, struct MHD_Connection *library)
{
    Connection *connection = connection_of(library);
    connection_rest(connection);
    connection->head.target = target;
    connection->head.target_length = strlen(target);
    const char *question = strchr(target, '?');
    if (question != NULL)
        connection->query = g_strdup(question + 1);
    connection->request.path_length =
        question != NULL ? (size_t)(question - target) : connection->head.target_length;
    return connection;
}

/* Leaves percent escapes alone: a handler decodes once, by its own rules (target.h). */
static size_t on_unescape(void *data, struct MHD_Connection *library, char *text)
{
    return strlen(text);
}

static enum MHD_Result on_header(void *data, enum MHD_ValueKind kind, const char *name,
                                 size_t name_length, const char *value, size_t value_length)
{
    HttpRequest *request = data;
    if (request->header_count == HTTP_HEADERS) {
        request->header_count++; /* one past: too many */
        return MHD_NO;
    }
    request->headers[request->header_count++] =
        (HttpHeader){name, value != NULL ? value : "", name_length, value_length};
    return MHD_YES;
}

static enum MHD_Result send_reply(struct MHD_Connection *library, HttpReply *reply)
{
    struct MHD_Response *prepared = http_reply_prepare(reply);
    if (prepared == NULL)
        return MHD_NO; /* out of memory: the library closes the connection */
    return MHD_queue_response(library, http_reply_status(reply), prepared);
}

static const char *reason(unsigned status)
{
    switch (status) {
    case 411:
        return "The request's body must have a Content-Length.";
    case 413:
        return "The request's body is too large.";
    case 431:
        return "The request has too many header lines.";
    case 501:
        return "This method or transfer coding is not understood here.";
    case 505:
        return "HTTP/1.1 and HTTP/1.0 are spoken here.";
    default:
        return "The request is not well-formed HTTP.";
    }
}

static enum MHD_Result refuse(struct MHD_Connection *library, unsigned status)
{
    g_autoptr(HttpReply) reply = http_reply_new_text(status, reason(status));
    http_reply_close(reply);
    return send_reply(library, reply);
}

/* Fills the record from the library and checks it; 0 or the status to refuse with. */
static unsigned head_check(HttpServer *server, Connection *connection,
                           struct MHD_Connection *library, const char *method, const char *version)
{
    HttpRequest *request = &connection->request;
    uint64_t length;
    connection->head.method = method;
    connection->head.version = version;
    connection->head.head_length =
        MHD_get_connection_info(library, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
    request->method = http_method(method);
    request->method_name = method;
    request->path = connection->head.target;
    request->query = connection->query;
    request->peer = connection->peer;
    request->body = NULL;
    request->body_length = 0;
    request->header_count = 0;
    MHD_get_connection_values_n(library, MHD_HEADER_KIND, on_header, request);
    if (request->header_count > HTTP_HEADERS)
        return 431;
    unsigned status = wire_check(&connection->head, request, &length);
    if (status != 0)
        return status;
    if (request->method == HTTP_OTHER)
        return 501; /* RFC 9110 9.1; a handler answers 405 for those that it knows */
    if (length > 0) {
        const HttpHandler *handler = &server->handler;
        connection->body_limit =
            handler->body_limit != NULL ? handler->body_limit(request, handler->data) : 0;
        if (connection->body_limit == 0)
            return 400;
        if (length > connection->body_limit)
            return 413;
        connection->body = g_byte_array_new();
    }
    return 0;
}

static int64_t answer_deadline(const HttpServer *server, uint64_t bytes)
{
    return server->now + microseconds(server->options.answer_seconds) +
           (int64_t)(bytes / server->options.answer_rate) * CLOCK_SECOND;
}

static enum MHD_Result on_head(HttpServer *server, Connection *connection,
                               struct MHD_Connection *library, const char *method,
                               const char *version)
{
    server->heads++;
    connection->in_exchange = true;
    connection->deadline = answer_deadline(server, 0);
    unsigned status = head_check(server, connection, library, method, version);
    if (status != 0)
        return refuse(library, status);
    if (connection->body != NULL)
        connection->deadline = answer_deadline(server, connection->body_limit);
    connection->checked = true;
    return MHD_YES;
}

static enum MHD_Result on_answer(HttpServer *server, Connection *connection,
                                 struct MHD_Connection *library)
{
    HttpRequest *request = &connection->request;
    if (connection->body != NULL) {
        request->body = connection->body->data;
        request->body_length = connection->body->len;
    }
    g_autoptr(HttpReply) reply = server->handler.answer(request, server->handler.data);
    connection->deadline = answer_deadline(server, http_reply_length(reply));
    return send_reply(library, reply);
}

/* Called with the head, with each part of a body, and once more when all has come. */
static enum MHD_Result on_request(void *data, struct MHD_Connection *library, const char *path,
                                  const char *method, const char *version, const char *part,
                                  size_t *part_length, void **context)
{
    HttpServer *server = data;
    Connection *connection = *context;
    if (!connection->checked)
        return on_head(server, connection, library, method, version);
    if (*part_length == 0)
        return on_answer(server, connection, library);
    if (connection->body == NULL || connection->body->len + *part_length > connection->body_limit)
        return MHD_NO; /* more than was announced: the library would not give it */
    g_byte_array_append(connection->body, (const guint8 *)part, (guint)*part_length);
    *part_length = 0;
    return MHD_YES;
}

static void on_completed(void *data, struct MHD_Connection *library, void **context,
                         enum MHD_RequestTerminationCode code)
{
    HttpServer *server = data;
    Connection *connection = *context;
    if (connection == NULL)
        return;
    connection_rest(connection);
    connection->deadline = server->now + microseconds(server->options.idle_seconds);
    *context = NULL;
}

/* ---- The loop ------------------------------------------------------------------------------ */

static bool loop_add(HttpServer *server, int descriptor, uint32_t token)
{
    struct epoll_event event = {.events = EPOLLIN, .data = {.u32 = token}};
    return epoll_ctl(server->loop, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

bool http_server_watch(HttpServer *server, int descriptor, void (*readable)(void *data), void *data)
{
    if (server->watch_count == WATCHES || !loop_add(server, descriptor, server->watch_count))
        return false;
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
    if (server->now < server->next_tick)
        return;
    server->next_tick = server->now + server->tick_every;
    connection_table_expire(&server->connections, server->now);
    if (server->tick != NULL && server->now >= server->next_second) {
        server->next_second = server->now + CLOCK_SECOND;
        server->tick(server->tick_data);
    }
}

static int wait_limit(HttpServer *server, int milliseconds)
{
    MHD_UNSIGNED_LONG_LONG library;
    int64_t limit = (server->next_tick - server->now) / 1000 + 1;
    if (milliseconds >= 0 && milliseconds < limit)
        limit = milliseconds;
    if (MHD_get_timeout(server->daemon, &library) == MHD_YES && (int64_t)library < limit)
        limit = (int64_t)library;
    return (int)MAX(limit, 0);
}

/* Waits, and runs what is ready beside the library's own sockets. */
static void loop_look(HttpServer *server, int milliseconds)
{
    struct epoll_event events[WATCHES + 2];
    int count = epoll_wait(server->loop, events, G_N_ELEMENTS(events), milliseconds);
    server->now = clock_monotonic();
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
    uint64_t before = server->heads;
    server->now = clock_monotonic();
    int limit = wait_limit(server, milliseconds);
    if (server->busy && server->now < server->next_look) {
        MHD_run_wait(server->daemon, MIN(limit, 1));
        server->now = clock_monotonic();
    } else {
        server->next_look = server->now + LOOK_EVERY;
        loop_look(server, server->busy ? 0 : limit);
        MHD_run(server->daemon);
    }
    server->busy = server->heads != before;
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
    if (server->signals >= 0)
        loop_add(server, server->signals, SIGNALS);
}

void http_server_stop(HttpServer *server)
{
    server->stopping = true;
}

void http_server_run(HttpServer *server)
{
    if (server->signals < 0)
        signals_open(server);
    while (!server->stopping)
        http_server_turn(server, -1);
    MHD_socket listener = MHD_quiesce_daemon(server->daemon); /* gives the listener back to us */
    if (listener != MHD_INVALID_SOCKET)
        close(listener);
    int64_t end = clock_monotonic() + microseconds(server->options.answer_seconds);
    while (server->connections.count > 0 && clock_monotonic() < end) {
        connection_table_shut_idle(&server->connections); /* an answer may have ended meanwhile */
        http_server_turn(server, 50);
    }
}

/* ---- Life ------------------------------------------------------------------------------------ */

static bool daemon_start(HttpServer *server, GError **error)
{
    const HttpServerOptions *options = &server->options;
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_TURBO, 0, on_accept, server, on_request, server,
        MHD_OPTION_LISTEN_SOCKET, server->listener, MHD_OPTION_CONNECTION_LIMIT,
        options->connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->memory,
        MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, server, MHD_OPTION_URI_LOG_CALLBACK, on_target, server,
        MHD_OPTION_UNESCAPE_CALLBACK, on_unescape, server, MHD_OPTION_END);
    if (server->daemon == NULL)
        return fail(error, KOLOKOL_ERROR_IO, "listen: %s: libmicrohttpd would not start: %s",
                    server->address, strerror(errno));
    int descriptor = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    server->loop = epoll_create1(EPOLL_CLOEXEC);
    if (server->loop < 0 || !loop_add(server, descriptor, LIBRARY))
        return fail(error, KOLOKOL_ERROR_IO, "listen: %s: epoll: %s", server->address,
                    strerror(errno));
    return true;
}

HttpServer *http_server_new(const HttpServerOptions *options, const HttpHandler *handler,
                            GError **error)
{
    g_autoptr(HttpServer) server = g_new0(HttpServer, 1);
    server->options = *options;
    server->options.host = server->options.trusted_proxies = NULL;
    server->handler = *handler;
    server->loop = server->signals = server->listener = -1;
    connection_table_init(&server->connections);
    server->proxies = http_proxies_new(options->trusted_proxies, error);
    if (server->proxies == NULL)
        return NULL;
    server->listener =
        http_listen(options->host, options->port, options->next_port, &server->port, error);
    if (server->listener < 0)
        return NULL;
    bool six = strchr(options->host, ':') != NULL;
    server->address = g_strdup_printf(six ? "[%s]:%u" : "%s:%u", options->host, server->port);
    double shortest =
        MIN(options->head_seconds, MIN(options->idle_seconds, options->answer_seconds));
    server->tick_every = microseconds(MIN(1.0, shortest / 4));
    server->now = clock_monotonic();
    signal(SIGPIPE, SIG_IGN);
    if (!daemon_start(server, error))
        return NULL;
    return g_steal_pointer(&server);
}

void http_server_free(HttpServer *server)
{
    if (server == NULL)
        return;
    if (server->daemon != NULL)
        MHD_stop_daemon(server->daemon); /* ends all connections, closes the listener */
    else
        file_close(&server->listener);
    file_close(&server->loop);
    file_close(&server->signals);
    connection_table_clear(&server->connections);
    g_clear_pointer(&server->proxies, http_proxies_free);
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
    return server->connections.count;
}

HttpAddress http_server_client(const HttpServer *server, const HttpRequest *request)
{
    return http_proxies_client(server->proxies, &request->peer,
                               http_request_header(request, "X-Forwarded-For"));
}
