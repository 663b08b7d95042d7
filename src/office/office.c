/*
 * Requests of the office: which row, who asks, may they, is the form theirs; then the row's handler
 * (office.h). The API is api.c, the cookie is cookie.c, what a page looks like frame.c, signing in
 * sign_in.c.
 */
#include "office/office_private.h"

#include "base/clock.h"
#include "base/error.h"
#include "office/cookie.h"
#include "office/frame.h"
#include "office/language.h"
#include "office/typed_page.h"
#include "press/setting.h"
#include "theme/strings.h"

#include <string.h>

#define QUERY_MOST 4096u       /* bytes */
#define TO_ALL     OFFICE_FORM /* above it bodies are read for those only whom this knows */

static void check_row(const OfficeRoute *row)
{
    g_assert(row->path != NULL && row->answer != NULL && row->help != NULL);
    g_assert(row->method == HTTP_GET || (row->method == HTTP_POST && row->body_most > 0));
}

Office *office_new(const OfficeOptions *options, GError **error)
{
    g_autoptr(Office) office = g_new0(Office, 1);
    office->options = *options;
    office->proxies = http_proxies_new(options->trusted_proxies, error);
    if (office->proxies == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    g_autoptr(GArray) routes = g_array_new(TRUE, TRUE, sizeof(Route));
    for (const OfficeRoute *const *table = options->tables; *table != NULL; table++) {
        for (const OfficeRoute *row = *table; row->name != NULL; row++) {
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
    office->count = rows->len;
    office->rows = (const OfficeRoute **)g_ptr_array_free(g_steal_pointer(&rows), FALSE);
    office->routes = (Route *)(void *)g_array_free(g_steal_pointer(&routes), FALSE);
    office_api_init(office);
    office->rate = rate_new();
    office->guard = guard_new();
    office->https = g_str_has_prefix(options->url, "https:");
    return g_steal_pointer(&office);
}

void office_free(Office *office)
{
    if (office != NULL) {
        g_clear_pointer(&office->proxies, http_proxies_free);
        g_clear_pointer(&office->rate, rate_free);
        g_clear_pointer(&office->guard, guard_free);
        g_free(office->rows);
        g_free(office->routes);
        g_free(office->api_rows);
        g_free(office->api_routes);
        g_free(office);
    }
}

const OfficeOptions *office_options(const Office *office)
{
    return &office->options;
}

const OfficeRoute *const *office_rows(const Office *office, unsigned *count)
{
    *count = office->count;
    return office->rows;
}

Rate *office_rate(Office *office)
{
    return office->rate;
}

Guard *office_guard(Office *office)
{
    return office->guard;
}

bool office_https(const Office *office)
{
    return office->https;
}

/* ---- Who asks ------------------------------------------------------------------------------- */

/* What a request brings, freed when it is answered. */
typedef struct {
    OfficeVisit visit;
    Person *person;
    Session *session;
    Fields *query, *fields;
} Asking;

static void asking_clear(Asking *asking)
{
    g_clear_pointer(&asking->person, person_free);
    g_clear_pointer(&asking->session, session_free);
    g_clear_pointer(&asking->query, fields_free);
    g_clear_pointer(&asking->fields, fields_free);
    g_clear_pointer(&asking->visit.said, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Asking, asking_clear)

static bool not_found(const GError *error)
{
    return g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

/* The session of the cookie, if there is one; false if the database does not answer. */
static bool find_session(Asking *asking, GError **error)
{
    OfficeVisit *visit = &asking->visit;
    g_autoptr(GError) reason = NULL;
    if (visit->cookie[0] == '\0') {
        return true;
    }
    asking->session = session_find(visit->store, visit->cookie, visit->now, &reason);
    if (asking->session != NULL) {
        asking->person = person_read(visit->store, asking->session->person, &reason);
    }
    if (asking->person == NULL && !not_found(reason)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    if (asking->person == NULL || (asking->person->demo && !office_is_local(visit))) {
        g_clear_pointer(&asking->person, person_free);
        g_clear_pointer(&asking->session, session_free);
        return true;
    }
    const char *language = office_language_named(asking->person->language);
    visit->session = asking->session;
    visit->person = asking->person;
    visit->language = language == NULL ? visit->language : language;
    const OfficeOptions *options = &visit->office->options;
    return session_note(visit->store, visit->session, visit->now, error) &&
           (options->withheld == NULL || options->withheld(visit->store, &visit->withheld, error));
}

static bool arrive(Asking *asking, Office *office, const HttpRequest *request, GError **error)
{
    OfficeVisit *visit = &asking->visit;
    const char *query = request->query == NULL ? "" : request->query;
    visit->office = office;
    visit->said = g_ptr_array_new_with_free_func(g_free);
    visit->store = office->options.store;
    visit->request = request;
    visit->now = clock_now();
    visit->language = office_language(http_request_header(request, "Accept-Language"));
    visit->client = http_proxies_client(office->proxies, &request->peer,
                                        http_request_header(request, "X-Forwarded-For"));
    asking->query = strlen(query) > QUERY_MOST ? NULL : fields_parse(query, strlen(query), NULL);
    if (asking->query == NULL) {
        asking->query = fields_parse(NULL, 0, NULL);
    }
    asking->fields = fields_parse(NULL, 0, NULL);
    visit->query = asking->query;
    visit->fields = asking->fields;
    cookie_read(visit);
    return find_session(asking, error);
}

static bool may(const OfficeVisit *visit, Permission permission)
{
    if (permission == PERMISSION_PUBLIC) {
        return true;
    }
    return visit->session != NULL &&
           (visit->session->level == SESSION_WHOLE || permission == PERMISSION_HALFWAY) &&
           (role_may(visit->person->role, permission) ||
            (permission == PERMISSION_OUTBOX && visit->person->demo));
}

bool office_may(const OfficeVisit *visit, Permission permission)
{
    return may(visit, permission);
}

/* ---- A form is the browser's own ------------------------------------------------------------ */

static bool token_good(const OfficeVisit *visit)
{
    const char *header = http_request_header(visit->request, "X-CSRF-Token");
    const char *given = header != NULL                       ? header
                        : visit->route->body == OFFICE_BYTES ? office_asked(visit, "csrf")
                                                             : office_field(visit, "csrf");
    char right[OFFICE_TOKEN];
    if (visit->cookie[0] == '\0') {
        return false;
    }
    cookie_csrf(visit->cookie, right);
    return strlen(given) == sizeof right - 1 && secret_equal(given, right, sizeof right - 1);
}

/* Was the form made before a name was taken out of what it may have? A form without the number was
 * made when there was none. */
static bool is_before(const OfficeVisit *visit)
{
    const char *given = office_field(visit, "withheld");
    gint64 number = 0;
    if (*given != '\0' && !g_ascii_string_to_signed(given, 10, 0, G_MAXINT64, &number, NULL)) {
        number = 0;
    }
    return visit->route->words && number < visit->withheld;
}

/* The form's fields; a reply if there is something wrong with it. */
static HttpReply *take_form(Asking *asking)
{
    OfficeVisit *visit = &asking->visit;
    g_autoptr(GError) reason = NULL;
    if (visit->route->body == OFFICE_FIELDS) {
        Fields *fields = fields_of_body(visit->request, &reason);
        if (fields == NULL) {
            return not_found(reason) ? office_refused(visit, 415, "office_bad_form")
                                     : office_refused_for(visit, 400, reason);
        }
        fields_free(asking->fields);
        visit->fields = asking->fields = fields;
    }
    return !token_good(visit) ? typed_stale(visit) : is_before(visit) ? typed_before(visit) : NULL;
}

/* ---- Answers -------------------------------------------------------------------------------- */

static HttpReply *refuse(OfficeVisit *visit)
{
    bool get = visit->route->method == HTTP_GET;
    if (visit->person != NULL && visit->session->level == SESSION_WHOLE) {
        return office_refused(visit, 403, "office_not_yours");
    }
    if (visit->route->permission == PERMISSION_NONE) {
        return office_refused(visit, 403, "office_signed_out");
    }
    if (!get) {
        return typed_signed_out(visit);
    }
    g_autofree char *here = office_here(visit);
    g_autofree char *next = g_uri_escape_string(here, "/", FALSE);
    const char *to = visit->person == NULL ? "/sign-in?next=" : "/second-factor?next=";
    g_autofree char *path = g_strconcat(to, next, NULL);
    return office_see_other(visit, path);
}

static HttpReply *respond(Asking *asking)
{
    OfficeVisit *visit = &asking->visit;
    unsigned status = 0;
    g_autofree char *allow = NULL;
    const Office *office = visit->office;
    const Route *route =
        route_find(office->routes, visit->request, 0, &visit->match, &status, &allow);
    if (route == NULL) {
        HttpReply *reply = status == 405 ? office_refused(visit, 405, "office_bad_method")
                                         : office_not_found(visit);
        if (allow != NULL) {
            http_reply_header(reply, "Allow", allow);
        }
        return reply;
    }
    visit->route = office->rows[route - office->routes];
    if (!may(visit, visit->route->permission)) {
        return refuse(visit);
    }
    HttpReply *wrong = visit->route->method == HTTP_POST ? take_form(asking) : NULL;
    return wrong != NULL ? wrong : visit->route->answer(visit);
}

HttpReply *office_answer(const HttpRequest *request, void *data)
{
    g_auto(Asking) asking = {0};
    g_autoptr(GError) reason = NULL;
    OfficeVisit *visit = &asking.visit;
    if (api_is_path(request)) {
        return api_answer(data, request);
    }
    if (!arrive(&asking, data, request, &reason)) {
        return office_failed(visit, reason);
    }
    if (cookie_from_outside(visit)) {
        return office_open_again(visit);
    }
    HttpReply *reply = respond(&asking);
    if (reply != NULL) { /* else it is put off, and asked again */
        cookie_write(visit, reply);
    }
    return reply;
}

size_t office_body_limit(const HttpRequest *request, void *data)
{
    const Office *office = data;
    RouteMatch match;
    unsigned status = 0;
    g_autofree char *allow = NULL;
    if (api_is_path(request)) {
        return api_body_limit(data, request);
    }
    const Route *route = route_find(office->routes, request, 0, &match, &status, &allow);
    if (route == NULL || route->body_most <= TO_ALL) {
        bool posted = route == NULL && request->method == HTTP_POST; /* 404 is said, not 413 */
        return posted ? TO_ALL : route == NULL ? 0 : route->body_most;
    }
    g_auto(Asking) asking = {0};
    const OfficeRoute *row = office->rows[route - office->routes];
    if (!arrive(&asking, data, request, NULL)) {
        return TO_ALL;
    }
    if (may(&asking.visit, row->permission)) {
        return route->body_most;
    }
    /* A form of somebody whose session has ended is read whole, to be given back. */
    char browser[COOKIE_BROWSER];
    g_autoptr(Person) before =
        row->body == OFFICE_FIELDS ? cookie_known(&asking.visit, browser) : NULL;
    return before != NULL ? route->body_most : TO_ALL;
}

/* ---- For handlers --------------------------------------------------------------------------- */

char *office_part(const OfficeVisit *visit, unsigned n)
{
    return n < visit->match.count
               ? g_strndup(visit->match.parts[n].text, visit->match.parts[n].length)
               : g_strdup("");
}

bool office_part_number(const OfficeVisit *visit, unsigned n, int64_t *number)
{
    g_autofree char *text = office_part(visit, n);
    gint64 value = 0;
    if (!g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &value, NULL)) {
        return false;
    }
    *number = value;
    return true;
}

const char *office_field(const OfficeVisit *visit, const char *name)
{
    const char *value = fields_get(visit->fields, name);
    return value == NULL ? "" : value;
}

const char *office_asked(const OfficeVisit *visit, const char *name)
{
    const char *value = fields_get(visit->query, name);
    return value == NULL ? "" : value;
}

const char *office_text(const OfficeVisit *visit, const char *id)
{
    return strings_get(visit->language, id);
}

bool office_is_local(const OfficeVisit *visit)
{
    g_autofree char *url = setting_get(visit->store, "url", NULL);
    return url != NULL && http_url_is_local(url);
}

bool office_path_good(const char *path)
{
    if (path[0] != '/' || path[1] == '/' || path[1] == '\\' || strlen(path) > OFFICE_PATH) {
        return false;
    }
    for (const char *c = path; *c != '\0'; c++) {
        if (!g_ascii_isgraph(*c) || *c == '\\') {
            return false;
        }
    }
    return true;
}

char *office_here(const OfficeVisit *visit)
{
    const HttpRequest *request = visit->request;
    return g_strdup_printf("%.*s%s%s", (int)request->path_length, request->path,
                           request->query == NULL ? "" : "?",
                           request->query == NULL ? "" : request->query);
}
