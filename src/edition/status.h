/*
 * STATUS/YYYY-MM (DESIGN 6): lines "301 path target" and "410 path", for what a page has become. A
 * target is a path of the edition or an http(s) address. Later files do not override earlier ones:
 * a path stands in one month only.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    int code; /* 301 or 410 */
    char *path;
    char *target; /* of a 301 */
} StatusLine;

/* The lines of a file, by path in byte order: elements StatusLine, which own their texts. CORRUPT
 * with the line's number. */
GArray *status_parse(const char *text, size_t length, GError **error);

const StatusLine *status_find(const GArray *lines, const char *path);
