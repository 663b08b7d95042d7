/*
 * Feeds (DESIGN 6): feed.xml (RSS 2.0), atom.xml and feed.json for each language and each section,
 * full text (while there is room), 20 items. One record is made for all three. Keys: "LANG/rss",
 * "LANG/politics/atom"; the text lists they read create them.
 */
#include "base/error.h"
#include "base/moment.h"
#include "desk/live.h"
#include "desk/section.h"
#include "paper/body.h"
#include "paper/kinds.h"
#include "paper/machine_record.h"
#include "text/feed.h"
#include "theme/dates.h"

#include <string.h>

#define ENTRIES_MOST (32u * 1024)  /* bytes, as they are written, of one live story's entries */
#define TEXTS_MOST   (480u * 1024) /* bytes of all bodies; escaped, at most four times that */

typedef struct {
    const char *form, *file;
    bool (*write)(const Feed *feed, GString *out, GError **error);
} FeedForm;

static const FeedForm forms[] = {{"rss", "feed.xml", feed_rss2},
                                 {"atom", "atom.xml", feed_atom},
                                 {"json", "feed.json", feed_json}};

/* What the items borrow until the feed is written. */
typedef struct {
    MachineRecord record;
    const char *categories[2];
    SafeHtml body;
    bool whole; /* the body stands in the feed */
} Entry;

static void entry_free(void *data)
{
    Entry *entry = data;
    machine_record_clear(&entry->record);
    safe_html_clear(&entry->body);
    g_free(entry);
}

/* A text that cannot be read is left out: one story must not keep the others from their readers. */
static bool add_text(PaperPage *page, HtmlWriter *writer, const PaperBody *body, GError **error)
{
    g_auto(SafeHtml) html = {0};
    g_autoptr(GError) reason = NULL;
    if (paper_body_absolute(page, body, &html, &reason)) {
        html_append_already_safe_markup(writer, &html);
        return true;
    }
    if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT) ||
        g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID)) {
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&reason));
    return false;
}

/* The newest of a live story, as on its page, as many as fit in. */
static bool add_entries(PaperPage *page, HtmlWriter *writer, const StoryCard *card, GError **error)
{
    g_autoptr(GPtrArray) entries = live_list(page->store, card->id, error);
    size_t room = ENTRIES_MOST;
    for (guint i = 0; entries != NULL && i < entries->len; i++) {
        const LiveEntry *entry = entries->pdata[i];
        PaperBody body = {.text = entry->body,
                          .format = entry->format,
                          .from = card->path,
                          .scope = entry->anchor};
        size_t length = strlen(entry->body) + strlen(entry->headline);
        if (length > room) {
            break;
        }
        room -= length;
        g_autofree char *iso = moment_rfc3339(entry->time);
        g_autofree char *time =
            date_text(page->language, entry->time, page->run->zone, DATE_MOMENT);
        html_open(writer, "h2");
        html_open(writer, "time");
        html_attribute(writer, "datetime", iso);
        html_text(writer, time);
        html_close(writer, "time");
        html_text(writer, *entry->headline == '\0' ? "" : " ");
        html_text(writer, entry->headline);
        html_close(writer, "h2");
        if (!add_text(page, writer, &body, error)) {
            return false;
        }
    }
    return entries != NULL;
}

/* One for which there is no room has no text. */
static bool fill_body(PaperPage *page, Entry *entry, const StoryCard *card, size_t *room,
                      GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(HtmlWriter) writer = html_writer_new(TEXTS_MOST + 1);
    StoryFormat format = STORY_MARKDOWN;
    if (!story_text(page->store, card->id, &text, &format, error)) {
        return false;
    }
    PaperBody body = {.text = text, .format = format, .from = card->path};
    if (!add_text(page, writer, &body, error) ||
        (card->kind == STORY_KIND_LIVE && !add_entries(page, writer, card, error))) {
        return false;
    }
    if (html_writer_finish(writer, &entry->body, NULL)) {
        size_t length = strlen(safe_html_markup(&entry->body));
        entry->whole = length <= *room;
        *room -= entry->whole ? length : 0;
    }
    return true;
}

static bool fill_items(PaperPage *page, GPtrArray *entries, GArray *items, const GPtrArray *cards,
                       GError **error)
{
    size_t room = TEXTS_MOST;
    for (guint i = 0; i < cards->len; i++) {
        Entry *entry = g_new0(Entry, 1);
        const StoryCard *card = cards->pdata[i];
        g_ptr_array_add(entries, entry);
        if (!machine_record_make(page, card, &entry->record, error) ||
            !fill_body(page, entry, card, &room, error)) {
            return false;
        }
        FeedItem item = machine_record_item(&entry->record, entry->categories,
                                            entry->whole ? &entry->body : NULL);
        g_array_append_val(items, item);
    }
    return true;
}

static int64_t newest_update(const GPtrArray *cards)
{
    int64_t newest = 0;
    for (guint i = 0; i < cards->len; i++) {
        const StoryCard *card = cards->pdata[i];
        newest = MAX(newest, MAX(card->updated, card->published));
    }
    return newest;
}

static const FeedForm *form_of(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        if (strcmp(forms[i].form, name) == 0) {
            return &forms[i];
        }
    }
    return NULL;
}

/* `dir` is "ru/" or "ru/section/politics/"; `list` names the members. */
static bool render_feed(PressPage *press, const char *language, const char *dir, const char *list,
                        const char *title, const FeedForm *form, GError **error)
{
    g_auto(PaperPage) page = {0};
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(entry_free);
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(FeedItem));
    g_autofree char *path = g_strconcat(dir, form->file, NULL);
    g_autofree char *index = g_strconcat(dir, "index.html", NULL);
    g_autoptr(GPtrArray) cards = paper_read_list(press, list, PAPER_FEED, error);
    /* The paper's feed, to which every page leads, is there before the first story. */
    bool kept = title == NULL && form->write == feed_rss2;
    if (cards == NULL || (cards->len == 0 && !kept)) {
        return cards != NULL;
    }
    /* The template is not used, but what a feed says of the site is the frame's. */
    if (!paper_page_begin(&page, press, "moved", language, path, false, error) ||
        !fill_items(&page, entries, items, cards, error)) {
        return false;
    }
    g_autofree char *home = paper_address(page.run, index);
    g_autofree char *self = paper_address(page.run, path);
    Feed feed = {.title = title == NULL ? page.frame->name : title,
                 .description = *page.frame->description == '\0' ? NULL : page.frame->description,
                 .home_url = home,
                 .self_url = self,
                 .language = language,
                 .author = page.frame->name,
                 .updated = newest_update(cards),
                 .items = (const FeedItem *)(const void *)items->data,
                 .count = items->len};
    GString *out = page.run->out;
    g_string_truncate(out, 0);
    return form->write(&feed, out, error) &&
           press_page_set(press, path, out->str, out->len, feed.updated, error);
}

static bool render_all(PressPage *press, const char *key, const FeedForm *form, GError **error)
{
    if (!paper_has_language(press, key)) {
        return true;
    }
    g_autofree char *list = g_strconcat("text:all/", key, NULL);
    return render_feed(press, key, paper_prefix(press_page_run(press), key), list, NULL, form,
                       error);
}

static bool render_section(PressPage *press, const char *key, const FeedForm *form, GError **error)
{
    g_auto(GStrv) parts = paper_key(key, 2);
    if (parts == NULL || !paper_has_language(press, parts[0])) {
        return true;
    }
    PaperRun *run = press_page_run(press);
    g_autofree char *input = g_strconcat("section:", key, NULL);
    g_autofree char *list = g_strconcat("text:section/", key, NULL);
    g_autofree char *dir = g_strdup_printf("%ssection/%s/", paper_prefix(run, parts[0]), parts[1]);
    g_autoptr(GError) reason = NULL;
    press_page_read(press, input);
    g_autoptr(Section) section = section_read(press_page_store(press), parts[0], parts[1], &reason);
    if (section == NULL) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    g_autofree char *title =
        g_strdup_printf("%s – %s", section->name, paper_run_frame(run, parts[0], false)->name);
    return render_feed(press, parts[0], dir, list, title, form, error);
}

static bool keys_section(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                         GError **error)
{
    return paper_section.keys(store, run, as_of, take, data, error);
}

static const char *const by_section[] = {"text:section", NULL};

/* A kind's functions take no data, so each form has its own. */
#define FEED_KINDS(word, linked)                                                                   \
    static bool word##_render(PressPage *press, const char *key, GError **error)                   \
    {                                                                                              \
        return render_all(press, key, form_of(#word), error);                                      \
    }                                                                                              \
    static bool section_##word##_render(PressPage *press, const char *key, GError **error)         \
    {                                                                                              \
        return render_section(press, key, form_of(#word), error);                                  \
    }                                                                                              \
    const PressKind paper_feed_##word = {.name = "feed-" #word,                                    \
                                         .wave = PRESS_WAVE_REST,                                  \
                                         .early = linked,                                          \
                                         .fixed = true,                                            \
                                         .keys = paper_keys_languages,                             \
                                         .render = word##_render,                                  \
                                         .help = "the newest stories of a language, " #word};      \
    const PressKind paper_section_feed_##word = {.name = "section-feed-" #word,                    \
                                                 .wave = PRESS_WAVE_REST,                          \
                                                 .early = linked,                                  \
                                                 .created_by = by_section,                         \
                                                 .keys = keys_section,                             \
                                                 .render = section_##word##_render,                \
                                                 .help =                                           \
                                                     "the newest stories of a section, " #word}

/* Pages lead to the first. */
FEED_KINDS(rss, true);
FEED_KINDS(atom, false);
FEED_KINDS(json, false);
