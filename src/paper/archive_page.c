/* The archive by date: a day lists its stories; months, years and the archive itself only count
 * (DESIGN 5). */
#include "base/error.h"
#include "base/moment.h"
#include "desk/story_count.h"
#include "paper/card.h"
#include "paper/kinds.h"
#include "paper/shelf.h"
#include "paper/text_page.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <string.h>

/* Begins a page of the archive for a key "LANG/DATE"; the path is "ru/2026/11/" with index.html.
 * *exists is false (and true returned) if there can be no such page. */
static bool begin(PaperPage *page, PressPage *press, const char *template, const char *language,
                  const char *date, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(date, "-", -1);
    g_autofree char *inside = g_strjoinv("/", parts);
    g_autofree char *path =
        g_strconcat(paper_prefix(press_page_run(press), language), inside, "/index.html", NULL);
    if (!paper_page_begin(page, press, template, language, path, false, error)) {
        return false;
    }
    g_autofree char *text = paper_text_path(path);
    paper_set_url(page, page->values, "text_url", text);
    return true;
}

static void set_up(PaperPage *page, const char *name, const char *rest)
{
    Value *up = value_set_map(page->values, "up");
    g_autofree char *path =
        g_strconcat(paper_prefix(page->run, page->language), rest, "/index.html", NULL);
    value_set_text(up, "name", name);
    paper_set_url(page, up, "url", path);
}

static void set_heading(PaperPage *page, const char *heading)
{
    paper_set_head(page, heading, NULL);
    value_set_text(page->values, "heading", heading);
}

static bool render_day(PressPage *press, const char *key, GError **error)
{
    g_auto(GStrv) parts = paper_key(key, 2);
    if (parts == NULL || !paper_has_language(press, parts[0]) || strlen(parts[1]) != 10) {
        return true;
    }
    g_autofree char *list = g_strconcat("list:day/", key, NULL);
    g_autoptr(GPtrArray) cards = paper_read_list(press, list, 0, error);
    if (cards == NULL || cards->len == 0) {
        return cards != NULL;
    }
    g_auto(PaperPage) page = {0};
    int64_t moment = 0;
    if (!begin(&page, press, "day", parts[0], parts[1], error) ||
        !moment_of_day(parts[1], page.run->zone, &moment)) {
        return false;
    }
    g_autofree char *heading = date_text(parts[0], moment, page.run->zone, DATE_WEEKDAY);
    g_autofree char *month = g_strndup(parts[1], 7);
    g_autofree char *month_name = paper_month_name(&page, month);
    g_autofree char *month_path = g_strdup_printf("%.4s/%.2s", month, month + 5);
    set_heading(&page, heading);
    set_up(&page, month_name, month_path);
    return paper_fill_cards(&page, page.values, "cards", cards, 0, cards->len, PAPER_PICTURE_NONE,
                            error) &&
           paper_page_end(&page, moment, error);
}

static GArray *read_counts(PressPage *press, const char *class_name, const char *key,
                           GError **error)
{
    g_autofree char *input = g_strconcat(class_name, key, NULL);
    GArray *counts = NULL;
    press_page_read(press, input);
    return story_counts_read(press_page_store(press), input, press_page_as_of(press), &counts,
                             error)
               ? counts
               : NULL;
}

static void fill_days(PaperPage *page, const GArray *counts)
{
    Value *list = value_set_list(page->values, "days");
    for (guint i = 0; i < counts->len; i++) {
        const StoryCount *count = &g_array_index(counts, StoryCount, i);
        int64_t moment = 0;
        moment_of_day(count->key, page->run->zone, &moment);
        g_autofree char *name = date_text(page->language, moment, page->run->zone, DATE_DAY);
        g_autofree char *path =
            g_strdup_printf("%s%.4s/%.2s/%.2s/index.html", paper_prefix(page->run, page->language),
                            count->key, count->key + 5, count->key + 8);
        Value *item = value_append_map(list);
        value_set_text(item, "name", name);
        value_set_number(item, "count", count->count);
        paper_set_url(page, item, "url", path);
    }
}

static bool render_month(PressPage *press, const char *key, GError **error)
{
    g_auto(GStrv) parts = paper_key(key, 2);
    if (parts == NULL || !paper_has_language(press, parts[0]) || strlen(parts[1]) != 7) {
        return true;
    }
    g_autoptr(GArray) counts = read_counts(press, "count:month/", key, error);
    if (counts == NULL || counts->len == 0) {
        return counts != NULL;
    }
    g_auto(PaperPage) page = {0};
    if (!begin(&page, press, "archive-month", parts[0], parts[1], error)) {
        return false;
    }
    g_autofree char *name = paper_month_name(&page, parts[1]);
    g_autofree char *year = g_strndup(parts[1], 4);
    set_heading(&page, name);
    set_up(&page, year, year);
    fill_days(&page, counts);
    return paper_page_end(&page, 0, error);
}

static bool render_year(PressPage *press, const char *key, GError **error)
{
    g_auto(GStrv) parts = paper_key(key, 2);
    if (parts == NULL || !paper_has_language(press, parts[0]) || strlen(parts[1]) != 4) {
        return true;
    }
    g_autoptr(GArray) counts = read_counts(press, "count:year/", key, error);
    if (counts == NULL || counts->len == 0) {
        return counts != NULL;
    }
    g_auto(PaperPage) page = {0};
    if (!begin(&page, press, "archive-year", parts[0], parts[1], error)) {
        return false;
    }
    set_heading(&page, parts[1]);
    set_up(&page, strings_get(parts[0], "archive"), "archive");
    paper_fill_counts(&page, "months", counts, paper_prefix(page.run, parts[0]), false);
    return paper_page_end(&page, 0, error);
}

static bool render_archive(PressPage *press, const char *language, GError **error)
{
    if (!paper_has_language(press, language)) {
        return true;
    }
    g_autoptr(GArray) counts = read_counts(press, "count:years/", language, error);
    if (counts == NULL || counts->len == 0) {
        return counts != NULL;
    }
    g_auto(PaperPage) page = {0};
    if (!begin(&page, press, "archive-year", language, "archive", error)) {
        return false;
    }
    set_heading(&page, strings_get(language, "archive"));
    paper_fill_counts(&page, "months", counts, paper_prefix(page.run, language), true);
    return paper_page_end(&page, 0, error);
}

typedef enum { KEYS_YEARS, KEYS_MONTHS, KEYS_DAYS } Depth;

/* Counts of `class_name`KEY, taken as "LANG/…" or gone into further. */
static bool walk(Store *store, int64_t as_of, const char *language, const char *class_name,
                 const char *key, Depth here, Depth wanted, PressKeyTaker take, void *data,
                 GError **error)
{
    static const char *const below[] = {"count:year/", "count:month/"};
    g_autofree char *input = g_strconcat(class_name, key, NULL);
    g_autoptr(GArray) counts = NULL;
    if (!story_counts_read(store, input, as_of, &counts, error)) {
        return false;
    }
    for (guint i = 0; i < counts->len; i++) {
        g_autofree char *found =
            g_strconcat(language, "/", g_array_index(counts, StoryCount, i).key, NULL);
        if (!(here == wanted ? take(found, 0, data, error)
                             : walk(store, as_of, language, below[here], found, here + 1, wanted,
                                    take, data, error))) {
            return false;
        }
    }
    return true;
}

static bool walk_all(Store *store, void *run, int64_t as_of, Depth wanted, PressKeyTaker take,
                     void *data, GError **error)
{
    for (char **language = ((const PaperRun *)run)->languages; *language != NULL; language++) {
        if (!walk(store, as_of, *language, "count:years/", *language, KEYS_YEARS, wanted, take,
                  data, error)) {
            return false;
        }
    }
    return true;
}

static bool keys_days(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                      GError **error)
{
    return walk_all(store, run, as_of, KEYS_DAYS, take, data, error);
}

static bool keys_months(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                        GError **error)
{
    return walk_all(store, run, as_of, KEYS_MONTHS, take, data, error);
}

static bool keys_years(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                       GError **error)
{
    return walk_all(store, run, as_of, KEYS_YEARS, take, data, error);
}

static const char *const by_day[] = {"list:day", NULL};
static const char *const by_month[] = {"count:month", NULL};
static const char *const by_year[] = {"count:year", NULL};
const PressKind paper_day = {.name = "day",
                             .wave = PRESS_WAVE_NEWS,
                             .created_by = by_day,
                             .keys = keys_days,
                             .render = render_day,
                             .help = "the stories of a day"};
const PressKind paper_month = {.name = "month",
                               .wave = PRESS_WAVE_REST,
                               .created_by = by_month,
                               .keys = keys_months,
                               .render = render_month,
                               .help = "the days of a month"};
const PressKind paper_year = {.name = "year",
                              .wave = PRESS_WAVE_REST,
                              .created_by = by_year,
                              .keys = keys_years,
                              .render = render_year,
                              .help = "the months of a year"};
const PressKind paper_archive = {.name = "archive",
                                 .wave = PRESS_WAVE_REST,
                                 .fixed = true,
                                 .keys = paper_keys_languages,
                                 .render = render_archive,
                                 .help = "the years of the archive"};
