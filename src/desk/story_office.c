/* The list of stories, searched and filtered: story_office.h. What it costs is story_find.h. */
#include "desk/story_office.h"

#include "base/clock.h"
#include "desk/author.h"
#include "desk/section.h"
#include "desk/story_desk.h"
#include "desk/story_filter.h"
#include "desk/story_find.h"
#include "desk/story_text_find.h"
#include "desk/story_view_private.h"
#include "desk/translation_office.h"
#include "desk/working.h"
#include "office/asset.h"
#include "office/frame.h"
#include "theme/strings.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN    50u                     /* stories on a page, last changed first */
#define PATIENCE (CLOCK_SECOND * 7 / 10) /* of a search in texts: others wait for it */
#define UNSAVED  20u                     /* working copies above them */

/* What is asked for, as the query has it. */
typedef struct {
    const char *words, *state, *language, *section, *author, *who;
    bool texts; /* in the texts too */
    StoryFind find;
} Asked;

static const char *or_null(const char *text)
{
    return *text == '\0' ? NULL : text;
}

static void asked_read(const OfficeVisit *visit, Asked *asked)
{
    StoryState state = STORY_DRAFT;
    *asked = (Asked){.words = office_asked(visit, "words"),
                     .state = office_asked(visit, "state"),
                     .language = office_asked(visit, "language"),
                     .section = office_asked(visit, "section"),
                     .author = office_asked(visit, "author"),
                     .who = office_asked(visit, "who")};
    asked->texts = *asked->words != '\0' && strcmp(office_asked(visit, "texts"), "1") == 0;
    asked->find = (StoryFind){.words = or_null(asked->words),
                              .state = story_state_parse(asked->state, &state) ? (int)state : -1,
                              .language = or_null(asked->language),
                              .section = or_null(asked->section),
                              .author = or_null(asked->author)};
    if (strcmp(asked->who, "me") == 0) {
        asked->find.assignee = visit->person->id;
    } else if (strcmp(asked->who, "overdue") == 0) {
        asked->find.overdue_at = visit->now;
    }
    g_auto(GStrv) place = g_strsplit(office_asked(visit, "before"), ".", 2);
    int64_t before = 0, id = 0;
    if (g_strv_length(place) == 2 &&
        g_ascii_string_to_signed(place[0], 10, 1, INT64_MAX, &before, NULL) &&
        g_ascii_string_to_signed(place[1], 10, 1, INT64_MAX, &id, NULL)) {
        asked->find.before = before;
        asked->find.before_id = id;
    }
}

/* ---- The form ------------------------------------------------------------------------------- */

static void write_states(HtmlWriter *page, const OfficeVisit *visit, const Asked *asked)
{
    story_filter_open(page, visit, "state", "office_state", "office_any");
    for (unsigned state = 0; state < STORY_STATES; state++) {
        const char *name = story_state_name((StoryState)state);
        g_autofree char *id = g_strconcat("office_state_", name, NULL);
        office_option(page, name, office_text(visit, g_strdelimit(id, " ", '_')),
                      strcmp(name, asked->state) == 0);
    }
    story_filter_close(page);
}

static void write_text(HtmlWriter *page, const OfficeVisit *visit, const char *name,
                       const char *label, const char *type, const char *value)
{
    html_open(page, "label");
    html_text(page, office_text(visit, label));
    html_open(page, "input");
    html_attribute(page, "type", type);
    html_attribute(page, "name", name);
    html_attribute(page, "value", value);
    html_close(page, "label");
}

static bool write_search(HtmlWriter *page, const OfficeVisit *visit, const Asked *asked,
                         const StoryDesk *desk, GError **error)
{
    html_open(page, "form");
    html_attribute(page, "method", "get");
    html_attribute(page, "action", "/stories");
    html_attribute(page, "role", "search");
    html_attribute(page, "class", "search");
    write_text(page, visit, "words", "office_search_words", "search", asked->words);
    write_states(page, visit, asked);
    if (!story_filter_places(page, visit, desk, asked->section, asked->language, error)) {
        return false;
    }
    write_text(page, visit, "author", "office_search_author", "text", asked->author);
    story_filter_open(page, visit, "who", "office_task", "office_any");
    office_option(page, "me", office_text(visit, "office_mine"), strcmp("me", asked->who) == 0);
    office_option(page, "overdue", office_text(visit, "office_overdue"),
                  strcmp("overdue", asked->who) == 0);
    story_filter_close(page);
    office_tick(page, office_text(visit, "office_search_texts"), "texts",
                asked->texts ? "checked" : NULL);
    office_button(page, office_text(visit, "office_search"), NULL);
    html_element(page, "small", office_text(visit, "office_search_hint"));
    html_close(page, "form");
    return true;
}

/* ---- The list ------------------------------------------------------------------------------- */

/* By whom, in the story's language; a slug without a record stands for itself. Caller frees. */
static char *names_of(Store *store, const Story *story)
{
    GString *names = g_string_new(NULL);
    for (char **slug = story->authors; *slug != NULL; slug++) {
        g_autoptr(Author) author = author_read(store, story->language, *slug, NULL);
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "",
                               author != NULL ? author->name : *slug);
    }
    return g_string_free(names, FALSE);
}

static void write_row(HtmlWriter *page, const OfficeVisit *visit, const Story *story,
                      GTimeZone *zone)
{
    g_autofree char *names = names_of(visit->store, story);
    g_autoptr(Section) section =
        story->section == NULL ? NULL
                               : section_read(visit->store, story->language, story->section, NULL);
    g_autofree char *address = g_strdup_printf("/stories/%" PRId64, story->id);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_attribute(page, "lang", story->language);
    story_view_headline(page, address, story->headline);
    translation_write_behind(page, visit, story->id);
    html_close(page, "th");
    html_open(page, "td");
    story_view_state(page, visit, story->state);
    html_close(page, "td");
    html_element(page, "td", section != NULL ? section->name : "");
    html_element(page, "td", names);
    html_element(page, "td", story->language);
    html_open(page, "td");
    office_time(page, visit, story->changed, zone);
    html_close(page, "td");
    html_close(page, "tr");
}

/* The same search behind the last story that was looked at. Caller frees. */
static char *next_address(const Asked *asked, int64_t changed, int64_t id)
{
    const char *const parts[][2] = {
        {"words", asked->words},     {"state", asked->state},   {"language", asked->language},
        {"section", asked->section}, {"author", asked->author}, {"who", asked->who},
    };
    GString *address = g_string_new(NULL);
    g_string_printf(address, "/stories?before=%" PRId64 ".%" PRId64, changed, id);
    for (unsigned i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (*parts[i][1] != '\0') {
            g_autofree char *value = g_uri_escape_string(parts[i][1], NULL, FALSE);
            g_string_append_printf(address, "&%s=%s", parts[i][0], value);
        }
    }
    g_string_append(address, asked->texts ? "&texts=1" : "");
    return g_string_free(address, FALSE);
}

static void write_list(HtmlWriter *page, const OfficeVisit *visit, const GPtrArray *stories,
                       GTimeZone *zone)
{
    static const char *const heads[] = {"office_title",
                                        "office_state",
                                        "office_section",
                                        "office_author",
                                        "office_language",
                                        "office_changed",
                                        NULL};
    html_open(page, "table");
    html_attribute(page, "class", "stories");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < stories->len; i++) {
        write_row(page, visit, stories->pdata[i], zone);
    }
    html_close(page, "tbody");
    html_close(page, "table");
}

/* What the visitor has typed and not saved, so that it is found again. */
static bool write_unsaved(HtmlWriter *page, const OfficeVisit *visit, GTimeZone *zone,
                          GError **error)
{
    g_autoptr(GPtrArray) list = working_of_person(visit->store, visit->person->id, UNSAVED, error);
    if (list == NULL || list->len == 0) {
        return list != NULL;
    }
    html_element(page, "h2", office_text(visit, "office_unsaved_mine"));
    html_open(page, "ul");
    for (unsigned i = 0; i < list->len; i++) {
        const Working *working = list->pdata[i];
        g_autofree char *address = g_strdup_printf("/stories/%" PRId64, working->story);
        html_open(page, "li");
        story_view_headline(page, address, working->title);
        html_text(page, " ");
        office_time(page, visit, working->changed, zone);
        html_close(page, "li");
    }
    html_close(page, "ul");
    return true;
}

/* What was found, and how far that search came. */
typedef struct {
    GPtrArray *stories;
    StoryTextReach reach;
} Found;

static void found_clear(Found *found)
{
    g_clear_pointer(&found->stories, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Found, found_clear)

static bool look(const OfficeVisit *visit, const Asked *asked, Found *found, GError **error)
{
    if (asked->texts) {
        found->stories =
            story_text_find(visit->store, &asked->find, SHOWN, PATIENCE, &found->reach, error);
        return found->stories != NULL;
    }
    found->stories = story_find_list(visit->store, &asked->find, SHOWN, &found->reach.more, error);
    if (found->stories != NULL && found->stories->len > 0) {
        const Story *last = found->stories->pdata[found->stories->len - 1];
        found->reach.changed = last->changed;
        found->reach.id = last->id;
    }
    return found->stories != NULL;
}

static void write_found(HtmlWriter *page, const OfficeVisit *visit, const Asked *asked,
                        const Found *found, GTimeZone *zone)
{
    bool left = false;
    g_strfreev(story_find_terms(asked->words, &left));
    if (left) {
        html_element(page, "p", office_text(visit, "office_search_left"));
    }
    if (asked->texts) {
        g_autofree char *looked =
            strings_plural(visit->language, "office_search_looked", (int64_t)found->reach.read);
        html_element(page, "p", looked);
    }
    if (found->stories->len == 0) {
        html_element(page, "p", office_text(visit, "office_no_stories"));
    } else {
        write_list(page, visit, found->stories, zone);
    }
    if (found->reach.more) {
        g_autofree char *next = next_address(asked, found->reach.changed, found->reach.id);
        html_open(page, "p");
        story_view_link(
            page, next,
            office_text(visit, asked->texts ? "office_search_further" : "office_older"));
        html_close(page, "p");
    }
}

static HttpReply *answer_list(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(StoryDesk) desk = {0};
    Asked asked;
    g_auto(Found) found = {0};
    asked_read(visit, &asked);
    if (!story_desk_open(visit->store, &desk, &reason) || !look(visit, &asked, &found, &reason)) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_stories"));
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_attribute(page, "href", office_asset("story.css"));
    if (strcmp(office_asked(visit, "done"), "discarded") == 0) {
        office_done(page, office_text(visit, "office_discard_done"));
    }
    html_open(page, "p");
    story_view_link(page, "/stories/new", office_text(visit, "office_story_new"));
    html_text(page, " · ");
    story_view_link(page, "/stories/calendar", office_text(visit, "office_plan"));
    html_close(page, "p");
    if (!write_search(page, visit, &asked, &desk, &reason) ||
        !write_unsaved(page, visit, desk.site.zone, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    write_found(page, visit, &asked, &found, desk.site.zone);
    return office_page_done(visit, page, 200);
}

const OfficeRoute story_office[] = {
    {.name = "story-list",
     .method = HTTP_GET,
     .path = "/stories",
     .permission = PERMISSION_WRITE,
     .answer = answer_list,
     .help = "the stories, last changed first",
     .menu = "office_stories"},
    {.name = NULL},
};
