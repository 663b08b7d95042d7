/*
 * Routes: `const` rows, and which of them a request meets.
 *
 * A pattern is segments: a word is itself, `:name` takes one segment of letters, digits and "._~-"
 * (so no escapes, no dots alone), at most ROUTE_PART bytes; `*name`, only at the end, takes one or
 * more segments with their slashes and escapes, at most ROUTE_REST bytes. Rows are tried in their
 * order. HEAD meets the rows of GET. No row of that path: 404; rows of it with other methods only:
 * 405 and what Allow says. How large a body may be is the row's too, so that the server refuses
 * larger ones unread (413). Permission is a column: a row says who may, and the door that has
 * people checks it in one place; ROUTE_PUBLIC is for the public's door.
 */
#pragma once

#include "net/reply.h"
#include "net/request.h"

#define ROUTE_PARTS  4u
#define ROUTE_PART   200u /* bytes */
#define ROUTE_REST   1000u
#define ROUTE_PUBLIC "public"

typedef struct {
    const char *text; /* in the request's path; not ended by NUL */
    size_t length;
} RoutePart;

/* What `:name` segments took, in their order. */
typedef struct {
    const HttpRequest *request;
    unsigned count;
    RoutePart parts[ROUTE_PARTS];
} RouteMatch;

typedef struct {
    HttpMethod method;
    const char *pattern;
    size_t body_most; /* bytes; 0: no body */
    const char *permission;
    HttpReply *(*answer)(void *data, const RouteMatch *match);
    const char *help;
} Route;

/* The row for the path (from `skip` bytes on), or NULL; then *status is 404 or 405 and *allow
 * (caller frees; NULL for 404) the methods there are. `rows` end with pattern NULL. */
const Route *route_find(const Route *rows, const HttpRequest *request, size_t skip,
                        RouteMatch *match, unsigned *status, char **allow);
