/* The pages of API tokens: token_page.h. What a token may is staff/api_token.h, the API api.h. */
#include "office/token_page.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/moment.h"
#include "office/frame.h"
#include "office/limit.h"
#include "office/reason.h"
#include "press/setting.h"
#include "seal/password.h"
#include "staff/api_token.h"

#include <inttypes.h>
#include <string.h>

void token_write_link(HtmlWriter *page, const OfficeVisit *visit)
{
    if (api_scopes_of_role(visit->person->role) == 0) {
        return;
    }
    html_element(page, "h2", office_text(visit, "office_tokens"));
    html_element(page, "p", office_text(visit, "office_tokens_text"));
    html_open(page, "p");
    html_open(page, "a");
    html_url_attribute(page, "href", "/account/tokens");
    html_text(page, office_text(visit, "office_tokens_manage"));
    html_close(page, "a");
    html_close(page, "p");
}

/* ---- The list ------------------------------------------------------------------------------- */

static void open_cell(HtmlWriter *page, const OfficeVisit *visit, const char *label)
{
    html_open(page, "td");
    html_attribute(page, "data-label", office_text(visit, label));
}

/* "read, write" in the language of the page. Caller frees. */
static char *scope_words(const OfficeVisit *visit, unsigned scopes)
{
    g_autoptr(GString) words = g_string_new(NULL);
    for (const ApiScopeRow *row = api_scope_rows; row->name != NULL; row++) {
        g_autofree char *id = g_strconcat("office_scope_", row->name, NULL);
        if ((scopes & row->scope) != 0) {
            g_string_append_printf(words, "%s%s", words->len > 0 ? " · " : "",
                                   office_text(visit, id));
        }
    }
    return g_string_free(g_steal_pointer(&words), FALSE);
}

static void write_token(HtmlWriter *page, const OfficeVisit *visit, const ApiToken *token,
                        const char *revoke, GTimeZone *zone, bool owner)
{
    g_autofree char *id = g_strdup_printf("%" PRId64, token->id);
    g_autofree char *scopes = scope_words(visit, token->scopes);
    g_autofree char *day = token->used == 0 ? NULL : moment_rfc3339(token->used);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_element(page, "bdi", token->name);
    if (owner) {
        html_element(page, "small", token->email);
    }
    html_close(page, "th");
    open_cell(page, visit, "office_token_may");
    html_text(page, scopes);
    html_close(page, "td");
    open_cell(page, visit, "office_token_used");
    if (day == NULL) {
        html_text(page, office_text(visit, "office_token_never"));
    } else {
        day[strlen("2026-11-24")] = '\0';
        html_text(page, day);
    }
    html_close(page, "td");
    open_cell(page, visit, "office_token_ends");
    if (token->ends <= visit->now) {
        html_text(page, office_text(visit, "office_token_ended"));
    } else {
        office_time(page, visit, token->ends, zone);
    }
    html_close(page, "td");
    html_open(page, "td");
    office_button_form(page, visit, revoke, "token", id, office_text(visit, "office_token_revoke"),
                       NULL);
    html_close(page, "td");
    html_close(page, "tr");
}

/* `person` 0: everybody's, with their owners. */
static bool write_list(HtmlWriter *page, const OfficeVisit *visit, int64_t person,
                       const char *revoke, GError **error)
{
    static const char *const heads[] = {"office_token_name",   "office_token_may",
                                        "office_token_used",   "office_token_ends",
                                        "office_token_revoke", NULL};
    g_autoptr(GPtrArray) tokens = api_token_list(visit->store, person, error);
    g_autoptr(GTimeZone) zone = tokens == NULL ? NULL : setting_timezone(visit->store, error);
    if (zone == NULL) {
        return false;
    }
    if (tokens->len == 0) {
        html_element(page, "p", office_text(visit, "office_tokens_none"));
        return true;
    }
    html_open(page, "table");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < tokens->len; i++) {
        write_token(page, visit, tokens->pdata[i], revoke, zone, person == 0);
    }
    html_close(page, "tbody");
    html_close(page, "table");
    return true;
}

/* ---- Making one ----------------------------------------------------------------------------- */

static const char *const lasts[][2] = {
    {"30", "office_token_days_30"},
    {"90", "office_token_days_90"},
    {"365", "office_token_days_365"},
};

static char *tick_name(const ApiScopeRow *row)
{
    return g_strconcat("scope-", row->name, NULL);
}

static void write_scopes(HtmlWriter *page, const OfficeVisit *visit)
{
    html_open(page, "fieldset");
    html_attribute(page, "class", "scopes");
    html_element(page, "legend", office_text(visit, "office_token_may"));
    for (const ApiScopeRow *row = api_scope_rows; row->name != NULL; row++) {
        g_autofree char *name = tick_name(row);
        g_autofree char *help = g_strconcat("office_scope_", row->name, "_help", NULL);
        if (role_may(visit->person->role, row->permission)) {
            bool on = visit->request->method == HTTP_POST
                          ? *office_field(visit, name) != '\0'
                          : row->scope == API_SCOPE_READ || row->scope == API_SCOPE_WRITE;
            office_tick(page, office_text(visit, help), name, on ? "checked" : NULL);
        }
    }
    html_close(page, "fieldset");
}

/* Whoever sits at an open browser does not leave with a key. People of the demo have no password.
 */
static bool has_password(const Person *person)
{
    return *person->password != '\0';
}

static void write_form(HtmlWriter *page, const OfficeVisit *visit)
{
    OfficeInput name = {.label = office_text(visit, "office_token_name"),
                        .name = "name",
                        .value = office_field(visit, "name"),
                        .hint = office_text(visit, "office_token_name_hint"),
                        .most = API_TOKEN_NAME,
                        .required = true};
    OfficeInput password = {.label = office_text(visit, "office_old_password"),
                            .name = "password",
                            .type = "password",
                            .complete = "current-password",
                            .required = true};
    html_element(page, "h2", office_text(visit, "office_token_new"));
    office_form(page, visit, "/account/tokens");
    office_input(page, &name);
    write_scopes(page, visit);
    office_choice(page, office_text(visit, "office_token_lasts"), "days");
    for (size_t i = 0; i < G_N_ELEMENTS(lasts); i++) {
        office_option(page, lasts[i][0], office_text(visit, lasts[i][1]),
                      strcmp(lasts[i][0], "90") == 0);
    }
    office_choice_end(page);
    if (has_password(visit->person)) {
        office_input(page, &password);
    }
    office_button(page, office_text(visit, "office_token_make"), "strong");
    html_close(page, "form");
}

static HttpReply *show(OfficeVisit *visit, unsigned status, const char *problem, const char *token)
{
    g_autoptr(GError) reason = NULL;
    HtmlWriter *page = office_page(visit, office_text(visit, "office_tokens"));
    if (problem != NULL) {
        office_problem(page, problem);
    }
    if (token != NULL) {
        office_done(page, office_text(visit, "office_token_once"));
        html_open(page, "p");
        html_attribute(page, "class", "token");
        html_open(page, "code");
        html_attribute(page, "dir", "ltr");
        html_text(page, token);
        html_close(page, "code");
        html_close(page, "p");
    } else {
        html_element(page, "p", office_text(visit, "office_tokens_text"));
    }
    if (!write_list(page, visit, visit->person->id, "/account/tokens/revoke", &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    if (api_scopes_of_role(visit->person->role) == 0) {
        html_element(page, "p", office_text(visit, "office_tokens_role"));
    } else if (token == NULL) {
        write_form(page, visit);
    }
    return office_page_done(visit, page, status);
}

static HttpReply *answer_show(OfficeVisit *visit)
{
    return show(visit, 200, NULL, NULL);
}

static unsigned ticked(const OfficeVisit *visit)
{
    unsigned scopes = 0;
    for (const ApiScopeRow *row = api_scope_rows; row->name != NULL; row++) {
        g_autofree char *name = tick_name(row);
        scopes |= *office_field(visit, name) == '\0' ? 0 : row->scope;
    }
    return scopes;
}

static HttpReply *answer_make(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    const Person *person = visit->person;
    char token[API_TOKEN];
    gint64 days = 0;
    if (has_password(person)) {
        if (!office_limit(visit, OFFICE_LIMIT_PASSWORD)) {
            return show(visit, 429, office_text(visit, "office_too_often"), NULL);
        }
        if (!password_check(person->password, office_field(visit, "password"))) {
            return show(visit, 403, office_text(visit, "office_wrong_old"), NULL);
        }
    }
    ApiTokenWish wish = {
        .person = person->id, .name = office_field(visit, "name"), .scopes = ticked(visit)};
    if (wish.scopes == 0) {
        return show(visit, 422, office_text(visit, "office_token_no_scope"), NULL);
    }
    g_ascii_string_to_signed(office_field(visit, "days"), 10, 1, API_DAYS_MOST, &days, NULL);
    wish.days = (unsigned)days;
    if (!api_token_make(visit->store, &wish, person->id, visit->now, token, NULL, &reason)) {
        unsigned status = office_status(reason);
        return status == 503 ? office_failed(visit, reason)
                             : show(visit, status, office_reason(visit, reason), NULL);
    }
    return show(visit, 200, NULL, token);
}

/* ---- Revoking ------------------------------------------------------------------------------- */

static HttpReply *end_token(OfficeVisit *visit, int64_t owner, const char *back)
{
    g_autoptr(GError) reason = NULL;
    gint64 id = 0;
    if (!g_ascii_string_to_signed(office_field(visit, "token"), 10, 1, G_MAXINT64, &id, NULL)) {
        return office_not_found(visit);
    }
    return api_token_revoke(visit->store, owner, id, visit->person->id, visit->now, &reason)
               ? office_see_other(visit, back)
               : office_failed(visit, reason);
}

static HttpReply *answer_revoke(OfficeVisit *visit)
{
    return end_token(visit, visit->person->id, "/account/tokens");
}

static HttpReply *answer_all(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    HtmlWriter *page = office_page(visit, office_text(visit, "office_tokens_all"));
    html_element(page, "p", office_text(visit, "office_tokens_all_text"));
    if (!write_list(page, visit, 0, "/staff/tokens/revoke", &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    return office_page_done(visit, page, 200);
}

static HttpReply *answer_revoke_any(OfficeVisit *visit)
{
    return end_token(visit, 0, "/staff/tokens");
}

const OfficeRoute token_routes[] = {
    {.name = "tokens",
     .method = HTTP_GET,
     .path = "/account/tokens",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_show,
     .help = "one's own tokens of the API"},
    {.name = "token-make",
     .method = HTTP_POST,
     .path = "/account/tokens",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_make,
     .body_most = OFFICE_FORM,
     .help = "makes a token of the API and shows it this once"},
    {.name = "token-revoke",
     .method = HTTP_POST,
     .path = "/account/tokens/revoke",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_revoke,
     .body_most = OFFICE_FORM,
     .help = "ends one of one's own tokens"},
    {.name = "staff-tokens",
     .method = HTTP_GET,
     .path = "/staff/tokens",
     .permission = PERMISSION_STAFF,
     .answer = answer_all,
     .help = "everybody's tokens of the API"},
    {.name = "staff-token-revoke",
     .method = HTTP_POST,
     .path = "/staff/tokens/revoke",
     .permission = PERMISSION_STAFF,
     .answer = answer_revoke_any,
     .body_most = OFFICE_FORM,
     .help = "ends a token of somebody's"},
    {.name = NULL},
};
