/*
 * From the path of a request to a name inside an edition.
 *
 * A name has no leading '/', is at most HTTP_NAME bytes of valid UTF-8, and has in it no empty, "."
 * or ".." segment, no backslash, no control byte and no NUL; it may end in '/', and "" is the root.
 * Percent escapes are decoded exactly once: "%252e" is a name with "%2e" in it, never ".."; an
 * escaped '/' is refused. A path
 * that breaks a rule is refused, never repaired, so one page has one address and a trick has none.
 * Rules: RFC 3986 2.1, 3.3, 5.2.4 (dot segments are the client's to resolve).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define HTTP_NAME 1024u

/* Writes the NUL-terminated name (HTTP_NAME + 1 bytes) and its length; false, and nothing written
 * that may be used, if the path is refused. `path` begins with '/' and has no query. */
bool http_target_name(const char *path, size_t path_length, char *name, size_t *name_length);
