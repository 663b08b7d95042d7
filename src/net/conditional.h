/*
 * Conditional requests and ranges: RFC 9110 13 and 14.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* True if the value of If-None-Match names this entity tag ("*" does, too); the weak comparison. */
bool http_etag_listed(const char *value, const char *etag);

/* Reads an HTTP date in any of the three forms of RFC 9110 5.6.7, as seconds since 1970 UTC. */
bool http_date_parse(const char *value, int64_t *seconds);

/* Seconds since 1970 UTC in the one form that is sent, "Mon, 23 Nov 2026 10:00:00 GMT". */
#define HTTP_DATE 30
void http_date_format(int64_t seconds, char text[HTTP_DATE]);

typedef enum {
    HTTP_RANGE_WHOLE,         /* no range, several, another unit, or malformed: the whole */
    HTTP_RANGE_PART,          /* one range that lies in the representation: 206 */
    HTTP_RANGE_UNSATISFIABLE, /* one range that lies outside: 416 */
} HttpRange;

/* Judges a Range header against a representation of `length` bytes. Sets the part for PART. */
HttpRange http_range_parse(const char *value, uint64_t length, uint64_t *first, uint64_t *count);

/* True if a Range may be honoured beside this If-Range: the strong entity tag, or the exact date.
 */
bool http_if_range(const char *value, const char *etag, int64_t modified);
