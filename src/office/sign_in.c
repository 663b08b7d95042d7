/* Signing in by address and password: sign_in.h. */
#include "office/sign_in.h"

#include "base/error.h"
#include "office/frame.h"
#include "office/limit.h"

#include <string.h>

static const char *next_of(const char *next)
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
    office_hidden(page, "next", next_of(next));
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
        return office_see_other(visit, next_of(next));
    }
    return show(visit, 200, "", next, NULL);
}

HttpReply *sign_in_done(OfficeVisit *visit, const Person *person, const char *next)
{
    g_autoptr(GError) reason = NULL;
    const char *agent = http_request_header(visit->request, "User-Agent");
    char token[SESSION_TOKEN];
    /* The session that this browser had, if any, is not left behind. */
    if ((visit->session != NULL &&
         !session_end(visit->store, visit->session->person, visit->session->id, &reason)) ||
        !session_begin(visit->store, person->id, SESSION_WHOLE, agent == NULL ? "" : agent,
                       visit->now, token, &reason)) {
        return office_failed(visit, reason);
    }
    office_set_cookie(visit, token);
    return office_see_other(visit, next_of(next));
}

static HttpReply *answer_take(OfficeVisit *visit)
{
    const char *email = office_field(visit, "email"), *next = office_field(visit, "next");
    g_autoptr(GError) reason = NULL;
    if (!office_limit(visit, OFFICE_LIMIT_SIGN_IN)) {
        return show(visit, 429, email, next, office_text(visit, "office_too_often"));
    }
    g_autoptr(Person) person =
        person_sign_in(visit->store, email, office_field(visit, "password"), &reason);
    if (person == NULL && g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_DENIED)) {
        return show(visit, 403, email, next, office_text(visit, "office_wrong_password"));
    }
    return person == NULL ? office_failed(visit, reason) : sign_in_done(visit, person, next);
}

static HttpReply *answer_leave(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    if (!session_end(visit->store, visit->person->id, visit->session->id, &reason)) {
        return office_failed(visit, reason);
    }
    office_set_cookie(visit, "");
    return office_see_other(visit, "/sign-in");
}

/* The first page of the menu that this person may see. */
static HttpReply *answer_front(OfficeVisit *visit)
{
    unsigned count = 0;
    const OfficeRoute *const *rows = office_rows(visit->office, &count);
    for (unsigned i = 0; i < count; i++) {
        if (rows[i]->menu != NULL && office_may(visit, rows[i]->permission) &&
            strcmp(rows[i]->path, "/") != 0) {
            return office_see_other(visit, rows[i]->path);
        }
    }
    return office_see_other(visit, "/account");
}

static HttpReply *answer_robots(OfficeVisit *visit)
{
    HttpReply *reply = http_reply_new_text(200, "User-agent: *\nDisallow: /");
    office_headers(visit, reply);
    return reply;
}

const OfficeRoute sign_in_routes[] = {
    {.name = "front",
     .method = HTTP_GET,
     .path = "/",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_front,
     .help = "on to the first page of the menu"},
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
