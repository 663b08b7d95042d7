/*
 * Links for readers outside: reading_office.h. The page itself is draft_reply.c's, of the story as
 * it is saved; nobody's unsaved text is shown.
 *
 * An address with a token shows a page with a button, so that a mail scanner opens nothing. The
 * button's POST is the opening: it is counted and leads to an address with a mark of its own, a
 * keyed hash of token and moment. Only there the page is shown, for OPENING_LASTS; so nobody reads
 * without an opening that is written down, and the GETs change nothing.
 */
#include "desk/reading_office.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/draft_reply.h"
#include "desk/story_view_private.h"
#include "office/cookie.h"
#include "office/frame.h"
#include "office/limit.h"
#include "office/reason.h"
#include "press/setting.h"
#include "seal/secret.h"
#include "staff/reading.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN         100u /* links on a story's page of them */
#define OPENING_LASTS (12 * CLOCK_HOUR)

void reading_write_link(HtmlWriter *page, const StoryView *view)
{
    if (office_may(view->visit, PERMISSION_PUBLISH) && view->story->state != STORY_TAKEN_DOWN) {
        g_autofree char *address = g_strdup_printf("/stories/%" PRId64 "/reading", view->story->id);
        html_text(page, " · ");
        story_view_link(page, address, office_text(view->visit, "office_reading_link"));
    }
}

/* ---- A story's links ------------------------------------------------------------------------ */

typedef struct {
    OfficeVisit *visit;
    StoryDesk desk;
    Story *story;
} Links;

static void links_clear(Links *links)
{
    story_desk_clear(&links->desk);
    g_clear_pointer(&links->story, story_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Links, links_clear)

static const char *say(const Links *links, const char *id)
{
    return office_text(links->visit, id);
}

static void open_cell(HtmlWriter *page, const Links *links, const char *label)
{
    html_open(page, "td");
    html_attribute(page, "data-label", say(links, label));
}

static void write_ends(HtmlWriter *page, const Links *links, const Reading *reading)
{
    GTimeZone *zone = links->desk.site.zone;
    open_cell(page, links, "office_reading_until");
    if (reading_good(reading, links->visit->now)) {
        office_time(page, links->visit, reading->ends, zone);
    } else {
        html_text(page,
                  say(links, reading->ended != 0 ? "office_reading_ended" : "office_reading_over"));
        html_text(page, " ");
        office_time(page, links->visit, reading->ended != 0 ? reading->ended : reading->ends, zone);
    }
    html_close(page, "td");
}

static void write_opened(HtmlWriter *page, const Links *links, const Reading *reading)
{
    g_autofree char *times = g_strdup_printf("%" PRId64 " · ", reading->opened);
    open_cell(page, links, "office_reading_opened");
    if (reading->opened == 0) {
        html_text(page, say(links, "office_reading_never"));
    } else {
        html_text(page, times);
        html_text(page, say(links, "office_reading_last"));
        html_text(page, " ");
        office_time(page, links->visit, reading->last, links->desk.site.zone);
    }
    html_close(page, "td");
}

static void write_reading(HtmlWriter *page, const Links *links, const Reading *reading)
{
    g_autofree char *id = g_strdup_printf("%" PRId64, reading->id);
    g_autofree char *end = g_strdup_printf("/stories/%" PRId64 "/reading/end", links->story->id);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_element(page, "bdi", reading->name);
    html_close(page, "th");
    open_cell(page, links, "office_reading_maker");
    html_element(page, "bdi", reading->maker);
    html_text(page, " ");
    office_time(page, links->visit, reading->created, links->desk.site.zone);
    html_close(page, "td");
    write_ends(page, links, reading);
    write_opened(page, links, reading);
    html_open(page, "td");
    if (reading_good(reading, links->visit->now)) {
        office_button_form(page, links->visit, end, "link", id, say(links, "office_reading_end"),
                           NULL);
    }
    html_close(page, "td");
    html_close(page, "tr");
}

static bool write_list(HtmlWriter *page, const Links *links, GError **error)
{
    static const char *const heads[] = {"office_reading_name",   "office_reading_maker",
                                        "office_reading_until",  "office_reading_opened",
                                        "office_reading_action", NULL};
    g_autoptr(GPtrArray) list = reading_list(links->visit->store, links->story->id, SHOWN, error);
    if (list == NULL) {
        return false;
    }
    if (list->len == 0) {
        html_element(page, "p", say(links, "office_reading_none"));
        return true;
    }
    html_open(page, "table");
    office_table_head(page, links->visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < list->len; i++) {
        write_reading(page, links, list->pdata[i]);
    }
    html_close(page, "tbody");
    html_close(page, "table");
    return true;
}

static void write_form(HtmlWriter *page, const Links *links)
{
    static const char *const lasts[][2] = {
        {"1", "office_reading_hours_1"},     {"6", "office_reading_hours_6"},
        {"24", "office_reading_hours_24"},   {"72", "office_reading_hours_72"},
        {"168", "office_reading_hours_168"}, {"336", "office_reading_hours_336"},
    };
    const char *chosen = office_field(links->visit, "hours");
    g_autofree char *action = g_strdup_printf("/stories/%" PRId64 "/reading", links->story->id);
    OfficeInput name = {.label = say(links, "office_reading_name"),
                        .name = "name",
                        .value = office_field(links->visit, "name"),
                        .hint = say(links, "office_reading_name_hint"),
                        .most = READING_NAME,
                        .required = true};
    html_element(page, "h2", say(links, "office_reading_new"));
    office_form(page, links->visit, action);
    office_input(page, &name);
    office_choice(page, say(links, "office_reading_lasts"), "hours");
    for (size_t i = 0; i < G_N_ELEMENTS(lasts); i++) {
        office_option(page, lasts[i][0], say(links, lasts[i][1]),
                      strcmp(lasts[i][0], *chosen == '\0' ? "24" : chosen) == 0);
    }
    office_choice_end(page);
    office_button(page, say(links, "office_reading_make"), "strong");
    html_close(page, "form");
}

/* The only time that the link is shown: its token is nowhere else. */
static void write_link(HtmlWriter *page, const Links *links, const char *token)
{
    g_autofree char *address =
        g_strconcat(office_options(links->visit->office)->url, "/read/", token, NULL);
    office_done(page, say(links, "office_reading_once"));
    html_open(page, "p");
    html_attribute(page, "class", "token");
    html_open(page, "code");
    html_attribute(page, "dir", "ltr");
    html_text(page, address);
    html_close(page, "code");
    html_close(page, "p");
}

static HttpReply *show(const Links *links, unsigned status, const char *problem, const char *token)
{
    g_autoptr(GError) reason = NULL;
    OfficeVisit *visit = links->visit;
    HtmlWriter *page = office_page(visit, say(links, "office_reading"));
    story_view_back(page, visit, links->story);
    if (problem != NULL) {
        office_problem(page, problem);
    }
    if (token != NULL) {
        write_link(page, links, token);
    } else {
        html_element(page, "p", say(links, "office_reading_what"));
    }
    if (links->story->embargo > visit->now) {
        html_element(page, "p", say(links, "office_reading_embargo"));
    }
    if (!write_list(page, links, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    if (token == NULL && links->story->state != STORY_TAKEN_DOWN) {
        write_form(page, links);
    }
    return office_page_done(visit, page, status);
}

/* False with the reply that says why not. */
static bool find(OfficeVisit *visit, Links *links, HttpReply **wrong)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    links->visit = visit;
    if (!office_part_number(visit, 0, &id)) {
        *wrong = office_not_found(visit);
        return false;
    }
    links->story = story_read(visit->store, id, &reason);
    if (links->story == NULL || !story_desk_open(visit->store, &links->desk, &reason)) {
        *wrong = office_failed(visit, reason);
        return false;
    }
    return true;
}

static HttpReply *answer_list(OfficeVisit *visit)
{
    g_auto(Links) links = {0};
    HttpReply *wrong = NULL;
    return find(visit, &links, &wrong) ? show(&links, 200, NULL, NULL) : wrong;
}

typedef struct {
    const Links *links;
    char token[READING_TOKEN];
} Making;

/* In one transaction with the look at the story, which may be taken down at that moment. */
static bool make_body(Store *store, void *data, GError **error)
{
    Making *making = data;
    const OfficeVisit *visit = making->links->visit;
    ReadingActor by = {.person = visit->person->id};
    gint64 hours = 0;
    g_ascii_string_to_signed(office_field(visit, "hours"), 10, 1, READING_HOURS_MOST, &hours, NULL);
    g_autoptr(Story) story = story_read(store, making->links->story->id, error);
    if (story != NULL && story->state == STORY_TAKEN_DOWN) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "%s",
                    say(making->links, "office_reading_taken_down"));
    }
    return story != NULL && reading_make(store, story->id, &by, office_field(visit, "name"),
                                         (unsigned)hours, visit->now, making->token, error);
}

static HttpReply *answer_make(OfficeVisit *visit)
{
    g_auto(Links) links = {0};
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    if (!find(visit, &links, &wrong)) {
        return wrong;
    }
    Making making = {.links = &links};
    if (!store_transact(visit->store, make_body, &making, &reason)) {
        unsigned status = office_status(reason);
        return status == 503 ? office_failed(visit, reason)
                             : show(&links, status, office_reason(visit, reason), NULL);
    }
    return show(&links, 200, NULL, making.token);
}

static HttpReply *answer_end(OfficeVisit *visit)
{
    g_auto(Links) links = {0};
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    HttpReply *wrong = NULL;
    if (!find(visit, &links, &wrong)) {
        return wrong;
    }
    g_ascii_string_to_signed(office_field(visit, "link"), 10, 1, INT64_MAX, &id, NULL);
    /* One that ended meanwhile stands so in the list. */
    ReadingActor by = {.person = visit->person->id};
    if (!reading_end(visit->store, links.story->id, id, &by, visit->now, &reason) &&
        office_status(reason) != 404) {
        return office_failed(visit, reason);
    }
    g_autofree char *path = g_strdup_printf("/stories/%" PRId64 "/reading", links.story->id);
    return office_see_other(visit, path);
}

/* ---- Who has one ---------------------------------------------------------------------------- */

/* One line, whatever the reason: who tries links learns nothing. */
static HttpReply *gone(OfficeVisit *visit)
{
    HtmlWriter *page = office_page(visit, office_text(visit, "office_reading_gone"));
    html_element(page, "p", office_text(visit, "office_reading_gone_text"));
    return office_page_done(visit, page, 404);
}

/* The link of the path and its token; a reply if it opens nothing. */
static HttpReply *find_reading(OfficeVisit *visit, char **token, Reading **reading)
{
    g_autoptr(GError) reason = NULL;
    *token = office_part(visit, 0);
    *reading = reading_find(visit->store, *token, visit->now, &reason);
    return *reading != NULL               ? NULL
           : office_status(reason) == 404 ? gone(visit)
                                          : office_failed(visit, reason);
}

/* The story as it is saved; NULL with a reply for what cannot be shown. */
static HttpReply *draw(OfficeVisit *visit, const Reading *reading, PressShown *shown)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Story) story = story_read(visit->store, reading->story, &reason);
    if (story != NULL && story->state == STORY_TAKEN_DOWN) {
        return gone(visit);
    }
    return story != NULL && draft_show(visit, reading->story, 0, shown, &reason)
               ? NULL
               : office_failed(visit, reason);
}

static char *mark(const OfficeVisit *visit, const char *token, int64_t moment)
{
    g_autofree char *what = g_strdup_printf("%s %" PRId64, token, moment);
    g_autofree char *mac = secret_mac_hex(office_options(visit->office)->secret, "reading", what);
    return g_strdup_printf("%" PRId64 "-%s", moment, mac);
}

/* Was there an opening of which this is the mark, not too long ago? */
static bool mark_good(const OfficeVisit *visit, const char *token, const char *given)
{
    g_auto(GStrv) parts = g_strsplit(given, "-", 2);
    gint64 moment = 0;
    if (!g_ascii_string_to_signed(parts[0] == NULL ? "" : parts[0], 10, 1, G_MAXINT64, &moment,
                                  NULL) ||
        moment > visit->now || visit->now - moment > OPENING_LASTS) {
        return false;
    }
    g_autofree char *right = mark(visit, token, moment);
    return strlen(given) == strlen(right) && secret_equal(given, right, strlen(right));
}

static HttpReply *answer_ask(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *token = NULL;
    g_autoptr(Reading) reading = NULL;
    HttpReply *wrong = find_reading(visit, &token, &reading);
    if (wrong != NULL) {
        return wrong;
    }
    g_autoptr(GTimeZone) zone = setting_timezone(visit->store, &reason);
    if (zone == NULL) {
        return office_failed(visit, reason);
    }
    g_autofree char *action = g_strconcat("/read/", token, NULL);
    HtmlWriter *page = office_page(visit, office_text(visit, "office_reading_ask"));
    html_element(page, "p", office_text(visit, "office_reading_ask_text"));
    html_open(page, "p");
    html_text(page, office_text(visit, "office_reading_until"));
    html_text(page, " ");
    office_time(page, visit, reading->ends, zone);
    html_close(page, "p");
    office_button_form(page, visit, action, NULL, NULL, office_text(visit, "office_reading_read"),
                       "strong");
    return office_page_done(visit, page, 200);
}

static HttpReply *answer_open(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *token = NULL;
    g_autoptr(Reading) reading = NULL;
    g_auto(PressShown) shown = {0};
    if (!office_limit(visit, OFFICE_LIMIT_OPENING)) {
        return office_refused(visit, 429, "office_too_often");
    }
    HttpReply *wrong = find_reading(visit, &token, &reading);
    wrong = wrong != NULL ? wrong : draw(visit, reading, &shown);
    if (wrong != NULL) {
        return wrong;
    }
    if (!reading_open(visit->store, reading, visit->now, &reason)) {
        return office_status(reason) == 404 ? gone(visit) : office_failed(visit, reason);
    }
    g_autofree char *opening = mark(visit, token, visit->now);
    g_autofree char *base = g_strdup_printf("/read/%s/%s", token, opening);
    return draft_to_page(visit, base, &shown);
}

static HttpReply *answer_read(OfficeVisit *visit)
{
    g_autofree char *token = NULL;
    g_autoptr(Reading) reading = NULL;
    g_auto(PressShown) shown = {0};
    g_autofree char *opening = office_part(visit, 1);
    g_autofree char *path = office_part(visit, 2);
    HttpReply *wrong = find_reading(visit, &token, &reading);
    if (wrong != NULL) {
        return wrong;
    }
    if (!mark_good(visit, token, opening)) { /* once more by the button */
        g_autofree char *again = g_strconcat("/read/", token, NULL);
        return office_see_other(visit, again);
    }
    if (!office_limit(visit, OFFICE_LIMIT_READING)) {
        return office_refused(visit, 429, "office_too_often");
    }
    wrong = draw(visit, reading, &shown);
    return wrong != NULL ? wrong : draft_reply(visit, &shown, path, false);
}

const OfficeRoute reading_office[] = {
    {.name = "story-readings",
     .method = HTTP_GET,
     .path = "/stories/:id/reading",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_list,
     .help = "a story's links for readers outside"},
    {.name = "story-reading-make",
     .method = HTTP_POST,
     .path = "/stories/:id/reading",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_make,
     .body_most = OFFICE_FORM,
     .words = true,
     .help = "makes a link for a reader outside and shows it this once"},
    {.name = "story-reading-end",
     .method = HTTP_POST,
     .path = "/stories/:id/reading/end",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_end,
     .body_most = OFFICE_FORM,
     .help = "ends a link for a reader outside"},
    {.name = "reading",
     .method = HTTP_GET,
     .path = "/read/:token",
     .permission = PERMISSION_PUBLIC,
     .answer = answer_ask,
     .help = "what a reader outside is shown first, with a button"},
    {.name = "reading-open",
     .method = HTTP_POST,
     .path = "/read/:token",
     .permission = PERMISSION_PUBLIC,
     .answer = answer_open,
     .body_most = OFFICE_FORM,
     .help = "writes an opening down and leads to the page"},
    {.name = "reading-page",
     .method = HTTP_GET,
     .path = "/read/:token/:opening/*path",
     .permission = PERMISSION_PUBLIC,
     .answer = answer_read,
     .help = "the page that the link is for, and what it uses"},
    {.name = NULL},
};
