/* Letting an issue go, and settling what is uncertain: issue_office.h. What sending means is
 * issue_freeze.c's. */
#include "base/error.h"
#include "mail/issue_office.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"
#include "mail/uncertain.h"
#include "office/area.h"
#include "staff/audit.h"
#include "theme/strings.h"

#include <inttypes.h>
#include <string.h>

static HttpReply *to_issue(OfficeVisit *visit, int64_t id, const char *done)
{
    g_autofree char *path = g_strdup_printf("/issues/%" PRId64 "?done=%s", id, done);
    return office_see_other(visit, path);
}

/* ---- Sending -------------------------------------------------------------------------------- */

/* Which draft was looked at: composing it anew moves where it ends. Caller frees. */
static char *draft_mark(const Issue *issue)
{
    return g_strdup_printf("%" PRId64, issue->covers_until);
}

static HttpReply *ask(OfficeVisit *visit, const Issue *issue, const char *problem, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    int64_t counts[4];
    if (!subscriber_count(visit->store, issue->newsletter, counts, &reason)) {
        return office_failed(visit, reason);
    }
    g_autofree char *path = g_strdup_printf("/issues/%" PRId64 "/send", issue->id);
    g_autofree char *back = g_strdup_printf("/issues/%" PRId64, issue->id);
    g_autofree char *title = issue_office_title(issue);
    g_autofree char *number = strings_number(visit->language, counts[SUBSCRIBER_STATE_CONFIRMED]);
    g_autofree char *line = strings_fill(visit->language, "office_issue_to", "count", number, NULL);
    g_autofree char *mark = draft_mark(issue);
    HtmlWriter *page = office_page(visit, office_text(visit, "office_issue_send"));
    if (problem != NULL) {
        office_problem(page, problem);
    }
    html_element(page, "p", title);
    html_element(page, "p", line);
    html_element(page, "p", office_text(visit, "office_issue_no_return"));
    office_button_form(page, visit, path, "draft", mark,
                       office_text(visit, "office_issue_send_now"), "danger");
    office_link_line(page, back, office_text(visit, "office_issue_look"));
    return office_page_done(visit, page, status);
}

static HttpReply *answer_ask(OfficeVisit *visit)
{
    HttpReply *wrong = NULL;
    g_autoptr(Issue) issue = issue_office_find(visit, &wrong);
    if (issue == NULL) {
        return wrong;
    }
    return issue->state == ISSUE_DRAFT ? ask(visit, issue, NULL, 200)
                                       : to_issue(visit, issue->id, "sent");
}

typedef struct {
    const OfficeVisit *visit;
    int64_t id;
    bool stale; /* the draft is not the one that was looked at */
} Sending;

static bool send_body(Store *store, void *data, GError **error)
{
    Sending *sending = data;
    const OfficeVisit *visit = sending->visit;
    g_autoptr(Issue) issue = issue_read(store, sending->id, error);
    sending->stale = false;
    if (issue == NULL || issue->state != ISSUE_DRAFT) {
        return issue != NULL; /* the button was pressed twice */
    }
    g_autofree char *mark = draft_mark(issue);
    if (strcmp(mark, office_field(visit, "draft")) != 0) {
        sending->stale = true;
        return true;
    }
    g_autofree char *subject = g_strdup_printf("%s %" PRId64, issue->name, issue->number);
    return issue_send(store, office_options(visit->office)->mailroom, issue->id, error) &&
           audit_add(store, visit->person->id, "newsletter.send", subject, "", visit->now, error);
}

static HttpReply *answer_send(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    g_autoptr(Issue) issue = issue_office_find(visit, &wrong);
    if (issue == NULL) {
        return wrong;
    }
    if (office_options(visit->office)->mailroom == NULL) {
        return office_refused(visit, 404, "office_no_mailroom");
    }
    Sending sending = {visit, issue->id, false};
    if (!store_transact(visit->store, send_body, &sending, &reason)) {
        return office_failed(visit, reason);
    }
    return sending.stale ? ask(visit, issue, office_text(visit, "office_issue_stale"), 409)
                         : to_issue(visit, issue->id, "sent");
}

/* ---- Settling ------------------------------------------------------------------------------- */

typedef struct {
    const OfficeVisit *visit;
    char *subject;
    const char *verdict;
} Settled;

static bool audit_body(Store *store, void *data, GError **error)
{
    const Settled *settled = data;
    const OfficeVisit *visit = settled->visit;
    return audit_add(store, visit->person->id, "newsletter.settle", settled->subject,
                     settled->verdict, visit->now, error);
}

static HttpReply *answer_settle(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    UncertainVerdict verdict = UNCERTAIN_ACCEPTED;
    int64_t count = 0;
    g_autoptr(Issue) issue = issue_office_find(visit, &wrong);
    if (issue == NULL) {
        return wrong;
    }
    if (strcmp(office_field(visit, "sure"), "1") != 0 ||
        !uncertain_verdict_parse(office_field(visit, "verdict"), &verdict)) {
        return issue_office_show(visit, issue, office_text(visit, "office_settle_need"), 422);
    }
    g_autofree char *subject = g_strdup_printf("%s %" PRId64, issue->name, issue->number);
    Settled settled = {visit, subject, office_field(visit, "verdict")};
    /* Settled in parts, each its own transaction; so the log's row comes first: who decided. */
    if (!store_transact(visit->store, audit_body, &settled, &reason) ||
        !uncertain_settle(visit->store, issue->id, verdict, NULL, NULL, &count, &reason)) {
        return office_failed(visit, reason);
    }
    return to_issue(visit, issue->id, "settled");
}

const OfficeRoute issue_send_office[] = {
    {.name = "issue-ask",
     .method = HTTP_GET,
     .path = "/issues/:id/send",
     .permission = PERMISSION_MAIL,
     .answer = answer_ask,
     .help = "asks before an issue leaves, with the number of its readers"},
    {.name = "issue-send",
     .method = HTTP_POST,
     .path = "/issues/:id/send",
     .permission = PERMISSION_MAIL,
     .answer = answer_send,
     .body_most = OFFICE_FORM,
     .help = "lets an issue go"},
    {.name = "issue-settle",
     .method = HTTP_POST,
     .path = "/issues/:id/settle",
     .permission = PERMISSION_MAIL,
     .answer = answer_settle,
     .body_most = OFFICE_FORM,
     .help = "decides of mails that may or may not have arrived"},
    {.name = NULL},
};
