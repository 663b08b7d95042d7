/*
 * Two peers for `bench/stand.py`, with the same bytes as the stand: what libmicrohttpd can do with
 * one finished reply and nothing else, and what any one-threaded program on this kernel can do.
 *
 *   stand_peers microhttpd PORT RESPONSE     stand_peers epoll PORT RESPONSE
 *
 * RESPONSE is a file with the head and body of one answer, as the stand sent it.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static char *answer, *answer_body;
static size_t answer_length;

static void answer_read(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(1);
    }
    answer_length = (size_t)ftell(file);
    answer = malloc(answer_length + 1);
    rewind(file);
    if (answer == NULL || fread(answer, 1, answer_length, file) != answer_length) {
        exit(1);
    }
    answer[answer_length] = '\0';
    answer_body = strstr(answer, "\r\n\r\n") + 4;
    fclose(file);
}

/* ---- libmicrohttpd -------------------------------------------------------------------------- */

static enum MHD_Result on_request(void *data, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *part,
                                  size_t *part_length, void **context)
{
    static int seen;
    if (*context == NULL) {
        *context = &seen;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, data);
}

/* All headers but those that the library adds by itself. */
static void headers_copy(struct MHD_Response *response)
{
    char *line = strstr(answer, "\r\n") + 2, *end;
    for (; (end = strstr(line, "\r\n")) != NULL && end != line; line = end + 2) {
        char *colon = strchr(line, ':');
        *end = *colon = '\0';
        if (strcasecmp(line, "Date") != 0 && strcasecmp(line, "Content-Length") != 0) {
            MHD_add_response_header(response, line, colon + 2);
        }
        *end = '\r';
        *colon = ':';
    }
}

static int run_microhttpd(uint16_t port)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        answer_length - (size_t)(answer_body - answer), answer_body, MHD_RESPMEM_PERSISTENT);
    headers_copy(response);
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_TURBO, port, NULL, NULL, on_request, response,
                         MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
    if (daemon == NULL) {
        return 1;
    }
    for (;;) {
        MHD_run_wait(daemon, 1000);
    }
}

/* ---- epoll ------------------------------------------------------------------------------------
 */

static void on_readable(int socket)
{
    char bytes[8192];
    ssize_t got = recv(socket, bytes, sizeof bytes, 0);
    if (got <= 0 && errno != EAGAIN) {
        close(socket);
        return;
    }
    if (got >= 4 && memcmp(bytes + got - 4, "\r\n\r\n", 4) == 0 &&
        send(socket, answer, answer_length, 0) < 0) {
        close(socket);
    }
}

static int run_epoll(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct epoll_event event = {.events = EPOLLIN}, events[64];
    int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    int loop = epoll_create1(0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 1024) != 0) {
        return 1;
    }
    event.data.fd = listener;
    epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int count = epoll_wait(loop, events, 64, -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd != listener) {
                on_readable(events[i].data.fd);
                continue;
            }
            event.data.fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
            setsockopt(event.data.fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            epoll_ctl(loop, EPOLL_CTL_ADD, event.data.fd, &event);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: stand_peers microhttpd|epoll PORT RESPONSE\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    answer_read(argv[3]);
    uint16_t port = (uint16_t)atoi(argv[2]);
    return strcmp(argv[1], "epoll") == 0 ? run_epoll(port) : run_microhttpd(port);
}
