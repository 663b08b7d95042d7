/* Requests of the API: whose token, which row, may they, is what they send as it must be; then the
 * row's handler (api.h). Answers are api_reply.c. */
#include "office/api.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/limits.h"
#include "office/office_private.h"
#include "press/setting.h"

#include <string.h>

#define QUERY_MOST   4096u /* bytes */
#define RATE_WRONG   100u  /* kinds of web/rate.h, behind those of limit.c */
#define RATE_REQUEST 101u

static void check_row(const ApiRoute *row)
{
    bool get = row->method == HTTP_GET;
    g_assert(row->answer != NULL && row->help != NULL && g_str_has_prefix(row->path, API_ROOT "/"));
    g_assert(get || (row->method == HTTP_POST && row->body_most > 0));
    g_assert(get ? row->takes == NULL : (row->takes == NULL) != (row->bytes == NULL));
}

void office_api_init(Office *office)
{
    static const ApiRoute *const none[] = {NULL};
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    g_autoptr(GArray) routes = g_array_new(TRUE, TRUE, sizeof(Route));
    const ApiRoute *const *table = office->options.api == NULL ? none : office->options.api;
    for (; *table != NULL; table++) {
        for (const ApiRoute *row = *table; row->name != NULL; row++) {
            Route route = {.method = row->method,
                           .pattern = row->path,
                           .body_most = row->body_most,
                           .permission = row->name,
                           .help = row->help};
            check_row(row);
            g_ptr_array_add(rows, (gpointer)(uintptr_t)row);
            g_array_append_val(routes, route);
        }
    }
    g_ptr_array_add(rows, NULL);
    office->api_rows = (const ApiRoute **)g_ptr_array_free(g_steal_pointer(&rows), FALSE);
    office->api_routes = (Route *)(void *)g_array_free(g_steal_pointer(&routes), FALSE);
}

bool api_is_path(const HttpRequest *request)
{
    static const char root[] = "/api/";
    return request->path_length >= strlen(root) && strncmp(request->path, root, strlen(root)) == 0;
}

/* What a call brings along, freed when it is answered. */
typedef struct {
    ApiCall call;
    ApiToken *token;
    Person *person;
    Fields *query;
} Asking;

static void asking_clear(Asking *asking)
{
    g_clear_pointer(&asking->token, api_token_free);
    g_clear_pointer(&asking->person, person_free);
    g_clear_pointer(&asking->query, fields_free);
    g_clear_pointer(&asking->call.given, json_decref);
    g_clear_pointer(&asking->call.etag, g_free);
    g_clear_pointer(&asking->call.location, g_free);
    if (asking->call.out != NULL) {
        g_string_free(asking->call.out, TRUE);
    }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Asking, asking_clear)

static void arrive(Asking *asking, Office *office, const HttpRequest *request)
{
    ApiCall *call = &asking->call;
    call->store = office->options.store;
    call->office = office;
    call->request = request;
    call->https = office->https;
    call->now = clock_now();
    call->out = g_string_new(NULL);
    json_writer_init(&call->json, call->out, API_ANSWER);
}

/* ---- Who asks ------------------------------------------------------------------------------- */

/* The token's text in the request, or NULL. */
static const char *bearer(const HttpRequest *request)
{
    static const char scheme[] = "Bearer ";
    const char *value = http_request_header(request, "Authorization");
    return value != NULL && g_ascii_strncasecmp(value, scheme, strlen(scheme)) == 0
               ? value + strlen(scheme)
               : NULL;
}

/* People of the demo come in on this machine only. */
static bool only_here(const ApiCall *call)
{
    g_autofree char *url = setting_get(call->store, "url", NULL);
    return url != NULL && http_url_is_local(url);
}

/* False with NOT_FOUND for no token that is good now. */
static bool find_token(Asking *asking, GError **error)
{
    ApiCall *call = &asking->call;
    const char *text = bearer(call->request);
    asking->token = api_token_find(call->store, text == NULL ? "" : text, call->now, error);
    asking->person =
        asking->token == NULL ? NULL : person_read(call->store, asking->token->person, error);
    if (asking->person == NULL) {
        return false;
    }
    if (asking->person->demo && !only_here(call)) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "a token of the demo");
    }
    call->token = asking->token;
    call->person = asking->person;
    return true;
}

static HttpAddress client_of(const Office *office, const HttpRequest *request)
{
    return http_proxies_client(office->proxies, &request->peer,
                               http_request_header(request, "X-Forwarded-For"));
}

/* Whose token it is; a refusal if it is none, or was used too often. */
static HttpReply *let_in(Asking *asking, Office *office)
{
    ApiCall *call = &asking->call;
    g_autoptr(GError) reason = NULL;
    if (find_token(asking, &reason)) {
        return rate_take_number(office->rate, (uint64_t)call->token->id, RATE_REQUEST, API_REQUESTS,
                                clock_monotonic())
                   ? NULL
                   : api_problem(call, 429, NULL,
                                 "this token has asked too often; wait some minutes");
    }
    if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        return api_failed(call, reason);
    }
    HttpAddress client = client_of(office, call->request);
    if (!rate_take(office->rate, &client, RATE_WRONG, API_GUESSES, clock_monotonic())) {
        return api_problem(call, 429, NULL, "too many wrong tokens; wait some minutes");
    }
    return api_problem(call, 401, NULL,
                       bearer(call->request) == NULL
                           ? "send a token: \"Authorization: Bearer kolokol_…\""
                           : "this token is none of ours, has ended or was revoked");
}

/* ---- What they may -------------------------------------------------------------------------- */

static bool may(const ApiCall *call, const ApiRoute *row)
{
    unsigned has = call->token->scopes | (unsigned)API_SCOPE_ANY;
    return row->scopes != API_SCOPE_NONE && (has & row->scopes) == row->scopes &&
           row->permission != PERMISSION_PUBLIC && row->permission != PERMISSION_HALFWAY &&
           role_may(call->person->role, row->permission);
}

static HttpReply *refuse(const ApiCall *call, const ApiRoute *row)
{
    g_autofree char *lacks =
        api_scopes_text(row->scopes & ~(call->token->scopes | (unsigned)API_SCOPE_ANY));
    g_autofree char *detail =
        *lacks == '\0'
            ? g_strdup_printf("the role %s may not do this", role_name(call->person->role))
            : g_strdup_printf("this needs a token with the scope %s", lacks);
    return api_problem(call, 403, NULL, detail);
}

static const ApiRoute *find_row(const Office *office, ApiCall *call, HttpReply **wrong)
{
    unsigned status = 0;
    g_autofree char *allow = NULL;
    const Route *route =
        route_find(office->api_routes, call->request, 0, &call->match, &status, &allow);
    if (route != NULL) {
        return office->api_rows[route - office->api_routes];
    }
    if (wrong != NULL) {
        *wrong = status == 405 ? api_problem(call, 405, NULL, "this address has other methods")
                               : api_not_found(call);
        if (allow != NULL) {
            http_reply_header(*wrong, "Allow", allow);
        }
    }
    return NULL;
}

/* ---- What they send ------------------------------------------------------------------------- */

static HttpReply *take_query(Asking *asking)
{
    ApiCall *call = &asking->call;
    g_auto(ApiWrong) wrong = {0};
    const char *query = call->request->query == NULL ? "" : call->request->query;
    size_t length = strlen(query);
    asking->query = length > QUERY_MOST ? NULL : fields_parse(query, length, NULL);
    if (asking->query == NULL) {
        asking->query = fields_parse(NULL, 0, NULL);
        return api_problem(call, 400, NULL, "what stands behind the ? is not well-formed");
    }
    call->query = asking->query;
    return api_query_check(call->route->query, call->query, &wrong)
               ? NULL
               : api_problem(call, 422, NULL, wrong.detail);
}

static bool is_json(const HttpRequest *request)
{
    const char *type = http_request_header(request, "Content-Type");
    size_t length = type == NULL ? 0 : strcspn(type, "; \t");
    return length == strlen("application/json") &&
           g_ascii_strncasecmp(type, "application/json", length) == 0;
}

static HttpReply *take_body(ApiCall *call)
{
    const HttpRequest *request = call->request;
    g_autoptr(GError) reason = NULL;
    g_auto(ApiWrong) wrong = {0};
    call->given = json_object();
    if (call->route->takes == NULL) {
        return NULL;
    }
    if (request->body_length > 0) {
        if (!is_json(request)) {
            return api_problem(call, 415, NULL, "the body must be of the type application/json");
        }
        json_decref(call->given);
        call->given = json_read_limited(request->body, request->body_length, call->route->body_most,
                                        0, JSON_READ_STRICT, &reason);
        if (call->given == NULL) {
            return api_problem(call, 400, NULL, reason->message);
        }
    }
    return api_schema_check(call->route->takes, call->given, &wrong)
               ? NULL
               : api_problem(call, 422, wrong.pointer, wrong.detail);
}

static HttpReply *take_match(const ApiCall *call)
{
    return call->route->match == API_MATCH_MUST &&
                   http_request_header(call->request, "If-Match") == NULL
               ? api_problem(call, 428, NULL,
                             "send If-Match with the ETag that reading it gave, so that nothing is "
                             "overwritten unseen")
               : NULL;
}

/* ---- The whole ------------------------------------------------------------------------------ */

HttpReply *api_answer(Office *office, const HttpRequest *request)
{
    g_auto(Asking) asking = {0};
    g_autoptr(GError) reason = NULL;
    ApiCall *call = &asking.call;
    HttpReply *wrong = NULL;
    arrive(&asking, office, request);
    if ((wrong = let_in(&asking, office)) != NULL) {
        return wrong;
    }
    const ApiRoute *row = find_row(office, call, &wrong);
    if (row == NULL) {
        return wrong;
    }
    if (!may(call, row)) {
        return refuse(call, row);
    }
    call->route = row;
    if ((wrong = take_query(&asking)) != NULL || (wrong = take_body(call)) != NULL ||
        (wrong = take_match(call)) != NULL) {
        return wrong;
    }
    return api_token_note(call->store, call->token, call->now, &reason) ? row->answer(call)
                                                                        : api_failed(call, reason);
}

/* Large bodies are read for those only who may send them. */
size_t api_body_limit(Office *office, const HttpRequest *request)
{
    g_auto(Asking) asking = {0};
    ApiCall *call = &asking.call;
    arrive(&asking, office, request);
    const ApiRoute *row = find_row(office, call, NULL);
    if (row == NULL || row->body_most <= API_BODY) {
        return row == NULL ? 0 : row->body_most;
    }
    return find_token(&asking, NULL) && may(call, row) ? row->body_most : API_BODY;
}
