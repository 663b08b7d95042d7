/* The edition and the machine on the dashboard: dashboard.h. What processes say of themselves is
 * base/pulse.h, figures are health/; the queue's own page is jobs_page.c. */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/pulse.h"
#include "edition/edition.h"
#include "health/figure.h"
#include "health/size.h"
#include "jobs/look.h"
#include "office/dashboard.h"
#include "office/frame.h"
#include "theme/strings.h"

#include <fcntl.h>
#include <string.h>

#define AT_WORK CLOCK_HOUR /* a worker that has not come back for longer is lost */

/* ---- Small lines ---------------------------------------------------------------------------- */

static void open_fact(HtmlWriter *page, const OfficeVisit *visit, const char *label)
{
    html_open(page, "div");
    html_element(page, "dt", office_text(visit, label));
    html_open(page, "dd");
}

static void close_fact(HtmlWriter *page)
{
    html_close(page, "dd");
    html_close(page, "div");
}

static void open_facts(HtmlWriter *page)
{
    html_open(page, "dl");
    html_attribute(page, "class", "facts");
}

/* "1,234 MB". Caller frees. */
static char *bytes_text(const OfficeVisit *visit, int64_t bytes)
{
    static const struct {
        int64_t from, unit;
        const char *id;
    } rows[] = {{INT64_C(10000000000), INT64_C(1000000000), "office_dash_gb"},
                {1000000, 1000000, "office_dash_mb"},
                {0, 1000, "office_dash_kb"}};

    size_t i = 0;
    while (bytes < rows[i].from) {
        i++;
    }
    g_autofree char *number =
        strings_number(visit->language, (bytes + rows[i].unit / 2) / rows[i].unit);
    return strings_fill(visit->language, rows[i].id, "n", number, NULL);
}

/* "3 minutes ago": the plural of the largest unit that fits. Caller frees. */
static char *ago_text(const OfficeVisit *visit, int64_t moment)
{
    static const struct {
        int64_t unit;
        const char *id;
    } rows[] = {{CLOCK_DAY, "office_dash_days_ago"},
                {CLOCK_HOUR, "office_dash_hours_ago"},
                {CLOCK_MINUTE, "office_dash_minutes_ago"},
                {CLOCK_SECOND, "office_dash_seconds_ago"}};

    int64_t age = MAX(visit->now - moment, 0);
    size_t i = 0;
    while (i + 1 < G_N_ELEMENTS(rows) && age < 2 * rows[i].unit) {
        i++;
    }
    return strings_plural(visit->language, rows[i].id, age / rows[i].unit);
}

/* ---- The edition ---------------------------------------------------------------------------- */

/* It is signed again when half its life is over, so less than that is a sign that nobody does. */
static void write_freshness(HtmlWriter *page, const OfficeVisit *visit, const Edition *edition,
                            GTimeZone *zone)
{
    bool over = edition->expires <= visit->now;
    bool late = !over && edition->expires - visit->now < EDITION_LIFE / 2 - CLOCK_DAY;
    open_fact(page, visit, "office_dash_signature");
    office_state(page,
                 over   ? "disabled"
                 : late ? "ready"
                        : "active",
                 office_text(visit, over   ? "office_dash_signature_over"
                                    : late ? "office_dash_signature_late"
                                           : "office_dash_signature_fresh"));
    html_text(page, " ");
    office_time(page, visit, edition->expires, zone);
    close_fact(page);
}

static bool read_edition(const OfficeVisit *visit, Edition *edition, bool *there, GError **error)
{
    g_autoptr(GError) reason = NULL;
    const char *path = office_options(visit->office)->edition_dir;
    FILE_AUTO directory = path == NULL ? -1 : open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *there = directory >= 0 && edition_read_current(directory, edition, NULL, &reason);
    if (*there || reason == NULL ||
        g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&reason));
    return false;
}

static bool write_edition(OfficeVisit *visit, HtmlWriter *page, GError **error)
{
    g_auto(Edition) edition = {0};
    g_auto(OfficeDay) day = {0};
    Figure pages = {0};
    bool there = false;
    if (!office_day(visit, &day, error) || !read_edition(visit, &edition, &there, error) ||
        !figure_read(visit->store, "press.pages", &pages, error)) {
        return false;
    }
    if (!there) {
        html_element(page, "p", office_text(visit, "office_dash_no_edition"));
        return true;
    }
    g_autofree char *number = g_strdup_printf("%" G_GUINT64_FORMAT, edition.number);
    g_autofree char *ago = ago_text(visit, edition.time);
    open_facts(page);
    open_fact(page, visit, "office_dash_pressed");
    office_time(page, visit, edition.time, day.zone);
    html_text(page, " · ");
    html_text(page, ago);
    close_fact(page);
    open_fact(page, visit, "office_dash_number");
    html_text(page, number);
    close_fact(page);
    if (pages.taken != 0) {
        g_autofree char *count = strings_number(visit->language, pages.number);
        open_fact(page, visit, "office_dash_edition_pages");
        html_text(page, count);
        close_fact(page);
    }
    write_freshness(page, visit, &edition, day.zone);
    html_close(page, "dl");
    return true;
}

/* ---- Processes ------------------------------------------------------------------------------ */

static const struct {
    const char *pulse, *text;
    bool door;
} processes[] = {
    {"stand", "office_dash_process_stand", true},
    {"forms", "office_dash_process_forms", true},
    {"worker-press", "office_dash_process_press", false},
    {"worker-forms", "office_dash_process_forms_lane", false},
    {"worker-pay", "office_dash_process_pay", false},
    {"worker-mail", "office_dash_process_mail", false},
    {"worker-slow", "office_dash_process_slow", false},
};

/* A door that has not beaten does not answer; a worker may be in the middle of something. */
static void judge(const OfficeVisit *visit, const PulseSign *sign, bool door, const char **state,
                  const char **text)
{
    int64_t quiet = visit->now - sign->beat;
    *state = "disabled";
    if (!sign->alive) {
        *text = "office_dash_not_running";
    } else if (quiet < PULSE_LATE) {
        *state = "active";
        *text = "office_dash_answers";
    } else if (!door && quiet < AT_WORK) {
        *state = "ready";
        *text = "office_dash_at_work";
    } else {
        *text = "office_dash_silent";
    }
}

static void write_process(HtmlWriter *page, const OfficeVisit *visit, const PulseSign *sign,
                          const char *name, bool door)
{
    const char *state = NULL, *text = NULL;
    g_autofree char *started = ago_text(visit, sign->started);
    g_autofree char *beat = ago_text(visit, sign->beat);
    judge(visit, sign, door, &state, &text);
    bool well = strcmp(state, "active") == 0;
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_text(page, office_text(visit, name));
    html_close(page, "th");
    html_open(page, "td");
    office_state(page, state, office_text(visit, text));
    html_close(page, "td");
    html_open(page, "td");
    html_attribute(page, "data-label",
                   office_text(visit, well ? "office_dash_started" : "office_dash_last_sign"));
    html_text(page, well ? started : beat);
    html_close(page, "td");
    html_close(page, "tr");
}

static bool write_processes(OfficeVisit *visit, HtmlWriter *page, GError **error)
{
    static const char *const heads[] = {"office_dash_process", "office_state", "office_dash_since",
                                        NULL};
    const char *run = office_options(visit->office)->run_dir;
    bool any = false;
    for (size_t i = 0; run != NULL && i < G_N_ELEMENTS(processes); i++) {
        PulseSign sign = {0};
        if (!pulse_look(run, processes[i].pulse, &sign, error)) {
            return false;
        }
        if (sign.known && !any) {
            any = true;
            html_open(page, "table");
            office_table_head(page, visit, heads);
            html_open(page, "tbody");
        }
        if (sign.known) {
            write_process(page, visit, &sign, processes[i].text, processes[i].door);
        }
    }
    if (!any) {
        html_element(page, "p", office_text(visit, "office_dash_none_here"));
        return true;
    }
    html_close(page, "tbody");
    html_close(page, "table");
    return true;
}

/* ---- Work ----------------------------------------------------------------------------------- */

static void write_count(HtmlWriter *page, const OfficeVisit *visit, const char *id, int64_t count,
                        const char *link)
{
    g_autofree char *text = strings_plural(visit->language, id, count);
    html_open(page, "li");
    office_state(page, count > 0 ? "disabled" : "active", text);
    if (link != NULL && count > 0) {
        html_text(page, " ");
        html_open(page, "a");
        html_url_attribute(page, "href", link);
        html_text(page, office_text(visit, "office_dash_look"));
        html_close(page, "a");
    }
    html_close(page, "li");
}

static bool write_work(OfficeVisit *visit, HtmlWriter *page, GError **error)
{
    JobsLane lanes[JOBS_LANES];
    unsigned count = 0;
    Figure aside = {0};
    int64_t late = 0, dead = 0;
    if (!jobs_look(visit->store, visit->now, lanes, &count, error) ||
        !figure_read(visit->store, "forms.aside", &aside, error)) {
        return false;
    }
    for (unsigned i = 0; i < count; i++) {
        late += lanes[i].late;
        dead += lanes[i].dead;
    }
    const char *link = office_may(visit, PERMISSION_JOBS) ? "/jobs" : NULL;
    html_open(page, "ul");
    html_attribute(page, "class", "counts");
    write_count(page, visit, "office_dash_late", late, link);
    write_count(page, visit, "office_dash_dead", dead, link);
    write_count(page, visit, "office_dash_aside", aside.number, link);
    html_close(page, "ul");
    return true;
}

/* ---- Disk ----------------------------------------------------------------------------------- */

static bool write_disk(OfficeVisit *visit, HtmlWriter *page, GError **error)
{
    static const char *const parts[][2] = {
        {"size.edition", "office_dash_size_edition"},   {"size.media", "office_dash_size_media"},
        {"size.database", "office_dash_size_database"}, {"size.intake", "office_dash_size_intake"},
        {"size.outbox", "office_dash_size_outbox"},
    };
    const char *where = office_options(visit->office)->edition_dir;
    int64_t left = 0, whole = 0;
    open_facts(page);
    if (where != NULL && size_of_disk(where, &left, &whole, NULL) && whole > 0) {
        g_autofree char *free_text = bytes_text(visit, left);
        g_autofree char *whole_text = bytes_text(visit, whole);
        g_autofree char *text = strings_fill(visit->language, "office_dash_free_of", "free",
                                             free_text, "whole", whole_text, NULL);
        open_fact(page, visit, "office_dash_free");
        office_state(page,
                     left < whole / 20   ? "disabled"
                     : left < whole / 10 ? "ready"
                                         : "active",
                     text);
        close_fact(page);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        Figure size = {0};
        if (!figure_read(visit->store, parts[i][0], &size, error)) {
            return false;
        }
        if (size.number > 0) {
            g_autofree char *text = bytes_text(visit, size.number);
            open_fact(page, visit, parts[i][1]);
            html_text(page, text);
            close_fact(page);
        }
    }
    html_close(page, "dl");
    return true;
}

const OfficePart machine_parts[] = {
    {.name = "edition",
     .heading = "office_dash_edition",
     .permission = PERMISSION_SIGNED_IN,
     .write = write_edition,
     .help = "the last edition: number, time, pages, signature"},
    {.name = "work",
     .heading = "office_dash_work",
     .permission = PERMISSION_STATE,
     .write = write_work,
     .help = "jobs that are late or were given up"},
    {.name = "processes",
     .heading = "office_dash_processes",
     .permission = PERMISSION_STATE,
     .write = write_processes,
     .help = "doors and workers: does each answer"},
    {.name = "disk",
     .heading = "office_dash_disk",
     .permission = PERMISSION_STATE,
     .write = write_disk,
     .help = "room on the disk, and what takes it"},
    {.name = NULL},
};
