/*
 * The API of the office: JSON over HTTP for scripts, wire ingestion and apps, below /api/1 of the
 * staff's door. docs/api.md is the manual for who calls it.
 *
 * Its routes are `const` rows, ApiRoute, of the departments (`*_api.c`); src/main collects their
 * tables. As with pages, the door does for each row what a handler must not have to remember:
 *
 * - who asks: the token of "Authorization: Bearer" (staff/api_token.h) and nothing else. Cookies
 *   are not looked at, so no browser can be made to ask in somebody's name, and there is no token
 *   of forms;
 * - may they: the row's permission by the person's role now, and all of the row's scopes. A row
 *   that names none of either is closed to everybody;
 * - how often: API_REQUESTS a token in RATE_WINDOW, API_GUESSES wrong tokens from one client;
 * - what is sent: body and query as the rows of their schemas have them (api_schema.h), everything
 *   else refused;
 * - If-Match where the row wants it: 428 without.
 *
 * GET and HEAD change nothing but the day on which a token was last used. Only GET and POST are
 * used, which come through every proxy. Refusals are problem documents (RFC 9457) with one clear
 * line and, where a field is to blame, its JSON pointer.
 */
#pragma once

#include "net/reply.h"
#include "net/request.h"
#include "office/api_schema.h"
#include "staff/api_token.h"
#include "staff/person.h"
#include "text/json.h"
#include "web/route.h"

#define API_ROOT     "/api/1"
#define API_REQUESTS 3000u              /* of one token in RATE_WINDOW */
#define API_GUESSES  100u               /* wrong tokens of one client in RATE_WINDOW */
#define API_BODY     (64u * 1024)       /* bytes: a body_most for small objects */
#define API_PAGE     100u               /* the most things in one answer of a list */
#define API_ANSWER   (8u * 1024 * 1024) /* bytes of an answer */

typedef struct Office Office;
typedef struct ApiCall ApiCall;

typedef enum {
    API_MATCH_NONE,
    API_MATCH_MAY,  /* If-Match is heeded where it is sent */
    API_MATCH_MUST, /* and must be sent: 428 without */
} ApiMatch;

typedef struct {
    const char *name;  /* unique: "story-list"; the document's operationId */
    const char *path;  /* pattern of web/route.h; what it names by `:name` are numbers */
    HttpMethod method; /* HTTP_GET or HTTP_POST */
    Permission permission;
    unsigned scopes; /* of ApiScope; the token needs all of them */
    HttpReply *(*answer)(ApiCall *call);
    const char *help;
    const ApiField *query;  /* ended by name NULL; NULL: no query */
    const ApiSchema *takes; /* the body of a POST; NULL: bytes of `bytes` */
    const char *bytes;      /* media type of a body that is no JSON */
    const ApiSchema *gives; /* NULL: no body */
    unsigned status;        /* of success; 0: 200 */
    unsigned other_status;  /* another that success may have, or 0 */
    ApiMatch match;
    bool keyed;       /* an Idempotency-Key is heeded */
    bool tagged;      /* the answer has an ETag, for If-Match */
    size_t body_most; /* bytes; 0 only for GET */
} ApiRoute;

/* A request while it is being answered. Owned by the door; gone when the handler returns. */
struct ApiCall {
    Store *store;
    const HttpRequest *request;
    const ApiRoute *route;
    RouteMatch match;
    const Person *person;
    const ApiToken *token;
    const Fields *query; /* checked; never NULL */
    json_t *given;       /* checked; never NULL */
    int64_t now;
    bool mismatch;       /* api_match() has refused */
    const char *pointer; /* of the field that a handler is at, for api_failed(); NULL: unknown */
    bool https;
    char *etag, *location; /* of the answer; freed by the door */
    GString *out;          /* the answer's JSON, through: */
    JsonWriter json;
    const Office *office;
};

#define API_KEY 200u /* bytes of an Idempotency-Key */

/* ---- The door's ----------------------------------------------------------------------------- */

/* True for a path of the API, which then is none of a page. */
bool api_is_path(const HttpRequest *request);

HttpReply *api_answer(Office *office, const HttpRequest *request);
size_t api_body_limit(Office *office, const HttpRequest *request);

/* ---- For handlers --------------------------------------------------------------------------- */

/* The path's number n (from 0); false if it is none (answer api_not_found()). */
bool api_part(const ApiCall *call, unsigned n, int64_t *number);

/* A text of the body, or NULL if it was not sent. */
const char *api_text(const ApiCall *call, const char *name);

/* The same over what is stored (NULL: nothing is), which stays if none was sent; never NULL. */
const char *api_text_over(const ApiCall *call, const char *name, const char *stored);

/* A number, or `other`. */
int64_t api_number(const ApiCall *call, const char *name, int64_t other);

/* Of the query: NULL for what is missing or empty; a number, or `other`. */
const char *api_asked(const ApiCall *call, const char *name);
int64_t api_asked_number(const ApiCall *call, const char *name, int64_t other);

/* How many are wanted: the query's "limit", API_PAGE at most and if it is not said. */
unsigned api_limit(const ApiCall *call);

bool api_has(const ApiCall *call, ApiScope scope);

/* True if the request's If-Match, if there is one, names this entity tag; else CONFLICT, which
 * api_failed() answers with 412. To be asked within the transaction of the change. */
bool api_match(ApiCall *call, const char *etag, GError **error);

/* An entity tag of what has no version of its own: its mark (hash_mark()) in quotes. Caller
 * frees. */
char *api_etag(const char *mark);

/* The answer: JSON is written to &call->json, one object; then this. */
HttpReply *api_done(ApiCall *call, unsigned status);

/* An answer whose JSON is there already. */
HttpReply *api_done_text(const ApiCall *call, const char *json);

/* A refusal: `pointer` of a field ("/title"), or NULL. */
HttpReply *api_problem(const ApiCall *call, unsigned status, const char *pointer,
                       const char *detail);
HttpReply *api_not_found(const ApiCall *call);

/* An error as a refusal, with office_status(). The pointer is call->pointer, or of the field of the
 * body that the message begins with ("title: …", "the slug …"). */
HttpReply *api_failed(ApiCall *call, const GError *error);

/* A line of the audit log: of the call's person by this token (staff/audit.h). Within the
 * transaction of the change. */
bool api_audit(const ApiCall *call, const char *action, const char *subject, const char *detail,
               GError **error);

/* The request's Idempotency-Key, of at most API_KEY bytes; *key is NULL if there is none. INVALID.
 */
bool api_key(const ApiCall *call, const char **key, GError **error);

/* Members for moments; 0 writes nothing. */
void api_write_moment(JsonWriter *json, const char *name, int64_t moment);
/* An array of texts. */
void api_write_texts(JsonWriter *json, const char *name, const char *const *texts);

/* ---- Every answer's ------------------------------------------------------------------------- */

/* The office's own rows: the document, the token. */
extern const ApiRoute api_self_routes[];

extern const ApiSchema api_problem_schema;
/* Of a POST that needs to say nothing. */
extern const ApiSchema api_nothing_schema;
