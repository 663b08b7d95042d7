/* Writing the page of a front: front_view.h. One slot's page is front_view_slot.c. */
#include "desk/front_view.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/language_choice.h"
#include "desk/section.h"
#include "desk/story_view_private.h"
#include "office/asset.h"
#include "office/frame.h"
#include "seal/hash.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

static const char *say(const FrontView *view, const char *id)
{
    return office_text(view->visit, id);
}

/* ---- What is shown -------------------------------------------------------------------------- */

/* At least what the page shows, and each slot that is set. */
static unsigned slots_of(const GPtrArray *slots)
{
    unsigned most = FRONT_SHOWN;
    for (unsigned i = 0; i < slots->len; i++) {
        most = MAX(most, ((const FrontSlot *)slots->pdata[i])->slot);
    }
    return MIN(most, FRONT_SLOTS);
}

bool front_view_open(OfficeVisit *visit, FrontView *view, GError **error)
{
    g_autoptr(GError) quiet = NULL;
    view->visit = visit;
    view->status = 200;
    if (!story_desk_open(visit->store, &view->desk, error)) {
        return false;
    }
    view->language = language_choice(visit, &view->desk, error);
    if (view->language == NULL) {
        return false;
    }
    view->slots = front_slots(visit->store, view->language, error);
    view->front = view->slots == NULL ? NULL
                                      : front_read(visit->store, view->language, visit->now,
                                                   slots_of(view->slots), error);
    if (view->front == NULL || !front_version(visit->store, view->language, view->version, error)) {
        return false;
    }
    view->breaking = breaking_read(visit->store, view->language, visit->now, &quiet);
    return view->breaking != NULL ||
           g_error_matches(quiet, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND) ||
           (g_propagate_error(error, g_steal_pointer(&quiet)), false);
}

void front_view_clear(FrontView *view)
{
    story_desk_clear(&view->desk);
    g_clear_pointer(&view->front, front_free);
    g_clear_pointer(&view->slots, g_ptr_array_unref);
    g_clear_pointer(&view->breaking, breaking_free);
}

void front_view_line(const FrontView *view, char version[FRONT_VERSION])
{
    char hex[HASH_HEX];
    g_autofree char *text = view->breaking == NULL
                                ? g_strdup("")
                                : g_strdup_printf("%s\n%" PRId64 " %" PRId64, view->breaking->text,
                                                  view->breaking->story, view->breaking->until);
    Hash hash = hash_of(text, strlen(text));
    hash_hex(&hash, hex);
    g_strlcpy(version, hex, FRONT_VERSION);
}

char *front_view_address(const FrontView *view, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *more = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return g_strconcat("/front?language=", view->language, more, NULL);
}

const FrontSlot *front_view_set(const FrontView *view, unsigned slot)
{
    for (unsigned i = 0; i < view->slots->len; i++) {
        const FrontSlot *each = view->slots->pdata[i];
        if (each->slot == slot && each->until > view->visit->now) {
            return each;
        }
    }
    return NULL;
}

const FrontPlace *front_view_place(const FrontView *view, unsigned slot)
{
    for (unsigned i = 0; i < view->front->places->len; i++) {
        const FrontPlace *each = view->front->places->pdata[i];
        if (each->slot == slot) {
            return each;
        }
    }
    return NULL;
}

const char *front_view_kind(const FrontView *view, unsigned slot)
{
    return say(view, slot == 1                   ? "office_front_lead"
                     : slot <= 1 + FRONT_SECONDS ? "office_front_second"
                     : slot <= FRONT_SHOWN       ? "office_front_latest"
                                                 : "office_front_below");
}

/* ---- Parts ---------------------------------------------------------------------------------- */

/* What the form wanted, with the present version, for who came second. */
static void write_again(HtmlWriter *page, const FrontView *view)
{
    static const char *const sent[] = {"from",  "to",    "story", "section", "until",
                                       "place", "words", "text",  "link"};
    g_autofree char *path =
        g_strndup(view->visit->request->path, strlen(view->visit->request->path));
    office_problem(page, say(view, "office_front_changed"));
    front_view_form(page, view, path);
    for (unsigned i = 0; i < G_N_ELEMENTS(sent); i++) {
        const char *value = office_field(view->visit, sent[i]);
        if (*value != '\0') {
            office_hidden(page, sent[i], value);
        }
    }
    html_open(page, "p");
    office_button(page, say(view, "office_front_again"), "strong");
    html_close(page, "p");
    html_close(page, "form");
}

HtmlWriter *front_view_begin(const FrontView *view, const char *title)
{
    HtmlWriter *page = office_page(view->visit, title);
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_attribute(page, "href", office_asset("front.css"));
    html_open(page, "script");
    html_url_attribute(page, "src", office_asset("front.js"));
    html_flag(page, "defer", true);
    html_close(page, "script");
    language_choice_write(page, view->visit, &view->desk, view->language, "/front");
    if (view->changed) {
        write_again(page, view);
    } else if (view->problem != NULL) {
        office_problem(page, view->problem);
    } else if (*office_asked(view->visit, "done") != '\0') {
        office_done(page, say(view, "office_front_done"));
    }
    return page;
}

void front_view_form(HtmlWriter *page, const FrontView *view, const char *action)
{
    char line[FRONT_VERSION];
    front_view_line(view, line);
    office_form(page, view->visit, action);
    office_hidden(page, "language", view->language);
    office_hidden(page, "version", view->version);
    office_hidden(page, "line", line);
}

void front_view_send(HtmlWriter *page, const char *name, int64_t value, const char *text,
                     const char *about, const char *action)
{
    g_autofree char *number = g_strdup_printf("%" PRId64, value);
    html_open(page, "button");
    html_attribute(page, "name", name);
    html_attribute(page, "value", number);
    html_url_attribute(page, "formaction", action);
    html_attribute(page, "aria-label", about);
    html_text(page, text);
    html_close(page, "button");
}

static void write_until(HtmlWriter *page, const FrontView *view, int64_t until)
{
    if (until != INT64_MAX) {
        html_text(page, " ");
        html_text(page, say(view, "office_front_until"));
        html_text(page, " ");
        office_time(page, view->visit, until, view->desk.site.zone);
    }
}

/* A slot is set to a story that readers do not see: drafted, scheduled, withdrawn. */
static void write_waiting(HtmlWriter *page, const FrontView *view, int64_t id)
{
    g_autoptr(Story) story = story_read(view->visit->store, id, NULL);
    g_autofree char *path = g_strdup_printf("/stories/%" PRId64, id);
    html_text(page, say(view, "office_front_waiting"));
    html_text(page, " ");
    if (story != NULL) {
        story_view_headline(page, path, story->headline);
        html_text(page, " ");
        story_view_state(page, view->visit, story->state);
    }
}

void front_view_why(HtmlWriter *page, const FrontView *view, unsigned slot)
{
    const FrontSlot *set = front_view_set(view, slot);
    const FrontPlace *place = front_view_place(view, slot);
    if (set == NULL) {
        html_text(page, say(view, place == NULL ? "office_front_empty" : "office_front_newest"));
        return;
    }
    if (set->section != NULL) {
        g_autoptr(Section) section =
            section_read(view->visit->store, view->language, set->section, NULL);
        html_text(page, say(view, "office_front_section"));
        html_text(page, " ");
        html_text(page, section == NULL ? set->section : section->name);
    } else if (place != NULL && place->origin == FRONT_HELD) {
        html_text(page, say(view, "office_front_held"));
    } else {
        write_waiting(page, view, set->story);
    }
    write_until(page, view, set->until);
}

/* ---- Slots ---------------------------------------------------------------------------------- */

/* Up, down, hold, let go, another: buttons of one form. */
static void write_ways(HtmlWriter *page, const FrontView *view, unsigned slot, unsigned last)
{
    const FrontSlot *set = front_view_set(view, slot);
    const FrontPlace *place = front_view_place(view, slot);
    g_autofree char *from = g_strdup_printf("%u", slot);
    g_autofree char *story = g_strdup_printf("%" PRId64, place == NULL ? 0 : place->card->id);
    g_autofree char *other = g_strdup_printf("/front/%u?language=%s", slot, view->language);

    const struct {
        const char *text, *action;
        unsigned to;
        bool there;
    } ways[] = {
        {"office_front_up", "/front/move", slot - 1, slot > 1 && (set != NULL || place != NULL)},
        {"office_front_down", "/front/move", slot + 1,
         slot < last && (set != NULL || place != NULL)},
        {"office_front_hold", "/front/move", slot, set == NULL && place != NULL},
        {"office_front_free", "/front/free", slot, set != NULL},
    };

    front_view_form(page, view, "/front/move");
    office_hidden(page, "from", from);
    office_hidden(page, "story", story);
    for (unsigned i = 0; i < G_N_ELEMENTS(ways); i++) {
        g_autofree char *about = g_strdup_printf("%s, %s %u", say(view, ways[i].text),
                                                 say(view, "office_front_slot"), slot);
        if (ways[i].there) {
            front_view_send(page, "to", ways[i].to, say(view, ways[i].text), about, ways[i].action);
        }
    }
    story_view_link(page, other, say(view, "office_front_other"));
    html_close(page, "form");
}

static void write_slot(HtmlWriter *page, const FrontView *view, unsigned slot, unsigned last)
{
    const FrontPlace *place = front_view_place(view, slot);
    g_autofree char *id = g_strdup_printf("slot-%u", slot);
    g_autofree char *number = g_strdup_printf("%u", slot);
    bool moved = strcmp(office_asked(view->visit, "at"), number) == 0;
    html_open(page, "li");
    html_attribute(page, "id", id);
    html_attribute(page, "data-slot", number);
    html_attribute(page, "class", moved ? "moved" : NULL);
    html_attribute(page, "tabindex", moved ? "-1" : NULL);
    html_flag(page, "autofocus", moved);
    html_open(page, "div");
    html_open(page, "small");
    html_attribute(page, "class", "kind");
    html_text(page, number);
    html_text(page, " · ");
    html_text(page, front_view_kind(view, slot));
    html_close(page, "small");
    if (place != NULL) {
        g_autofree char *path = g_strdup_printf("/stories/%" PRId64, place->card->id);
        html_open(page, "strong");
        html_attribute(page, "lang", place->card->language);
        story_view_headline(page, path, place->card->headline);
        html_close(page, "strong");
    }
    html_open(page, "small");
    front_view_why(page, view, slot);
    html_close(page, "small");
    html_close(page, "div");
    write_ways(page, view, slot, last);
    html_close(page, "li");
}

/* ---- The breaking line ---------------------------------------------------------------------- */

static void write_line_fields(HtmlWriter *page, const FrontView *view)
{
    const Breaking *line = view->breaking;
    bool again = view->problem != NULL;
    g_autofree char *story =
        line == NULL || line->story == 0 ? NULL : g_strdup_printf("%" PRId64, line->story);
    g_autofree char *until = line == NULL || line->until == INT64_MAX
                                 ? NULL
                                 : story_desk_field_moment(&view->desk, line->until);
    OfficeInput text = {.label = say(view, "office_breaking_text"),
                        .name = "text",
                        .value = again          ? office_field(view->visit, "text")
                                 : line != NULL ? line->text
                                                : NULL,
                        .most = BREAKING_TEXT,
                        .required = true};
    OfficeInput link = {.label = say(view, "office_breaking_story"),
                        .name = "link",
                        .value = again ? office_field(view->visit, "link") : story,
                        .hint = say(view, "office_breaking_story_hint"),
                        .most = 1000};
    OfficeInput end = {.label = say(view, "office_front_until_field"),
                       .name = "until",
                       .type = "datetime-local",
                       .value = again ? office_field(view->visit, "until") : until};
    office_input(page, &text);
    office_input(page, &link);
    office_input(page, &end);
}

static void write_line(HtmlWriter *page, const FrontView *view)
{
    html_open(page, "h2");
    html_attribute(page, "id", "breaking");
    html_text(page, say(view, "office_breaking"));
    html_close(page, "h2");
    if (view->breaking != NULL) {
        html_open(page, "p");
        html_attribute(page, "class", "breaking");
        html_attribute(page, "lang", view->language);
        html_text(page, view->breaking->text);
        write_until(page, view, view->breaking->until);
        html_close(page, "p");
    }
    front_view_form(page, view, "/front/breaking");
    write_line_fields(page, view);
    office_button(page, say(view, "office_breaking_set"), "strong");
    html_close(page, "form");
    if (view->breaking != NULL) {
        front_view_form(page, view, "/front/breaking/clear");
        office_button(page, say(view, "office_breaking_clear"), NULL);
        html_close(page, "form");
    }
}

HttpReply *front_view_page(FrontView *view)
{
    unsigned last = slots_of(view->slots);
    bool first = strcmp(view->language, desk_site_first_language(&view->desk.site)) == 0;
    g_autofree char *reader = first ? g_strconcat(view->desk.url, "/", NULL)
                                    : g_strconcat(view->desk.url, "/", view->language, "/", NULL);
    HtmlWriter *page = front_view_begin(view, say(view, "office_front"));
    html_open(page, "p");
    html_text(page, say(view, "office_front_hint"));
    html_text(page, " ");
    story_view_link(page, reader, reader);
    html_close(page, "p");
    html_open(page, "ol");
    html_attribute(page, "class", "slots");
    for (unsigned slot = 1; slot <= last; slot++) {
        write_slot(page, view, slot, last);
    }
    html_close(page, "ol");
    write_line(page, view);
    return office_page_done(view->visit, page, view->status);
}
