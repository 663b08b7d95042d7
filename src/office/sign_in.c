/* Signing in by address and password: sign_in.h. The second factor is second_page.c. */
#include "office/sign_in.h"

#include "base/clock.h"
#include "base/error.h"
#include "office/cookie.h"
#include "office/frame.h"
#include "staff/audit.h"
#include "staff/second.h"

#include <string.h>

const char *sign_in_next(const char *next)
{
    return office_path_good(next) ? next : "/";
}

static HttpReply *show(OfficeVisit *visit, unsigned status, const char *email, const char *next,
                       const char *problem)
{
    HtmlWriter *page = office_page(visit, office_text(visit, "office_sign_in"));
    if (problem != NULL) {
        office_problem(page, problem);
    }
    office_form(page, visit, "/sign-in");
    office_hidden(page, "next", sign_in_next(next));
    OfficeInput address = {.label = office_text(visit, "office_email"),
                           .name = "email",
                           .type = "email",
                           .value = email,
                           .complete = "username",
                           .most = PERSON_EMAIL,
                           .required = true,
                           .focus = *email == '\0'};
    OfficeInput password = {.label = office_text(visit, "office_password"),
                            .name = "password",
                            .type = "password",
                            .complete = "current-password",
                            .required = true,
                            .focus = *email != '\0'};
    office_input(page, &address);
    office_input(page, &password);
    office_button(page, office_text(visit, "office_sign_in"), "strong");
    html_close(page, "form");
    html_open(page, "p");
    html_open(page, "a");
    html_url_attribute(page, "href", "/forgot");
    html_text(page, office_text(visit, "office_forgot"));
    html_close(page, "a");
    html_close(page, "p");
    return office_page_done(visit, page, status);
}

static HttpReply *answer_show(OfficeVisit *visit)
{
    const char *next = office_asked(visit, "next");
    if (visit->session != NULL && visit->session->level == SESSION_WHOLE) {
        return office_see_other(visit, sign_in_next(next));
    }
    return show(visit, 200, "", next, NULL);
}

/* ---- In ------------------------------------------------------------------------------------- */

typedef struct {
    OfficeVisit *visit;
    const Person *person;
    SessionLevel level;
    bool told;
    char token[SESSION_TOKEN];
} Entering;

/* A session is whole only of who has the second factor that the role needs, both as they are in
 * this transaction: the role may have been changed while the password was looked at. */
static bool find_level(Store *store, Entering *entering, GError **error)
{
    Second second;
    g_autoptr(Person) person = person_read(store, entering->person->id, error);
    if (person == NULL || !second_read(store, person->id, &second, error)) {
        return false;
    }
    if (!person->demo && !second.on && role_needs_second(person->role)) {
        entering->level = SESSION_SECOND_FACTOR;
    }
    return true;
}

/* The session that this browser had, if any, is not left behind. */
static bool enter_body(Store *store, void *data, GError **error)
{
    Entering *entering = data;
    OfficeVisit *visit = entering->visit;
    const char *agent = http_request_header(visit->request, "User-Agent");
    return find_level(store, entering, error) &&
           (visit->session == NULL ||
            session_end(store, visit->session->person, visit->session->id, error)) &&
           session_begin(store, entering->person->id, entering->level, agent == NULL ? "" : agent,
                         visit->now, entering->token, error) &&
           (!entering->told || audit_add(store, entering->person->id, "sign-in",
                                         entering->person->email, "", visit->now, error));
}

static bool enter(OfficeVisit *visit, const Person *person, SessionLevel level, bool told,
                  GError **error)
{
    Entering entering = {.visit = visit, .person = person, .level = level, .told = told};
    if (!store_transact(visit->store, enter_body, &entering, error)) {
        return false;
    }
    office_set_cookie(visit, entering.token);
    return true;
}

bool sign_in_whole(OfficeVisit *visit, const Person *person, bool told, GError **error)
{
    if (!enter(visit, person, SESSION_WHOLE, told, error)) {
        return false;
    }
    office_set_known(visit, person->id);
    return true;
}

HttpReply *sign_in_halfway(OfficeVisit *visit, const Person *person, const char *next)
{
    g_autoptr(GError) reason = NULL;
    Second second;
    if (!second_read(visit->store, person->id, &second, &reason)) {
        return office_failed(visit, reason);
    }
    if (person->demo || (!second.on && !role_needs_second(person->role))) {
        return sign_in_whole(visit, person, true, &reason)
                   ? office_see_other(visit, sign_in_next(next))
                   : office_failed(visit, reason);
    }
    if (!enter(visit, person, SESSION_SECOND_FACTOR, false, &reason)) {
        return office_failed(visit, reason);
    }
    g_autofree char *escaped = g_uri_escape_string(sign_in_next(next), "/", FALSE);
    g_autofree char *path = g_strconcat("/second-factor?next=", escaped, NULL);
    return office_see_other(visit, path);
}

HttpReply *sign_in_wait(OfficeVisit *visit, const GuardTry *try)
{
    int64_t wait = guard_wait(office_guard(visit->office), try, clock_monotonic());
    if (wait <= 0) {
        return NULL;
    }
    g_autofree char *seconds = g_strdup_printf("%" G_GINT64_FORMAT, wait / CLOCK_SECOND + 1);
    HttpReply *reply = office_refused(visit, 429, "office_wait");
    http_reply_header(reply, "Retry-After", seconds);
    return reply;
}

bool sign_in_known(const OfficeVisit *visit, const char *email, char browser[COOKIE_BROWSER])
{
    g_autoptr(Person) person = cookie_known(visit, browser);
    return person != NULL && g_ascii_strcasecmp(person->email, email) == 0;
}

static HttpReply *answer_take(OfficeVisit *visit)
{
    const char *email = office_field(visit, "email"), *next = office_field(visit, "next");
    g_autoptr(GError) reason = NULL;
    Guard *guard = office_guard(visit->office);
    char browser[COOKIE_BROWSER];
    bool known = sign_in_known(visit, email, browser);
    GuardTry try = {.name = email, .client = visit->client, .browser = known ? browser : NULL};
    HttpReply *wait = sign_in_wait(visit, &try);
    if (wait != NULL) {
        return wait;
    }
    g_autoptr(Person) person =
        person_sign_in(visit->store, email, office_field(visit, "password"), &reason);
    if (person == NULL && g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_DENIED)) {
        guard_wrong(guard, &try, clock_monotonic());
        return show(visit, 403, email, next, office_text(visit, "office_wrong_password"));
    }
    if (person == NULL) {
        return office_failed(visit, reason);
    }
    guard_right(guard, &try);
    return sign_in_halfway(visit, person, next);
}

/* ---- Out ------------------------------------------------------------------------------------ */

static HttpReply *answer_leave(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    if (!session_end(visit->store, visit->person->id, visit->session->id, &reason)) {
        return office_failed(visit, reason);
    }
    office_set_cookie(visit, "");
    return office_see_other(visit, "/sign-in");
}

static HttpReply *answer_robots(OfficeVisit *visit)
{
    HttpReply *reply = http_reply_new_text(200, "User-agent: *\nDisallow: /");
    office_headers(visit, reply);
    return reply;
}

const OfficeRoute sign_in_routes[] = {
    {.name = "sign-in",
     .method = HTTP_GET,
     .path = "/sign-in",
     .permission = PERMISSION_PUBLIC,
     .answer = answer_show,
     .help = "asks for address and password"},
    {.name = "sign-in-take",
     .method = HTTP_POST,
     .path = "/sign-in",
     .permission = PERMISSION_PUBLIC,
     .answer = answer_take,
     .body_most = OFFICE_FORM,
     .help = "takes address and password"},
    {.name = "sign-out",
     .method = HTTP_POST,
     .path = "/sign-out",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_leave,
     .body_most = OFFICE_FORM,
     .help = "ends this browser's session"},
    {.name = "robots",
     .method = HTTP_GET,
     .path = "/robots.txt",
     .permission = PERMISSION_PUBLIC,
     .answer = answer_robots,
     .help = "keeps robots out"},
    {.name = NULL},
};
