/*
 * libmicrohttpd's callbacks around a handler. What a clean head is: wire.c; connections' records:
 * connection.c; replies: reply.c; the loop and its life: server.c. It does not know what is served.
 */
#include "net/exchange.h"

#include "net/reply_private.h"

#include <string.h>

#define HEAD_BYTES 700u /* of an answer, about */

static Connection *connection_of(struct MHD_Connection *library)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(library, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info->socket_context;
}

static enum MHD_Result on_accept(void *data, const struct sockaddr *address, socklen_t length)
{
    Exchanges *exchanges = data;
    HttpAddress peer = http_address_of(address);
    if (http_proxies_trust(exchanges->proxies, &peer)) {
        return MHD_YES;
    }
    unsigned open = connection_table_of(&exchanges->connections, &peer);
    return open < exchanges->options.connections_per_address ? MHD_YES : MHD_NO;
}

static void on_connection(void *data, struct MHD_Connection *library, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    Exchanges *exchanges = data;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        connection_free(*context);
        *context = NULL;
        return;
    }
    int socket = MHD_get_connection_info(library, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    HttpAddress peer = http_address_of(
        MHD_get_connection_info(library, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
    bool counted = !http_proxies_trust(exchanges->proxies, &peer);
    Connection *connection = connection_new(&exchanges->connections, socket, &peer, counted);
    connection->deadline = exchanges->now + microseconds(exchanges->options.head_seconds);
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
    if (question != NULL) {
        connection->query = g_strdup(question + 1);
    }
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
    if (prepared == NULL) {
        return MHD_NO; /* out of memory: the library closes the connection */
    }
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
static unsigned head_check(Exchanges *exchanges, Connection *connection,
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
    if (request->header_count > HTTP_HEADERS) {
        return 431;
    }
    unsigned status = wire_check(&connection->head, request, &length);
    if (status != 0) {
        return status;
    }
    if (request->method == HTTP_OTHER) {
        return 501; /* RFC 9110 9.1; a handler answers 405 for those that it knows */
    }
    if (length > 0) {
        const HttpHandler *handler = &exchanges->handler;
        connection->body_limit =
            handler->body_limit != NULL ? handler->body_limit(request, handler->data) : 0;
        if (connection->body_limit == 0) {
            return 400;
        }
        if (length > connection->body_limit) {
            return 413;
        }
        connection->body = g_byte_array_new();
    }
    return 0;
}

static int64_t answer_deadline(const Exchanges *exchanges, uint64_t bytes)
{
    return exchanges->now + microseconds(exchanges->options.answer_seconds) +
           (int64_t)(bytes / exchanges->options.answer_rate) * CLOCK_SECOND;
}

static enum MHD_Result on_head(Exchanges *exchanges, Connection *connection,
                               struct MHD_Connection *library, const char *method,
                               const char *version)
{
    exchanges->heads++;
    connection->in_exchange = true;
    connection->deadline = answer_deadline(exchanges, 0);
    unsigned status = head_check(exchanges, connection, library, method, version);
    if (status != 0) {
        return refuse(library, status);
    }
    if (connection->body != NULL) {
        connection->deadline = answer_deadline(exchanges, connection->body_limit);
    }
    connection->checked = true;
    return MHD_YES;
}

/* The library calls on_request() again, without a part of a body, after it is told to resume. */
static void put_off(Exchanges *exchanges, Connection *connection, struct MHD_Connection *library)
{
    g_assert(exchanges->waiting_count < exchanges->handler.waiting_most);
    if (exchanges->waiting == NULL) {
        exchanges->ask_again = exchanges->now + HTTP_AGAIN;
    }
    connection->library = library;
    connection->next_waiting = exchanges->waiting;
    exchanges->waiting = connection;
    exchanges->waiting_count++;
    MHD_suspend_connection(library);
}

void exchanges_ask_again(Exchanges *exchanges)
{
    Connection *next = NULL;
    for (Connection *at = exchanges->waiting; at != NULL; at = next) {
        next = at->next_waiting;
        at->next_waiting = NULL;
        MHD_resume_connection(at->library);
    }
    exchanges->waiting = NULL;
    exchanges->waiting_count = 0;
}

/* Whether this answer is the last of its connection (server.h, `turnover`). A reverse proxy has
 * connections of its own to readers. */
static bool is_parting(const Exchanges *exchanges, Connection *connection, const HttpReply *reply)
{
    const HttpRequest *request = &connection->request;
    bool has_body = request->method != HTTP_HEAD && http_reply_status(reply) != 304;
    connection->sent += HEAD_BYTES + (has_body ? http_reply_length(reply) : 0);
    connection->browser =
        connection->browser ||
        (connection->counted && (http_request_header(request, "Sec-Fetch-Mode") != NULL ||
                                 http_request_header(request, "Upgrade-Insecure-Requests")));
    unsigned turnover = exchanges->options.turnover;
    return connection->browser && turnover > 0 && connection->sent >= turnover;
}

static enum MHD_Result on_answer(Exchanges *exchanges, Connection *connection,
                                 struct MHD_Connection *library)
{
    HttpRequest *request = &connection->request;
    if (connection->body != NULL) {
        request->body = connection->body->data;
        request->body_length = connection->body->len;
    }
    connection->asked = connection->asked == 0 ? exchanges->now : connection->asked;
    request->waited = exchanges->waiting_count < exchanges->handler.waiting_most
                          ? exchanges->now - connection->asked
                          : HTTP_NO_ROOM;
    g_autoptr(HttpReply) reply = exchanges->handler.answer(request, exchanges->handler.data);
    if (reply == NULL) {
        put_off(exchanges, connection, library);
        return MHD_YES;
    }
    connection->deadline = answer_deadline(exchanges, http_reply_length(reply));
    struct MHD_Response *parting =
        is_parting(exchanges, connection, reply) ? http_reply_prepare_parting(reply) : NULL;
    return parting != NULL ? MHD_queue_response(library, http_reply_status(reply), parting)
                           : send_reply(library, reply);
}

/* Called with the head, with each part of a body, and once more when all has come. */
static enum MHD_Result on_request(void *data, struct MHD_Connection *library, const char *path,
                                  const char *method, const char *version, const char *part,
                                  size_t *part_length, void **context)
{
    Exchanges *exchanges = data;
    Connection *connection = *context;
    if (!connection->checked) {
        return on_head(exchanges, connection, library, method, version);
    }
    if (*part_length == 0) {
        return on_answer(exchanges, connection, library);
    }
    if (connection->body == NULL || connection->body->len + *part_length > connection->body_limit) {
        return MHD_NO; /* more than was announced: the library would not give it */
    }
    g_byte_array_append(connection->body, (const guint8 *)part, (guint)*part_length);
    *part_length = 0;
    return MHD_YES;
}

static void on_completed(void *data, struct MHD_Connection *library, void **context,
                         enum MHD_RequestTerminationCode code)
{
    Exchanges *exchanges = data;
    Connection *connection = *context;
    if (connection == NULL) {
        return;
    }
    connection_rest(connection);
    connection->deadline = exchanges->now + microseconds(exchanges->options.idle_seconds);
    *context = NULL;
}

struct MHD_Daemon *exchanges_start(Exchanges *exchanges, int listener)
{
    const HttpServerOptions *options = &exchanges->options;
    unsigned waits = exchanges->handler.waiting_most > 0 ? MHD_ALLOW_SUSPEND_RESUME : 0;
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_TURBO | waits, 0, on_accept, exchanges, on_request, exchanges,
        MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_CONNECTION_LIMIT, options->connections,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->memory, MHD_OPTION_STRICT_FOR_CLIENT, 0,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_NOTIFY_CONNECTION, on_connection,
        exchanges, MHD_OPTION_NOTIFY_COMPLETED, on_completed, exchanges,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, exchanges, MHD_OPTION_UNESCAPE_CALLBACK,
        on_unescape, exchanges, MHD_OPTION_END);
}
