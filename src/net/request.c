/*
 * The request record: making one and finding headers in it. What is refused before a record reaches
 * a handler is in wire.c; reading it from a socket is server.c.
 */
#include "net/request.h"

#include <glib.h>
#include <string.h>

HttpMethod http_method(const char *name)
{
    static const char *const names[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"};
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(name, names[i]) == 0) {
            return (HttpMethod)i;
        }
    }
    return HTTP_OTHER;
}

void http_request_init(HttpRequest *request, const char *method, const char *path)
{
    request->method = http_method(method);
    request->method_name = method;
    request->path = path;
    request->path_length = strlen(path);
    request->query = NULL;
    request->peer = (HttpAddress){0};
    request->body = NULL;
    request->body_length = 0;
    request->header_count = 0;
    request->waited = 0;
}

bool http_request_add(HttpRequest *request, const char *name, const char *value)
{
    if (request->header_count == HTTP_HEADERS) {
        return false;
    }
    request->headers[request->header_count++] =
        (HttpHeader){name, value, strlen(name), strlen(value)};
    return true;
}

const HttpHeader *http_request_find(const HttpRequest *request, const char *name, size_t length)
{
    for (unsigned i = 0; i < request->header_count; i++) {
        const HttpHeader *header = &request->headers[i];
        if (header->name_length == length && g_ascii_strncasecmp(header->name, name, length) == 0) {
            return header;
        }
    }
    return NULL;
}

const char *http_request_header(const HttpRequest *request, const char *name)
{
    const HttpHeader *header = http_request_find(request, name, strlen(name));
    return header != NULL ? header->value : NULL;
}
