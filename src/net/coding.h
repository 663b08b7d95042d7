/*
 * Which content coding a client gets: Accept-Encoding against the forms that exist.
 *
 * RFC 9110 12.5.3: a coding is acceptable with its own weight, else with that of "*", else only
 * identity is (unless it or "*" has weight 0). Among the acceptable forms that exist the one of
 * greatest weight wins; at equal weight the smaller one: br, gzip, identity. A header that cannot
 * be read counts as absent. If nothing that exists is acceptable, identity is sent all the same, as
 * the RFC allows: a reader is better served than refused.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef enum {
    HTTP_IDENTITY,
    HTTP_GZIP,
    HTTP_BR,
} HttpCoding;

#define HTTP_CODINGS 3

/* The codings in order of preference, at most all three, into `order`; how many. The caller takes
 * the first that exists; identity is always among them, as the last resort at the end. `value` NULL
 * means no header. */
size_t http_coding_order(const char *value, HttpCoding order[HTTP_CODINGS]);

/* "identity", "gzip", "br": the token of Content-Encoding. */
const char *http_coding_name(HttpCoding coding);
