/* The page of one slot: a story by search, a section, another place. front_view.h. */
#include "base/error.h"
#include "desk/front_view.h"
#include "desk/section.h"
#include "desk/story_find.h"
#include "desk/story_view_private.h"
#include "office/frame.h"

#include <inttypes.h>
#include <string.h>

#define FOUND 20u /* stories offered */

static const char *say(const FrontView *view, const char *id)
{
    return office_text(view->visit, id);
}

static void write_present(HtmlWriter *page, const FrontView *view, unsigned slot)
{
    const FrontPlace *place = front_view_place(view, slot);
    html_open(page, "p");
    if (place != NULL) {
        html_open(page, "strong");
        html_attribute(page, "lang", place->card->language);
        html_text(page, place->card->headline);
        html_close(page, "strong");
    }
    html_open(page, "small");
    html_text(page, front_view_kind(view, slot));
    html_text(page, ": ");
    front_view_why(page, view, slot);
    html_close(page, "small");
    html_close(page, "p");
}

static void write_search(HtmlWriter *page, const FrontView *view, unsigned slot)
{
    g_autofree char *path = g_strdup_printf("/front/%u", slot);
    html_element(page, "h2", say(view, "office_front_pick"));
    html_open(page, "form");
    html_attribute(page, "method", "get");
    html_attribute(page, "action", path);
    html_attribute(page, "role", "search");
    html_attribute(page, "class", "search");
    office_hidden(page, "language", view->language);
    html_open(page, "label");
    html_text(page, say(view, "office_search_words"));
    html_open(page, "input");
    html_attribute(page, "type", "search");
    html_attribute(page, "name", "words");
    html_attribute(page, "value", office_asked(view->visit, "words"));
    html_close(page, "label");
    office_button(page, say(view, "office_search"), NULL);
    html_close(page, "form");
}

static void write_until(HtmlWriter *page, const FrontView *view, const char *id)
{
    html_open(page, "p");
    html_open(page, "label");
    html_attribute(page, "for", id);
    html_text(page, say(view, "office_front_until_field"));
    html_close(page, "label");
    html_open(page, "input");
    html_attribute(page, "type", "datetime-local");
    html_attribute(page, "id", id);
    html_attribute(page, "name", "until");
    html_attribute(page, "value", office_field(view->visit, "until"));
    html_close(page, "p");
}

static unsigned stands(const FrontView *view, int64_t story)
{
    for (unsigned i = 0; i < view->front->places->len; i++) {
        const FrontPlace *place = view->front->places->pdata[i];
        if (place->card->id == story) {
            return place->slot;
        }
    }
    return 0;
}

static void write_story(HtmlWriter *page, const FrontView *view, const Story *story)
{
    g_autofree char *path = g_strdup_printf("/stories/%" PRId64, story->id);
    g_autofree char *about =
        g_strdup_printf("%s: %s", say(view, "office_front_put"), story->headline);
    unsigned slot = stands(view, story->id);
    html_open(page, "li");
    html_open(page, "div");
    html_open(page, "span");
    html_attribute(page, "lang", story->language);
    story_view_headline(page, path, story->headline);
    html_close(page, "span");
    html_open(page, "small");
    story_view_state(page, view->visit, story->state);
    if (story->published != STORY_UNDATED) {
        html_text(page, " ");
        office_time(page, view->visit, story->published, view->desk.site.zone);
    }
    if (slot != 0) {
        g_autofree char *now = g_strdup_printf(" · %s %u", say(view, "office_front_slot"), slot);
        html_text(page, now);
    }
    html_close(page, "small");
    html_close(page, "div");
    front_view_send(page, "story", story->id, say(view, "office_front_put"), about, "/front/put");
    html_close(page, "li");
}

static bool on_a_front(const Story *story)
{
    return story->kind != STORY_KIND_PAGE && story->state != STORY_WITHDRAWN &&
           story->state != STORY_TAKEN_DOWN;
}

static bool write_stories(HtmlWriter *page, const FrontView *view, const char *to, GError **error)
{
    const char *words = office_asked(view->visit, "words");
    StoryFind find = {
        .words = *words == '\0' ? NULL : words, .state = -1, .language = view->language};
    bool more = false, any = false;
    g_autoptr(GPtrArray) stories = story_find_list(view->visit->store, &find, FOUND, &more, error);
    if (stories == NULL) {
        return false;
    }
    for (guint i = 0; i < stories->len; i++) {
        any |= on_a_front(stories->pdata[i]);
    }
    if (!any) {
        html_element(page, "p", say(view, "office_no_stories"));
        return true;
    }
    front_view_form(page, view, "/front/put");
    office_hidden(page, "to", to);
    write_until(page, view, "until-story");
    office_tick(page, say(view, "office_front_push"), "place", "checked");
    html_open(page, "ul");
    html_attribute(page, "class", "slots");
    for (guint i = 0; i < stories->len; i++) {
        if (on_a_front(stories->pdata[i])) {
            write_story(page, view, stories->pdata[i]);
        }
    }
    html_close(page, "ul");
    html_close(page, "form");
    return true;
}

static bool write_section(HtmlWriter *page, const FrontView *view, const char *to, GError **error)
{
    g_autoptr(GPtrArray) sections = section_list(view->visit->store, view->language, error);
    if (sections == NULL || sections->len == 0) {
        return sections != NULL;
    }
    html_element(page, "h2", say(view, "office_front_by_section"));
    front_view_form(page, view, "/front/section");
    office_hidden(page, "to", to);
    office_choice(page, say(view, "office_section"), "section");
    for (guint i = 0; i < sections->len; i++) {
        const Section *section = sections->pdata[i];
        office_option(page, section->slug, section->name, false);
    }
    office_choice_end(page);
    write_until(page, view, "until-section");
    office_button(page, say(view, "office_front_put"), NULL);
    html_close(page, "form");
    return true;
}

/* To a place far away, which the buttons of the list would take long to reach. */
static void write_move(HtmlWriter *page, const FrontView *view, unsigned slot, const char *from)
{
    const FrontPlace *place = front_view_place(view, slot);
    g_autofree char *story = g_strdup_printf("%" PRId64, place == NULL ? 0 : place->card->id);
    if (place == NULL && front_view_set(view, slot) == NULL) {
        return;
    }
    html_element(page, "h2", say(view, "office_front_move"));
    front_view_form(page, view, "/front/move");
    office_hidden(page, "from", from);
    office_hidden(page, "story", story);
    office_choice(page, say(view, "office_front_move_to"), "to");
    for (unsigned to = 1; to <= FRONT_SHOWN; to++) {
        g_autofree char *number = g_strdup_printf("%u", to);
        g_autofree char *text = g_strdup_printf("%u · %s", to, front_view_kind(view, to));
        office_option(page, number, text, to == slot);
    }
    office_choice_end(page);
    office_button(page, say(view, "office_front_move_button"), NULL);
    html_close(page, "form");
}

HttpReply *front_view_slot(FrontView *view, unsigned slot)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *to = g_strdup_printf("%u", slot);
    g_autofree char *title = g_strdup_printf("%s %u", say(view, "office_front_slot_title"), slot);
    g_autofree char *back = front_view_address(view, "#slot-%u", slot);
    HtmlWriter *page = front_view_begin(view, title);
    html_open(page, "p");
    story_view_link(page, back, say(view, "office_front_back"));
    html_close(page, "p");
    write_present(page, view, slot);
    write_search(page, view, slot);
    if (!write_stories(page, view, to, &reason) || !write_section(page, view, to, &reason)) {
        html_writer_free(page);
        return office_failed(view->visit, reason);
    }
    write_move(page, view, slot, to);
    return office_page_done(view->visit, page, view->status);
}
