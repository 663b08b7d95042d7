/*
 * The OpenAPI 3.1 document of the API, made from its rows: paths, scopes, roles, parameters and
 * schemas (api.h, api_schema.h). The same bytes at each call.
 */
#pragma once

#include "office/api.h"

/* One JSON object of the rows of all tables (ended by NULL; each by name NULL). Caller frees. */
char *api_document(const ApiRoute *const *tables, GError **error);
