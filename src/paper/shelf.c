/* Pages of sections, topics and authors: shelf.h. The rows of their kinds are in list_page.c, the
 * same as text in shelf_text.c. */
#include "paper/shelf_private.h"

#include "base/error.h"
#include "desk/story_count.h"
#include "paper/archive.h"
#include "paper/card.h"
#include "paper/text_page.h"

#include <string.h>

#define SLUGS_AT_ONCE 500u

void shelf_page_clear(ShelfPage *at)
{
    paper_page_clear(&at->page);
    g_strfreev(at->parts);
    g_free(at->name);
    g_free(at->about);
    g_free(at->dir);
}

/* Reads the key and the record. *exists is false (and true returned) if there can be no page. */
static bool shelf_begin(ShelfPage *at, const PaperShelf *shelf, PressPage *press, const char *key,
                        unsigned parts, bool *exists, GError **error)
{
    *exists = false;
    at->parts = paper_key(key, parts);
    if (at->parts == NULL || !paper_has_language(press, at->parts[0])) {
        return true;
    }
    const char *language = at->parts[0], *slug = at->parts[1];
    g_autofree char *input = g_strdup_printf("%s:%s/%s", shelf->word, language, slug);
    g_autoptr(GError) reason = NULL;
    press_page_read(press, input);
    at->dir = g_strdup_printf("%s%s/%s/", paper_prefix(press_page_run(press), language),
                              shelf->word, slug);
    if (!shelf->describe(press_page_store(press), language, slug, &at->name, &at->about, &reason)) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    *exists = true;
    return true;
}

static bool begin_page(ShelfPage *at, PressPage *press, const char *template, const char *rest,
                       GError **error)
{
    g_autofree char *path = g_strconcat(at->dir, rest, "index.html", NULL);
    if (!paper_page_begin(&at->page, press, template, at->parts[0], path, false, error)) {
        return false;
    }
    g_autofree char *text = paper_text_path(path);
    paper_set_url(&at->page, at->page.values, "text_url", text);
    return true;
}

/* *cards stays NULL if the list is empty. */
static bool read_list(PressPage *press, const char *list, unsigned limit, GPtrArray **cards,
                      GError **error)
{
    g_autoptr(GPtrArray) read = paper_read_list(press, list, limit, error);
    if (read != NULL && read->len > 0) {
        *cards = g_steal_pointer(&read);
        return true;
    }
    return read != NULL;
}

void paper_fill_counts(PaperPage *page, const char *key, const GArray *counts, const char *dir,
                       bool newest_first)
{
    Value *list = value_set_list(page->values, key);
    for (guint i = 0; i < counts->len; i++) {
        guint at = newest_first ? counts->len - 1 - i : i;
        const StoryCount *count = &g_array_index(counts, StoryCount, at);
        g_auto(GStrv) parts = g_strsplit(count->key, "-", -1);
        g_autofree char *inside = g_strjoinv("/", parts);
        g_autofree char *path = g_strconcat(dir, inside, "/index.html", NULL);
        g_autofree char *name = paper_archive_name(page->run, page->language, count->key);
        Value *item = value_append_map(list);
        value_set_text(item, "name", name);
        value_set_number(item, "count", count->count);
        paper_set_url(page, item, "url", path);
    }
}

static void set_up(ShelfPage *at, const char *name, const char *rest)
{
    Value *up = value_set_map(at->page.values, "up");
    g_autofree char *path = g_strconcat(at->dir, rest, "index.html", NULL);
    value_set_text(up, "name", name);
    paper_set_url(&at->page, up, "url", path);
}

bool shelf_newest(ShelfPage *at, const PaperShelf *shelf, PressPage *press, const char *key,
                  GPtrArray **cards, GError **error)
{
    bool exists = false;
    *cards = NULL;
    bool begun = shelf_begin(at, shelf, press, key, 2, &exists, error);
    if (!begun || !exists) {
        return begun;
    }
    g_autofree char *list = g_strdup_printf("list:%s/%s", shelf->word, key);
    return read_list(press, list, PAPER_LIST, cards, error);
}

bool shelf_month(ShelfPage *at, const PaperShelf *shelf, PressPage *press, const char *key,
                 GPtrArray **cards, GError **error)
{
    bool exists = false;
    *cards = NULL;
    bool begun = shelf_begin(at, shelf, press, key, 3, &exists, error);
    if (!begun || !exists || strlen(at->parts[2]) != strlen("2026-11")) {
        return begun;
    }
    g_autofree char *list = g_strdup_printf("list:%s-month/%s", shelf->word, key);
    return read_list(press, list, 0, cards, error);
}

bool shelf_year(ShelfPage *at, const PaperShelf *shelf, PressPage *press, const char *key,
                GArray **counts, GError **error)
{
    bool exists = false;
    *counts = NULL;
    bool begun = shelf_begin(at, shelf, press, key, 3, &exists, error);
    if (!begun || !exists) {
        return begun;
    }
    g_autofree char *input = g_strdup_printf("count:%s-year/%s", shelf->word, key);
    g_autoptr(GArray) read = paper_read_counts(press, input, error);
    if (read != NULL && read->len > 0) {
        *counts = g_steal_pointer(&read);
        return true;
    }
    return read != NULL;
}

GArray *shelf_years(const PaperShelf *shelf, PressPage *press, const char *key, GError **error)
{
    g_autofree char *input = g_strdup_printf("count:%s-years/%s", shelf->word, key);
    return paper_read_counts(press, input, error);
}

char *shelf_heading(const ShelfPage *at, const PaperRun *run)
{
    g_autofree char *date = paper_archive_name(run, at->parts[0], at->parts[2]);
    return g_strdup_printf("%s: %s", at->name, date);
}

/* Of the three only sections have a feed (feed_page.c). */
static void set_own_feed(ShelfPage *at, const PaperShelf *shelf)
{
    if (shelf == &paper_shelf_section) {
        g_autofree char *path = g_strconcat(at->dir, "feed.xml", NULL);
        paper_set_url(&at->page, at->page.values, "own_feed", path);
    }
}

bool paper_shelf_render(const PaperShelf *shelf, PressPage *press, const char *key, GError **error)
{
    g_auto(ShelfPage) at = {0};
    g_autoptr(GPtrArray) cards = NULL;
    bool begun = shelf_newest(&at, shelf, press, key, &cards, error);
    if (!begun || cards == NULL) {
        return begun;
    }
    g_autoptr(GArray) counts = shelf_years(shelf, press, key, error);
    if (counts == NULL || !begin_page(&at, press, "list", "", error)) {
        return false;
    }
    paper_set_head(&at.page, at.name, at.about);
    value_set_text(at.page.values, "heading", at.name);
    value_set_text(at.page.values, "intro", *at.about == '\0' ? NULL : at.about);
    value_set_bool(at.page.values, "has_years", counts->len > 0);
    set_own_feed(&at, shelf);
    paper_fill_counts(&at.page, "years", counts, at.dir, true);
    return paper_fill_cards(&at.page, at.page.values, "cards", cards, 0, PAPER_LIST,
                            PAPER_PICTURE_SQUARE, error) &&
           paper_page_end(&at.page, ((const StoryCard *)cards->pdata[0])->published, error);
}

static void set_heading(ShelfPage *at)
{
    g_autofree char *heading = shelf_heading(at, at->page.run);
    paper_set_head(&at->page, heading, NULL);
    value_set_text(at->page.values, "heading", heading);
}

bool paper_shelf_month_render(const PaperShelf *shelf, PressPage *press, const char *key,
                              GError **error)
{
    g_auto(ShelfPage) at = {0};
    g_autoptr(GPtrArray) cards = NULL;
    bool begun = shelf_month(&at, shelf, press, key, &cards, error);
    if (!begun || cards == NULL) {
        return begun;
    }
    const char *month = at.parts[2];
    g_autofree char *rest = g_strdup_printf("%.4s/%s/", month, month + 5);
    g_autofree char *year = g_strdup_printf("%.4s/", month);
    if (!begin_page(&at, press, "month", rest, error)) {
        return false;
    }
    g_autofree char *up = g_strdup_printf("%s, %.4s", at.name, month);
    set_heading(&at);
    set_up(&at, up, year);
    return paper_fill_cards(&at.page, at.page.values, "cards", cards, 0, cards->len,
                            PAPER_PICTURE_NONE, error) &&
           paper_page_end(&at.page, ((const StoryCard *)cards->pdata[0])->published, error);
}

bool paper_shelf_year_render(const PaperShelf *shelf, PressPage *press, const char *key,
                             GError **error)
{
    g_auto(ShelfPage) at = {0};
    g_autoptr(GArray) months = NULL;
    bool begun = shelf_year(&at, shelf, press, key, &months, error);
    if (!begun || months == NULL) {
        return begun;
    }
    const char *year = at.parts[2];
    g_autofree char *rest = g_strconcat(year, "/", NULL);
    if (!begin_page(&at, press, "archive-year", rest, error)) {
        return false;
    }
    set_heading(&at);
    set_up(&at, at.name, "");
    paper_fill_counts(&at.page, "months", months, at.dir, false);
    return paper_page_end(&at.page, (int64_t)g_ascii_strtoll(year, NULL, 10), error);
}

typedef struct {
    const PaperShelf *shelf;
    PaperShelfKeys which;
    Store *store;
    int64_t as_of;
    PressKeyTaker take;
    void *data;
} Walk;

/* The years of a slug, or the months of those. */
static bool take_archive(const Walk *walk, const char *key, GError **error)
{
    g_autofree char *input = g_strdup_printf("count:%s-years/%s", walk->shelf->word, key);
    g_autoptr(GArray) years = NULL;
    if (!story_counts_read(walk->store, input, walk->as_of, &years, error)) {
        return false;
    }
    for (guint i = 0; i < years->len; i++) {
        const char *year = g_array_index(years, StoryCount, i).key;
        g_autofree char *year_key = g_strconcat(key, "/", year, NULL);
        g_autofree char *months_input =
            g_strdup_printf("count:%s-year/%s", walk->shelf->word, year_key);
        g_autoptr(GArray) months = NULL;
        if (walk->which == SHELF_YEARS) {
            if (!walk->take(year_key, 0, walk->data, error)) {
                return false;
            }
            continue;
        }
        if (!story_counts_read(walk->store, months_input, walk->as_of, &months, error)) {
            return false;
        }
        for (guint k = 0; k < months->len; k++) {
            g_autofree char *month_key =
                g_strconcat(key, "/", g_array_index(months, StoryCount, k).key, NULL);
            if (!walk->take(month_key, 0, walk->data, error)) {
                return false;
            }
        }
    }
    return true;
}

static bool walk_language(const Walk *walk, const char *language, GError **error)
{
    g_autofree char *after = g_strdup("");
    for (;;) {
        g_autoptr(GPtrArray) slugs =
            walk->shelf->slugs_after(walk->store, language, after, SLUGS_AT_ONCE, error);
        if (slugs == NULL || slugs->len == 0) {
            return slugs != NULL;
        }
        for (guint i = 0; i < slugs->len; i++) {
            g_autofree char *key = g_strconcat(language, "/", (const char *)slugs->pdata[i], NULL);
            if (!(walk->which == SHELF_NEWEST ? walk->take(key, walk->as_of, walk->data, error)
                                              : take_archive(walk, key, error))) {
                return false;
            }
        }
        g_free(after);
        after = g_strdup(slugs->pdata[slugs->len - 1]);
    }
}

bool paper_shelf_keys(const PaperShelf *shelf, PaperShelfKeys which, Store *store, void *run,
                      int64_t as_of, PressKeyTaker take, void *data, GError **error)
{
    const PaperRun *paper = run;
    Walk walk = {shelf, which, store, as_of, take, data};
    for (char **language = paper->languages; *language != NULL; language++) {
        if (!walk_language(&walk, *language, error)) {
            return false;
        }
    }
    return true;
}
