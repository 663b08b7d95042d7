/*
 * HttpReply: a finished answer: status, headers, body. Made once, then only read, so that one reply
 * answers any number of requests at the same time and a cache may hold it.
 *
 * Counted: http_reply_new* gives one reference, the server takes the one a handler returns. Headers
 * are added before the first use only. The server adds Date, Content-Length and Connection itself;
 * for HEAD it leaves out the body. A body is bytes in memory, or a part of an open file that is
 * sent by sendfile(2); the file must not change (objects never do).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Values of headers that every door of ours sends: no device, and HTTPS for a year. */
#define HTTP_PERMISSIONS                                                                           \
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "        \
    "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
#define HTTP_HSTS "max-age=31536000"

typedef struct HttpReply HttpReply;

/* A reply with this body (NULL for none); keeps its own reference on the bytes. */
HttpReply *http_reply_new(unsigned status, GBytes *body);

/* A reply of one line of plain text, for errors. */
HttpReply *http_reply_new_text(unsigned status, const char *text);

/* `length` bytes from `offset` of an open file; the descriptor becomes the reply's. */
HttpReply *http_reply_new_file(unsigned status, int descriptor, uint64_t offset, uint64_t length);

/* No body, but the Content-Length that the whole would have: a 304 (RFC 9110 8.6). */
HttpReply *http_reply_new_unsent(unsigned status, uint64_t length);

HttpReply *http_reply_ref(HttpReply *reply);
void http_reply_unref(HttpReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpReply, http_reply_unref)

/* Adds a header. A value with CR, LF or NUL is a fault of the program and aborts it: a door checks
 * what it echoes before. */
void http_reply_header(HttpReply *reply, const char *name, const char *value);

/* After this answer the connection is closed. */
void http_reply_close(HttpReply *reply);

unsigned http_reply_status(const HttpReply *reply);

/* The first header of this name, without case; NULL if there is none. */
const char *http_reply_find(const HttpReply *reply, const char *name);

/* The body's length; its bytes, NULL for a file. */
uint64_t http_reply_length(const HttpReply *reply);
const void *http_reply_body(const HttpReply *reply);

/* Bytes of memory it holds, for a cache's account. */
size_t http_reply_cost(const HttpReply *reply);
