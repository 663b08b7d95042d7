/* The audit log, newest first: audit_page.h. */
#include "office/audit_page.h"

#include "office/frame.h"
#include "office/reason.h"
#include "press/setting.h"
#include "staff/audit.h"

#define ROWS 100u /* on a page */

typedef struct {
    HtmlWriter *page;
    const OfficeVisit *visit;
    GPtrArray *people;
    GTimeZone *zone;
    unsigned count;
    int64_t last;
} Log;

static const char *name_of(const Log *log, int64_t person)
{
    for (guint i = 0; i < log->people->len; i++) {
        const Person *each = log->people->pdata[i];
        if (each->id == person) {
            return each->name;
        }
    }
    return office_text(log->visit, "office_machine");
}

static bool write_row(const AuditRow *row, void *data, GError **error)
{
    Log *log = data;
    HtmlWriter *page = log->page;
    g_autofree char *about = *row->detail == '\0'
                                 ? g_strdup(row->subject)
                                 : g_strdup_printf("%s: %s", row->subject, row->detail);
    log->count++;
    log->last = row->number;
    html_open(page, "tr");
    html_open(page, "td");
    office_time(page, log->visit, row->moment, log->zone);
    html_close(page, "td");
    html_element(page, "td", name_of(log, row->person));
    html_element(page, "td", row->action);
    html_element(page, "td", row->erased ? office_text(log->visit, "office_audit_erased") : about);
    html_close(page, "tr");
    return true;
}

/* Whether the chain holds; only when asked, for it reads the whole log. */
static void write_check(HtmlWriter *page, const OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *last = NULL;
    int64_t rows = 0;
    if (*office_asked(visit, "check") == '\0') {
        html_open(page, "p");
        html_open(page, "a");
        html_url_attribute(page, "href", "/audit?check=1");
        html_text(page, office_text(visit, "office_audit_check"));
        html_close(page, "a");
        html_close(page, "p");
        return;
    }
    if (!audit_verify(visit->store, &rows, &last, &reason)) {
        office_problem(page, office_reason(visit, reason));
        return;
    }
    g_autofree char *line = g_strdup_printf("%s %" G_GINT64_FORMAT ", %s",
                                            office_text(visit, "office_audit_good"), rows, last);
    office_done(page, line);
}

static HttpReply *answer_log(OfficeVisit *visit)
{
    static const char *const heads[] = {"office_moment", "office_who", "office_action",
                                        "office_about", NULL};
    g_autoptr(GError) reason = NULL;
    g_autoptr(GPtrArray) people = person_list(visit->store, &reason);
    g_autoptr(GTimeZone) zone = people == NULL ? NULL : setting_timezone(visit->store, &reason);
    gint64 before = 0;
    if (zone == NULL) {
        return office_failed(visit, reason);
    }
    if (!g_ascii_string_to_signed(office_asked(visit, "before"), 10, 1, G_MAXINT64, &before,
                                  NULL)) {
        before = G_MAXINT64;
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_audit"));
    Log log = {.page = page, .visit = visit, .people = people, .zone = zone};
    write_check(page, visit);
    html_open(page, "table");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    if (!audit_recent(visit->store, before, ROWS, write_row, &log, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    html_close(page, "tbody");
    html_close(page, "table");
    if (log.count == ROWS) {
        g_autofree char *older = g_strdup_printf("/audit?before=%" G_GINT64_FORMAT, log.last);
        html_open(page, "p");
        html_open(page, "a");
        html_url_attribute(page, "href", older);
        html_text(page, office_text(visit, "office_older"));
        html_close(page, "a");
        html_close(page, "p");
    }
    return office_page_done(visit, page, 200);
}

/* ---- Locking -------------------------------------------------------------------------------- */

static HttpReply *answer_ask(OfficeVisit *visit)
{
    HtmlWriter *page = office_page(visit, office_text(visit, "office_lock"));
    html_element(page, "p", office_text(visit, "office_lock_text"));
    office_button_form(page, visit, "/lock", NULL, NULL, office_text(visit, "office_lock"),
                       "danger");
    return office_page_done(visit, page, 200);
}

static HttpReply *answer_lock(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    if (!session_end_everybody(visit->store, visit->person->id, visit->now, &reason)) {
        return office_failed(visit, reason);
    }
    office_set_cookie(visit, "");
    return office_see_other(visit, "/sign-in");
}

const OfficeRoute audit_routes[] = {
    {.name = "audit",
     .method = HTTP_GET,
     .path = "/audit",
     .permission = PERMISSION_AUDIT,
     .answer = answer_log,
     .help = "what the staff did",
     .menu = "office_audit"},
    {.name = "lock",
     .method = HTTP_GET,
     .path = "/lock",
     .permission = PERMISSION_LOCK,
     .answer = answer_ask,
     .help = "asks before all sessions end",
     .menu = "office_lock"},
    {.name = "lock-now",
     .method = HTTP_POST,
     .path = "/lock",
     .permission = PERMISSION_LOCK,
     .answer = answer_lock,
     .body_most = OFFICE_FORM,
     .help = "ends all sessions at once"},
    {.name = NULL},
};
