/*
 * What libmicrohttpd lets through and we do not.
 *
 * The library reads the head; these checks run on its result before any routing, and a head that
 * fails one is answered with the status given here and the connection is closed, so that nothing
 * after it on the same connection is read as a second request (request smuggling, RFC 9112 11.2).
 *
 * Refused:
 *  - a target that does not start with '/', or has a byte that is not visible ASCII;
 *  - a method that is not in capitals (and '-'), of at most 20 bytes;
 *  - a version other than HTTP/1.0 and HTTP/1.1;
 *  - a name that is not a token; a control byte in a value;
 *  - not exactly one Host, or one that is no host;
 *  - Content-Length twice, or not a number, or written with '_';
 *  - Transfer-Encoding: 411 asks for a length (RFC 9112 6.3 lets a server), 501 for unknown
 * codings, 400 when it stands twice, beside Content-Length, in HTTP/1.0 or is written with '_'. The
 * library reads chunks laxly and hides their framing from us; browsers and webhooks send a length,
 * and without chunks there are no trailers either;
 *  - hidden bytes. The library cuts a value at NUL, joins folded lines and takes a bare LF for a
 *    line's end; it does so in place, so the distances between its strings tell. In a clean head
 *    exactly CR LF lies between one value and the next name, and CR LF CR LF after the last value;
 *    the head's length is known. A library that laid its strings out differently would make every
 *    request fail, and the tests with it: the check cannot fail open.
 * Evidence and the choice: docs/decisions/http-server.md.
 */
#pragma once

#include "net/request.h"

#include <stdint.h>

typedef struct {
    const char *method; /* start of the head in the library's buffer */
    const char *target; /* with the query, as it stood in the buffer */
    size_t target_length;
    const char *version;
    size_t head_length; /* with the empty line that ends it */
} WireHead;

/* 0 if the head is clean, and then the length of the body that follows it; else the status to
 * refuse it with. `request` holds the headers in the order they came. */
unsigned wire_check(const WireHead *head, const HttpRequest *request, uint64_t *body_length);
