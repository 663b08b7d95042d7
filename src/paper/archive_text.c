/* The archive by date as text, beside the pages of archive_page.c: a day's stories with the
 * addresses of their texts; months, years and the archive itself lead down to those. What they read
 * is archive.c. */
#include "paper/archive.h"

#include "paper/kinds.h"
#include "paper/text_page.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <string.h>

/* Begins "ru/2026/11/index.txt" with its heading. */
static bool begin(PaperPage *page, PressPage *press, const PaperArchive *archive,
                  const char *heading, GError **error)
{
    g_autofree char *path = g_strconcat(archive->path, "index.txt", NULL);
    if (!paper_text_begin(page, press, archive->language, path, error)) {
        return false;
    }
    paper_text_heading(page, heading, NULL);
    return true;
}

static bool render_counts(PressPage *press, const char *class_name, size_t length, const char *key,
                          GError **error)
{
    g_auto(PaperArchive) archive = {0};
    g_auto(PaperPage) page = {0};
    bool exists = false;
    bool read = paper_archive_counts(&archive, press, class_name, length, key, &exists, error);
    if (!read || !exists) {
        return read;
    }
    const PaperRun *run = press_page_run(press);
    bool whole = length == 0;
    g_autofree char *heading = whole ? g_strdup(strings_get(archive.language, "archive"))
                                     : paper_archive_name(run, archive.language, archive.date);
    if (!begin(&page, press, &archive, heading, error)) {
        return false;
    }
    paper_text_dates(&page, archive.counts, paper_prefix(run, archive.language), whole);
    return paper_text_end(&page, 0, error);
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
    const PaperRun *run = press_page_run(press);
    g_autofree char *heading = date_text(day.language, day.moment, run->zone, DATE_WEEKDAY);
    if (!begin(&page, press, &day, heading, error)) {
        return false;
    }
    paper_text_cards(&page, day.cards);
    return paper_text_end(&page, day.moment, error);
}

static bool render_month(PressPage *press, const char *key, GError **error)
{
    return render_counts(press, "count:month/", strlen("2026-11"), key, error);
}

static bool render_year(PressPage *press, const char *key, GError **error)
{
    return render_counts(press, "count:year/", strlen("2026"), key, error);
}

static bool render_archive(PressPage *press, const char *language, GError **error)
{
    return render_counts(press, "count:years/", 0, language, error);
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
                                  .wave = PRESS_WAVE_NEWS,
                                  .created_by = by_day,
                                  .keys = keys_days,
                                  .render = render_day,
                                  .help = "the stories of a day as plain text"};
const PressKind paper_text_month = {.name = "text-month",
                                    .wave = PRESS_WAVE_REST,
                                    .early = true,
                                    .created_by = by_month,
                                    .keys = keys_months,
                                    .render = render_month,
                                    .help = "the days of a month as plain text"};
const PressKind paper_text_year = {.name = "text-year",
                                   .wave = PRESS_WAVE_REST,
                                   .early = true,
                                   .created_by = by_year,
                                   .keys = keys_years,
                                   .render = render_year,
                                   .help = "the months of a year as plain text"};
const PressKind paper_text_archive = {.name = "text-archive",
                                      .wave = PRESS_WAVE_REST,
                                      .early = true,
                                      .fixed = true,
                                      .keys = paper_keys_languages,
                                      .render = render_archive,
                                      .help = "the years of the archive as plain text"};
