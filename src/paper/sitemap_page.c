/*
 * Sitemaps: one per language and month (sitemap/en-2026-11.xml), an index of them (sitemap.xml),
 * and the news sitemap of the last two days. A month that is over does not change.
 */
#include "base/clock.h"
#include "base/error.h"
#include "desk/story_count.h"
#include "paper/kinds.h"
#include "paper/page_base.h"
#include "text/sitemap.h"

#include <string.h>

#define NEWS_AGE  (2 * CLOCK_DAY) /* Google: articles of the last two days */
#define NEWS_MOST 500u

/* The frame of a language: it names the site's address and what the paper is called. */
static bool read_frame_of(PressPage *press, const char *language, GError **error)
{
    g_autofree char *frame = g_strdup_printf("frame:%s/recent", language);
    return press_page_read_global(press, frame, error);
}

static bool read_frame(PressPage *press, GError **error)
{
    return read_frame_of(press, ((PaperRun *)press_page_run(press))->languages[0], error);
}

static bool set_page(PressPage *press, const char *path, GString *out, bool made, int64_t newness,
                     GError **error)
{
    g_autoptr(GString) owned = out;
    return made && press_page_set(press, path, owned->str, owned->len, newness, error);
}

static bool render_month(PressPage *press, const char *key, GError **error)
{
    g_auto(GStrv) parts = paper_key(key, 2);
    if (parts == NULL || !paper_has_language(press, parts[0])) {
        return true;
    }
    PaperRun *run = press_page_run(press);
    g_autofree char *list = g_strconcat("sitemap:", key, NULL);
    g_autoptr(GPtrArray) cards = paper_read_list(press, list, 0, error);
    if (cards == NULL || cards->len == 0) {
        return cards != NULL;
    }
    g_autoptr(GArray) entries = g_array_new(FALSE, TRUE, sizeof(SitemapEntry));
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < cards->len; i++) {
        const StoryCard *card = cards->pdata[i];
        char *address = paper_address(run, card->path);
        SitemapEntry entry = {.url = address, .modified = MAX(card->updated, card->published)};
        g_ptr_array_add(texts, address);
        g_array_append_val(entries, entry);
    }
    g_autofree char *path = g_strdup_printf("sitemap/%s-%s.xml", parts[0], parts[1]);
    GString *out = g_string_new(NULL);
    bool made =
        read_frame(press, error) &&
        sitemap_urls((const SitemapEntry *)(const void *)entries->data, entries->len, out, error);
    return set_page(press, path, out, made, ((const StoryCard *)cards->pdata[0])->published, error);
}

static bool take_months(PressPage *press, const char *language, const char *year, GPtrArray *texts,
                        GError **error)
{
    PaperRun *run = press_page_run(press);
    g_autofree char *input = g_strdup_printf("count:year/%s/%s", language, year);
    g_autoptr(GArray) months = paper_read_counts(press, input, error);
    if (months == NULL) {
        return false;
    }
    for (guint i = 0; i < months->len; i++) {
        g_autofree char *path = g_strdup_printf("sitemap/%s-%s.xml", language,
                                                g_array_index(months, StoryCount, i).key);
        g_ptr_array_add(texts, paper_address(run, path));
    }
    return true;
}

static bool take_language(PressPage *press, const char *language, GPtrArray *texts, GError **error)
{
    g_autofree char *input = g_strconcat("count:years/", language, NULL);
    g_autoptr(GArray) years = paper_read_counts(press, input, error);
    if (years == NULL) {
        return false;
    }
    for (guint i = 0; i < years->len; i++) {
        if (!take_months(press, language, g_array_index(years, StoryCount, i).key, texts, error)) {
            return false;
        }
    }
    return true;
}

static bool render_index(PressPage *press, const char *key, GError **error)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (char **language = ((PaperRun *)press_page_run(press))->languages; *language != NULL;
         language++) {
        if (!take_language(press, *language, texts, error)) {
            return false;
        }
    }
    if (texts->len == 0) {
        return true;
    }
    g_autofree SitemapEntry *entries = g_new0(SitemapEntry, texts->len);
    for (guint i = 0; i < texts->len; i++) {
        entries[i].url = texts->pdata[i];
    }
    GString *out = g_string_new(NULL);
    bool made = read_frame(press, error) && sitemap_index(entries, texts->len, out, error);
    return set_page(press, "sitemap.xml", out, made, 0, error);
}

static bool take_news(PressPage *press, const char *language, GPtrArray *lists, GArray *entries,
                      GPtrArray *texts, GError **error)
{
    PaperRun *run = press_page_run(press);
    int64_t as_of = press_page_as_of(press);
    g_autofree char *list = g_strconcat("list:all/", language, NULL);
    GPtrArray *cards = paper_read_list(press, list, NEWS_MOST, error);
    if (cards == NULL) {
        return false;
    }
    g_ptr_array_add(lists, cards);
    if (!read_frame_of(press, language, error)) {
        return false;
    }
    const char *name = paper_run_frame(run, language, false)->name;
    for (guint i = 0; i < cards->len; i++) {
        const StoryCard *card = cards->pdata[i];
        if (card->published + NEWS_AGE <= as_of) {
            break;
        }
        char *address = paper_address(run, card->path);
        SitemapNews entry = {address, card->headline, name, card->language, card->published};
        g_ptr_array_add(texts, address);
        g_array_append_val(entries, entry);
        press_page_boundary(press, card->published + NEWS_AGE);
    }
    return true;
}

static bool render_news(PressPage *press, const char *key, GError **error)
{
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) entries = g_array_new(FALSE, TRUE, sizeof(SitemapNews));
    for (char **language = ((PaperRun *)press_page_run(press))->languages; *language != NULL;
         language++) {
        if (!take_news(press, *language, lists, entries, texts, error)) {
            return false;
        }
    }
    GString *out = g_string_new(NULL);
    bool made = sitemap_news((const SitemapNews *)(const void *)entries->data,
                             MIN(entries->len, SITEMAP_NEWS_LIMIT), out, error);
    return set_page(press, "news-sitemap.xml", out, made, INT64_MAX, error);
}

/* The months of the archive, as the month pages have them. */
static bool keys_months(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                        GError **error)
{
    return paper_month.keys(store, run, as_of, take, data, error);
}

static const char *const by_month[] = {"sitemap", NULL};
const PressKind paper_sitemap = {.name = "sitemap",
                                 .wave = PRESS_WAVE_REST,
                                 .created_by = by_month,
                                 .keys = keys_months,
                                 .render = render_month,
                                 .help = "the addresses of a language and month"};
const PressKind paper_sitemap_index = {.name = "sitemap-index",
                                       .wave = PRESS_WAVE_REST,
                                       .fixed = true,
                                       .keys = paper_keys_one,
                                       .render = render_index,
                                       .help = "the list of sitemaps"};
const PressKind paper_sitemap_news = {.name = "sitemap-news",
                                      .wave = PRESS_WAVE_REST,
                                      .fixed = true,
                                      .keys = paper_keys_one,
                                      .render = render_news,
                                      .help = "the stories of the last two days"};
