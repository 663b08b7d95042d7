/* What the API says of itself: its document, and whose token asks. */
#include "base/error.h"
#include "office/api.h"
#include "office/api_document.h"
#include "office/office_private.h"

static const ApiField problem_fields[] = {
    {.name = "type", .type = API_TEXT, .required = true, .help = "always about:blank"},
    {.name = "title", .type = API_TEXT, .required = true, .help = "what the status means"},
    {.name = "status", .type = API_NUMBER, .required = true, .help = "the status of the answer"},
    {.name = "detail",
     .type = API_TEXT,
     .required = true,
     .help = "one line: what is wrong and how to mend it"},
    {.name = "pointer",
     .type = API_TEXT,
     .help = "JSON pointer (RFC 6901) of the field of the body that is to blame"},
    {.name = NULL},
};

const ApiSchema api_problem_schema = {"Problem", "why something was refused (RFC 9457)",
                                      problem_fields};

static const ApiField nothing_fields[] = {{.name = NULL}};

const ApiSchema api_nothing_schema = {"Nothing", "an empty object, or no body at all",
                                      nothing_fields};

static const ApiField token_fields[] = {
    {.name = "name", .type = API_TEXT, .required = true, .help = "what the token is for"},
    {.name = "person", .type = API_TEXT, .required = true, .help = "its owner's address"},
    {.name = "role", .type = API_TEXT, .required = true, .help = "the owner's role now"},
    {.name = "scopes",
     .type = API_TEXTS,
     .required = true,
     .help = "what it may: those given, as far as the role goes now"},
    {.name = "ends", .type = API_MOMENT, .required = true, .help = "when it ends"},
    {.name = NULL},
};

static const ApiSchema token_schema = {"Token", "the token that asks", token_fields};

static const ApiField document_fields[] = {{.name = NULL}};
static const ApiSchema document_schema = {"Document", "an OpenAPI 3.1 document", document_fields};

static HttpReply *answer_token(ApiCall *call)
{
    JsonWriter *json = &call->json;
    g_autofree char *text = api_scopes_text(call->token->scopes);
    g_auto(GStrv) scopes = g_strsplit(text, ",", -1);
    json_writer_open_object(json);
    json_writer_text_member(json, "name", call->token->name);
    json_writer_text_member(json, "person", call->person->email);
    json_writer_text_member(json, "role", role_name(call->person->role));
    api_write_texts(json, "scopes", (const char *const *)scopes);
    api_write_moment(json, "ends", call->token->ends);
    json_writer_close(json);
    return api_done(call, 200);
}

static HttpReply *answer_document(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *document = api_document(call->office->options.api, &reason);
    return document == NULL ? api_failed(call, reason) : api_done_text(call, document);
}

const ApiRoute api_self_routes[] = {
    {.name = "document",
     .method = HTTP_GET,
     .path = API_ROOT "/openapi.json",
     .permission = PERMISSION_SIGNED_IN,
     .scopes = API_SCOPE_ANY,
     .answer = answer_document,
     .gives = &document_schema,
     .help = "this document"},
    {.name = "token",
     .method = HTTP_GET,
     .path = API_ROOT "/token",
     .permission = PERMISSION_SIGNED_IN,
     .scopes = API_SCOPE_ANY,
     .answer = answer_token,
     .gives = &token_schema,
     .help = "the token that asks: whose, what it may, until when"},
    {.name = NULL},
};
