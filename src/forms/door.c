/*
 * Requests of the forms' door: routing, limits, judging, writing into the intake, waiting for the
 * answer. How a page is made is door_page.c, what a form may hold given.c.
 */
#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "forms/door_private.h"
#include "forms/intake.h"
#include "forms/sealed.h"
#include "forms/ticket.h"
#include "theme/strings.h"
#include "web/accept_language.h"
#include "web/page.h"
#include "web/route.h"

#include <string.h>

/* A request while it is being answered. */
typedef struct {
    Door *door;
    const HttpRequest *request;
    const char *language;
} Visit;

Door *door_new(const DoorOptions *options, GError **error)
{
    g_autoptr(Door) door = g_new0(Door, 1);
    door->options = *options;
    door->proxies = http_proxies_new(options->trusted_proxies, error);
    if (door->proxies == NULL) {
        return NULL;
    }
    door->options.trusted_proxies = NULL;
    door->rate = rate_new();
    random_bytes(door->stamp_key, sizeof door->stamp_key);
    door_refresh(door);
    return g_steal_pointer(&door);
}

void door_free(Door *door)
{
    if (door != NULL) {
        g_clear_pointer(&door->proxies, http_proxies_free);
        g_clear_pointer(&door->rate, rate_free);
        g_clear_pointer(&door->noted, door_site_free);
        g_free(door);
    }
}

const DoorSite *door_site(const Door *door)
{
    return door->noted != NULL ? door->noted : door->options.site;
}

void door_refresh(Door *door)
{
    g_autofree char *text = intake_note(door->options.intake, SITE_NOTE, NULL);
    DoorSite *noted = text == NULL ? NULL : door_site_read(text);
    if (noted != NULL) {
        door_site_free(door->noted);
        door->noted = noted;
    }
}

/* ---- Pages ---------------------------------------------------------------------------------- */

static HttpReply *message(const Visit *visit, unsigned status, const char *template)
{
    DoorPage page = {.status = status, .template = template, .language = visit->language};
    return door_page(visit->door, &page);
}

static char *template_of(const FormKind *kind)
{
    return g_strconcat("door-", kind->name, NULL);
}

/* The form again, with what is wrong and a stamp; `hidden` is the page of one that has none. */
static HttpReply *ask_again(const Visit *visit, const Form *form, const char *problem,
                            const char *hidden)
{
    char stamp[STAMP_TEXT];
    g_autofree char *template = template_of(form->kind);
    stamp_make(visit->door->stamp_key, form->kind->name, clock_now(), stamp);
    DoorPage page = {.status = 422,
                     .template = form->kind->show == FORM_HIDDEN ? hidden : template,
                     .language = visit->language,
                     .kind = form->kind,
                     .form = form,
                     .problem = problem,
                     .stamp = stamp};
    return door_page(visit->door, &page);
}

/* ---- A form comes in ------------------------------------------------------------------------ */

static bool within_limits(const Visit *visit, const FormKind *kind)
{
    Door *door = visit->door;
    unsigned what = 0;
    while (door->options.kinds[what] != kind) {
        what++;
    }
    HttpAddress client =
        http_proxies_client(door->proxies, &visit->request->peer,
                            http_request_header(visit->request, "X-Forwarded-For"));
    int64_t now = clock_monotonic();
    return rate_take(door->rate, &client, what, kind->per_client, now) &&
           rate_take_all(door->rate, what, kind->in_all, now);
}

static HttpReply *written(const Visit *visit, const Form *form, bool one_click)
{
    Door *door = visit->door;
    g_autoptr(GBytes) sealed = sealed_form_close(&door->options.key, form);
    Hash hash = ticket_hash(form->ticket);
    if (!intake_put(door->options.intake, &hash, sealed, clock_now(), NULL)) {
        return message(visit, 503, "door-closed");
    }
    if (door->options.wake != NULL) {
        door->options.wake(door->options.data);
    }
    if (one_click) {
        return web_text(200, "Done.", door->options.https);
    }
    g_autofree char *path = g_strdup_printf("/%s/t/%s", visit->language, form->ticket);
    return web_see_other(path, door->options.https);
}

static HttpReply *judge(const Visit *visit, const FormKind *kind, const Fields *fields,
                        const char *token)
{
    const char *field = NULL, *click = fields_get(fields, "List-Unsubscribe");
    char ticket[TICKET_TEXT];
    ticket_new(ticket);
    Form form = {
        .kind = kind, .language = visit->language, .ticket = ticket, .received = clock_now()};
    bool one_click = kind->one_click && g_strcmp0(click, "One-Click") == 0;
    switch (given_take(kind, fields, token, &form, &field)) {
    case GIVEN_MISSING:
        return ask_again(visit, &form, "door_missing", "door-refused");
    case GIVEN_WRONG:
        return ask_again(visit, &form, "door_wrong", "door-refused");
    case GIVEN_GOOD:
        break;
    }
    const char *stamp = fields_get(fields, GIVEN_STAMP);
    bool doubtful = stamp != NULL
                        ? !stamp_good(visit->door->stamp_key, kind->name, form.received, stamp)
                        : given_doubtful(fields);
    return doubtful ? ask_again(visit, &form, "door_again", "door-again")
                    : written(visit, &form, one_click);
}

static HttpReply *post(const Visit *visit, const FormKind *kind, const char *token)
{
    g_autoptr(GError) reason = NULL;
    if (!within_limits(visit, kind)) {
        return message(visit, 429, "door-busy");
    }
    g_autoptr(Fields) fields = fields_of_body(visit->request, &reason);
    if (fields == NULL) {
        bool other = g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
        return message(visit, other ? 415 : 400, "door-refused");
    }
    return judge(visit, kind, fields, token);
}

/* ---- Routes --------------------------------------------------------------------------------- */

static HttpReply *notfound(const Visit *visit)
{
    return message(visit, 404, "door-notfound");
}

static HttpReply *not_allowed(const Visit *visit, const char *allow)
{
    HttpReply *reply =
        web_text(405, "This address takes other methods.", visit->door->options.https);
    http_reply_header(reply, "Allow", allow);
    return reply;
}

static const FormKind *kind_of(const Visit *visit, const RoutePart *part)
{
    return form_kind(visit->door->options.kinds, part->text, part->length);
}

/* The site's language that a reader's tag ("ru-RU") means. */
static const char *site_knows(const char *tag, size_t length, const void *site)
{
    const char *hyphen = memchr(tag, '-', length);
    return door_site_language(site, tag, hyphen == NULL ? length : (size_t)(hyphen - tag));
}

/* Where no language is named, whoever looks is answered in his own, if the newspaper has it. */
static HttpReply *answer_front(void *data, const RouteMatch *match)
{
    const Visit *visit = data;
    const HttpRequest *request = visit->request;
    Visit own = *visit;
    const char *spoken = accept_language(http_request_header(request, "Accept-Language"),
                                         site_knows, door_site(visit->door));
    if (request->path_length == 1 && spoken != NULL) {
        own.language = spoken;
    }
    return message(&own, 200, "door-front");
}

static HttpReply *answer_robots(void *data, const RouteMatch *match)
{
    const Visit *visit = data;
    return web_text(200, "User-agent: *\nDisallow: /", visit->door->options.https);
}

static HttpReply *show(const Visit *visit, const FormKind *kind, const char *token)
{
    g_autofree char *template = template_of(kind);
    const char *query = visit->request->query, *field = NULL;
    g_autoptr(Fields) fields = fields_parse(
        query, query == NULL || strlen(query) > FORM_BODY_MAX ? 0 : strlen(query), NULL);
    if (fields == NULL) {
        return message(visit, 400, "door-refused");
    }
    Form form = {.kind = kind, .language = visit->language};
    given_take(kind, fields, token, &form, &field);
    DoorPage page = {.status = 200,
                     .template = template,
                     .language = visit->language,
                     .kind = kind,
                     .form = &form};
    return door_page(visit->door, &page);
}

/* The kind of the path, if a method suits it at a path with or without a token. */
static HttpReply *with_kind(Visit *visit, const RouteMatch *match)
{
    const FormKind *kind = kind_of(visit, &match->parts[0]);
    bool has_token = match->count == 2;
    if (kind == NULL || (has_token && kind->show != FORM_SHOW_TOKEN)) {
        return notfound(visit);
    }
    g_autofree char *token =
        has_token ? g_strndup(match->parts[1].text, match->parts[1].length) : NULL;
    if (visit->request->method == HTTP_POST) {
        return post(visit, kind, token);
    }
    if (kind->show == (has_token ? FORM_SHOW_TOKEN : FORM_SHOW)) {
        return show(visit, kind, token);
    }
    return not_allowed(visit, "POST");
}

static HttpReply *answer_form(void *data, const RouteMatch *match)
{
    return with_kind(data, match);
}

/* ---- The answer ----------------------------------------------------------------------------- */

static HttpReply *answered(const Visit *visit, const char *ticket, GBytes *sealed)
{
    g_autoptr(FormAnswer) answer = ticket_open(ticket, sealed, NULL);
    if (answer == NULL) {
        return web_text(500, "The answer cannot be read.", visit->door->options.https);
    }
    g_autofree char *template = g_strconcat("door-", form_answer_page_name(answer), NULL);
    DoorPage page = {
        .status = 200, .template = template, .language = visit->language, .answer = answer};
    return door_page(visit->door, &page);
}

/* Which round of showing itself this is: "?n=3". */
static int round_of(const char *query)
{
    guint64 round = 0;
    if (query == NULL || !g_str_has_prefix(query, "n=") ||
        !g_ascii_string_to_unsigned(query + 2, 10, 0, DOOR_ROUNDS, &round, NULL)) {
        return 0;
    }
    return (int)round;
}

/* Enough of showing itself: the way to the answer can be sent by mail, if there is a form for it.
 */
static HttpReply *later(const Visit *visit, const char *ticket)
{
    const FormKind *by_mail =
        form_kind(visit->door->options.kinds, FORM_BY_MAIL, strlen(FORM_BY_MAIL));
    DoorPage page = {.status = 200,
                     .template = "door-later",
                     .language = visit->language,
                     .ticket = by_mail == NULL ? NULL : ticket};
    return door_page(visit->door, &page);
}

static HttpReply *not_yet(const Visit *visit, const char *ticket)
{
    int round = round_of(visit->request->query);
    if (round >= DOOR_ROUNDS) {
        return later(visit, ticket);
    }
    g_autofree char *refresh =
        g_strdup_printf("1;url=/%s/t/%s?n=%d", visit->language, ticket, round + 1);
    DoorPage page = {
        .status = 200, .template = "door-wait", .language = visit->language, .refresh = refresh};
    return door_page(visit->door, &page);
}

static HttpReply *answer_ticket(void *data, const RouteMatch *match)
{
    const Visit *visit = data;
    char ticket[TICKET_TEXT];
    g_autoptr(GBytes) sealed = NULL;
    bool known = false;
    if (!ticket_parse(match->parts[0].text, match->parts[0].length, ticket)) {
        return notfound(visit);
    }
    Hash hash = ticket_hash(ticket);
    if (!intake_answer(visit->door->options.intake, &hash, &sealed, &known, NULL)) {
        return message(visit, 503, "door-closed");
    }
    if (sealed != NULL) {
        return answered(visit, ticket, sealed);
    }
    if (!known) {
        return message(visit, 404, "door-ended");
    }
    /* HEAD waits as GET does: its answer is the same without the page. */
    return visit->request->waited < DOOR_WAIT ? NULL : not_yet(visit, ticket);
}

static const Route routes[] = {
    {HTTP_GET, "/", 0, ROUTE_PUBLIC, answer_front, "what this door is"},
    {HTTP_GET, "/robots.txt", 0, ROUTE_PUBLIC, answer_robots, "keeps robots out"},
    {HTTP_GET, "/t/:ticket", 0, ROUTE_PUBLIC, answer_ticket, "the answer to a form"},
    {HTTP_GET, "/:form", 0, ROUTE_PUBLIC, answer_form, "shows a form"},
    {HTTP_GET, "/:form/:token", 0, ROUTE_PUBLIC, answer_form, "shows a button"},
    {HTTP_POST, "/:form", FORM_BODY_MAX, ROUTE_PUBLIC, answer_form, "takes a form"},
    {HTTP_POST, "/:form/:token", FORM_BODY_MAX, ROUTE_PUBLIC, answer_form, "takes a button"},
    {.pattern = NULL},
};

/* "/en/subscribe": the language, and how much of the path it takes. */
static size_t take_language(const Door *door, const HttpRequest *request, const char **language)
{
    const DoorSite *site = door_site(door);
    const char *path = request->path;
    const char *end = memchr(path + 1, '/', request->path_length - 1);
    size_t length = end == NULL ? request->path_length - 1 : (size_t)(end - path) - 1;
    const char *named = door_site_language(site, path + 1, length);
    *language = named != NULL ? named : site->languages[0];
    return named != NULL && end != NULL ? length + 1 : 0;
}

HttpReply *door_answer(const HttpRequest *request, void *data)
{
    Visit visit = {.door = data, .request = request};
    RouteMatch match;
    unsigned status = 0;
    g_autofree char *allow = NULL;
    size_t skip = take_language(data, request, &visit.language);
    const Route *route = route_find(routes, request, skip, &match, &status, &allow);
    if (route != NULL) {
        return route->answer(&visit, &match);
    }
    return status == 405 ? not_allowed(&visit, allow) : notfound(&visit);
}

size_t door_body_limit(const HttpRequest *request, void *data)
{
    RouteMatch match;
    unsigned status = 0;
    g_autofree char *allow = NULL;
    const char *language = NULL;
    size_t skip = take_language(data, request, &language);
    const Route *route = route_find(routes, request, skip, &match, &status, &allow);
    return route == NULL ? 0 : route->body_most;
}
