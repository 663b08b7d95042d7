/* A caller of the API: api_client.h. */
#include "api_client.h"

#include "jobs/jobs.h"
#include "main/job_rows.h"
#include "main/office_rows.h"
#include "staff/audit.h"

#include <string.h>

static Secret secret = {{7}};

static void forget(Client *client)
{
    g_clear_pointer(&client->json, json_decref);
    g_clear_pointer(&client->etag, g_free);
    g_clear_pointer(&client->location, g_free);
    g_clear_pointer(&client->content_type, g_free);
    g_clear_pointer(&client->reply, http_reply_unref);
}

void client_clear(Client *client)
{
    forget(client);
}

Office *client_office(Store *store)
{
    return client_office_with(store, (OfficeOptions){0});
}

Office *client_office_with(Store *store, OfficeOptions options)
{
    g_autoptr(GError) error = NULL;
    options.store = store;
    options.tables = office_tables;
    options.api = api_tables;
    options.secret = &secret;
    options.url = "http://office.localhost:8082";
    jobs_register(job_rows());
    Office *office = office_new(&options, &error);
    g_assert_no_error(error);
    return office;
}

void client_person(Client *client, Store *store, Role role, unsigned scopes)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *email = g_strconcat(role_name(role), "@bell.example", NULL);
    g_autoptr(Person) person = person_by_email(store, email, NULL);
    int64_t id = person == NULL ? 0 : person->id;
    if (person == NULL) {
        g_assert_true(person_add(store, "Anna Berg", email, role, 0, 1, &id, &error));
        g_assert_true(person_set_password(store, id, "correct horse battery", 0, 1, &error));
    }
    ApiTokenWish wish = {
        .person = id, .name = "A script", .scopes = scopes & api_scopes_of_role(role)};
    g_assert_true(api_token_make(store, &wish, 0, g_get_real_time(), client->token, NULL, &error));
    g_assert_no_error(error);
}

static char *header_of(const HttpReply *reply, const char *name)
{
    return g_strdup(http_reply_find(reply, name));
}

/* Every answer: kept by nobody, no cookie, JSON, and a refusal is a problem document. */
static void take(Client *client, HttpReply *reply)
{
    forget(client);
    client->reply = reply;
    client->status = http_reply_status(reply);
    client->etag = header_of(reply, "ETag");
    client->location = header_of(reply, "Location");
    client->content_type = header_of(reply, "Content-Type");
    client->json = json_loadb(http_reply_body(reply), http_reply_length(reply), 0, NULL);
    g_assert_nonnull(client->json);
    g_assert_null(http_reply_find(reply, "Set-Cookie"));
    g_assert_cmpstr(http_reply_find(reply, "Cache-Control"), ==, "no-store");
    g_assert_cmpstr(http_reply_find(reply, "X-Content-Type-Options"), ==, "nosniff");
    g_assert_cmpstr(client->content_type, ==,
                    client->status < 400 ? "application/json" : "application/problem+json");
    if (client->status >= 400) {
        g_assert_cmpint(client_number(client, "status"), ==, client->status);
        g_assert_nonnull(client_text(client, "detail"));
        g_assert_null(strchr(client_text(client, "detail"), '\n'));
    }
}

unsigned client_send(Client *client, const char *method, const char *target, const void *body,
                     size_t length)
{
    HttpRequest request;
    const char *question = strchr(target, '?');
    g_autofree char *path =
        question == NULL ? g_strdup(target) : g_strndup(target, (gsize)(question - target));
    g_autofree char *bearer = g_strconcat("Bearer ", client->token, NULL);
    http_request_init(&request, method, path);
    request.query = question == NULL ? NULL : question + 1;
    request.peer.bytes[10] = request.peer.bytes[11] = 0xff;
    request.peer.bytes[12] = 10;
    request.peer.bytes[15] = client->address == 0 ? 1 : client->address;
    if (client->token[0] != '\0') {
        http_request_add(&request, "Authorization", bearer);
    }
    if (client->if_match != NULL) {
        http_request_add(&request, "If-Match", client->if_match);
    }
    if (client->key != NULL) {
        http_request_add(&request, "Idempotency-Key", client->key);
    }
    if (client->cookie != NULL) {
        http_request_add(&request, "Cookie", client->cookie);
    }
    if (body != NULL) {
        http_request_add(&request, "Content-Type",
                         client->type == NULL ? "application/json" : client->type);
        request.body = body;
        request.body_length = length;
    }
    take(client, office_answer(&request, client->office));
    return client->status;
}

unsigned client_get(Client *client, const char *target)
{
    return client_send(client, "GET", target, NULL, 0);
}

unsigned client_post(Client *client, const char *target, const char *body)
{
    return client_send(client, "POST", target, body, body == NULL ? 0 : strlen(body));
}

const char *client_text(const Client *client, const char *name)
{
    return json_string_value(json_object_get(client->json, name));
}

int64_t client_number(const Client *client, const char *name)
{
    const json_t *value = json_object_get(client->json, name);
    return json_is_integer(value) ? json_integer_value(value) : -1;
}

static bool check_newest(const AuditRow *row, void *data, GError **error)
{
    const char *const *expected = data;
    g_assert_cmpstr(row->action, ==, expected[0]);
    g_assert_cmpstr(row->detail, ==, expected[1]);
    return true;
}

void client_audited(Store *store, const char *action, const char *detail)
{
    const char *expected[] = {action, detail};
    g_autoptr(GError) error = NULL;
    g_assert_true(audit_recent(store, INT64_MAX, 1, check_newest, expected, &error));
    g_assert_no_error(error);
}

bool client_says(const Client *client, const char *text)
{
    return memmem(http_reply_body(client->reply), http_reply_length(client->reply), text,
                  strlen(text)) != NULL;
}
