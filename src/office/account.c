/* The page of one's own account: account.h. */
#include "office/account.h"

#include "base/error.h"
#include "office/agent.h"
#include "office/frame.h"
#include "office/language.h"
#include "office/limit.h"
#include "office/reason.h"
#include "office/second_page.h"
#include "office/sign_in.h"
#include "office/token_page.h"
#include "press/setting.h"
#include "seal/password.h"
#include "theme/strings.h"

#include <string.h>

static void write_password(HtmlWriter *page, const OfficeVisit *visit)
{
    OfficeInput old = {.label = office_text(visit, "office_old_password"),
                       .name = "old",
                       .type = "password",
                       .complete = "current-password",
                       .required = true};
    OfficeInput fresh = {.label = office_text(visit, "office_new_password"),
                         .name = "new",
                         .type = "password",
                         .complete = "new-password",
                         .hint = office_text(visit, "office_password_hint"),
                         .most = PASSWORD_MOST,
                         .required = true};
    html_element(page, "h2", office_text(visit, "office_password"));
    office_form(page, visit, "/account/password");
    office_input(page, &old);
    office_input(page, &fresh);
    office_button(page, office_text(visit, "office_change_password"), "strong");
    html_close(page, "form");
}

/* Each language is named in itself, so that whoever cannot read this one finds the way back. */
static void write_language(HtmlWriter *page, const OfficeVisit *visit)
{
    const char *chosen = visit->person->language;
    html_element(page, "h2", office_text(visit, "office_interface_language"));
    office_form(page, visit, "/account/language");
    office_choice(page, office_text(visit, "office_interface_language"), "language");
    office_option(page, "", office_text(visit, "office_language_browser"), *chosen == '\0');
    for (const char *const *one = office_languages(); *one != NULL; one++) {
        g_autofree char *name = language_name(*one);
        office_option(page, *one, name, strcmp(*one, chosen) == 0);
    }
    office_choice_end(page);
    office_button(page, office_text(visit, "office_language_set"), NULL);
    html_close(page, "form");
}

static void write_session(HtmlWriter *page, const OfficeVisit *visit, const Session *session,
                          GTimeZone *zone)
{
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, session->id);
    g_autofree char *agent = office_agent(session->agent);
    bool here = session->id == visit->session->id;
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_text(page, agent);
    html_close(page, "th");
    html_open(page, "td");
    html_attribute(page, "data-label", office_text(visit, "office_since"));
    office_time(page, visit, session->created, zone);
    html_close(page, "td");
    html_open(page, "td");
    html_attribute(page, "data-label", office_text(visit, "office_last_used"));
    office_time(page, visit, session->seen, zone);
    html_close(page, "td");
    html_open(page, "td");
    if (here) {
        html_text(page, office_text(visit, "office_this_browser"));
    } else {
        office_button_form(page, visit, "/account/sessions/end", "session", id,
                           office_text(visit, "office_end_session"), NULL);
    }
    html_close(page, "td");
    html_close(page, "tr");
}

static bool write_sessions(HtmlWriter *page, const OfficeVisit *visit, GError **error)
{
    static const char *const heads[] = {"office_browser", "office_since", "office_last_used",
                                        "office_end", NULL};
    g_autoptr(GPtrArray) sessions =
        session_list(visit->store, visit->person->id, visit->now, error);
    g_autoptr(GTimeZone) zone = sessions == NULL ? NULL : setting_timezone(visit->store, error);
    if (zone == NULL) {
        return false;
    }
    html_element(page, "h2", office_text(visit, "office_sessions"));
    html_open(page, "table");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < sessions->len; i++) {
        write_session(page, visit, sessions->pdata[i], zone);
    }
    html_close(page, "tbody");
    html_close(page, "table");
    return true;
}

static HttpReply *show(OfficeVisit *visit, unsigned status, const char *problem)
{
    g_autoptr(GError) reason = NULL;
    HtmlWriter *page = office_page(visit, office_text(visit, "office_account"));
    g_autofree char *role = g_strconcat("office_role_", role_name(visit->person->role), NULL);
    g_autofree char *who =
        g_strdup_printf("%s, %s", visit->person->email, office_text(visit, role));
    if (problem != NULL) {
        office_problem(page, problem);
    }
    html_element(page, "p", who);
    write_password(page, visit);
    write_language(page, visit);
    if (!second_write(page, visit, &reason) || !write_sessions(page, visit, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    token_write_link(page, visit);
    return office_page_done(visit, page, status);
}

static HttpReply *answer_show(OfficeVisit *visit)
{
    return show(visit, 200, NULL);
}

/* A new password ends all sessions; this browser gets a fresh one. */
static HttpReply *answer_password(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    const Person *person = visit->person;
    if (!office_limit(visit, OFFICE_LIMIT_PASSWORD)) {
        return show(visit, 429, office_text(visit, "office_too_often"));
    }
    if (!password_check(person->password, office_field(visit, "old"))) {
        return show(visit, 403, office_text(visit, "office_wrong_old"));
    }
    if (!person_set_password(visit->store, person->id, office_field(visit, "new"), person->id,
                             visit->now, &reason)) {
        return g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID) ||
                       g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT)
                   ? show(visit, 422, office_reason(visit, reason))
                   : office_failed(visit, reason);
    }
    return sign_in_whole(visit, person, false, &reason) ? office_see_other(visit, "/account")
                                                        : office_failed(visit, reason);
}

static HttpReply *answer_language(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    const char *wanted = office_field(visit, "language");
    if (*wanted != '\0' && office_language_named(wanted) == NULL) {
        return show(visit, 422, office_text(visit, "office_language_unknown"));
    }
    return person_set_language(visit->store, visit->person->id, wanted, &reason)
               ? office_see_other(visit, "/account")
               : office_failed(visit, reason);
}

static HttpReply *answer_end(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    gint64 id = 0;
    if (!g_ascii_string_to_signed(office_field(visit, "session"), 10, 1, G_MAXINT64, &id, NULL)) {
        return office_not_found(visit);
    }
    if (!session_end(visit->store, visit->person->id, id, &reason)) {
        return office_failed(visit, reason);
    }
    return office_see_other(visit, "/account");
}

const OfficeRoute account_routes[] = {
    {.name = "account",
     .method = HTTP_GET,
     .path = "/account",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_show,
     .help = "one's own password and sessions",
     .menu = "office_account"},
    {.name = "account-password",
     .method = HTTP_POST,
     .path = "/account/password",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_password,
     .body_most = OFFICE_FORM,
     .help = "changes one's password"},
    {.name = "account-language",
     .method = HTTP_POST,
     .path = "/account/language",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_language,
     .body_most = OFFICE_FORM,
     .help = "the language in which the office speaks to one"},
    {.name = "account-end-session",
     .method = HTTP_POST,
     .path = "/account/sessions/end",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_end,
     .body_most = OFFICE_FORM,
     .help = "ends one of one's own sessions"},
    {.name = NULL},
};
