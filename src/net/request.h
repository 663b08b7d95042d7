/*
 * HttpRequest: one request as a handler sees it, already refused if its head was not clean
 * (wire.h).
 *
 * A plain record, so that a test makes one without a socket: http_request_init() and
 * http_request_add() are all it takes. All pointers belong to whoever made the record and live
 * until the handler returns; a handler that keeps something copies it. Header names are as sent and
 * compared without case; a value has no CR, LF, NUL or other control byte but TAB in it.
 * Limits: HTTP_HEADERS headers, the rest of the head by the server's memory limit (server.h).
 * Rules: RFC 9110, RFC 9112.
 */
#pragma once

#include "net/address.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTTP_HEADERS 64u
#define HTTP_NO_ROOM INT64_MAX

typedef enum {
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_OTHER, /* the server refuses it with 501 */
} HttpMethod;

typedef struct {
    const char *name; /* NUL-terminated */
    const char *value;
    size_t name_length;
    size_t value_length;
} HttpHeader;

typedef struct {
    HttpMethod method;
    const char *method_name;
    const char *path; /* as sent: begins with '/', still percent-encoded, without the query */
    size_t path_length;
    const char *query; /* what followed '?', NULL if there was none */
    HttpAddress peer;  /* the other end of the socket; address.h finds the client behind a proxy */
    const void *body;
    size_t body_length;
    int64_t waited; /* µs since the handler was first asked; HTTP_NO_ROOM: it must answer now */
    unsigned header_count;
    HttpHeader headers[HTTP_HEADERS];
} HttpRequest;

/* A request with no headers and no body. `method` and `path` are kept, not copied. */
void http_request_init(HttpRequest *request, const char *method, const char *path);

/* Adds a header; false if there are HTTP_HEADERS already. Strings are kept, not copied. */
bool http_request_add(HttpRequest *request, const char *name, const char *value);

/* The first header of this name, or NULL. */
const HttpHeader *http_request_find(const HttpRequest *request, const char *name, size_t length);

/* Its value, or NULL. */
const char *http_request_header(const HttpRequest *request, const char *name);

/* The method of this name; HTTP_OTHER if it is none of those listed. Case matters. */
HttpMethod http_method(const char *name);
