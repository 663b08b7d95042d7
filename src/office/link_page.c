/*
 * Pages of one-time links: link_page.h. GET shows what a link is for, with a form; only its POST
 * uses the link up.
 */
#include "office/link_page.h"

#include "base/clock.h"
#include "base/error.h"
#include "office/frame.h"
#include "office/letter.h"
#include "office/limit.h"
#include "office/reason.h"
#include "office/sign_in.h"
#include "seal/password.h"
#include "staff/link.h"

#include <string.h>

/* A link and whom it concerns. */
typedef struct {
    Link link;
    Person *person; /* NULL for LINK_FIRST */
    char *path;
} Shown;

static void shown_clear(Shown *shown)
{
    g_clear_pointer(&shown->person, person_free);
    g_clear_pointer(&shown->path, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Shown, shown_clear)

static HttpReply *gone(OfficeVisit *visit)
{
    HtmlWriter *page = office_page(visit, office_text(visit, "office_link_gone"));
    html_element(page, "p", office_text(visit, "office_link_gone_text"));
    html_open(page, "p");
    html_open(page, "a");
    html_url_attribute(page, "href", "/forgot");
    html_text(page, office_text(visit, "office_forgot"));
    html_close(page, "a");
    html_close(page, "p");
    return office_page_done(visit, page, 404);
}

/* The link of the path; a reply if there is none for this person now. */
static HttpReply *find(OfficeVisit *visit, Shown *shown)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *token = office_part(visit, 0);
    if (!link_find(visit->store, token, visit->now, &shown->link, &reason)) {
        return office_status(reason) == 404 ? gone(visit) : office_failed(visit, reason);
    }
    shown->path = g_strconcat("/link/", token, NULL);
    if (shown->link.person == 0) {
        return NULL;
    }
    shown->person = person_read(visit->store, shown->link.person, &reason);
    if (shown->person == NULL) {
        return office_failed(visit, reason);
    }
    if (shown->person->demo && !office_is_local(visit)) {
        return office_refused(visit, 403, "office_demo_local");
    }
    return shown->person->state == PERSON_DISABLED ? gone(visit) : NULL;
}

/* ---- The forms ------------------------------------------------------------------------------ */

static void write_password(HtmlWriter *page, const OfficeVisit *visit)
{
    OfficeInput input = {.label = office_text(visit, "office_new_password"),
                         .name = "new",
                         .type = "password",
                         .complete = "new-password",
                         .hint = office_text(visit, "office_password_rule"),
                         .most = PASSWORD_MOST,
                         .required = true,
                         .focus = true};
    office_input(page, &input);
}

static void write_first(HtmlWriter *page, const OfficeVisit *visit)
{
    OfficeInput name = {.label = office_text(visit, "office_name"),
                        .name = "name",
                        .value = office_field(visit, "name"),
                        .complete = "name",
                        .most = PERSON_NAME,
                        .required = true};
    OfficeInput email = {.label = office_text(visit, "office_email"),
                         .name = "email",
                         .type = "email",
                         .value = office_field(visit, "email"),
                         .complete = "username",
                         .most = PERSON_EMAIL,
                         .required = true};
    office_input(page, &name);
    office_input(page, &email);
}

/* So that a browser keeps the new password under the right name. */
static void write_email(HtmlWriter *page, const OfficeVisit *visit, const Person *person)
{
    OfficeInput email = {.label = office_text(visit, "office_email"),
                         .name = "email",
                         .type = "email",
                         .value = person->email,
                         .complete = "username",
                         .fixed = true};
    office_input(page, &email);
}

static HttpReply *show(OfficeVisit *visit, const Shown *shown, unsigned status, const char *problem)
{
    static const char *const titles[LINK_PURPOSES] = {
        [LINK_INVITE] = "office_link_invite",
        [LINK_RESET] = "office_link_reset",
        [LINK_SIGN_IN] = "office_sign_in",
        [LINK_FIRST] = "office_link_first",
    };
    LinkPurpose purpose = shown->link.purpose;
    HtmlWriter *page = office_page(visit, office_text(visit, titles[purpose]));
    if (problem != NULL) {
        office_problem(page, problem);
    }
    if (purpose == LINK_SIGN_IN) {
        html_element(page, "p", shown->person->name);
    }
    office_form(page, visit, shown->path);
    if (purpose == LINK_FIRST) {
        write_first(page, visit);
    } else if (purpose != LINK_SIGN_IN) {
        write_email(page, visit, shown->person);
    }
    if (purpose != LINK_SIGN_IN) {
        write_password(page, visit);
    }
    office_button(
        page,
        office_text(visit, purpose == LINK_SIGN_IN ? "office_sign_in" : "office_set_password"),
        "strong");
    html_close(page, "form");
    return office_page_done(visit, page, status);
}

static HttpReply *answer_show(OfficeVisit *visit)
{
    g_auto(Shown) shown = {0};
    HttpReply *wrong = find(visit, &shown);
    return wrong != NULL ? wrong : show(visit, &shown, 200, NULL);
}

/* ---- Using it up ---------------------------------------------------------------------------- */

typedef struct {
    const Shown *shown;
    const char *hash, *name, *email;
    int64_t now, person;
} Using;

static bool first_body(Store *store, const Using *using, int64_t *person, GError **error)
{
    bool any = false;
    if (!person_any_administrator(store, &any, error)) {
        return false;
    }
    return any ? fail(error, KOLOKOL_ERROR_CONFLICT, "there is an administrator already")
               : person_add(store, using->name, using->email, ROLE_ADMINISTRATOR, 0, using->now,
                            person, error);
}

static bool use_body(Store *store, void *data, GError **error)
{
    Using *using = data;
    const Link *link = &using->shown->link;
    using->person = link->person;
    return link_use(store, link, error) &&
           (link->purpose != LINK_FIRST || first_body(store, using, &using->person, error)) &&
           (using->hash == NULL ||
            person_set_hash(store, using->person, using->hash, using->person, using->now, error));
}

/* What the person can mend is said on the page; the link is still good then. */
static HttpReply *not_used(OfficeVisit *visit, const Shown *shown, const GError *reason)
{
    switch (office_status(reason)) {
    case 404:
        return gone(visit);
    case 409:
    case 422:
        return show(visit, shown, 422, office_reason(visit, reason));
    default:
        return office_failed(visit, reason);
    }
}

static HttpReply *answer_use(OfficeVisit *visit)
{
    g_auto(Shown) shown = {0};
    g_autoptr(GError) reason = NULL;
    g_autofree char *hash = NULL;
    HttpReply *wrong = find(visit, &shown);
    if (wrong != NULL) {
        return wrong;
    }
    if (shown.link.purpose != LINK_SIGN_IN) {
        hash = password_hash(office_field(visit, "new"), &reason);
        if (hash == NULL) {
            return not_used(visit, &shown, reason);
        }
    }
    Using using = {.shown = &shown,
                   .hash = hash,
                   .name = office_field(visit, "name"),
                   .email = office_field(visit, "email"),
                   .now = visit->now};
    if (!store_transact(visit->store, use_body, &using, &reason)) {
        return not_used(visit, &shown, reason);
    }
    g_autoptr(Person) person = person_read(visit->store, using.person, &reason);
    return person == NULL ? office_failed(visit, reason) : sign_in_halfway(visit, person, "/");
}

/* ---- A way back in -------------------------------------------------------------------------- */

static HttpReply *answer_forgot(OfficeVisit *visit)
{
    HtmlWriter *page = office_page(visit, office_text(visit, "office_forgot"));
    html_element(page, "p", office_text(visit, "office_forgot_text"));
    office_form(page, visit, "/forgot");
    OfficeInput email = {.label = office_text(visit, "office_email"),
                         .name = "email",
                         .type = "email",
                         .complete = "username",
                         .most = PERSON_EMAIL,
                         .required = true,
                         .focus = true};
    office_input(page, &email);
    office_button(page, office_text(visit, "office_send_link"), "strong");
    html_close(page, "form");
    return office_page_done(visit, page, 200);
}

static HttpReply *answer_ask(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    const char *email = office_field(visit, "email");
    char browser[COOKIE_BROWSER];
    bool known = sign_in_known(visit, email, browser);
    if (!known && !office_limit(visit, OFFICE_LIMIT_FORGOT)) {
        return office_refused(visit, 429, "office_too_often");
    }
    if (strchr(email, '@') == NULL || strlen(email) > PERSON_EMAIL) {
        return office_refused(visit, 422, "office_no_address");
    }
    /* An address of which this was asked too often has its letter: the answer is the same. */
    if (office_limit_name(visit, OFFICE_LIMIT_ADDRESS, email) &&
        !office_ask_reset(visit->store, email, office_options(visit->office)->url, visit->language,
                          visit->now, &reason)) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_forgot"));
    office_done(page, office_text(visit, "office_forgot_sent"));
    return office_page_done(visit, page, 200);
}

const OfficeRoute link_routes[] = {
    {.name = "link",
     .method = HTTP_GET,
     .path = "/link/:token",
     .permission = PERMISSION_PUBLIC,
     .answer = answer_show,
     .help = "what a one-time link is for, with a button"},
    {.name = "link-use",
     .method = HTTP_POST,
     .path = "/link/:token",
     .permission = PERMISSION_PUBLIC,
     .answer = answer_use,
     .body_most = OFFICE_FORM,
     .help = "uses a one-time link"},
    {.name = "forgot",
     .method = HTTP_GET,
     .path = "/forgot",
     .permission = PERMISSION_PUBLIC,
     .answer = answer_forgot,
     .help = "asks for the address to send a way back in to"},
    {.name = "forgot-ask",
     .method = HTTP_POST,
     .path = "/forgot",
     .permission = PERMISSION_PUBLIC,
     .answer = answer_ask,
     .body_most = OFFICE_FORM,
     .help = "sends a way back in"},
    {.name = NULL},
};
