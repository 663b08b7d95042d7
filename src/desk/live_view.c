/* Writing the pages of a live story's entries: live_view.h. What the script does with them is
 * site/office/live.js. */
#include "desk/live_view.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/random.h"
#include "desk/floor.h"
#include "desk/story_out.h"
#include "desk/story_view_private.h"
#include "office/asset.h"
#include "office/frame.h"
#include "staff/person.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN   50u /* entries on a page */
#define REMOVED 20u /* removed ones below them */

static const char *say(const LiveView *view, const char *id)
{
    return office_text(view->visit, id);
}

void live_view_clear(LiveView *view)
{
    story_desk_clear(&view->desk);
    g_clear_pointer(&view->story, story_free);
    g_clear_pointer(&view->entry, live_entry_free);
    g_clear_pointer(&view->typed, g_free);
}

static bool read_both(LiveView *view, int64_t story, int64_t entry, GError **error)
{
    Store *store = view->visit->store;
    g_autoptr(Story) now = story_read(store, story, error);
    g_autoptr(LiveEntry) one = now == NULL || entry == 0 ? NULL : live_read(store, entry, error);
    if (now == NULL || (entry != 0 && one == NULL) ||
        !floor_read(store, story, &view->floor, error)) {
        return false;
    }
    if (one != NULL && one->story != story) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND,
                    "live entry %" PRId64 " is not of story %" PRId64, entry, story);
    }
    g_clear_pointer(&view->story, story_free);
    g_clear_pointer(&view->entry, live_entry_free);
    view->story = g_steal_pointer(&now);
    view->entry = g_steal_pointer(&one);
    return true;
}

bool live_view_load(OfficeVisit *visit, int64_t story, int64_t entry, LiveView *view,
                    GError **error)
{
    view->visit = visit;
    view->status = 200;
    view->headline = view->body = view->time = "";
    return read_both(view, story, entry, error) &&
           story_desk_open(visit->store, &view->desk, error);
}

bool live_view_again(LiveView *view, GError **error)
{
    return read_both(view, view->story->id, view->entry == NULL ? 0 : view->entry->id, error);
}

bool live_view_waits(const LiveView *view)
{
    return story_goes_out(view->story) && !office_may(view->visit, PERMISSION_PUBLISH);
}

bool live_view_may(const LiveView *view, const LiveEntry *entry)
{
    return entry->waiting || !live_view_waits(view);
}

/* ---- Both pages ----------------------------------------------------------------------------- */

static char *address_of(const LiveView *view, const LiveEntry *entry, const char *verb)
{
    return entry == NULL
               ? g_strdup_printf("/stories/%" PRId64 "/live%s%s", view->story->id,
                                 *verb == '\0' ? "" : "/", verb)
               : g_strdup_printf("/stories/%" PRId64 "/live/%" PRId64 "%s%s", view->story->id,
                                 entry->id, *verb == '\0' ? "" : "/", verb);
}

static void one_button(HtmlWriter *page, const LiveView *view, const LiveEntry *entry,
                       const char *verb, const char *text, const char *style)
{
    g_autofree char *action = address_of(view, entry, verb);
    g_autofree char *seen = g_strdup_printf("%" PRId64, entry->serial);
    office_button_form(page, view->visit, action, "seen", seen, say(view, text), style);
}

static HtmlWriter *begin(const LiveView *view, bool entry)
{
    HtmlWriter *page = office_page(view->visit, view->story->headline);
    g_autofree char *story = g_strdup_printf("/stories/%" PRId64, view->story->id);
    g_autofree char *list = address_of(view, NULL, "");
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_attribute(page, "href", office_asset("live.css"));
    html_open(page, "p");
    html_attribute(page, "class", "story-top");
    story_view_state(page, view->visit, view->story->state);
    html_text(page, " ");
    story_view_link(page, entry ? list : story,
                    say(view, entry ? "office_live_back" : "office_live_story"));
    g_autofree char *address = story_desk_address(&view->desk, view->story);
    if (address != NULL && story_visible(view->story, view->visit->now)) {
        html_text(page, " · ");
        story_view_link(page, address, address);
    }
    html_close(page, "p");
    return page;
}

static void write_area(HtmlWriter *page, const LiveView *view)
{
    html_open(page, "p");
    html_open(page, "label");
    html_attribute(page, "for", "body");
    html_text(page, say(view, "office_live_text"));
    html_close(page, "label");
    html_open(page, "textarea");
    html_attribute(page, "id", "body");
    html_attribute(page, "name", "body");
    html_attribute(page, "rows", "5");
    html_attribute(page, "lang", view->story->language);
    html_attribute(page, "dir", "auto");
    html_text(page, "\n"); /* which a browser leaves out */
    html_text(page, view->body);
    html_close(page, "textarea");
    html_close(page, "p");
}

static void write_fields(HtmlWriter *page, const LiveView *view)
{
    g_autofree char *floor = g_strdup_printf("%" PRId64, view->floor);
    OfficeInput headline = {.label = say(view, "office_live_headline"),
                            .name = "headline",
                            .value = view->headline,
                            .most = LIMIT_TITLE};
    OfficeInput time = {.label = say(view, "office_live_time"),
                        .name = "time",
                        .type = "datetime-local",
                        .value = view->time,
                        .hint = view->entry == NULL ? say(view, "office_live_time_hint") : NULL};
    office_hidden(page, FLOOR_FIELD, floor);
    write_area(page, view);
    html_open(page, "div");
    html_attribute(page, "class", "beside");
    office_input(page, &headline);
    office_input(page, &time);
    html_close(page, "div");
}

/* A text that is to be read, not changed, with what it is. */
static void write_text(HtmlWriter *page, const LiveView *view, const char *what,
                       const char *headline, const char *body)
{
    html_element(page, "p", say(view, what));
    html_open(page, "blockquote");
    html_attribute(page, "class", "live");
    html_attribute(page, "lang", view->story->language);
    html_attribute(page, "dir", "auto");
    if (*headline != '\0') {
        html_element(page, "h3", headline);
    }
    html_open(page, "p");
    html_attribute(page, "class", "text");
    html_text(page, body);
    html_close(page, "p");
    html_close(page, "blockquote");
}

static void write_problem(HtmlWriter *page, const LiveView *view)
{
    office_problem(page, view->problem);
    if (view->typed != NULL) {
        write_text(page, view, "office_floor_typed", "", view->typed);
    }
}

/* ---- The list ------------------------------------------------------------------------------- */

/* What the script says, and whose texts it keeps. */
static void write_words(HtmlWriter *page, const LiveView *view)
{
    static const char *const words[][2] = {
        {"data-kept", "office_live_kept"},       {"data-waits", "office_live_unsent"},
        {"data-sent", "office_live_sent"},       {"data-out", "office_live_out"},
        {"data-refused", "office_live_refused"}, {"data-back", "office_live_take_back"},
        {"data-full", "office_live_full"},       {"data-press", "office_out_waits"},
    };
    g_autofree char *story = g_strdup_printf("%" PRId64, view->story->id);
    g_autofree char *person = g_strdup_printf("%" PRId64, view->visit->person->id);
    html_attribute(page, "data-story", story);
    html_attribute(page, "data-person", person);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        html_attribute(page, words[i][0], say(view, words[i][1]));
    }
}

static void write_form(HtmlWriter *page, const LiveView *view)
{
    g_autofree char *action = address_of(view, NULL, "");
    const char *sent = office_field(view->visit, "key");
    bool again = *sent != '\0' && view->status != 409; /* under that key there are other words */
    g_autofree char *key = again ? g_strdup(sent) : random_id();
    bool out = story_goes_out(view->story);
    html_open(page, "form");
    html_attribute(page, "method", "post");
    html_url_attribute(page, "action", action);
    html_attribute(page, "id", "live-form");
    write_words(page, view);
    office_hidden(page, "csrf", view->visit->csrf);
    office_hidden(page, "key", key);
    write_fields(page, view);
    html_open(page, "p");
    html_attribute(page, "class", "saving");
    office_button(page,
                  say(view, live_view_waits(view) ? "office_live_hand_in"
                            : out                 ? "office_live_publish"
                                                  : "office_live_add"),
                  "strong");
    html_text(page, " ");
    html_open(page, "span");
    html_attribute(page, "id", "live-status");
    html_attribute(page, "aria-live", "polite");
    html_close(page, "span");
    html_close(page, "p");
    html_close(page, "form");
    html_open(page, "ul");
    html_attribute(page, "id", "live-unsent");
    html_close(page, "ul");
}

static void write_buttons(HtmlWriter *page, const LiveView *view, const LiveEntry *entry)
{
    g_autofree char *address = address_of(view, entry, "");
    html_open(page, "div");
    html_attribute(page, "class", "acts");
    if (entry->removed) {
        one_button(page, view, entry, "restore", "office_live_restore", NULL);
    } else {
        if (entry->waiting && office_may(view->visit, PERMISSION_PUBLISH)) {
            one_button(page, view, entry, "release", "office_live_release", "strong");
        }
        story_view_link(page, address, say(view, "office_live_edit"));
        one_button(page, view, entry, "remove", "office_live_remove", "plain");
    }
    html_close(page, "div");
}

static bool write_who(HtmlWriter *page, const LiveView *view, const LiveEntry *entry,
                      GError **error)
{
    if (entry->person == 0) {
        return true;
    }
    g_autoptr(Person) person = person_read(view->visit->store, entry->person, error);
    if (person == NULL) {
        return false;
    }
    html_text(page, " · ");
    html_element(page, "bdi", person->name);
    return true;
}

static bool write_entry(HtmlWriter *page, const LiveView *view, const LiveEntry *entry,
                        GError **error)
{
    html_open(page, "li");
    html_attribute(page, "id", entry->anchor);
    html_attribute(page, "class", entry->waiting ? "waiting" : NULL);
    html_open(page, "p");
    html_attribute(page, "class", "when");
    office_time(page, view->visit, entry->time, view->desk.site.zone);
    if (!write_who(page, view, entry, error)) {
        return false;
    }
    if (entry->waiting && !entry->removed) {
        html_text(page, " ");
        office_state(page, "scheduled", say(view, "office_live_waiting"));
    }
    html_close(page, "p");
    html_open(page, "div");
    html_attribute(page, "lang", view->story->language);
    html_attribute(page, "dir", "auto");
    if (*entry->headline != '\0') {
        html_element(page, "h3", entry->headline);
    }
    html_open(page, "p");
    html_attribute(page, "class", "text");
    html_text(page, entry->body);
    html_close(page, "p");
    html_close(page, "div");
    if (live_view_may(view, entry)) {
        write_buttons(page, view, entry);
    }
    html_close(page, "li");
    return true;
}

static bool write_entries(HtmlWriter *page, const LiveView *view, const GPtrArray *list,
                          unsigned most, GError **error)
{
    html_open(page, "ol");
    html_attribute(page, "class", "live");
    for (guint i = 0; i < MIN(list->len, most); i++) {
        if (!write_entry(page, view, list->pdata[i], error)) {
            return false;
        }
    }
    html_close(page, "ol");
    return true;
}

/* The entry behind which the page begins; NULL for the newest. */
static LiveEntry *asked_after(const LiveView *view)
{
    int64_t id = 0;
    if (!g_ascii_string_to_signed(office_asked(view->visit, "after"), 10, 1, INT64_MAX, &id,
                                  NULL)) {
        return NULL;
    }
    return live_read(view->visit->store, id, NULL);
}

static bool write_list(HtmlWriter *page, const LiveView *view, GError **error)
{
    Store *store = view->visit->store;
    g_autoptr(LiveEntry) after = asked_after(view);
    g_autoptr(GPtrArray) list = live_page(store, view->story->id, false, after, SHOWN + 1, error);
    if (list == NULL) {
        return false;
    }
    html_element(page, "h2", say(view, "office_live_entries"));
    if (list->len == 0) {
        html_element(page, "p", say(view, "office_live_none"));
    } else if (!write_entries(page, view, list, SHOWN, error)) {
        return false;
    }
    if (list->len > SHOWN) {
        const LiveEntry *last = list->pdata[SHOWN - 1];
        g_autofree char *next =
            g_strdup_printf("/stories/%" PRId64 "/live?after=%" PRId64, view->story->id, last->id);
        html_open(page, "p");
        story_view_link(page, next, say(view, "office_older"));
        html_close(page, "p");
    }
    return true;
}

static bool write_removed(HtmlWriter *page, const LiveView *view, GError **error)
{
    g_autoptr(GPtrArray) list =
        live_page(view->visit->store, view->story->id, true, NULL, REMOVED, error);
    if (list == NULL || list->len == 0) {
        return list != NULL;
    }
    html_open(page, "details");
    html_element(page, "summary", say(view, "office_live_removed"));
    bool done = write_entries(page, view, list, REMOVED, error);
    html_close(page, "details");
    return done;
}

/* The entry that the address names, if it is of this story. */
static LiveEntry *asked_entry(const LiveView *view)
{
    int64_t id = 0;
    g_autoptr(LiveEntry) entry =
        g_ascii_string_to_signed(office_asked(view->visit, "entry"), 10, 1, INT64_MAX, &id, NULL)
            ? live_read(view->visit->store, id, NULL)
            : NULL;
    return entry != NULL && entry->story == view->story->id ? g_steal_pointer(&entry) : NULL;
}

/* Where readers find the entry, or that they do not yet. */
static bool write_out(HtmlWriter *page, const LiveView *view, const LiveEntry *entry,
                      GError **error)
{
    g_autofree char *address = story_desk_address(&view->desk, view->story);
    if (entry == NULL || address == NULL) {
        return true;
    }
    g_autofree char *place =
        entry->removed ? g_strdup(address) : g_strconcat(address, "#", entry->anchor, NULL);
    return story_out_write(page, view->visit, view->story, entry->id, place, error);
}

/* What was done; a removal can be undone on the spot. */
static bool write_done(HtmlWriter *page, const LiveView *view, GError **error)
{
    static const char *const known[][2] = {{"added", "office_live_done_added"},
                                           {"waits", "office_live_done_waits"},
                                           {"changed", "office_done_changed"},
                                           {"removed", "office_live_done_removed"},
                                           {"released", "office_live_done_released"}};
    const char *done = office_asked(view->visit, "done");
    g_autoptr(LiveEntry) entry = asked_entry(view);
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strcmp(done, known[i][0]) == 0) {
            office_done(page, say(view, known[i][1]));
        }
    }
    if (!write_out(page, view, entry, error)) {
        return false;
    }
    if (strcmp(done, "removed") == 0 && entry != NULL && entry->removed &&
        live_view_may(view, entry)) {
        one_button(page, view, entry, "restore", "office_live_undo", NULL);
    }
    return true;
}

static void write_kind(HtmlWriter *page, const LiveView *view)
{
    g_autofree char *action = address_of(view, NULL, "begin");
    html_element(page, "p", say(view, "office_live_not"));
    if (live_view_waits(view)) {
        html_element(page, "p", say(view, "office_publish_others"));
    } else {
        office_button_form(page, view->visit, action, NULL, NULL, say(view, "office_live_begin"),
                           "strong");
    }
}

static void write_script(HtmlWriter *page, const char *name)
{
    html_open(page, "script");
    html_attribute(page, "src", office_asset(name));
    html_flag(page, "defer", true);
    html_close(page, "script");
}

static bool write_all(HtmlWriter *page, const LiveView *view, GError **error)
{
    if (view->problem != NULL) {
        write_problem(page, view);
    } else if (!write_done(page, view, error)) {
        return false;
    }
    if (view->story->kind != STORY_KIND_LIVE) {
        write_kind(page, view);
        return true;
    }
    write_form(page, view);
    html_open(page, "div");
    html_attribute(page, "id", "live-entries");
    if (!write_list(page, view, error) || !write_removed(page, view, error)) {
        return false;
    }
    html_close(page, "div");
    write_script(page, "out.js");
    write_script(page, "live.js");
    return true;
}

HttpReply *live_view_page(LiveView *view)
{
    g_autoptr(GError) reason = NULL;
    HtmlWriter *page = begin(view, false);
    if (!write_all(page, view, &reason)) {
        html_writer_free(page);
        return office_failed(view->visit, reason);
    }
    return office_page_done(view->visit, page, view->status);
}

/* ---- One entry ------------------------------------------------------------------------------ */

HttpReply *live_view_entry(LiveView *view)
{
    g_autofree char *action = address_of(view, view->entry, "save");
    g_autofree char *seen = g_strdup_printf("%" PRId64, view->entry->serial);
    HtmlWriter *page = begin(view, true);
    if (view->problem != NULL) {
        write_problem(page, view);
    }
    if (view->conflict) {
        write_text(page, view, "office_live_stands", view->entry->headline, view->entry->body);
    }
    if (!live_view_may(view, view->entry)) {
        if (view->problem != NULL) { /* it went out while she typed */
            write_text(page, view, "office_live_typed", view->headline, view->body);
        }
        html_element(page, "p", say(view, "office_publish_others"));
        return office_page_done(view->visit, page, view->status);
    }
    office_form(page, view->visit, action);
    office_hidden(page, "seen", seen);
    write_fields(page, view);
    office_button(page, say(view, "office_live_save"), "strong");
    html_close(page, "form");
    one_button(page, view, view->entry, "remove", "office_live_remove", "plain");
    return office_page_done(view->visit, page, view->status);
}
