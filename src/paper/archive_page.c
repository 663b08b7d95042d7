/* The archive by date: a day lists its stories; months, years and the archive itself only count
 * (DESIGN 5). What they read is archive.c. */
#include "paper/archive.h"

#include "desk/story_count.h"
#include "paper/card.h"
#include "paper/kinds.h"
#include "paper/shelf.h"
#include "paper/text_page.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <string.h>

static bool begin(PaperPage *page, PressPage *press, const char *template,
                  const PaperArchive *archive, GError **error)
{
    g_autofree char *path = g_strconcat(archive->path, "index.html", NULL);
    if (!paper_page_begin(page, press, template, archive->language, path, false, error)) {
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
    g_auto(PaperArchive) day = {0};
    g_auto(PaperPage) page = {0};
    bool exists = false;
    bool read = paper_archive_day(&day, press, key, &exists, error);
    if (!read || !exists) {
        return read;
    }
    if (!begin(&page, press, "day", &day, error)) {
        return false;
    }
    g_autofree char *heading = date_text(day.language, day.moment, page.run->zone, DATE_WEEKDAY);
    g_autofree char *month = g_strndup(day.date, 7);
    g_autofree char *month_name = paper_archive_name(page.run, day.language, month);
    g_autofree char *month_path = g_strdup_printf("%.4s/%.2s", month, month + 5);
    set_heading(&page, heading);
    set_up(&page, month_name, month_path);
    return paper_fill_cards(&page, page.values, "cards", day.cards, 0, day.cards->len,
                            PAPER_PICTURE_NONE, error) &&
           paper_page_end(&page, day.moment, error);
}

static bool render_month(PressPage *press, const char *key, GError **error)
{
    g_auto(PaperArchive) month = {0};
    g_auto(PaperPage) page = {0};
    bool exists = false;
    bool read =
        paper_archive_counts(&month, press, "count:month/", strlen("2026-11"), key, &exists, error);
    if (!read || !exists) {
        return read;
    }
    if (!begin(&page, press, "archive-month", &month, error)) {
        return false;
    }
    g_autofree char *name = paper_archive_name(page.run, month.language, month.date);
    g_autofree char *year = g_strndup(month.date, 4);
    set_heading(&page, name);
    set_up(&page, year, year);
    paper_fill_counts(&page, "days", month.counts, paper_prefix(page.run, month.language), false);
    return paper_page_end(&page, 0, error);
}

static bool render_year(PressPage *press, const char *key, GError **error)
{
    g_auto(PaperArchive) year = {0};
    g_auto(PaperPage) page = {0};
    bool exists = false;
    bool read =
        paper_archive_counts(&year, press, "count:year/", strlen("2026"), key, &exists, error);
    if (!read || !exists) {
        return read;
    }
    if (!begin(&page, press, "archive-year", &year, error)) {
        return false;
    }
    set_heading(&page, year.date);
    set_up(&page, strings_get(year.language, "archive"), "archive");
    paper_fill_counts(&page, "months", year.counts, paper_prefix(page.run, year.language), false);
    return paper_page_end(&page, 0, error);
}

static bool render_archive(PressPage *press, const char *language, GError **error)
{
    g_auto(PaperArchive) years = {0};
    g_auto(PaperPage) page = {0};
    bool exists = false;
    bool read = paper_archive_counts(&years, press, "count:years/", 0, language, &exists, error);
    if (!read || !exists) {
        return read;
    }
    if (!begin(&page, press, "archive-year", &years, error)) {
        return false;
    }
    set_heading(&page, strings_get(language, "archive"));
    paper_fill_counts(&page, "months", years.counts, paper_prefix(page.run, language), true);
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
                               .early = true,
                               .created_by = by_month,
                               .keys = keys_months,
                               .render = render_month,
                               .help = "the days of a month"};
const PressKind paper_year = {.name = "year",
                              .wave = PRESS_WAVE_REST,
                              .early = true,
                              .created_by = by_year,
                              .keys = keys_years,
                              .render = render_year,
                              .help = "the months of a year"};
const PressKind paper_archive = {.name = "archive",
                                 .wave = PRESS_WAVE_REST,
                                 .early = true,
                                 .fixed = true,
                                 .keys = paper_keys_languages,
                                 .render = render_archive,
                                 .help = "the years of the archive"};
