/* Private to fields.c and multipart.c. */
#pragma once

#include "web/fields.h"

Fields *fields_new(void);

/* Adds one; checks all that fields.h says. Bytes are copied. */
bool fields_add(Fields *fields, const char *name, size_t name_length, const char *value,
                size_t value_length, GError **error);

/* multipart/form-data with this boundary. */
bool fields_take_multipart(Fields *fields, const char *body, size_t length, const char *boundary,
                           GError **error);

/* The boundary of a multipart/form-data body. NOT_FOUND if it is of another kind, INVALID. Caller
 * frees. */
char *fields_boundary(const HttpRequest *request, GError **error);
