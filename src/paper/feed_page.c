/*
 * Feeds (DESIGN 6): feed.xml (RSS 2.0), atom.xml and feed.json for each language and each section,
 * full text, 20 items. One record is made for all three. Keys: "LANG/rss", "LANG/politics/atom";
 * the text lists they read create them.
 */
#include "base/error.h"
#include "desk/section.h"
#include "paper/body.h"
#include "paper/byline.h"
#include "paper/kinds.h"
#include "text/feed.h"

#include <string.h>

typedef struct {
    const char *form, *file;
    bool (*write)(const Feed *feed, GString *out, GError **error);
} FeedForm;

static const FeedForm forms[] = {{"rss", "feed.xml", feed_rss2},
                                 {"atom", "atom.xml", feed_atom},
                                 {"json", "feed.json", feed_json}};

/* What the items borrow until the feed is written. */
typedef struct {
    GArray *items;    /* FeedItem */
    GPtrArray *texts; /* char * */
    GArray *bodies;   /* SafeHtml */
} Items;

static void items_clear(Items *items)
{
    for (guint i = 0; items->bodies != NULL && i < items->bodies->len; i++) {
        safe_html_clear(&g_array_index(items->bodies, SafeHtml, i));
    }
    g_clear_pointer(&items->items, g_array_unref);
    g_clear_pointer(&items->texts, g_ptr_array_unref);
    g_clear_pointer(&items->bodies, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Items, items_clear)

static const char *keep(Items *items, char *text)
{
    g_ptr_array_add(items->texts, text);
    return text;
}

static bool add_body(PaperPage *page, Items *items, const StoryCard *card, GError **error)
{
    g_autofree char *text = NULL;
    StoryFormat format;
    SafeHtml html = {0};
    if (!story_text(page->store, card->id, &text, &format, error) ||
        !paper_body_absolute(page, text, format, &html, error)) {
        return false;
    }
    g_array_append_val(items->bodies, html);
    return true;
}

static void add_item(PaperPage *page, Items *items, const StoryCard *card)
{
    char *byline = paper_byline_text(page->press, page->language, card);
    const char **authors = g_new0(const char *, 2);
    authors[0] = byline == NULL ? NULL : keep(items, byline);
    keep(items, (char *)(void *)authors);
    char *address = paper_address(page->run, card->path);
    FeedItem item = {
        .id = keep(items, g_strdup(address)),
        .url = keep(items, address),
        .title = card->headline,
        .summary = *card->standfirst == '\0' ? NULL : card->standfirst,
        .authors = authors,
        .published = card->published,
        .updated = MAX(card->updated, card->published),
    };
    g_array_append_val(items->items, item);
}

static bool fill_items(PaperPage *page, Items *items, const GPtrArray *cards, GError **error)
{
    items->items = g_array_new(FALSE, FALSE, sizeof(FeedItem));
    items->bodies = g_array_new(FALSE, FALSE, sizeof(SafeHtml));
    items->texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < cards->len; i++) {
        add_item(page, items, cards->pdata[i]);
        if (!add_body(page, items, cards->pdata[i], error)) {
            return false;
        }
    }
    for (guint i = 0; i < cards->len; i++) { /* only now: the array of bodies no longer moves */
        g_array_index(items->items, FeedItem, i).content =
            &g_array_index(items->bodies, SafeHtml, i);
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
    g_auto(Items) items = {0};
    g_autofree char *path = g_strconcat(dir, form->file, NULL);
    g_autofree char *index = g_strconcat(dir, "index.html", NULL);
    g_autoptr(GPtrArray) cards = paper_read_list(press, list, PAPER_FEED, error);
    if (cards == NULL || cards->len == 0) {
        return cards != NULL;
    }
    /* The template is not used, but what a feed says of the site is the frame's. */
    if (!paper_page_begin(&page, press, "moved", language, path, false, error) ||
        !fill_items(&page, &items, cards, error)) {
        return false;
    }
    g_autofree char *home = paper_address(page.run, index);
    g_autofree char *self = paper_address(page.run, path);
    Feed feed = {.title = title == NULL ? page.run->name : title,
                 .description = *page.run->description == '\0' ? NULL : page.run->description,
                 .home_url = home,
                 .self_url = self,
                 .language = language,
                 .author = page.run->name,
                 .updated = newest_update(cards),
                 .items = (const FeedItem *)(const void *)items.items->data,
                 .count = items.items->len};
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
    g_autofree char *title = g_strdup_printf("%s – %s", section->name, run->name);
    return render_feed(press, parts[0], dir, list, title, form, error);
}

static bool keys_section(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                         GError **error)
{
    return paper_section.keys(store, run, as_of, take, data, error);
}

static const char *const by_section[] = {"text:section", NULL};

/* A kind's functions take no data, so each form has its own. */
#define FEED_KINDS(word)                                                                           \
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
                                         .fixed = true,                                            \
                                         .keys = paper_keys_languages,                             \
                                         .render = word##_render,                                  \
                                         .help = "the newest stories of a language, " #word};      \
    const PressKind paper_section_feed_##word = {.name = "section-feed-" #word,                    \
                                                 .wave = PRESS_WAVE_REST,                          \
                                                 .created_by = by_section,                         \
                                                 .keys = keys_section,                             \
                                                 .render = section_##word##_render,                \
                                                 .help =                                           \
                                                     "the newest stories of a section, " #word}

FEED_KINDS(rss);
FEED_KINDS(atom);
FEED_KINDS(json);
