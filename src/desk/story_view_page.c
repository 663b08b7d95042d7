/* Writing the page of a story: story_view.h. The forms of its way to readers are story_view_way.c.
 */
#include "desk/story_view.h"

#include "base/limits.h"
#include "desk/floor.h"
#include "desk/preview_office.h"
#include "desk/reading_office.h"
#include "desk/section.h"
#include "desk/story_input.h"
#include "desk/story_out.h"
#include "desk/story_view_private.h"
#include "desk/suggest.h"
#include "desk/translation_office.h"
#include "office/area.h"
#include "office/asset.h"
#include "office/frame.h"
#include "press/weight.h"
#include "text/merge.h"

#include <inttypes.h>
#include <string.h>

static const char *say(const StoryView *view, const char *id)
{
    return office_text(view->visit, id);
}

void story_view_state(HtmlWriter *page, const OfficeVisit *visit, StoryState state)
{
    g_autofree char *class = g_strdelimit(g_strdup(story_state_name(state)), " ", '-');
    g_autofree char *id = g_strconcat("office_state_", story_state_name(state), NULL);
    office_state(page, class, office_text(visit, g_strdelimit(id, " ", '_')));
}

void story_view_link(HtmlWriter *page, const char *address, const char *text)
{
    html_open(page, "a");
    html_url_attribute(page, "href", address);
    html_attribute(page, "dir", strcmp(address, text) == 0 ? "ltr" : NULL); /* an address shown */
    html_text(page, text);
    html_close(page, "a");
}

void story_view_headline(HtmlWriter *page, const char *address, const char *headline)
{
    html_open(page, "bdi");
    story_view_link(page, address, *headline == '\0' ? "–" : headline);
    html_close(page, "bdi");
}

void story_view_back(HtmlWriter *page, const OfficeVisit *visit, const Story *story)
{
    g_autofree char *back = g_strdup_printf("/stories/%" PRId64, story->id);
    html_open(page, "p");
    story_view_link(page, back, office_text(visit, "office_back_to_story"));
    html_text(page, " · ");
    html_open(page, "bdi");
    html_attribute(page, "lang", story->language);
    html_text(page, story->headline);
    html_close(page, "bdi");
    html_close(page, "p");
}

/* ---- Above the form ------------------------------------------------------------------------- */

static void write_done(HtmlWriter *page, const StoryView *view)
{
    static const char *const known[][2] = {
        {"saved", "office_done_saved"},         {"merged", "office_done_merged"},
        {"other", "office_done_saved_other"},   {"dropped", "office_done_dropped"},
        {"published", "office_done_published"}, {"scheduled", "office_done_scheduled"},
        {"withdrawn", "office_done_withdrawn"}, {"corrected", "office_done_corrected"},
        {"restored", "office_done_restored"},   {"changed", "office_done_changed"},
    };
    for (unsigned i = 0; view->done != NULL && i < G_N_ELEMENTS(known); i++) {
        if (strcmp(view->done, known[i][0]) == 0) {
            office_done(page, say(view, known[i][1]));
        }
    }
}

static bool write_top(HtmlWriter *page, const StoryView *view, GError **error)
{
    const Story *story = view->story;
    g_autofree char *name = g_strdup_printf("story:%" PRId64, story->id);
    PressWeight weight = {0};
    if (!press_weight(view->visit->store, name, &weight, error)) {
        return false;
    }
    g_autofree char *address = story_desk_address(&view->desk, story);
    g_autofree char *history = g_strdup_printf("/stories/%" PRId64 "/history", story->id);
    html_open(page, "p");
    html_attribute(page, "class", "story-top");
    story_view_state(page, view->visit, story->state);
    html_text(page, " ");
    if (address != NULL && story_visible(story, view->visit->now)) {
        story_view_link(page, address, address);
    } else if (story_goes_out(story)) {
        office_time(page, view->visit, story->published, view->desk.site.zone);
    }
    html_text(page, " · ");
    story_view_link(page, history, say(view, "office_history"));
    reading_write_link(page, view);
    if (!translation_write_link(page, view, error)) {
        return false;
    }
    if (story->kind == STORY_KIND_LIVE || story->kind == STORY_KIND_STORY) {
        g_autofree char *live = g_strdup_printf("/stories/%" PRId64 "/live", story->id);
        bool is = story->kind == STORY_KIND_LIVE;
        html_text(page, " · ");
        story_view_link(page, live, say(view, is ? "office_live_link" : "office_live_make"));
    }
    if (weight.brotli > 0) {
        g_autofree char *bytes = office_size(view->visit, weight.brotli);
        html_text(page, " · ");
        html_open(page, "span");
        html_attribute(page, "class", weight.heavy ? "heavy" : NULL);
        html_text(page, bytes);
        html_text(page, weight.heavy ? " " : NULL);
        html_text(page, weight.heavy ? say(view, "office_heavy") : NULL);
        html_close(page, "span");
    }
    html_open(page, "span");
    html_attribute(page, "id", "keep-here");
    html_close(page, "span");
    html_close(page, "p");
    return true;
}

/* Unsaved texts of others: nobody has to ask, and nothing is lost when somebody leaves. */
static bool write_others(HtmlWriter *page, const StoryView *view, GError **error)
{
    g_autoptr(GPtrArray) all = working_list(view->visit->store, view->story->id, error);
    if (all == NULL) {
        return false;
    }
    for (unsigned i = 0; i < all->len; i++) {
        const Working *working = all->pdata[i];
        if (working->person == view->visit->person->id) {
            continue;
        }
        g_autofree char *address = g_strdup_printf("/stories/%" PRId64 "/unsaved/%" PRId64,
                                                   working->story, working->person);
        html_open(page, "p");
        html_attribute(page, "class", "other");
        html_text(page, working->name);
        html_text(page, " ");
        story_view_link(page, address, say(view, "office_unsaved_of"));
        html_text(page, " ");
        office_time(page, view->visit, working->changed, view->desk.site.zone);
        html_close(page, "p");
    }
    return true;
}

/* Where readers have it, after what led here. */
static bool write_out(HtmlWriter *page, const StoryView *view, GError **error)
{
    g_autofree char *address = story_desk_address(&view->desk, view->story);
    write_done(page, view);
    return view->done == NULL || story_out_write(page, view->visit, view->story, 0, address, error);
}

static void write_notices(HtmlWriter *page, const StoryView *view)
{
    if (merge_marked(view->body, NULL)) {
        office_problem(page, say(view, "office_story_marks"));
    } else if (view->working) {
        office_done(page, say(view, "office_story_working"));
    }
    html_open(page, "div");
    html_attribute(page, "id", "keep-offer");
    html_attribute(page, "role", "status");
    html_flag(page, "hidden", true);
    html_text(page, say(view, "office_keep_offer"));
    html_text(page, " ");
    html_open(page, "time");
    html_close(page, "time");
    html_text(page, " ");
    html_open(page, "button");
    html_attribute(page, "type", "button");
    html_attribute(page, "class", "take");
    html_text(page, say(view, "office_keep_take"));
    html_close(page, "button");
    html_text(page, " ");
    html_open(page, "button");
    html_attribute(page, "type", "button");
    html_attribute(page, "class", "leave plain");
    html_text(page, say(view, "office_keep_leave"));
    html_close(page, "button");
    html_close(page, "div");
}

/* A value as the form shows it: a kind by its name, nothing as a dash. Caller frees. */
static char *shown_value(const StoryView *view, StoryField field, const char *value)
{
    bool kind = field == STORY_FIELD_KIND && strcmp(value, story_kind_name(STORY_KIND_PAGE)) != 0;
    g_autofree char *id = kind ? g_strconcat("office_kind_", value, NULL) : NULL;
    return g_strdup(kind ? say(view, id) : *value == '\0' ? "–" : value);
}

/* What somebody else has stored in fields that this form changes too: the next press decides. */
static void write_theirs(HtmlWriter *page, const StoryView *view)
{
    bool any = false;
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        const char *value = view->theirs.values[i];
        if (value == NULL) {
            continue;
        }
        if (!any) {
            office_problem(page, say(view, "office_seen_conflict"));
            html_element(page, "h2", say(view, "office_seen_stored"));
            html_open(page, "dl");
            html_attribute(page, "class", "stored");
            any = true;
        }
        g_autofree char *label = g_strconcat("office_", story_field_name((StoryField)i), NULL);
        g_autofree char *shown = shown_value(view, (StoryField)i, value);
        html_element(page, "dt", say(view, label));
        html_open(page, "dd");
        html_attribute(page, "dir", "auto");
        html_text(page, shown);
        html_close(page, "dd");
    }
    if (any) {
        html_close(page, "dl");
    }
}

/* What was typed and cannot be kept. It is in no form: only a person who reads it brings it back.
 */
static void write_typed(HtmlWriter *page, const StoryView *view)
{
    if (view->typed == NULL) {
        return;
    }
    OfficeArea area = {.label = say(view, "office_floor_typed"),
                       .name = "typed",
                       .value = view->typed,
                       .rows = 12,
                       .fixed = true};
    office_area(page, &area);
}

/* ---- The form ------------------------------------------------------------------------------- */

static void write_area(HtmlWriter *page, const StoryView *view, const char *label, const char *name,
                       const char *value, const char *rows)
{
    bool body = strcmp(name, "body") == 0;
    html_open(page, "p");
    html_open(page, "label");
    html_attribute(page, "for", name);
    html_text(page, say(view, label));
    html_close(page, "label");
    html_open(page, "textarea");
    html_attribute(page, "id", name);
    html_attribute(page, "name", name);
    html_attribute(page, "rows", rows);
    html_attribute(page, "lang", view->story->language);
    html_attribute(page, "dir", "auto");
    html_attribute(page, "data-format", body ? story_format_name(view->story->format) : NULL);
    html_text(page, "\n"); /* which a browser leaves out */
    html_text(page, value);
    html_close(page, "textarea");
    html_close(page, "p");
}

/* The names that there are, offered while somebody types; the form is as good without. */
static char *write_suggestions(HtmlWriter *page, const StoryView *view, StoryField field)
{
    const Story *story = view->story;
    g_autoptr(GPtrArray) names = suggest_names(view->visit->store, &view->desk.site, field,
                                               story->language, view->visit->now, NULL);
    if (names == NULL || names->len == 0) {
        return NULL;
    }
    char *id = g_strconcat(story_field_name(field), "-list", NULL);
    office_suggestions(page, id, names);
    return id;
}

static void write_input(HtmlWriter *page, const StoryView *view, StoryField field, const char *hint,
                        unsigned most)
{
    const char *name = story_field_name(field);
    g_autofree char *list = write_suggestions(page, view, field);
    g_autofree char *label = g_strconcat("office_", name, NULL);
    g_autofree char *was = g_strconcat(STORY_FIELD_WAS, name, NULL);
    OfficeInput input = {.label = say(view, label),
                         .name = name,
                         .value = view->now.values[field],
                         .hint = hint == NULL ? NULL : say(view, hint),
                         .most = most,
                         .list = list,
                         .many = list != NULL && field != STORY_FIELD_SECTION};
    office_input(page, &input);
    office_hidden(page, was, view->was.values[field]);
}

void story_view_kinds(HtmlWriter *page, const OfficeVisit *visit, const char *chosen)
{
    static const StoryKind kinds[] = {STORY_KIND_STORY, STORY_KIND_OPINION, STORY_KIND_LIVE};
    office_choice(page, office_text(visit, "office_kind"), "kind");
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        const char *kind = story_kind_name(kinds[i]);
        g_autofree char *id = g_strconcat("office_kind_", kind, NULL);
        office_option(page, kind, office_text(visit, id), strcmp(kind, chosen) == 0);
    }
    office_choice_end(page);
}

/* A page of the newspaper stays one. */
static void write_kind(HtmlWriter *page, const StoryView *view)
{
    if (view->story->kind != STORY_KIND_PAGE) {
        story_view_kinds(page, view->visit, view->now.values[STORY_FIELD_KIND]);
        office_hidden(page, "was-kind", view->was.values[STORY_FIELD_KIND]);
    }
}

static void write_fields(HtmlWriter *page, const StoryView *view)
{
    static const struct {
        StoryField field;
        unsigned most;
        const char *hint;
    } rows[] = {
        {STORY_FIELD_AUTHORS, 0, "office_authors_hint"},
        {STORY_FIELD_AGENCY, STORY_INPUT_NAME, NULL},
        {STORY_FIELD_SECTION, STORY_INPUT_NAME, NULL},
        {STORY_FIELD_TOPICS, 0, "office_commas_hint"},
        {STORY_FIELD_PHOTO, 20, "office_photo_hint"},
        {STORY_FIELD_CAPTION, STORY_INPUT_CAPTION, NULL},
        {STORY_FIELD_CREDIT, STORY_INPUT_CAPTION, "office_credit_hint"},
        {STORY_FIELD_ALT, STORY_INPUT_CAPTION, "office_alt_hint"},
        {STORY_FIELD_SLUG, LIMIT_SLUG, "office_slug_hint"},
    };

    html_open(page, "div");
    html_attribute(page, "class", "fields");
    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        write_input(page, view, rows[i].field, rows[i].hint, rows[i].most);
    }
    write_kind(page, view);
    html_close(page, "div");
}

/* What the script shows, in the language of the page. */
static void write_words(HtmlWriter *page, const StoryView *view)
{
    static const char *const words[] = {
        "body",    "tools", "bold",  "italic", "heading",  "heading3", "list", "numbers",
        "quote",   "pull",  "link",  "figure", "footnote", "undo",     "redo", "source",
        "address", "words", "src",   "alt",    "caption",  "credit",   "href", "ok",
        "cancel",  "full",  "here",  "kept",   "refused",  "stays",    "out",  "here_only",
        "typing",  "count", "moved", "unkept", "gone",
    };
    static const char *const attributes[] = {
        "data-body",     "data-tools",     "data-bold",     "data-italic",  "data-heading",
        "data-heading3", "data-list",      "data-numbers",  "data-quote",   "data-pull",
        "data-link",     "data-figure",    "data-footnote", "data-undo",    "data-redo",
        "data-source",   "data-address",   "data-words",    "data-src",     "data-alt",
        "data-caption",  "data-credit",    "data-href",     "data-ok",      "data-cancel",
        "data-full",     "data-here",      "data-kept",     "data-refused", "data-stays",
        "data-out",      "data-here_only", "data-typing",   "data-count",   "data-moved",
        "data-unkept",   "data-gone",
    };
    G_STATIC_ASSERT(G_N_ELEMENTS(words) == G_N_ELEMENTS(attributes));
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *id = g_strconcat("office_editor_", words[i], NULL);
        html_attribute(page, attributes[i], say(view, id));
    }
}

void story_view_floor_field(HtmlWriter *page, const StoryView *view)
{
    g_autofree char *floor = g_strdup_printf("%" PRId64, view->floor);
    office_hidden(page, FLOOR_FIELD, floor);
}

static void open_form(HtmlWriter *page, const StoryView *view)
{
    g_autofree char *action = g_strdup_printf("/stories/%" PRId64 "/save", view->story->id);
    g_autofree char *story = g_strdup_printf("%" PRId64, view->story->id);
    g_autofree char *person = g_strdup_printf("%" PRId64, view->visit->person->id);
    g_autofree char *base = g_strdup_printf("%" PRId64, view->base);
    g_autofree char *serial = g_strdup_printf("%" PRId64, view->serial);
    html_open(page, "form");
    html_attribute(page, "method", "post");
    html_url_attribute(page, "action", action);
    html_attribute(page, "id", "story-form");
    html_attribute(page, "data-story", story);
    html_attribute(page, "data-person", person);
    html_attribute(page, "data-loose", view->loose ? "" : NULL);
    write_words(page, view);
    office_hidden(page, "csrf", view->visit->csrf);
    office_hidden(page, "base", base);
    story_view_floor_field(page, view);
    office_hidden(page, "serial", serial);
}

static bool write_form(HtmlWriter *page, const StoryView *view, GError **error)
{
    open_form(page, view);
    OfficeInput title = {.label = say(view, "office_title"),
                         .name = "title",
                         .value = view->title,
                         .most = LIMIT_TITLE,
                         .required = true};
    office_input(page, &title);
    write_area(page, view, "office_lead", "lead", view->lead, "3");
    write_area(page, view, "office_body", "body", view->body, "24");
    write_fields(page, view);
    html_open(page, "p");
    html_attribute(page, "class", "saving");
    office_button(page, say(view, "office_save"), "strong");
    html_text(page, " ");
    html_open(page, "span");
    html_attribute(page, "id", "keep-status");
    html_attribute(page, "aria-live", "polite");
    html_close(page, "span");
    html_open(page, "span");
    html_attribute(page, "id", "keep-count");
    html_close(page, "span");
    html_close(page, "p");
    /* Below the button that saves, which Enter presses as the form's first. */
    bool done = story_view_photos(page, view, error);
    html_close(page, "form");
    return done;
}

static void write_script(HtmlWriter *page, const StoryView *view)
{
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_attribute(page, "href", office_asset("story.css"));
    if (!office_asset_there("editor.js")) {
        html_element(page, "small", say(view, "office_editor_missing"));
        return;
    }
    html_open(page, "script");
    html_attribute(page, "src", office_asset("editor.js"));
    html_flag(page, "defer", true);
    html_close(page, "script");
}

/* Where to see what somebody has changed. */
static void write_newer(HtmlWriter *page, const StoryView *view)
{
    g_autofree char *path =
        g_strdup_printf("/stories/%" PRId64 "/history/%" PRId64, view->story->id, view->newer);
    if (view->newer != 0) {
        office_link_line(page, path, say(view, "office_seen_link"));
    }
}

static bool write_all(HtmlWriter *page, const StoryView *view, GError **error)
{
    if (!write_top(page, view, error)) {
        return false;
    }
    if (view->problem != NULL) {
        office_problem(page, view->problem);
        write_newer(page, view);
    }
    if (!write_out(page, view, error)) {
        return false;
    }
    write_notices(page, view);
    write_theirs(page, view);
    write_typed(page, view);
    if (!write_others(page, view, error) || !write_form(page, view, error)) {
        return false;
    }
    preview_write_place(page, view);
    write_script(page, view);
    return story_view_way(page, view, error);
}

HttpReply *story_view_page(StoryView *view)
{
    g_autoptr(GError) reason = NULL;
    const char *title = *view->title != '\0' ? view->title : view->story->headline;
    HtmlWriter *page = office_page(view->visit, title);
    if (!write_all(page, view, &reason)) {
        html_writer_free(page);
        return office_failed(view->visit, reason);
    }
    return office_page_done(view->visit, page, view->status);
}
