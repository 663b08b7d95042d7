/*
 * The second factor: second_page.h. What the QR code says follows from the session's cookie
 * (nonce_of), so that looking at the page stores nothing; the POST with a right code does.
 */
#include "office/second_page.h"

#include "base/clock.h"
#include "base/error.h"
#include "office/frame.h"
#include "office/limit.h"
#include "office/qr.h"
#include "office/sign_in.h"
#include "press/setting.h"
#include "seal/hash.h"
#include "seal/password.h"
#include "staff/second.h"

#include <string.h>

static const Secret *secret_of(const OfficeVisit *visit)
{
    return office_options(visit->office)->secret;
}

static void nonce_of(const OfficeVisit *visit, char nonce[SECOND_NONCE + 1])
{
    char hex[HASH_HEX];
    g_autofree char *text = g_strconcat("office-second ", visit->cookie, NULL);
    Hash hash = hash_of(text, strlen(text));
    hash_hex(&hash, hex);
    g_strlcpy(nonce, hex, SECOND_NONCE + 1);
}

/* ---- Parts ---------------------------------------------------------------------------------- */

static void write_code(HtmlWriter *page, const OfficeVisit *visit, const char *hint)
{
    OfficeInput code = {.label = office_text(visit, "office_code"),
                        .name = "code",
                        .complete = "one-time-code",
                        .hint = office_text(visit, hint),
                        .most = 20,
                        .required = true,
                        .focus = true};
    office_input(page, &code);
}

/* The QR code, and the same for typing. */
static void write_secret(HtmlWriter *page, const OfficeVisit *visit)
{
    char nonce[SECOND_NONCE + 1];
    uint8_t totp[TOTP_SECRET];
    g_autofree char *name = setting_get(visit->store, "name", NULL);
    nonce_of(visit, nonce);
    second_secret(secret_of(visit), visit->person->id, nonce, totp);
    g_autofree char *uri = totp_uri(totp, name == NULL ? "Kolokol" : name, visit->person->email);
    g_autofree char *text = totp_text(totp);
    html_element(page, "p", office_text(visit, "office_second_how"));
    office_qr(page, uri, office_text(visit, "office_qr"));
    html_open(page, "p");
    html_text(page, office_text(visit, "office_second_type"));
    html_open(page, "br");
    html_element(page, "code", text);
    html_close(page, "p");
}

static HttpReply *show_codes(OfficeVisit *visit, char codes[SECOND_CODES][SECOND_RECOVERY],
                             const char *next)
{
    HtmlWriter *page = office_page(visit, office_text(visit, "office_recovery"));
    html_element(page, "p", office_text(visit, "office_recovery_text"));
    html_open(page, "ul");
    html_attribute(page, "class", "codes");
    for (unsigned i = 0; i < SECOND_CODES; i++) {
        html_open(page, "li");
        html_element(page, "code", codes[i]);
        html_close(page, "li");
    }
    html_close(page, "ul");
    html_open(page, "p");
    html_open(page, "a");
    html_attribute(page, "class", "go");
    html_url_attribute(page, "href", sign_in_next(next));
    html_text(page, office_text(visit, "office_recovery_kept"));
    html_close(page, "a");
    html_close(page, "p");
    return office_page_done(visit, page, 200);
}

/* ---- While signing in ----------------------------------------------------------------------- */

static HttpReply *show(OfficeVisit *visit, bool on, const char *next, unsigned status,
                       const char *problem)
{
    HtmlWriter *page =
        office_page(visit, office_text(visit, on ? "office_second" : "office_second_set"));
    if (problem != NULL) {
        office_problem(page, problem);
    }
    if (!on) {
        html_element(page, "p", office_text(visit, "office_second_must"));
        write_secret(page, visit);
    }
    office_form(page, visit, "/second-factor");
    office_hidden(page, "next", sign_in_next(next));
    write_code(page, visit, on ? "office_code_hint" : "office_code_first");
    office_button(page, office_text(visit, "office_go_on"), "strong");
    html_close(page, "form");
    office_button_form(page, visit, "/second-factor/leave", NULL, NULL,
                       office_text(visit, "office_sign_out"), "plain");
    return office_page_done(visit, page, status);
}

static HttpReply *answer_show(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    const char *next = office_asked(visit, "next");
    Second second;
    if (visit->session->level == SESSION_WHOLE) {
        return office_see_other(visit, sign_in_next(next));
    }
    return second_read(visit->store, visit->person->id, &second, &reason)
               ? show(visit, second.on, next, 200, NULL)
               : office_failed(visit, reason);
}

static bool denied(const GError *reason)
{
    return g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_DENIED);
}

static HttpReply *take(OfficeVisit *visit, const char *next)
{
    g_autoptr(GError) reason = NULL;
    const char *code = office_field(visit, "code");
    if (second_take(visit->store, secret_of(visit), visit->person->id, code, visit->now, &reason) &&
        sign_in_whole(visit, visit->person, true, &reason)) {
        return office_see_other(visit, sign_in_next(next));
    }
    return denied(reason) ? show(visit, true, next, 403, office_text(visit, "office_wrong_code"))
                          : office_failed(visit, reason);
}

static HttpReply *set_up(OfficeVisit *visit, const char *next)
{
    g_autoptr(GError) reason = NULL;
    char nonce[SECOND_NONCE + 1], codes[SECOND_CODES][SECOND_RECOVERY];
    nonce_of(visit, nonce);
    if (second_set(visit->store, secret_of(visit), visit->person->id, nonce,
                   office_field(visit, "code"), visit->now, codes, &reason) &&
        sign_in_whole(visit, visit->person, true, &reason)) {
        return show_codes(visit, codes, next);
    }
    return denied(reason) ? show(visit, false, next, 403, office_text(visit, "office_wrong_code"))
                          : office_failed(visit, reason);
}

static HttpReply *answer_take(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    const char *next = office_field(visit, "next");
    g_autofree char *name = g_strconcat("second ", visit->person->email, NULL);
    char browser[COOKIE_BROWSER];
    bool known = sign_in_known(visit, visit->person->email, browser);
    GuardTry try = {.name = name, .client = visit->client, .browser = known ? browser : NULL};
    Second second;
    HttpReply *wait = sign_in_wait(visit, &try);
    if (wait != NULL) {
        return wait;
    }
    if (visit->session->level == SESSION_WHOLE) {
        return office_see_other(visit, sign_in_next(next));
    }
    if (!second_read(visit->store, visit->person->id, &second, &reason)) {
        return office_failed(visit, reason);
    }
    HttpReply *reply = second.on ? take(visit, next) : set_up(visit, next);
    if (http_reply_status(reply) == 403) {
        guard_wrong(office_guard(visit->office), &try, clock_monotonic());
    } else {
        guard_right(office_guard(visit->office), &try);
    }
    return reply;
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

/* ---- From one's own account ----------------------------------------------------------------- */

static void write_own_password(HtmlWriter *page, const OfficeVisit *visit)
{
    OfficeInput password = {.label = office_text(visit, "office_old_password"),
                            .name = "password",
                            .type = "password",
                            .complete = "current-password",
                            .required = true};
    office_input(page, &password);
}

bool second_write(HtmlWriter *page, const OfficeVisit *visit, GError **error)
{
    Second second;
    if (!second_read(visit->store, visit->person->id, &second, error)) {
        return false;
    }
    html_element(page, "h2", office_text(visit, "office_second"));
    if (second.on) {
        g_autofree char *left = g_strdup_printf("%u", second.codes);
        html_open(page, "p");
        html_text(page, office_text(visit, "office_second_on"));
        html_text(page, " ");
        html_text(page, office_text(visit, "office_codes_left"));
        html_text(page, " ");
        html_text(page, left);
        html_close(page, "p");
    }
    html_open(page, "p");
    html_open(page, "a");
    html_url_attribute(page, "href", "/account/second-factor");
    html_text(page, office_text(visit, second.on ? "office_second_again" : "office_second_set"));
    html_close(page, "a");
    html_close(page, "p");
    if (second.on && !role_needs_second(visit->person->role)) {
        office_form(page, visit, "/account/second-factor/off");
        write_own_password(page, visit);
        office_button(page, office_text(visit, "office_second_off"), NULL);
        html_close(page, "form");
    }
    return true;
}

static HttpReply *show_own(OfficeVisit *visit, unsigned status, const char *problem)
{
    HtmlWriter *page = office_page(visit, office_text(visit, "office_second_set"));
    if (problem != NULL) {
        office_problem(page, problem);
    }
    write_secret(page, visit);
    office_form(page, visit, "/account/second-factor");
    write_own_password(page, visit);
    write_code(page, visit, "office_code_first");
    office_button(page, office_text(visit, "office_second_set"), "strong");
    html_close(page, "form");
    return office_page_done(visit, page, status);
}

static HttpReply *answer_own(OfficeVisit *visit)
{
    return show_own(visit, 200, NULL);
}

/* Somebody at an open browser must not be able to take it over: the password is asked for. */
static HttpReply *answer_own_set(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    char nonce[SECOND_NONCE + 1], codes[SECOND_CODES][SECOND_RECOVERY];
    if (!office_limit(visit, OFFICE_LIMIT_PASSWORD)) {
        return show_own(visit, 429, office_text(visit, "office_too_often"));
    }
    if (!password_check(visit->person->password, office_field(visit, "password"))) {
        return show_own(visit, 403, office_text(visit, "office_wrong_old"));
    }
    nonce_of(visit, nonce);
    if (second_set(visit->store, secret_of(visit), visit->person->id, nonce,
                   office_field(visit, "code"), visit->now, codes, &reason) &&
        sign_in_whole(visit, visit->person, false, &reason)) {
        return show_codes(visit, codes, "/account");
    }
    return denied(reason) ? show_own(visit, 403, office_text(visit, "office_wrong_code"))
                          : office_failed(visit, reason);
}

static HttpReply *answer_own_off(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    const Person *person = visit->person;
    if (!office_limit(visit, OFFICE_LIMIT_PASSWORD)) {
        return office_refused(visit, 429, "office_too_often");
    }
    if (role_needs_second(person->role)) {
        return office_refused(visit, 403, "office_second_must");
    }
    if (!password_check(person->password, office_field(visit, "password"))) {
        return office_refused(visit, 403, "office_wrong_old");
    }
    return second_remove(visit->store, person->id, person->id, visit->now, &reason)
               ? office_see_other(visit, "/account")
               : office_failed(visit, reason);
}

const OfficeRoute second_routes[] = {
    {.name = "second",
     .method = HTTP_GET,
     .path = "/second-factor",
     .permission = PERMISSION_HALFWAY,
     .answer = answer_show,
     .help = "asks for the second factor, or sets it up"},
    {.name = "second-take",
     .method = HTTP_POST,
     .path = "/second-factor",
     .permission = PERMISSION_HALFWAY,
     .answer = answer_take,
     .body_most = OFFICE_FORM,
     .help = "takes a code"},
    {.name = "second-leave",
     .method = HTTP_POST,
     .path = "/second-factor/leave",
     .permission = PERMISSION_HALFWAY,
     .answer = answer_leave,
     .body_most = OFFICE_FORM,
     .help = "gives up halfway"},
    {.name = "account-second",
     .method = HTTP_GET,
     .path = "/account/second-factor",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_own,
     .help = "sets up one's second factor, or another one"},
    {.name = "account-second-set",
     .method = HTTP_POST,
     .path = "/account/second-factor",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_own_set,
     .body_most = OFFICE_FORM,
     .help = "turns one's second factor on"},
    {.name = "account-second-off",
     .method = HTTP_POST,
     .path = "/account/second-factor/off",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_own_off,
     .body_most = OFFICE_FORM,
     .help = "turns one's own off, where the role does not need one"},
    {.name = NULL},
};
