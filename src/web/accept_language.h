/* What a browser says of its reader's languages: Accept-Language (RFC 9110 12.5.4). */
#pragma once

#include <stddef.h>

/* The answer for the tag of one range ("ru-RU"; not ended), NULL if there is none. */
typedef const char *AcceptKnown(const char *tag, size_t length, const void *data);

/* The answer for the range that weighs most, the first of equal ones; NULL if none has one or
 * `header` is NULL. The header is anybody's: the first ranges of it are looked at. */
const char *accept_language(const char *header, AcceptKnown *known, const void *data);
