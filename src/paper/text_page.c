/*
 * Text editions (DESIGN 6; text_page.h): beside each story page "slug.txt", and "index.txt" beside
 * each front. Kinds "text" (key: the story's id; reads story:ID, its section's and authors' names)
 * and "text-front" (key: the language; reads list:all/LANG).
 */
#include "paper/text_page.h"
#include "base/error.h"
#include "desk/correction.h"
#include "desk/live.h"
#include "desk/story_count.h"
#include "paper/archive.h"
#include "paper/body.h"
#include "paper/byline.h"
#include "paper/corrections.h"
#include "paper/kinds.h"
#include "text/plain.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <string.h>

char *paper_text_path(const char *path)
{
    size_t length = strlen(path);
    bool html = g_str_has_suffix(path, ".html");
    return g_strdup_printf("%.*s.txt", (int)(length - (html ? strlen(".html") : 0)), path);
}

static void add_date(const PaperPage *page, GString *out, const char *label, int64_t moment)
{
    g_autofree char *text = date_text(page->language, moment, page->run->zone, DATE_MOMENT);
    g_string_append_printf(out, "%s%s%s", label, *label == '\0' ? "" : " ", text);
}

/* A body that its page could not show is left out here as it is there. */
static bool add_body(PaperPage *page, GString *out, const PaperBody *body, GError **error)
{
    g_auto(SafeHtml) html = {0};
    g_autoptr(GError) reason = NULL;
    if (!paper_body_bare(page, body, &html, &reason)) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT) ||
            g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    g_autofree char *text = plain_from_html(&html, PLAIN_EDITION);
    if (*text != '\0') {
        g_string_append_printf(out, "\n%s\n", text);
    }
    return true;
}

static void add_head(PaperPage *page, GString *out, const Story *story, const StoryCard *card)
{
    g_autofree char *byline = paper_byline_text(page->press, page->language, card);
    g_string_append_printf(out, "%s\n", story->headline);
    if (*story->standfirst != '\0') {
        g_string_append_printf(out, "\n%s\n", story->standfirst);
    }
    if (story->kind == STORY_KIND_PAGE) {
        return;
    }
    g_string_append_c(out, '\n');
    if (byline != NULL) {
        g_string_append_printf(out, "%s\n", byline);
    }
    add_date(page, out, "", story->published);
    if (story->updated > story->published) {
        g_string_append(out, " · ");
        add_date(page, out, strings_get(page->language, "updated"), story->updated);
    }
    g_string_append_c(out, '\n');
}

static bool add_corrections(PaperPage *page, GString *out, int64_t story, GError **error)
{
    g_autoptr(GPtrArray) corrections = correction_of_story(page->store, story, error);
    for (guint i = 0; corrections != NULL && i < corrections->len; i++) {
        const Correction *correction = corrections->pdata[i];
        g_string_append_printf(out, "\n%s, ", strings_get(page->language, "correction"));
        add_date(page, out, "", correction->created);
        g_string_append_printf(out, ". %s\n", correction->text);
    }
    return corrections != NULL;
}

/* Below the editors' own text, as on the page (corrections.h). */
static bool add_newest_corrections(PaperPage *page, GString *out, GError **error)
{
    g_autoptr(GPtrArray) corrections = paper_read_corrections(page, PAPER_CORRECTIONS, error);
    for (guint i = 0; corrections != NULL && i < corrections->len; i++) {
        const Correction *correction = corrections->pdata[i];
        g_string_append_c(out, '\n');
        add_date(page, out, "", correction->created);
        g_string_append_printf(out, ". %s\n%s\n", correction->headline, correction->text);
    }
    return corrections != NULL;
}

bool paper_text_entry(PaperPage *page, const char *from, const LiveEntry *entry, GError **error)
{
    GString *out = page->run->out;
    g_string_append(out, "\n* * *\n\n");
    add_date(page, out, "", entry->time);
    g_string_append_c(out, '\n');
    if (*entry->headline != '\0') {
        g_string_append_printf(out, "%s\n", entry->headline);
    }
    PaperBody body = {.text = entry->body, .format = entry->format, .from = from};
    return add_body(page, out, &body, error);
}

void paper_text_source(const PaperPage *page, const char *path)
{
    g_autofree char *address = paper_address(page->run, path);
    g_string_append_printf(page->run->out, "\n%s\n%s\n", page->frame->name, address);
}

static bool add_entries(PaperPage *page, const Story *story, GError **error)
{
    g_autoptr(GPtrArray) entries = live_list(page->store, story->id, error);
    for (guint i = 0; entries != NULL && i < entries->len; i++) {
        if (!paper_text_entry(page, story->path, entries->pdata[i], error)) {
            return false;
        }
    }
    return entries != NULL;
}

static bool fill(PaperPage *page, GString *out, const Story *story, GError **error)
{
    g_autoptr(StoryCard) card = story_card(page->store, story->id, page->as_of, error);
    g_autofree char *body = NULL;
    StoryFormat format = STORY_MARKDOWN;
    if (card == NULL || !story_text(page->store, story->id, &body, &format, error)) {
        return false;
    }
    add_head(page, out, story, card);
    PaperBody given = {.text = body, .format = format, .from = story->path};
    if (!add_corrections(page, out, story->id, error) || !add_body(page, out, &given, error)) {
        return false;
    }
    if (paper_is_corrections(page->run, story) && !add_newest_corrections(page, out, error)) {
        return false;
    }
    if (story->kind == STORY_KIND_LIVE && !add_entries(page, story, error)) {
        return false;
    }
    paper_text_source(page, story->path);
    return true;
}

/* A template is not used, but the pages' kind of frame is. */
bool paper_text_begin(PaperPage *page, PressPage *press, const char *language, const char *path,
                      GError **error)
{
    if (!paper_page_begin(page, press, "moved", language, path, true, error)) {
        return false;
    }
    g_string_truncate(page->run->out, 0);
    return true;
}

void paper_text_cards(const PaperPage *page, const GPtrArray *cards)
{
    GString *out = page->run->out;
    for (guint i = 0; i < cards->len; i++) {
        const StoryCard *card = cards->pdata[i];
        g_autofree char *text = paper_text_path(card->path);
        g_autofree char *address = paper_address(page->run, text);
        g_string_append_printf(out, "\n%s\n", card->headline);
        if (*card->standfirst != '\0') {
            g_string_append_printf(out, "%s\n", card->standfirst);
        }
        add_date(page, out, "", card->published);
        g_string_append_printf(out, "\n%s\n", address);
    }
}

void paper_text_heading(const PaperPage *page, const char *heading, const char *about)
{
    GString *out = page->run->out;
    g_string_append_printf(out, "%s%s\n", out->len > 0 ? "\n" : "", heading);
    if (about != NULL && *about != '\0') {
        g_string_append_printf(out, "\n%s\n", about);
    }
}

void paper_text_link(const PaperPage *page, const char *name, const char *path)
{
    g_autofree char *address = paper_address(page->run, path);
    g_string_append_printf(page->run->out, "\n%s\n%s\n", name, address);
}

void paper_text_dates(const PaperPage *page, const GArray *counts, const char *dir,
                      bool newest_first)
{
    for (guint i = 0; i < counts->len; i++) {
        guint at = newest_first ? counts->len - 1 - i : i;
        const StoryCount *count = &g_array_index(counts, StoryCount, at);
        g_auto(GStrv) parts = g_strsplit(count->key, "-", -1);
        g_autofree char *inside = g_strjoinv("/", parts);
        g_autofree char *path = g_strconcat(dir, inside, "/index.txt", NULL);
        g_autofree char *name = paper_archive_name(page->run, page->language, count->key);
        paper_text_link(page, name, path);
    }
}

bool paper_text_end(PaperPage *page, int64_t newness, GError **error)
{
    const GString *out = page->run->out;
    return press_page_set(page->press, page->path, out->str, out->len, newness, error);
}

static bool render(PressPage *press, const char *key, GError **error)
{
    g_autoptr(Story) story = NULL;
    if (!paper_visible_story(press, key, &story, error)) {
        return false;
    }
    if (story == NULL) {
        return true;
    }
    g_auto(PaperPage) page = {0};
    g_autofree char *path = paper_text_path(story->path);
    if (!paper_text_begin(&page, press, story->language, path, error) ||
        !fill(&page, page.run->out, story, error)) {
        return false;
    }
    return paper_text_end(&page, story->published, error);
}

static bool keys(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                 GError **error)
{
    return paper_story.keys(store, run, as_of, take, data, error);
}

static bool render_front(PressPage *press, const char *language, GError **error)
{
    if (!paper_has_language(press, language)) {
        return true;
    }
    g_auto(PaperPage) page = {0};
    g_autofree char *list = g_strconcat("list:all/", language, NULL);
    g_autofree char *path =
        g_strconcat(paper_prefix(press_page_run(press), language), "index.txt", NULL);
    g_autoptr(GPtrArray) cards = paper_read_list(press, list, PAPER_LIST, error);
    if (cards == NULL || !paper_text_begin(&page, press, language, path, error)) {
        return false;
    }
    paper_text_heading(&page, page.frame->name, NULL);
    paper_text_cards(&page, cards);
    return paper_text_end(&page, 0, error);
}

static const char *const created_by[] = {"story", NULL};
const PressKind paper_text = {.name = "text",
                              .wave = PRESS_WAVE_NEWS,
                              .created_by = created_by,
                              .keys = keys,
                              .render = render,
                              .help = "a story as plain text"};
const PressKind paper_text_front = {.name = "text-front",
                                    .wave = PRESS_WAVE_NEWS,
                                    .fixed = true,
                                    .keys = paper_keys_languages,
                                    .render = render_front,
                                    .help = "the newest stories of a language as plain text"};
