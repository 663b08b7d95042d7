/* The frame of pages and their answers: frame.h. The parts inside a page are parts.c. */
#include "office/frame.h"

#include "base/error.h"
#include "office/asset.h"
#include "office/office_private.h"
#include "office/reason.h"
#include "press/setting.h"
#include "theme/strings.h"
#include "web/page.h"

#include <string.h>

#define POLICY                                                                                     \
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src "        \
    "'self'; frame-src 'self'; "                                                                   \
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/* ---- The page ------------------------------------------------------------------------------- */

static void write_head(HtmlWriter *page, const OfficeVisit *visit, const char *title,
                       const char *newsroom)
{
    g_autofree char *whole = g_strdup_printf("%s – %s", title, newsroom);
    html_open(page, "head");
    html_open(page, "meta");
    html_attribute(page, "charset", "utf-8");
    html_open(page, "meta");
    html_attribute(page, "name", "viewport");
    html_attribute(page, "content", "width=device-width, initial-scale=1");
    html_element(page, "title", whole);
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_url_attribute(page, "href", office_asset("office.css"));
    html_open(page, "script");
    html_url_attribute(page, "src", office_asset("office.js"));
    html_flag(page, "defer", true);
    html_close(page, "script");
    html_close(page, "head");
}

/* "/stories/:id" stands under "/stories"; what stands under the first page has its own line. */
static bool is_under(const char *path, const char *above)
{
    size_t length = strlen(above);
    return length > 1 && strncmp(path, above, length) == 0 && path[length] == '/';
}

/* A page of the paper, or one under it. */
static bool is_of_paper(const OfficeVisit *visit)
{
    unsigned count = 0;
    const OfficeRoute *const *rows = office_rows(visit->office, &count);
    for (unsigned i = 0; i < count; i++) {
        if (rows[i]->paper != NULL && (strcmp(visit->route->path, rows[i]->path) == 0 ||
                                       is_under(visit->route->path, rows[i]->path))) {
            return true;
        }
    }
    return false;
}

/* What the menu's line is to the page: itself, a way to what stands under it, or nothing. */
static const char *current(const OfficeVisit *visit, const OfficeRoute *row)
{
    if (visit->route == NULL) {
        return NULL;
    }
    if (visit->route == row) {
        return "page";
    }
    bool above = strcmp(row->path, "/paper") == 0 ? is_of_paper(visit)
                                                  : is_under(visit->route->path, row->path);
    return above ? "true" : NULL;
}

static void write_menu(HtmlWriter *page, const OfficeVisit *visit)
{
    unsigned count = 0;
    const OfficeRoute *const *rows = office_rows(visit->office, &count);
    html_open(page, "nav");
    html_attribute(page, "aria-label", office_text(visit, "office_menu"));
    html_open(page, "ul");
    for (unsigned i = 0; i < count; i++) {
        if (rows[i]->menu == NULL || !office_may(visit, rows[i]->permission)) {
            continue;
        }
        html_open(page, "li");
        html_open(page, "a");
        html_url_attribute(page, "href", rows[i]->path);
        html_attribute(page, "aria-current", current(visit, rows[i]));
        html_text(page, office_text(visit, rows[i]->menu));
        html_close(page, "a");
        html_close(page, "li");
    }
    html_close(page, "ul");
    html_close(page, "nav");
}

/* Who is here, and the way out. */
static void write_person(HtmlWriter *page, const OfficeVisit *visit)
{
    html_open(page, "div");
    html_attribute(page, "class", "who");
    html_element(page, "span", visit->person->name);
    office_button_form(page, visit, "/sign-out", NULL, NULL, office_text(visit, "office_sign_out"),
                       "plain");
    html_close(page, "div");
}

static bool whole(const OfficeVisit *visit)
{
    return visit->session != NULL && visit->session->level == SESSION_WHOLE;
}

HtmlWriter *office_page(OfficeVisit *visit, const char *title)
{
    HtmlWriter *page = html_writer_new(OFFICE_PAGE_MOST);
    g_autofree char *name = setting_get(visit->store, "name", NULL);
    const char *newsroom = name == NULL ? "Kolokol" : name;
    g_auto(SafeHtml) doctype = safe_html_from_already_safe_markup(g_strdup("<!doctype html>"));
    html_append_already_safe_markup(page, &doctype);
    html_open(page, "html");
    html_attribute(page, "lang", visit->language);
    html_attribute(page, "dir", language_direction(visit->language));
    write_head(page, visit, title, newsroom);
    html_open(page, "body");
    html_attribute(page, "class", whole(visit) ? "in" : "out");
    html_open(page, "a");
    html_attribute(page, "class", "skip");
    html_url_attribute(page, "href", "#main");
    html_text(page, office_text(visit, "office_skip"));
    html_close(page, "a");
    html_open(page, "header");
    html_open(page, "p");
    html_attribute(page, "class", "name");
    html_text(page, newsroom);
    html_close(page, "p");
    if (whole(visit)) {
        write_menu(page, visit);
        write_person(page, visit);
    }
    html_close(page, "header");
    html_open(page, "main");
    html_attribute(page, "id", "main");
    html_element(page, "h1", title);
    return page;
}

void office_headers(const OfficeVisit *visit, HttpReply *reply)
{
    WebHeaders headers = {
        .policy = POLICY, .referrer = "same-origin", .https = office_https(visit->office)};
    web_headers(reply, &headers);
}

static HttpReply *html_reply(const OfficeVisit *visit, unsigned status, const char *markup)
{
    g_autoptr(GBytes) bytes = g_bytes_new(markup, strlen(markup));
    HttpReply *reply = http_reply_new(status, bytes);
    http_reply_header(reply, "Content-Type", "text/html; charset=utf-8");
    office_headers(visit, reply);
    return reply;
}

HttpReply *office_page_done(OfficeVisit *visit, HtmlWriter *taken, unsigned status)
{
    g_autoptr(HtmlWriter) page = taken;
    g_auto(SafeHtml) html = {0};
    g_autoptr(GError) reason = NULL;
    html_close(page, "main");
    html_close(page, "body");
    html_close(page, "html");
    if (!html_writer_finish(page, &html, &reason)) {
        HttpReply *reply = http_reply_new_text(500, reason->message);
        office_headers(visit, reply);
        return reply;
    }
    return html_reply(visit, status, safe_html_markup(&html));
}

/* ---- Answers -------------------------------------------------------------------------------- */

HttpReply *office_see_other(OfficeVisit *visit, const char *path)
{
    HttpReply *reply = http_reply_new(303, NULL);
    http_reply_header(reply, "Location", path);
    office_headers(visit, reply);
    return reply;
}

static HttpReply *one_line(OfficeVisit *visit, unsigned status, const char *line)
{
    HtmlWriter *page = office_page(visit, office_text(visit, "office_refused"));
    office_problem(page, line);
    html_open(page, "p");
    html_open(page, "a");
    html_url_attribute(page, "href", "/");
    html_text(page, office_text(visit, "office_to_front"));
    html_close(page, "a");
    html_close(page, "p");
    return office_page_done(visit, page, status);
}

HttpReply *office_refused(OfficeVisit *visit, unsigned status, const char *id)
{
    return one_line(visit, status, office_text(visit, id));
}

HttpReply *office_not_found(OfficeVisit *visit)
{
    return office_refused(visit, 404, "office_nothing_here");
}

unsigned office_status(const GError *error)
{
    static const unsigned statuses[] = {
        [KOLOKOL_ERROR_INVALID] = 422,  [KOLOKOL_ERROR_NOT_FOUND] = 404,
        [KOLOKOL_ERROR_CONFLICT] = 409, [KOLOKOL_ERROR_LIMIT] = 422,
        [KOLOKOL_ERROR_BUSY] = 503,     [KOLOKOL_ERROR_DENIED] = 403,
        [KOLOKOL_ERROR_IO] = 503,       [KOLOKOL_ERROR_CORRUPT] = 503,
    };
    bool ours = error != NULL && error->domain == KOLOKOL_ERROR && error->code >= 0 &&
                (size_t)error->code < G_N_ELEMENTS(statuses);
    return ours ? statuses[error->code] : 503;
}

HttpReply *office_refused_for(OfficeVisit *visit, unsigned status, const GError *error)
{
    return one_line(visit, status, office_reason(visit, error));
}

HttpReply *office_failed(OfficeVisit *visit, const GError *error)
{
    return office_refused_for(visit, office_status(error), error);
}

HttpReply *office_open_again(OfficeVisit *visit)
{
    g_autofree char *here = office_here(visit);
    bool asked = visit->request->query != NULL && *visit->request->query != '\0';
    g_autofree char *path = g_strconcat(here, asked ? "&again=1" : "?again=1", NULL);
    if (!office_path_good(path)) {
        g_free(path);
        path = g_strdup("/?again=1");
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_opening"));
    html_open(page, "p");
    html_open(page, "a");
    html_url_attribute(page, "href", path);
    html_text(page, office_text(visit, "office_go_on"));
    html_close(page, "a");
    html_close(page, "p");
    HttpReply *reply = office_page_done(visit, page, 200);
    g_autofree char *refresh = g_strdup_printf("0;url=%s", path);
    http_reply_header(reply, "Refresh", refresh);
    return reply;
}
