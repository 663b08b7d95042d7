/* Answers of the API: JSON, problem documents (RFC 9457), and what a handler reads of its call.
 * Who may ask is api.c. */
#include "office/api.h"

#include "base/error.h"
#include "base/moment.h"
#include "net/conditional.h"
#include "office/frame.h"
#include "staff/audit.h"
#include "web/page.h"

#include <string.h>

#define POLICY "default-src 'none'; frame-ancestors 'none'"

static const char *title_of(unsigned status)
{
    static const struct {
        unsigned status;
        const char *title;
    } titles[] = {
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {409, "Conflict"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {422, "Unprocessable Content"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(titles); i++) {
        if (titles[i].status == status) {
            return titles[i].title;
        }
    }
    return "Refused";
}

static HttpReply *reply_of(const ApiCall *call, unsigned status, const char *type, GString *body)
{
    WebHeaders headers = {.policy = POLICY, .referrer = "no-referrer", .https = call->https};
    g_autoptr(GBytes) bytes = g_bytes_new(body->str, body->len);
    HttpReply *reply = http_reply_new(status, bytes);
    http_reply_header(reply, "Content-Type", type);
    web_headers(reply, &headers);
    return reply;
}

HttpReply *api_problem(const ApiCall *call, unsigned status, const char *pointer,
                       const char *detail)
{
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, API_ANSWER);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "type", "about:blank");
    json_writer_text_member(&json, "title", title_of(status));
    json_writer_number_member(&json, "status", status);
    json_writer_text_member(&json, "detail", detail);
    json_writer_text_member(&json, "pointer", pointer);
    json_writer_close(&json);
    json_writer_finish(&json, NULL);
    HttpReply *reply = reply_of(call, status, "application/problem+json", out);
    if (status == 401) {
        http_reply_header(reply, "WWW-Authenticate", "Bearer realm=\"kolokol\"");
    }
    if (status == 429 || status == 503) {
        http_reply_header(reply, "Retry-After", "60");
    }
    return reply;
}

HttpReply *api_not_found(const ApiCall *call)
{
    return api_problem(call, 404, NULL, "there is nothing at this address");
}

HttpReply *api_done(ApiCall *call, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    if (!json_writer_finish(&call->json, &reason)) {
        return api_problem(call, 500, NULL, reason->message);
    }
    HttpReply *reply = reply_of(call, status, "application/json", call->out);
    if (call->etag != NULL) {
        http_reply_header(reply, "ETag", call->etag);
    }
    if (call->location != NULL) {
        http_reply_header(reply, "Location", call->location);
    }
    return reply;
}

HttpReply *api_done_text(const ApiCall *call, const char *json)
{
    g_autoptr(GString) body = g_string_new(json);
    return reply_of(call, 200, "application/json", body);
}

/* The field of the body that a message begins with. Caller frees; NULL if there is none. */
static char *blamed(const ApiCall *call, const char *message)
{
    const char *word = g_str_has_prefix(message, "the ") ? message + strlen("the ") : message;
    const ApiSchema *schema = call->route == NULL ? NULL : call->route->takes;
    for (const ApiField *field = schema == NULL ? NULL : schema->fields;
         field != NULL && field->name != NULL; field++) {
        size_t length = strlen(field->name);
        g_autofree char *key = g_strdup_printf("`%s:", field->name); /* as files have it */
        if ((strncmp(word, field->name, length) == 0 &&
             (word[length] == ':' || word[length] == ' ')) ||
            strstr(message, key) != NULL) {
            return g_strconcat("/", field->name, NULL);
        }
    }
    return NULL;
}

HttpReply *api_failed(ApiCall *call, const GError *error)
{
    unsigned status = call->mismatch ? 412 : office_status(error);
    const char *message =
        error == NULL ? "the newsroom's database does not answer" : error->message;
    g_autofree char *found = status != 422 && status != 409 ? NULL
                             : call->pointer != NULL        ? g_strdup(call->pointer)
                                                            : blamed(call, message);
    return api_problem(call, status, found, message);
}

bool api_audit(const ApiCall *call, const char *action, const char *subject, const char *detail,
               GError **error)
{
    return audit_add_by(call->store, call->person->id, call->token->name, action, subject, detail,
                        call->now, error);
}

/* ---- What a handler reads ------------------------------------------------------------------- */

bool api_part(const ApiCall *call, unsigned n, int64_t *number)
{
    if (n >= call->match.count) {
        return false;
    }
    const RoutePart *part = &call->match.parts[n];
    g_autofree char *text = g_strndup(part->text, part->length);
    gint64 value = 0;
    if (!g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &value, NULL)) {
        return false;
    }
    *number = value;
    return true;
}

bool api_key(const ApiCall *call, const char **key, GError **error)
{
    const char *sent = http_request_header(call->request, "Idempotency-Key");
    if (sent != NULL && (*sent == '\0' || strlen(sent) > API_KEY)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "an Idempotency-Key has 1 to 200 bytes");
    }
    *key = sent;
    return true;
}

const char *api_text(const ApiCall *call, const char *name)
{
    return json_string_value(json_object_get(call->given, name));
}

const char *api_text_over(const ApiCall *call, const char *name, const char *stored)
{
    const char *sent = api_text(call, name);
    return sent != NULL ? sent : stored != NULL ? stored : "";
}

int64_t api_number(const ApiCall *call, const char *name, int64_t other)
{
    const json_t *value = json_object_get(call->given, name);
    return json_is_integer(value) ? json_integer_value(value) : other;
}

const char *api_asked(const ApiCall *call, const char *name)
{
    const char *value = fields_get(call->query, name);
    return value == NULL || *value == '\0' ? NULL : value;
}

int64_t api_asked_number(const ApiCall *call, const char *name, int64_t other)
{
    const char *value = api_asked(call, name);
    gint64 number = 0;
    return value != NULL && g_ascii_string_to_signed(value, 10, 0, G_MAXINT64, &number, NULL)
               ? number
               : other;
}

unsigned api_limit(const ApiCall *call)
{
    return (unsigned)CLAMP(api_asked_number(call, "limit", API_PAGE), 1, API_PAGE);
}

bool api_has(const ApiCall *call, ApiScope scope)
{
    return (call->token->scopes & scope) != 0;
}

bool api_match(ApiCall *call, const char *etag, GError **error)
{
    const char *wanted = http_request_header(call->request, "If-Match");
    if (wanted == NULL || (strstr(wanted, "W/") == NULL && http_etag_listed(wanted, etag))) {
        return true;
    }
    call->mismatch = true;
    return fail(error, KOLOKOL_ERROR_CONFLICT,
                "it was changed in the meantime: read it again, and send its new ETag %s", etag);
}

char *api_etag(const char *mark)
{
    return g_strdup_printf("\"%s\"", mark);
}

/* ---- What it writes ------------------------------------------------------------------------- */

void api_write_moment(JsonWriter *json, const char *name, int64_t moment)
{
    if (moment > 0) {
        g_autofree char *text = moment_rfc3339(moment);
        json_writer_text_member(json, name, text);
    }
}

void api_write_texts(JsonWriter *json, const char *name, const char *const *texts)
{
    json_writer_key(json, name);
    json_writer_open_array(json);
    for (; texts != NULL && *texts != NULL; texts++) {
        json_writer_text(json, *texts);
    }
    json_writer_close(json);
}
