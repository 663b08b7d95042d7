/*
 * The API's door: whose token, every row × role × scope × method, cookies that count for nothing,
 * bodies and queries that no row has, how often; the document in docs/ is the program's.
 * Covers: src/office/api.c, src/office/api_document.c, src/office/api_reply.c,
 * src/office/api_self.c, src/main/tool_openapi.c.
 */
#include "api_client.h"
#include "base/clock.h"
#include "base/error.h"
#include "desk/media_upload.h"
#include "doubles/stores.h"
#include "main/office_rows.h"
#include "office/api_document.h"

#include <string.h>

typedef void (*RowTest)(const ApiRoute *row, void *data);

static void each_row(RowTest test, void *data)
{
    for (const ApiRoute *const *table = api_tables; *table != NULL; table++) {
        for (const ApiRoute *row = *table; row->name != NULL; row++) {
            test(row, data);
        }
    }
}

/* With a number that nothing has in the place of each `:name`. Caller frees. */
static char *path_of(const ApiRoute *row)
{
    GString *path = g_string_new(NULL);
    g_auto(GStrv) parts = g_strsplit(row->path + 1, "/", -1);
    for (char **part = parts; *part != NULL; part++) {
        g_string_append_printf(path, "/%s", **part == ':' ? "9" : *part);
    }
    return g_string_free(path, FALSE);
}

static unsigned ask(Client *client, const ApiRoute *row)
{
    g_autofree char *path = path_of(row);
    return row->method == HTTP_GET ? client_get(client, path) : client_post(client, path, "{}");
}

typedef struct {
    Client *client;
    Role role;
    unsigned scopes;
    unsigned allowed; /* counted */
} Asker;

static void check_row(const ApiRoute *row, void *data)
{
    Asker *asker = data;
    bool scoped = row->scopes == API_SCOPE_ANY || (row->scopes & asker->scopes) == row->scopes;
    bool allowed = scoped && role_may(asker->role, row->permission);
    unsigned status = ask(asker->client, row);
    g_test_message("%s: %s with %x: %u", row->name, role_name(asker->role), asker->scopes, status);
    if (allowed) {
        g_assert_cmpuint(status, <, 500);
        g_assert_cmpuint(status, !=, 401);
        g_assert_cmpuint(status, !=, 403);
        asker->allowed++;
    } else {
        g_assert_cmpuint(status, ==, 403);
    }
}

/* Each role with each single scope that it may have, and with all of them; and a wider token is
 * none. */
static void test_every_row(Store *store, const char *url)
{
    g_autoptr(Office) office = client_office(store);
    g_autofree char *folder = g_dir_make_tmp("media-XXXXXX", NULL);
    media_jobs_directory(folder);
    for (unsigned role = 0; role < ROLES; role++) {
        unsigned most = api_scopes_of_role((Role)role);
        for (unsigned scope = API_SCOPE_READ; scope <= ALL_SCOPES + 1; scope <<= 1) {
            g_auto(Client) client = {.office = office};
            unsigned scopes = (scope > ALL_SCOPES ? ALL_SCOPES : scope) & most;
            if (scopes == 0) {
                continue;
            }
            client_person(&client, store, (Role)role, scopes);
            Asker asker = {&client, (Role)role, scopes, 0};
            each_row(check_row, &asker);
            g_assert_cmpuint(asker.allowed, >=, 2); /* the document and the token itself */
        }
    }
    stores_remove_tree(folder);
}

/* What a token may do that may not read: add. Whatever changes something that is there answers it.
 */
static bool adds(const ApiRoute *row)
{
    static const char *const names[] = {"story-make",  "entry-add",   "comment-add",
                                        "picture-add", "upload-read", NULL};
    return g_strv_contains(names, row->name);
}

static void check_complete(const ApiRoute *row, void *data)
{
    GHashTable *names = data;
    g_assert_true(g_hash_table_add(names, (gpointer)(uintptr_t)row->name));
    g_assert_cmpint(row->permission, !=, PERMISSION_NONE);
    g_assert_cmpint(row->permission, !=, PERMISSION_PUBLIC);
    g_assert_cmpuint(row->scopes, !=, API_SCOPE_NONE);
    g_assert_nonnull(row->gives);
    /* What changes something needs more than to read, and what only reads can do no more. */
    const unsigned reading =
        API_SCOPE_READ | API_SCOPE_ANY | API_SCOPE_NEWSLETTERS | API_SCOPE_GIFTS | API_SCOPE_STATE;
    static const char *const more[] = {"upload-read",   "reading-list",  "erasure-list",
                                       "setting-list",  "theme-list",    "theme-read",
                                       "campaign-list", "campaign-read", NULL};
    g_assert_true((row->method == HTTP_POST) !=
                  ((row->scopes & ~reading) == 0 || g_strv_contains(more, row->name)));
    /* These say what they concern by themselves. */
    const unsigned own =
        API_SCOPE_ERASE | API_SCOPE_SETTINGS | API_SCOPE_CAMPAIGNS | API_SCOPE_THEME;
    g_assert_true((row->scopes & (reading | own)) != 0 || adds(row));
}

/* Of a chief, and of a fundraiser for what is not a chief's. */
typedef struct {
    Client chief, fund;
} Askers;

static void check_unknown(const ApiRoute *row, void *data)
{
    Askers *askers = data;
    Client *client = role_may(ROLE_CHIEF, row->permission) ? &askers->chief : &askers->fund;
    g_autofree char *path = path_of(row);
    g_autofree char *asked = g_strconcat(path, "?nothing=1", NULL);
    g_assert_cmpuint(client_send(client, "PUT", path, NULL, 0), ==, 405);
    g_assert_cmpuint(client_send(client, "DELETE", path, NULL, 0), ==, 405);
    g_assert_cmpuint(client_send(client, "OPTIONS", path, NULL, 0), ==, 405);
    g_assert_nonnull(http_reply_find(client->reply, "Allow"));
    if (row->method == HTTP_GET) {
        g_assert_cmpuint(client_get(client, asked), ==, 422);
    }
    if (row->takes != NULL) {
        g_assert_cmpuint(client_post(client, path, "{\"state\": \"published\"}"), ==, 422);
        g_assert_cmpstr(client_text(client, "pointer"), ==, "/state");
        g_assert_cmpuint(client_post(client, path, "[]"), ==, 422);
        g_assert_cmpuint(client_post(client, path, "{\"a\":1,\"a\":2}"), ==, 400);
        g_assert_cmpuint(client_post(client, path, "{"), ==, 400);
        client->type = "application/x-www-form-urlencoded";
        g_assert_cmpuint(client_post(client, path, "a=b"), ==, 415);
        client->type = NULL;
    }
}

static void test_rows(Store *store, const char *url)
{
    g_autoptr(Office) office = client_office(store);
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    Askers askers = {.chief = {.office = office}, .fund = {.office = office}};
    client_person(&askers.chief, store, ROLE_CHIEF, ALL_SCOPES);
    client_person(&askers.fund, store, ROLE_FUNDRAISER, ALL_SCOPES);
    each_row(check_complete, names);
    each_row(check_unknown, &askers);
    g_assert_cmpuint(client_get(&askers.chief, "/api/1/nothing"), ==, 404);
    g_assert_cmpuint(client_get(&askers.chief, "/api/2/stories"), ==, 404);
    client_clear(&askers.chief);
    client_clear(&askers.fund);
}

static HttpReply *answer_closed(ApiCall *call)
{
    g_assert_not_reached();
}

/* A row that names no permission, or no scope, is closed to everybody. */
static void test_default_deny(Store *store, const char *url)
{
    static const ApiRoute forgotten[] = {{.name = "no-permission",
                                          .method = HTTP_GET,
                                          .path = API_ROOT "/a",
                                          .scopes = API_SCOPE_ANY,
                                          .answer = answer_closed,
                                          .help = "-"},
                                         {.name = "no-scope",
                                          .method = HTTP_GET,
                                          .path = API_ROOT "/b",
                                          .permission = PERMISSION_SIGNED_IN,
                                          .answer = answer_closed,
                                          .help = "-"},
                                         {.name = "public",
                                          .method = HTTP_GET,
                                          .path = API_ROOT "/c",
                                          .permission = PERMISSION_PUBLIC,
                                          .scopes = API_SCOPE_ANY,
                                          .answer = answer_closed,
                                          .help = "-"},
                                         {.name = NULL}};
    static const ApiRoute *const tables[] = {forgotten, NULL};
    static Secret secret = {{7}};
    g_autoptr(GError) error = NULL;
    OfficeOptions options = {.store = store,
                             .tables = office_tables,
                             .api = tables,
                             .secret = &secret,
                             .url = "http://o"};
    g_autoptr(Office) office = office_new(&options, &error);
    g_auto(Client) chief = {.office = office};
    client_person(&chief, store, ROLE_CHIEF, ALL_SCOPES);
    g_assert_cmpuint(client_get(&chief, "/api/1/a"), ==, 403);
    g_assert_cmpuint(client_get(&chief, "/api/1/b"), ==, 403);
    g_assert_cmpuint(client_get(&chief, "/api/1/c"), ==, 403);
}

/* Without a good token there is nothing, whatever else comes along; what has ended is none. */
static void test_token(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Office) office = client_office(store);
    g_auto(Client) client = {.office = office};
    g_assert_cmpuint(client_get(&client, "/api/1/stories"), ==, 401);
    g_assert_cmpuint(client_get(&client, "/api/1/nothing"), ==, 401);
    g_assert_cmpstr(http_reply_find(client.reply, "WWW-Authenticate"), ==,
                    "Bearer realm=\"kolokol\"");
    g_strlcpy(client.token, "kolokol_0123", sizeof client.token);
    g_assert_cmpuint(client_get(&client, "/api/1/stories"), ==, 401);
    client_person(&client, store, ROLE_EDITOR, API_SCOPE_READ | API_SCOPE_PUBLISH);
    g_assert_cmpuint(client_get(&client, "/api/1/token"), ==, 200);
    g_assert_cmpstr(client_text(&client, "person"), ==, "editor@bell.example");
    g_assert_true(client_says(&client, "[\"read\",\"publish\"]"));
    g_autoptr(Person) editor = person_by_email(store, "editor@bell.example", &error);
    g_assert_true(person_set_role(store, editor->id, ROLE_REPORTER, 0, 2, &error));
    g_assert_cmpuint(client_get(&client, "/api/1/token"), ==, 200);
    g_assert_true(client_says(&client, "[\"read\"]"));
    g_assert_true(person_set_role(store, editor->id, ROLE_FUNDRAISER, 0, 2, &error));
    g_assert_cmpuint(client_get(&client, "/api/1/token"), ==, 401);
}

/* The cookie of a chief who is signed in opens nothing here. */
static void test_cookie(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Office) office = client_office(store);
    g_auto(Client) client = {.office = office};
    client_person(&client, store, ROLE_CHIEF, ALL_SCOPES);
    g_autoptr(Person) chief = person_by_email(store, "chief@bell.example", &error);
    char token[SESSION_TOKEN];
    g_assert_true(session_begin(store, chief->id, SESSION_WHOLE, "-", clock_now(), token, &error));
    g_autofree char *cookie = g_strconcat("kolokol=", token, NULL);
    client.cookie = cookie;
    client.token[0] = '\0';
    g_assert_cmpuint(client_get(&client, "/api/1/stories"), ==, 401);
    g_assert_cmpuint(client_post(&client, "/api/1/stories", "{\"title\":\"a\"}"), ==, 401);
}

/* ---- How often, how large ------------------------------------------------------------------- */

static void test_often(Store *store, const char *url)
{
    g_autoptr(Office) office = client_office(store);
    g_auto(Client) wrong = {.office = office, .address = 9};
    g_auto(Client) right = {.office = office};
    g_auto(Client) other = {.office = office};
    client_person(&right, store, ROLE_REPORTER, API_SCOPE_READ);
    client_person(&other, store, ROLE_REPORTER, API_SCOPE_READ);
    for (unsigned i = 0; i < API_GUESSES; i++) {
        g_assert_cmpuint(client_get(&wrong, "/api/1/token"), ==, 401);
    }
    g_assert_cmpuint(client_get(&wrong, "/api/1/token"), ==, 429);
    for (unsigned i = 0; i < API_REQUESTS; i++) {
        g_assert_cmpuint(client_get(&right, "/api/1/nothing"), ==, 404);
    }
    g_assert_cmpuint(client_get(&right, "/api/1/token"), ==, 429);
    g_assert_nonnull(http_reply_find(right.reply, "Retry-After"));
    g_assert_cmpuint(client_get(&other, "/api/1/token"), ==, 200); /* of another token */
}

static size_t limit_of(Office *office, const char *path, const char *token)
{
    HttpRequest request;
    g_autofree char *bearer = g_strconcat("Bearer ", token, NULL);
    http_request_init(&request, "POST", path);
    http_request_add(&request, "Authorization", bearer);
    return office_body_limit(&request, office);
}

/* Large bodies are read for those only who may send them. */
static void test_body_limit(Store *store, const char *url)
{
    g_autoptr(Office) office = client_office(store);
    g_auto(Client) reader = {.office = office};
    g_auto(Client) writer = {.office = office};
    client_person(&reader, store, ROLE_REPORTER, API_SCOPE_READ);
    client_person(&writer, store, ROLE_REPORTER, API_SCOPE_WRITE | API_SCOPE_MEDIA);
    g_assert_cmpuint(limit_of(office, "/api/1/stories", ""), ==, API_BODY);
    g_assert_cmpuint(limit_of(office, "/api/1/stories", reader.token), ==, API_BODY);
    g_assert_cmpuint(limit_of(office, "/api/1/stories", writer.token), >, 1024 * 1024);
    g_assert_cmpuint(limit_of(office, "/api/1/pictures", writer.token), >=, 32 * 1024 * 1024);
    g_assert_cmpuint(limit_of(office, "/api/1/token", writer.token), ==, 0);
    g_assert_cmpuint(limit_of(office, "/api/1/nothing", writer.token), ==, 0);
}

/* ---- The document --------------------------------------------------------------------------- */

static void check_documented(const ApiRoute *row, void *data)
{
    g_autofree char *name = g_strdup_printf("\"operationId\":\"%s\"", row->name);
    g_assert_nonnull(strstr(data, name));
}

/* docs/api/openapi.json is what the program says: `kolokol tool openapi > docs/api/openapi.json`.
 */
static void test_document(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *written = NULL;
    g_autofree char *document = api_document(api_tables, &error);
    g_assert_no_error(error);
    each_row(check_documented, document);
    g_assert_true(
        g_file_get_contents(SOURCE_ROOT "/docs/api/openapi.json", &written, NULL, &error));
    json_t *ours = json_loads(document, JSON_REJECT_DUPLICATES, NULL);
    json_t *theirs = json_loads(written, JSON_REJECT_DUPLICATES, NULL);
    g_assert_nonnull(ours);
    g_assert_true(json_equal(ours, theirs));
    json_decref(ours);
    json_decref(theirs);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/api/every_row", test_every_row);
    stores_test_add("/request/api/rows", test_rows);
    stores_test_add("/request/api/default_deny", test_default_deny);
    stores_test_add("/request/api/token", test_token);
    stores_test_add("/request/api/cookie", test_cookie);
    stores_test_add("/request/api/often", test_often);
    stores_test_add("/request/api/body_limit", test_body_limit);
    g_test_add_func("/request/api/document", test_document);
    return g_test_run();
}
