/*
 * The fields of a form or of a query, decoded.
 *
 * Taken: application/x-www-form-urlencoded (URL Standard 5.1) and, where a sender may use it,
 * multipart/form-data (RFC 7578) with simple fields; a part with a file name is refused, uploads
 * are not fields. Refused, not repaired: a broken percent escape, bytes that are not UTF-8, NUL, a
 * name given twice, a name that is empty or over FIELDS_NAME bytes, more than FIELDS_MOST fields.
 * Line ends become LF.
 */
#pragma once

#include "net/request.h"

#include <glib.h>

#define FIELDS_MOST 64u
#define FIELDS_NAME 100u

typedef struct Fields Fields;

/* Fields of "a=1&b=2"; NULL or "" has none. INVALID, LIMIT. */
Fields *fields_parse(const char *bytes, size_t length, GError **error);

/* Fields of a body by the request's Content-Type. NULL with NOT_FOUND if that is neither of the two
 * (the caller answers 415), INVALID, LIMIT. */
Fields *fields_of_body(const HttpRequest *request, GError **error);

void fields_free(Fields *fields);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fields, fields_free)

/* The value, or NULL if it was not given. */
const char *fields_get(const Fields *fields, const char *name);

unsigned fields_count(const Fields *fields);

/* The name of number n, from 0, in the order in which they came. */
const char *fields_name(const Fields *fields, unsigned n);
