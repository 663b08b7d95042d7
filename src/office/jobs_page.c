/* The queue's page: jobs_page.h. The same as `kolokol jobs`, which reads the intake too. What a job
 * carries is not shown: it may be a reader's address. */
#include "office/jobs_page.h"

#include "health/figure.h"
#include "jobs/look.h"
#include "office/asset.h"
#include "office/dashboard.h"
#include "office/frame.h"
#include "office/reason.h"
#include "staff/audit.h"
#include "theme/strings.h"

#include <inttypes.h>

#define SHOWN 100u /* of each kind */

typedef struct {
    OfficeVisit *visit;
    HtmlWriter *page;
    GTimeZone *zone;
    unsigned count;
    const char *const *heads;
} List;

/* ---- Lanes ---------------------------------------------------------------------------------- */

static void number_cell(HtmlWriter *page, const OfficeVisit *visit, const char *label,
                        int64_t number)
{
    g_autofree char *text = strings_number(visit->language, number);
    html_open(page, "td");
    html_attribute(page, "data-label", office_text(visit, label));
    html_text(page, text);
    html_close(page, "td");
}

static bool write_lanes(HtmlWriter *page, const OfficeVisit *visit, GError **error)
{
    static const char *const heads[] = {"office_jobs_lane", "office_jobs_waiting",
                                        "office_jobs_late", "office_jobs_running",
                                        "office_jobs_dead", NULL};
    JobsLane lanes[JOBS_LANES];
    unsigned count = 0;
    if (!jobs_look(visit->store, visit->now, lanes, &count, error)) {
        return false;
    }
    if (count == 0) {
        html_element(page, "p", office_text(visit, "office_jobs_none"));
        return true;
    }
    html_open(page, "table");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (unsigned i = 0; i < count; i++) {
        html_open(page, "tr");
        html_open(page, "th");
        html_attribute(page, "scope", "row");
        html_text(page, lanes[i].lane);
        html_close(page, "th");
        number_cell(page, visit, heads[1], lanes[i].waiting);
        number_cell(page, visit, heads[2], lanes[i].late);
        number_cell(page, visit, heads[3], lanes[i].running);
        number_cell(page, visit, heads[4], lanes[i].dead);
        html_close(page, "tr");
    }
    html_close(page, "tbody");
    html_close(page, "table");
    return true;
}

/* ---- One by one ----------------------------------------------------------------------------- */

/* The table begins with its first row. */
static void open_row(List *list, const Job *job)
{
    HtmlWriter *page = list->page;
    if (list->count++ == 0) {
        html_open(page, "table");
        html_attribute(page, "class", "jobs");
        office_table_head(page, list->visit, list->heads);
        html_open(page, "tbody");
    }
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_text(page, job->kind);
    if (*job->key != '\0') {
        html_text(page, " ");
        html_open(page, "span");
        html_attribute(page, "class", "key");
        html_text(page, job->key);
        html_close(page, "span");
    }
    html_close(page, "th");
}

static void close_list(const List *list)
{
    if (list->count > 0) {
        html_close(list->page, "tbody");
        html_close(list->page, "table");
    }
    if (list->count == SHOWN) {
        html_element(list->page, "p", office_text(list->visit, "office_jobs_more"));
    }
}

static void time_cell(const List *list, const char *label, int64_t moment)
{
    html_open(list->page, "td");
    html_attribute(list->page, "data-label", office_text(list->visit, label));
    office_time(list->page, list->visit, moment, list->zone);
    html_close(list->page, "td");
}

/* It may name a file: a long word. */
static void reason_cell(const List *list, const char *reason)
{
    html_open(list->page, "td");
    html_attribute(list->page, "class", "reason");
    html_text(list->page, reason);
    html_close(list->page, "td");
}

static bool write_seen(const Job *job, const char *lane, int64_t since, const char *reason,
                       void *data, GError **error)
{
    List *list = data;
    open_row(list, job);
    html_element(list->page, "td", lane);
    time_cell(list, list->heads[2], since);
    number_cell(list->page, list->visit, "office_jobs_attempts", job->attempts);
    reason_cell(list, reason);
    html_close(list->page, "tr");
    return true;
}

static void write_act(const List *list, const Job *job, const char *path, const char *text,
                      const char *style)
{
    g_autofree char *id = g_strdup_printf("%" PRId64, job->id);
    g_autofree char *label =
        g_strdup_printf("%s: %s %s", office_text(list->visit, text), job->kind, job->key);
    office_form(list->page, list->visit, path);
    office_hidden(list->page, "id", id);
    html_open(list->page, "button");
    html_attribute(list->page, "class", style);
    html_attribute(list->page, "aria-label", label);
    html_text(list->page, office_text(list->visit, text));
    html_close(list->page, "button");
    html_close(list->page, "form");
}

static bool write_dead(const Job *job, const char *lane, const char *reason, void *data,
                       GError **error)
{
    List *list = data;
    open_row(list, job);
    html_element(list->page, "td", lane);
    time_cell(list, "office_jobs_created", job->created);
    number_cell(list->page, list->visit, "office_jobs_attempts", job->attempts);
    reason_cell(list, reason);
    html_open(list->page, "td");
    html_attribute(list->page, "class", "acts");
    write_act(list, job, "/jobs/retry", "office_jobs_retry", NULL);
    write_act(list, job, "/jobs/discard", "office_jobs_discard", "plain");
    html_close(list->page, "td");
    html_close(list->page, "tr");
    return true;
}

static bool write_all_dead(List *list, GError **error)
{
    static const char *const heads[] = {"office_jobs_work",
                                        "office_jobs_lane",
                                        "office_jobs_created",
                                        "office_jobs_attempts",
                                        "office_jobs_reason",
                                        "office_jobs_acts",
                                        NULL};
    Figure aside = {0};
    list->heads = heads;
    list->count = 0;
    html_element(list->page, "h2", office_text(list->visit, "office_jobs_dead"));
    if (!jobs_dead(list->visit->store, 0, SHOWN, write_dead, list, error) ||
        !figure_read(list->visit->store, "forms.aside", &aside, error)) {
        return false;
    }
    close_list(list);
    if (list->count == 0) {
        html_element(list->page, "p", office_text(list->visit, "office_jobs_no_dead"));
    }
    if (aside.number > 0) {
        g_autofree char *text =
            strings_plural(list->visit->language, "office_jobs_aside", aside.number);
        html_element(list->page, "p", text);
    }
    return true;
}

static bool write_these(List *list, JobsSeen what, GError **error)
{
    static const char *const late[] = {"office_jobs_work",   "office_jobs_lane",
                                       "office_jobs_due",    "office_jobs_attempts",
                                       "office_jobs_reason", NULL};
    static const char *const running[] = {"office_jobs_work",   "office_jobs_lane",
                                          "office_jobs_leased", "office_jobs_attempts",
                                          "office_jobs_reason", NULL};
    bool is_late = what == JOBS_SEEN_LATE;
    list->heads = is_late ? late : running;
    list->count = 0;
    html_element(list->page, "h2",
                 office_text(list->visit, is_late ? "office_jobs_late" : "office_jobs_running"));
    if (!jobs_look_each(list->visit->store, what, list->visit->now, SHOWN, write_seen, list,
                        error)) {
        return false;
    }
    close_list(list);
    if (list->count == 0) {
        html_element(
            list->page, "p",
            office_text(list->visit, is_late ? "office_jobs_no_late" : "office_jobs_no_running"));
    }
    return true;
}

/* ---- The page ------------------------------------------------------------------------------- */

static HttpReply *show(OfficeVisit *visit, const GError *problem)
{
    g_autoptr(GError) reason = NULL;
    g_auto(OfficeDay) day = {0};
    if (!office_day(visit, &day, &reason)) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_jobs"));
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_url_attribute(page, "href", office_asset("dashboard.css"));
    List list = {.visit = visit, .page = page, .zone = day.zone};
    if (problem != NULL) {
        office_problem(page, office_reason(visit, problem));
    } else if (*office_asked(visit, "retried") != '\0') {
        office_done(page, office_text(visit, "office_jobs_retried"));
    } else if (*office_asked(visit, "discarded") != '\0') {
        office_done(page, office_text(visit, "office_jobs_discarded"));
    }
    if (!write_lanes(page, visit, &reason) || !write_all_dead(&list, &reason) ||
        !write_these(&list, JOBS_SEEN_LATE, &reason) ||
        !write_these(&list, JOBS_SEEN_RUNNING, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    return office_page_done(visit, page, problem == NULL ? 200 : office_status(problem));
}

static HttpReply *answer_list(OfficeVisit *visit)
{
    return show(visit, NULL);
}

typedef struct {
    const OfficeVisit *visit;
    int64_t id;
    bool (*act)(Store *store, int64_t id, GError **error);
    const char *audit;
} Act;

static bool act_body(Store *store, void *data, GError **error)
{
    const Act *act = data;
    g_autofree char *subject = g_strdup_printf("job %" PRId64, act->id);
    return act->act(store, act->id, error) && audit_add(store, act->visit->person->id, act->audit,
                                                        subject, "", act->visit->now, error);
}

static HttpReply *do_it(OfficeVisit *visit, Act *act, const char *done)
{
    g_autoptr(GError) reason = NULL;
    gint64 id = 0;
    if (!g_ascii_string_to_signed(office_field(visit, "id"), 10, 1, G_MAXINT64, &id, NULL)) {
        return office_not_found(visit);
    }
    act->visit = visit;
    act->id = id;
    if (!store_transact(visit->store, act_body, act, &reason)) {
        return show(visit, reason);
    }
    return office_see_other(visit, done);
}

static HttpReply *answer_retry(OfficeVisit *visit)
{
    Act act = {.act = jobs_revive, .audit = "jobs.retry"};
    return do_it(visit, &act, "/jobs?retried=1");
}

static HttpReply *answer_discard(OfficeVisit *visit)
{
    Act act = {.act = jobs_forget, .audit = "jobs.discard"};
    return do_it(visit, &act, "/jobs?discarded=1");
}

const OfficeRoute jobs_routes[] = {
    {.name = "jobs",
     .method = HTTP_GET,
     .path = "/jobs",
     .permission = PERMISSION_JOBS,
     .answer = answer_list,
     .help = "work that waits, is late, runs, or was given up",
     .menu = "office_jobs"},
    {.name = "jobs-retry",
     .method = HTTP_POST,
     .path = "/jobs/retry",
     .permission = PERMISSION_JOBS,
     .answer = answer_retry,
     .body_most = OFFICE_FORM,
     .help = "runs a job again that was given up"},
    {.name = "jobs-discard",
     .method = HTTP_POST,
     .path = "/jobs/discard",
     .permission = PERMISSION_JOBS,
     .answer = answer_discard,
     .body_most = OFFICE_FORM,
     .help = "removes a job that was given up"},
    {.name = NULL},
};
