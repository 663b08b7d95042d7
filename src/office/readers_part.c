/* Readers on the dashboard: pages given today by hour, and in the last thirty days, as totals
 * (health/readers.h). */
#include "base/clock.h"
#include "health/readers.h"
#include "office/dashboard.h"
#include "office/frame.h"
#include "office/plot.h"
#include "press/setting.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <string.h>

#define DAYS  30
#define HOURS 25u /* a day with summer time's end has so many */
#define CELLS 64u /* languages and kinds that the table of today has */

typedef struct {
    char *language, *kind;
    int64_t pages;
} Cell;

typedef struct {
    const OfficeDay *day;
    int64_t starts[DAYS + 1]; /* of the last DAYS days, today the last; and the end of today */
    int64_t days[DAYS];
    int64_t hours[HOURS];
    Cell cells[CELLS];
    unsigned count;
} Seen;

static void seen_clear(Seen *seen)
{
    for (unsigned i = 0; i < seen->count; i++) {
        g_free(seen->cells[i].language);
        g_free(seen->cells[i].kind);
    }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Seen, seen_clear)

static void add_cell(Seen *seen, const ReadersTotal *total)
{
    for (unsigned i = 0; i < seen->count; i++) {
        if (strcmp(seen->cells[i].language, total->language) == 0 &&
            strcmp(seen->cells[i].kind, total->kind) == 0) {
            seen->cells[i].pages += total->pages;
            return;
        }
    }
    if (seen->count < CELLS) {
        seen->cells[seen->count++] =
            (Cell){g_strdup(total->language), g_strdup(total->kind), total->pages};
    }
}

static bool take(const ReadersTotal *total, void *data, GError **error)
{
    Seen *seen = data;
    int day = DAYS - 1;
    while (day > 0 && total->hour < seen->starts[day]) {
        day--;
    }
    seen->days[day] += total->pages;
    if (day == DAYS - 1) {
        int64_t hour = MAX(total->hour - seen->day->start, 0) / CLOCK_HOUR;
        seen->hours[MIN(hour, HOURS - 1)] += total->pages;
        add_cell(seen, total);
    }
    return true;
}

static bool read_seen(const OfficeVisit *visit, Seen *seen, GError **error)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(seen->day->start / CLOCK_SECOND);
    g_autoptr(GDateTime) today = g_date_time_to_timezone(utc, seen->day->zone);
    for (int i = 0; i <= DAYS; i++) {
        g_autoptr(GDateTime) start = g_date_time_add_days(today, i - DAYS + 1);
        seen->starts[i] = g_date_time_to_unix(start) * CLOCK_SECOND;
    }
    return readers_totals(visit->store, seen->starts[0], seen->starts[DAYS], take, seen, error);
}

/* ---- What it says --------------------------------------------------------------------------- */

static void write_hours(HtmlWriter *page, const OfficeVisit *visit, const Seen *seen)
{
    g_autoptr(GArray) bars = plot_bars_new();
    unsigned hours = (unsigned)((seen->day->end - seen->day->start) / CLOCK_HOUR);
    for (unsigned i = 0; i < MIN(hours, HOURS); i++) {
        char *label = date_text(visit->language, seen->day->start + i * CLOCK_HOUR, seen->day->zone,
                                DATE_TIME);
        plot_bars_add(bars, label, seen->hours[i], i % 6 == 0);
    }
    g_autofree char *number = strings_number(visit->language, seen->days[DAYS - 1]);
    g_autofree char *before = strings_number(visit->language, seen->days[DAYS - 2]);
    g_autofree char *caption = strings_fill(visit->language, "office_dash_pages_today", "n", number,
                                            "before", before, NULL);
    plot_write(page, visit, bars, caption, "office_dash_hour", "office_dash_pages");
}

static void write_days(HtmlWriter *page, const OfficeVisit *visit, const Seen *seen)
{
    g_autoptr(GArray) bars = plot_bars_new();
    int64_t sum = 0;
    for (int i = 0; i < DAYS; i++) {
        char *label = date_text(visit->language, seen->starts[i], seen->day->zone, DATE_SHORT);
        plot_bars_add(bars, label, seen->days[i], i % 7 == (DAYS - 1) % 7 && i > 0);
        sum += seen->days[i];
    }
    g_autofree char *number = strings_number(visit->language, sum);
    g_autofree char *caption =
        strings_fill(visit->language, "office_dash_pages_month", "n", number, NULL);
    plot_write(page, visit, bars, caption, "office_dash_day", "office_dash_pages");
}

static int by_pages(const void *a, const void *b)
{
    const Cell *one = a, *two = b;
    return two->pages > one->pages ? 1 : two->pages < one->pages ? -1 : 0;
}

/* The language that has no directory is the newspaper's first. */
static char *first_language(const OfficeVisit *visit)
{
    g_autofree char *languages = setting_get(visit->store, "languages", NULL);
    return languages == NULL ? NULL : g_strndup(languages, strcspn(languages, ", "));
}

static char *kind_text(const OfficeVisit *visit, const char *kind)
{
    g_autofree char *id = g_strconcat("office_dash_kind_", kind, NULL);
    return g_strdup(office_text(visit, id));
}

static void write_cells(HtmlWriter *page, const OfficeVisit *visit, Seen *seen)
{
    static const char *const heads[] = {"office_dash_kind", "office_language", "office_dash_pages",
                                        NULL};
    g_autofree char *first = first_language(visit);
    qsort(seen->cells, seen->count, sizeof *seen->cells, by_pages);
    html_open(page, "table");
    html_attribute(page, "class", "figures");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (unsigned i = 0; i < seen->count; i++) {
        const Cell *cell = &seen->cells[i];
        bool root = strcmp(cell->language, READERS_ROOT) == 0;
        g_autofree char *kind = kind_text(visit, cell->kind);
        g_autofree char *language = language_name(root && first != NULL ? first : cell->language);
        g_autofree char *number = strings_number(visit->language, cell->pages);
        html_open(page, "tr");
        html_open(page, "th");
        html_attribute(page, "scope", "row");
        html_text(page, kind);
        html_close(page, "th");
        html_element(page, "td", language);
        html_element(page, "td", number);
        html_close(page, "tr");
    }
    html_close(page, "tbody");
    html_close(page, "table");
}

static bool write_readers(OfficeVisit *visit, HtmlWriter *page, GError **error)
{
    g_auto(OfficeDay) day = {0};
    g_auto(Seen) seen = {.day = &day};
    if (!office_day(visit, &day, error) || !read_seen(visit, &seen, error)) {
        return false;
    }
    write_hours(page, visit, &seen);
    if (seen.count > 0) {
        write_cells(page, visit, &seen);
    }
    write_days(page, visit, &seen);
    html_open(page, "small");
    html_text(page, office_text(visit, "office_dash_readers_note"));
    html_close(page, "small");
    return true;
}

const OfficePart readers_parts[] = {
    {.name = "readers",
     .heading = "office_dash_readers",
     .permission = PERMISSION_SIGNED_IN,
     .write = write_readers,
     .help = "pages given to readers, as totals"},
    {.name = NULL},
};
