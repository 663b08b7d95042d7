/*
 * The front of a language: the lead, the seconds, the latest, a strip for each section of the menu
 * (without the stories above), the breaking line, recent corrections. Which story stands where is
 * the desk's (desk/front.h); how many there are is here.
 */
#include "base/error.h"
#include "base/moment.h"
#include "desk/breaking.h"
#include "desk/front.h"
#include "paper/card.h"
#include "paper/corrections.h"
#include "paper/kinds.h"
#include "paper/machine_record.h"
#include "paper/text_page.h"
#include "theme/dates.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS       FRONT_SHOWN
#define SECONDS     FRONT_SECONDS
#define TOP         (1 + SECONDS) /* stories that no strip shows again */
#define STRIP       4u
#define STRIPS_HIGH 2u /* strips above the newsletter */
#define CORRECTIONS 3u
#define STRIPS      8u

static void record_inputs(PressPage *press, const Front *front)
{
    for (guint i = 0; i < front->inputs->len; i++) {
        const FrontInput *input = front->inputs->pdata[i];
        if (input->list) {
            press_page_read_list(press, input->input, input->full, input->published, input->id);
        } else {
            press_page_read(press, input->input);
        }
    }
    press_page_boundary(press, front->boundary);
}

static int newest_first(const void *a, const void *b)
{
    const StoryCard *left = (*(FrontPlace *const *)a)->card,
                    *right = (*(FrontPlace *const *)b)->card;
    if (left->published != right->published) {
        return left->published < right->published ? 1 : -1;
    }
    return (left->id < right->id) - (left->id > right->id);
}

/* The slots below the top say which stories are the latest, not where each stands: a timed list is
 * read by its times. */
static void order_latest(Front *front)
{
    if (front->places->len > TOP) {
        qsort(front->places->pdata + TOP, front->places->len - TOP, sizeof(gpointer), newest_first);
    }
}

static bool fill_slots(PaperPage *page, const Front *front, int64_t *newest, GError **error)
{
    Value *seconds = value_set_list(page->values, "seconds"),
          *latest = value_set_list(page->values, "latest");
    for (guint i = 0; i < front->places->len; i++) {
        const FrontPlace *place = front->places->pdata[i];
        bool lead = i == 0, second = i <= SECONDS;
        Value *map = lead     ? value_set_map(page->values, "lead")
                     : second ? value_append_map(seconds)
                              : value_append_map(latest);
        *newest = MAX(*newest, place->card->published);
        PaperPictureUse photo = lead     ? PAPER_PICTURE_LEAD
                                : second ? PAPER_PICTURE_CARD
                                         : PAPER_PICTURE_NONE;
        if (!paper_fill_card(page, map, place->card, photo, error)) {
            return false;
        }
        if (lead) {
            paper_fill_section(page, map, "section", place->card);
        }
        if (i >= TOP) {
            paper_set_clock(page, map, place->card->published);
        }
    }
    value_set_bool(page->values, "has_latest", front->places->len > TOP);
    return true;
}

static bool at_top(const Front *front, const StoryCard *card)
{
    for (guint i = 0; i < front->places->len && i < TOP; i++) {
        const FrontPlace *place = front->places->pdata[i];
        if (place->card->id == card->id) {
            return true;
        }
    }
    return false;
}

/* A section's newest stories but those at the top of the page; nothing if none is left. */
static bool fill_strip(PaperPage *page, Value *strips, const PaperLink *section, const Front *front,
                       bool *filled, GError **error)
{
    /* The menu's paths are PREFIXsection/NAME/index.html. */
    g_autofree char *dir = g_path_get_dirname(section->path);
    g_autofree char *slug = g_path_get_basename(dir);
    g_autofree char *list = g_strdup_printf("list:section/%s/%s", page->language, slug);
    g_autoptr(GPtrArray) cards = paper_read_list(page->press, list, STRIP + TOP, error);
    if (cards == NULL) {
        return false;
    }
    for (guint i = cards->len; i > 0; i--) {
        if (at_top(front, cards->pdata[i - 1])) {
            g_ptr_array_remove_index(cards, i - 1);
        }
    }
    *filled = cards->len > 0;
    if (!*filled) {
        return true;
    }
    Value *strip = value_append_map(strips);
    value_set_text(strip, "name", section->name);
    paper_set_url(page, strip, "url", section->path);
    return paper_fill_card(page, value_set_map(strip, "first"), cards->pdata[0], PAPER_PICTURE_CARD,
                           error) &&
           paper_fill_cards(page, strip, "rest", cards, 1, STRIP - 1, PAPER_PICTURE_NONE, error);
}

static bool fill_strips(PaperPage *page, const Front *front, GError **error)
{
    const PaperFrame *frame = paper_run_frame(page->run, page->language, false);
    Value *high = value_set_list(page->values, "strips"),
          *low = value_set_list(page->values, "more_strips");
    unsigned count = 0;
    for (guint i = 0; i < frame->menu->len && count < STRIPS; i++) {
        bool filled = false;
        if (!fill_strip(page, count < STRIPS_HIGH ? high : low, frame->menu->pdata[i], front,
                        &filled, error)) {
            return false;
        }
        count += filled;
    }
    return true;
}

/* The line stands without a link while its story is not to be seen. */
static bool fill_breaking_link(PaperPage *page, Value *map, int64_t story, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(StoryCard) card = story_card(page->store, story, page->as_of, &reason);
    if (card != NULL) {
        paper_set_url(page, map, "url", card->path);
    } else if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return true;
}

static bool fill_breaking(PaperPage *page, GError **error)
{
    g_autofree char *input = g_strconcat("breaking:", page->language, NULL);
    g_autoptr(GError) reason = NULL;
    press_page_read(page->press, input);
    g_autoptr(Breaking) breaking = breaking_read(page->store, page->language, page->as_of, &reason);
    if (breaking == NULL) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    Value *map = value_set_map(page->values, "breaking");
    value_set_text(map, "text", breaking->text);
    press_page_boundary(page->press, breaking->until);
    if (breaking->story != 0) {
        g_autofree char *card_input = g_strdup_printf("card:%" G_GINT64_FORMAT, breaking->story);
        press_page_read(page->press, card_input);
        return fill_breaking_link(page, map, breaking->story, error);
    }
    return true;
}

static void fill_alternates(PaperPage *page)
{
    char **languages = page->run->languages;
    size_t count = g_strv_length(languages);
    g_auto(GStrv) paths = g_new0(char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        paths[i] = g_strconcat(paper_prefix(page->run, languages[i]), "index.html", NULL);
    }
    machine_fill_alternates(page, (const char *const *)languages, (const char *const *)paths,
                            count);
}

/* The masthead's date is that of the newest story: a page knows no time of its own. */
static bool end(PaperPage *page, int64_t newest, GError **error)
{
    if (newest > 0) {
        g_autofree char *iso = moment_rfc3339(newest);
        g_autofree char *text = date_text(page->language, newest, page->run->zone, DATE_WEEKDAY);
        Value *date = value_set_map(page->values, "edition_date");
        value_set_text(date, "iso", iso);
        value_set_text(date, "text", text);
    }
    return paper_page_end(page, newest, error);
}

/* For search engines: what the paper says of itself, else what it leads with. */
static const char *describe(const PaperFrame *frame, const Front *front)
{
    if (*frame->description != '\0' || front->places->len == 0) {
        return frame->description;
    }
    const FrontPlace *lead = front->places->pdata[0];
    return *lead->card->standfirst != '\0' ? lead->card->standfirst : lead->card->headline;
}

static bool render(PressPage *press, const char *language, GError **error)
{
    if (!paper_has_language(press, language)) {
        return true;
    }
    g_auto(PaperPage) page = {0};
    g_autofree char *path =
        g_strconcat(paper_prefix(press_page_run(press), language), "index.html", NULL);
    int64_t newest = 0;
    if (!paper_page_begin(&page, press, "front", language, path, false, error)) {
        return false;
    }
    g_autoptr(Front) front = front_read(page.store, language, page.as_of, SLOTS, error);
    if (front == NULL) {
        return false;
    }
    record_inputs(press, front);
    order_latest(front);
    paper_set_head(&page, page.frame->name, describe(page.frame, front));
    fill_alternates(&page);
    g_autofree char *text = paper_text_path(path);
    paper_set_url(&page, page.values, "text_url", text);
    if (!machine_fill_front(&page, error)) {
        return false;
    }
    return fill_slots(&page, front, &newest, error) && fill_strips(&page, front, error) &&
           fill_breaking(&page, error) && paper_fill_corrections(&page, CORRECTIONS, error) &&
           end(&page, newest, error);
}

const PressKind paper_front = {.name = "front",
                               .wave = PRESS_WAVE_NEWS,
                               .fixed = true,
                               .keys = paper_keys_languages,
                               .render = render,
                               .help = "the front of a language"};
