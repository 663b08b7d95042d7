/* What was typed, given back: typed_page.h. */
#include "office/typed_page.h"

#include "office/area.h"
#include "office/frame.h"
#include "office/office_private.h"

#include <string.h>

#define LONG 200u /* bytes: of a text that gets many lines */

typedef struct {
    const char *name, *value; /* borrowed from the fields */
} Typed;

/* ---- Which fields --------------------------------------------------------------------------- */

/* Of a form that has one of these nothing is shown. */
static const char *const secrets[] = {"password", "old", "new", "code", "token", NULL};

/* What pages put into their forms by themselves, and what is chosen there by a button or a tick. */
static const char *const unseen[] = {
    "csrf",  "next",        "base",    "serial",     "original",  "once",
    "key",   "seen",        "was",     "known",      "languages", "language",
    "view",  "sure",        "version", "revision",   "act",       "line",
    "story", "stage",       "hidden",  "photo-pick", "standing",  "comment-id",
    "place", "embargo-was", "floor",   "withheld",   NULL};

static bool has_letter(const char *value)
{
    for (const char *c = value; *c != '\0'; c = g_utf8_next_char(c)) {
        if (!g_ascii_isdigit(*c) && !g_ascii_isspace(*c)) {
            return true;
        }
    }
    return false;
}

static gint by_length(gconstpointer a, gconstpointer b)
{
    size_t one = strlen(((const Typed *)a)->value), two = strlen(((const Typed *)b)->value);
    return one < two ? 1 : one > two ? -1 : 0;
}

/* Elements Typed. `fields` may be NULL. */
static GArray *typed_of(const Fields *fields)
{
    GArray *typed = g_array_new(FALSE, FALSE, sizeof(Typed));
    if (fields == NULL) {
        return typed;
    }
    for (size_t i = 0; secrets[i] != NULL; i++) {
        if (fields_get(fields, secrets[i]) != NULL) {
            return typed;
        }
    }
    for (unsigned i = 0; i < fields_count(fields); i++) {
        Typed one = {.name = fields_name(fields, i)};
        one.value = fields_get(fields, one.name);
        if (has_letter(one.value) && !g_str_has_prefix(one.name, "was-") &&
            !g_strv_contains(unseen, one.name)) {
            g_array_append_val(typed, one);
        }
    }
    g_array_sort(typed, by_length);
    return typed;
}

/* May a form of this row be shown to whoever sent it? */
static bool shows(const OfficeVisit *visit)
{
    const char *site = http_request_header(visit->request, "Sec-Fetch-Site");
    return visit->route->body == OFFICE_FIELDS && visit->route->permission > PERMISSION_HALFWAY &&
           (site == NULL || strcmp(site, "same-origin") == 0);
}

static bool by_script(const OfficeVisit *visit)
{
    return http_request_header(visit->request, "X-CSRF-Token") != NULL;
}

/* ---- Back to its page ----------------------------------------------------------------------- */

/* Is there a page at this path? By the table alone: nothing is asked of the database. */
static bool is_page(const OfficeVisit *visit, const char *path)
{
    HttpRequest request;
    RouteMatch match;
    unsigned status = 0;
    g_autofree char *allow = NULL, *plain = g_strndup(path, strcspn(path, "?"));
    http_request_init(&request, "GET", plain);
    return office_path_good(path) &&
           route_find(visit->office->routes, &request, 0, &match, &status, &allow) != NULL;
}

/* "https://office.bell.example/stories/7" without the first part. Whose address it is does not
 * matter: it leads to a page of this door. */
static const char *path_in(const char *address)
{
    const char *from = address == NULL ? NULL : strstr(address, "://");
    return from == NULL ? NULL : strchr(from + 3, '/');
}

/* The page that the form was on, else the nearest one above what it was sent to. Caller frees. */
static char *page_of(const OfficeVisit *visit)
{
    const HttpRequest *request = visit->request;
    const char *from = path_in(http_request_header(request, "Referer"));
    if (from != NULL && is_page(visit, from)) {
        return g_strdup(from);
    }
    char *path = g_strndup(request->path, request->path_length);
    while (strlen(path) > 1 && !is_page(visit, path)) {
        char *slash = strrchr(path, '/');
        slash[slash == path ? 1 : 0] = '\0';
    }
    return path;
}

/* ---- The page ------------------------------------------------------------------------------- */

/* The label that forms have for a field of this name, if the texts have it by that name. Caller
 * frees. */
static char *label_of(const OfficeVisit *visit, const char *name)
{
    g_autofree char *id = g_strconcat("office_", name, NULL);
    const char *label = office_text(visit, id);
    return g_strdup(strcmp(label, id) == 0 ? name : label);
}

static void write_typed(HtmlWriter *page, const OfficeVisit *visit, const GArray *typed)
{
    for (guint i = 0; i < typed->len; i++) {
        const Typed *one = &g_array_index(typed, Typed, i);
        g_autofree char *label = label_of(visit, one->name);
        g_autofree char *id = g_strdup_printf("typed-%u", i + 1);
        OfficeArea area = {.label = label,
                           .name = id,
                           .value = one->value,
                           .rows = strlen(one->value) > LONG ? 16 : 2,
                           .fixed = true};
        office_area(page, &area);
    }
}

/* In another tab, so that this page stays. */
static void write_link(HtmlWriter *page, const char *path, const char *text, bool apart)
{
    html_open(page, "p");
    html_open(page, "a");
    html_url_attribute(page, "href", path);
    html_attribute(page, "target", apart ? "_blank" : NULL);
    html_attribute(page, "rel", apart ? "noopener" : NULL);
    html_text(page, text);
    html_close(page, "a");
    html_close(page, "p");
}

/* What the page says, with and without texts below it: ids. */
typedef struct {
    const char *line, *link, *line_bare, *link_bare;
} Words;

static HttpReply *show(OfficeVisit *visit, const Fields *fields, const char *path,
                       const Words *words, unsigned status)
{
    g_autoptr(GArray) typed = typed_of(shows(visit) ? fields : NULL);
    bool any = typed->len > 0;
    HtmlWriter *page = office_page(visit, office_text(visit, "office_refused"));
    office_problem(page, office_text(visit, any ? words->line : words->line_bare));
    write_link(page, path, office_text(visit, any ? words->link : words->link_bare), any);
    write_typed(page, visit, typed);
    return office_page_done(visit, page, status);
}

HttpReply *typed_signed_out(OfficeVisit *visit)
{
    static const Words words = {"office_typed_out", "office_typed_sign_in", "office_signed_out",
                                "office_sign_in"};
    if (by_script(visit)) {
        return office_refused(visit, 403, "office_signed_out");
    }
    g_autoptr(Fields) fields =
        visit->route->body == OFFICE_FIELDS ? fields_of_body(visit->request, NULL) : NULL;
    g_autofree char *page = page_of(visit);
    g_autofree char *next = g_uri_escape_string(page, "/", FALSE);
    const char *to = visit->person == NULL ? "/sign-in?next=" : "/second-factor?next=";
    g_autofree char *path = g_strconcat(to, next, NULL);
    return show(visit, fields, path, &words, 403);
}

/* A form that is the session's own no more, or that is older than it may be. */
static HttpReply *refuse(OfficeVisit *visit, const Words *words, unsigned status)
{
    if (by_script(visit)) {
        return office_refused(visit, status, words->line_bare);
    }
    g_autofree char *path = page_of(visit);
    return show(visit, visit->fields, path, words, status);
}

HttpReply *typed_stale(OfficeVisit *visit)
{
    static const Words words = {"office_typed_stale", "office_typed_open", "office_stale_form",
                                "office_go_on"};
    return refuse(visit, &words, 403);
}

HttpReply *typed_before(OfficeVisit *visit)
{
    static const Words words = {"office_typed_before", "office_typed_open", "office_before_name",
                                "office_go_on"};
    return refuse(visit, &words, 409);
}
