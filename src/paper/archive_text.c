/* The archive by date as text, beside the pages of archive_page.c: a day's stories with the
 * addresses of their texts, months, years and the archive itself as counts. */
#include "base/error.h"
#include "base/moment.h"
#include "desk/story_count.h"
#include "paper/kinds.h"
#include "paper/shelf.h"
#include "paper/text_page.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <string.h>

/* Begins "ru/2026/11/index.txt" for "2026-11", with the heading as first line. */
static bool begin(PaperPage *page, PressPage *press, const char *language, const char *date,
                  const char *heading, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(date, "-", -1);
    g_autofree char *inside = g_strjoinv("/", parts);
    g_autofree char *path =
        g_strconcat(paper_prefix(press_page_run(press), language), inside, "/index.txt", NULL);
    if (!paper_text_begin(page, press, language, path, error)) {
        return false;
    }
    g_string_append_printf(page->run->out, "%s\n", heading);
    return true;
}

static bool end(PaperPage *page, int64_t newness, GError **error)
{
    const GString *out = page->run->out;
    return press_page_set(page->press, page->path, out->str, out->len, newness, error);
}

/* "2026", "2026-11" or "2026-11-18" in words. */
static char *name_of(const PaperPage *page, const char *key)
{
    int64_t moment = 0;
    if (strlen(key) == 7) {
        return paper_month_name(page, key);
    }
    return strlen(key) == 10 && moment_of_day(key, page->run->zone, &moment)
               ? date_text(page->language, moment, page->run->zone, DATE_DAY)
               : g_strdup(key);
}

static void add_counts(const PaperPage *page, const GArray *counts, bool newest_first)
{
    for (guint i = 0; i < counts->len; i++) {
        guint at = newest_first ? counts->len - 1 - i : i;
        const StoryCount *count = &g_array_index(counts, StoryCount, at);
        g_auto(GStrv) parts = g_strsplit(count->key, "-", -1);
        g_autofree char *inside = g_strjoinv("/", parts);
        g_autofree char *path =
            g_strconcat(paper_prefix(page->run, page->language), inside, "/index.txt", NULL);
        g_autofree char *address = paper_address(page->run, path);
        g_autofree char *name = name_of(page, count->key);
        g_string_append_printf(page->run->out, "\n%s (%" G_GINT64_FORMAT ")\n%s\n", name,
                               count->count, address);
    }
}

/* The counts of `input` below a heading: "2026-11" is said in words. */
static bool render_counts(PressPage *press, const char *language, const char *input,
                          const char *date, bool newest_first, GError **error)
{
    g_autoptr(GArray) counts = NULL;
    press_page_read(press, input);
    if (!story_counts_read(press_page_store(press), input, press_page_as_of(press), &counts,
                           error) ||
        counts->len == 0) {
        return counts != NULL;
    }
    g_auto(PaperPage) page = {0};
    bool whole = strcmp(date, "archive") == 0;
    const PaperPage words = {.run = press_page_run(press), .language = (char *)(uintptr_t)language};
    g_autofree char *heading =
        whole ? g_strdup(strings_get(language, "archive")) : name_of(&words, date);
    if (!begin(&page, press, language, date, heading, error)) {
        return false;
    }
    add_counts(&page, counts, newest_first);
    return end(&page, 0, error);
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
    const PaperRun *run = press_page_run(press);
    g_auto(PaperPage) page = {0};
    int64_t moment = 0;
    if (!moment_of_day(parts[1], run->zone, &moment)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "there is no day \"%s\"", parts[1]);
    }
    g_autofree char *heading = date_text(parts[0], moment, run->zone, DATE_WEEKDAY);
    if (!begin(&page, press, parts[0], parts[1], heading, error)) {
        return false;
    }
    paper_text_cards(&page, cards);
    return end(&page, moment, error);
}

/* Months and years have keys "LANG/2026-11" and "LANG/2026". */
static bool render_dated(PressPage *press, const char *key, const char *class_name, size_t length,
                         GError **error)
{
    g_auto(GStrv) parts = paper_key(key, 2);
    if (parts == NULL || !paper_has_language(press, parts[0]) || strlen(parts[1]) != length) {
        return true;
    }
    g_autofree char *input = g_strconcat(class_name, key, NULL);
    return render_counts(press, parts[0], input, parts[1], false, error);
}

static bool render_month(PressPage *press, const char *key, GError **error)
{
    return render_dated(press, key, "count:month/", 7, error);
}

static bool render_year(PressPage *press, const char *key, GError **error)
{
    return render_dated(press, key, "count:year/", 4, error);
}

static bool render_archive(PressPage *press, const char *language, GError **error)
{
    g_autofree char *input = g_strconcat("count:years/", language, NULL);
    return !paper_has_language(press, language) ||
           render_counts(press, language, input, "archive", true, error);
}

static bool keys_days(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                      GError **error)
{
    return paper_day.keys(store, run, as_of, take, data, error);
}

static bool keys_months(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                        GError **error)
{
    return paper_month.keys(store, run, as_of, take, data, error);
}

static bool keys_years(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                       GError **error)
{
    return paper_year.keys(store, run, as_of, take, data, error);
}

static const char *const by_day[] = {"list:day", NULL};
static const char *const by_month[] = {"count:month", NULL};
static const char *const by_year[] = {"count:year", NULL};
const PressKind paper_text_day = {.name = "text-day",
                                  .wave = PRESS_WAVE_REST,
                                  .created_by = by_day,
                                  .keys = keys_days,
                                  .render = render_day,
                                  .help = "the stories of a day as plain text"};
const PressKind paper_text_month = {.name = "text-month",
                                    .wave = PRESS_WAVE_REST,
                                    .created_by = by_month,
                                    .keys = keys_months,
                                    .render = render_month,
                                    .help = "the days of a month as plain text"};
const PressKind paper_text_year = {.name = "text-year",
                                   .wave = PRESS_WAVE_REST,
                                   .created_by = by_year,
                                   .keys = keys_years,
                                   .render = render_year,
                                   .help = "the months of a year as plain text"};
const PressKind paper_text_archive = {.name = "text-archive",
                                      .wave = PRESS_WAVE_REST,
                                      .fixed = true,
                                      .keys = paper_keys_languages,
                                      .render = render_archive,
                                      .help = "the years of the archive as plain text"};
