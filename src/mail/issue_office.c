/* One issue, how it looks and who has it: issue_office.h. Sending is issue_send_office.c. */
#include "mail/issue_office.h"

#include "base/error.h"
#include "mail/delivery.h"
#include "mail/issue_text.h"
#include "mail/uncertain.h"
#include "office/area.h"
#include "press/setting.h"
#include "theme/strings.h"
#include "web/page.h"

#include <inttypes.h>
#include <string.h>

#define ROWS_SHOWN 100u /* of each state that somebody may have to look at */

/* The letter carries a style of its own and asks for nothing; its pictures would be somebody
 * else's. */
#define LETTER_POLICY                                                                              \
    "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "       \
    "form-action 'none'; frame-ancestors 'self'"

/* ---- Lists ---------------------------------------------------------------------------------- */

char *issue_office_title(const Issue *issue)
{
    return g_strdup_printf("%s %" PRId64 ": %s", issue->name, issue->number, issue->subject);
}

static void write_state(HtmlWriter *page, const OfficeVisit *visit, IssueState state)
{
    static const char *const classes[] = {"", "draft", "in-edit", "in-edit", "published"};
    g_autofree char *id = g_strconcat("office_issue_", issue_state_name(state), NULL);
    office_state(page, classes[state], office_text(visit, id));
}

void issue_office_list(HtmlWriter *page, const OfficeVisit *visit, const GPtrArray *issues,
                       GTimeZone *zone)
{
    static const char *const heads[] = {"office_issue", "office_state", "office_issue_made", NULL};
    if (issues->len == 0) {
        return;
    }
    html_element(page, "h2", office_text(visit, "office_issues"));
    html_open(page, "table");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < issues->len; i++) {
        const Issue *issue = issues->pdata[i];
        g_autofree char *path = g_strdup_printf("/issues/%" PRId64, issue->id);
        g_autofree char *title = issue_office_title(issue);
        html_open(page, "tr");
        html_open(page, "th");
        html_attribute(page, "scope", "row");
        office_link(page, path, title);
        html_close(page, "th");
        html_open(page, "td");
        write_state(page, visit, issue->state);
        html_close(page, "td");
        html_open(page, "td");
        office_time(page, visit, issue->frozen != 0 ? issue->frozen : issue->created, zone);
        html_close(page, "td");
        html_close(page, "tr");
    }
    html_close(page, "tbody");
    html_close(page, "table");
}

Issue *issue_office_find(OfficeVisit *visit, HttpReply **wrong)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    if (!office_part_number(visit, 0, &id)) {
        *wrong = office_not_found(visit);
        return NULL;
    }
    Issue *issue = issue_read(visit->store, id, &reason);
    if (issue == NULL) {
        *wrong = office_failed(visit, reason);
    }
    return issue;
}

/* ---- The letter ----------------------------------------------------------------------------- */

static bool read_letter(OfficeVisit *visit, const Issue *issue, GString *html, GString *plain,
                        GError **error)
{
    const Mailroom *room = office_options(visit->office)->mailroom;
    return issue_text_letter(visit->store, room, issue, html, plain, error);
}

static HttpReply *answer_html(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    g_autoptr(Issue) issue = issue_office_find(visit, &wrong);
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) plain = g_string_new(NULL);
    if (issue == NULL) {
        return wrong;
    }
    if (!read_letter(visit, issue, html, plain, &reason)) {
        return office_failed(visit, reason);
    }
    g_autoptr(GBytes) bytes = g_bytes_new(html->str, html->len);
    HttpReply *reply = http_reply_new(200, bytes);
    WebHeaders headers = {
        .policy = LETTER_POLICY, .referrer = "no-referrer", .https = office_https(visit->office)};
    http_reply_header(reply, "Content-Type", "text/html; charset=utf-8");
    web_headers(reply, &headers);
    return reply;
}

/* ---- Who has it ----------------------------------------------------------------------------- */

static void write_counts(HtmlWriter *page, const OfficeVisit *visit,
                         const int64_t counts[DELIVERY_STATES])
{
    html_element(page, "h2", office_text(visit, "office_issue_status"));
    html_open(page, "table");
    html_open(page, "tbody");
    for (int state = 1; state < DELIVERY_STATES; state++) {
        g_autofree char *id =
            g_strconcat("office_delivery_", delivery_state_name((DeliveryState)state), NULL);
        g_autofree char *count = strings_number(visit->language, counts[state]);
        if (counts[state] > 0) {
            office_pair(page, office_text(visit, id), count);
        }
    }
    html_close(page, "tbody");
    html_close(page, "table");
}

/* Mails that somebody may have to look at, as the command lists them. */
static bool write_rows(HtmlWriter *page, OfficeVisit *visit, const Issue *issue, GError **error)
{
    static const DeliveryState states[] = {DELIVERY_REJECTED, DELIVERY_DEFERRED,
                                           DELIVERY_UNCERTAIN};
    html_open(page, "ul");
    html_attribute(page, "class", "mails");
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
        g_autoptr(GPtrArray) rows =
            delivery_list(visit->store, issue->id, states[i], 0, ROWS_SHOWN, error);
        g_autofree char *id = g_strconcat("office_delivery_", delivery_state_name(states[i]), NULL);
        for (guint row = 0; rows != NULL && row < rows->len; row++) {
            const Delivery *mail = rows->pdata[row];
            g_autofree char *line = g_strdup_printf("%s: %s %s <%s>", office_text(visit, id),
                                                    *mail->address == '\0' ? "–" : mail->address,
                                                    mail->status, mail->message_id);
            html_element(page, "li", line);
        }
        if (rows == NULL) {
            return false;
        }
    }
    html_close(page, "ul");
    return true;
}

/* A mail may or may not have arrived: only a person may say which. */
static void write_settling(HtmlWriter *page, const OfficeVisit *visit, const Issue *issue,
                           int64_t count)
{
    static const char *const verdicts[] = {"accepted", "rejected", "again"};
    g_autofree char *path = g_strdup_printf("/issues/%" PRId64 "/settle", issue->id);
    g_autofree char *number = strings_number(visit->language, count);
    g_autofree char *line =
        strings_fill(visit->language, "office_settle_about", "count", number, NULL);
    html_element(page, "h2", office_text(visit, "office_settle_title"));
    html_element(page, "p", line);
    office_form(page, visit, path);
    office_choice(page, office_text(visit, "office_settle_how"), "verdict");
    for (size_t i = 0; i < G_N_ELEMENTS(verdicts); i++) {
        g_autofree char *id = g_strconcat("office_settle_", verdicts[i], NULL);
        office_option(page, verdicts[i], office_text(visit, id), i == 0);
    }
    office_choice_end(page);
    office_tick(page, office_text(visit, "office_settle_sure"), "sure", "required");
    office_button(page, office_text(visit, "office_settle_do"), "danger");
    html_close(page, "form");
}

static bool write_status(HtmlWriter *page, OfficeVisit *visit, const Issue *issue, GError **error)
{
    int64_t counts[DELIVERY_STATES], uncertain = 0;
    if (!delivery_count(visit->store, issue->id, counts, error) ||
        !uncertain_count(visit->store, issue->id, &uncertain, error)) {
        return false;
    }
    write_counts(page, visit, counts);
    if (!write_rows(page, visit, issue, error)) {
        return false;
    }
    if (uncertain > 0) {
        write_settling(page, visit, issue, uncertain);
    }
    return true;
}

static void write_way(HtmlWriter *page, const OfficeVisit *visit, const Issue *issue)
{
    g_autofree char *send = g_strdup_printf("/issues/%" PRId64 "/send", issue->id);
    g_autofree char *compose = g_strdup_printf("/newsletters/%s/compose", issue->name);
    html_open(page, "p");
    html_open(page, "a");
    html_attribute(page, "class", "go");
    html_url_attribute(page, "href", send);
    html_text(page, office_text(visit, "office_issue_send"));
    html_close(page, "a");
    html_close(page, "p");
    office_button_form(page, visit, compose, NULL, NULL,
                       office_text(visit, "office_issue_compose_again"), NULL);
}

static void write_letter(HtmlWriter *page, const OfficeVisit *visit, const Issue *issue,
                         const char *plain)
{
    g_autofree char *html = g_strdup_printf("/issues/%" PRId64 "/html", issue->id);
    html_element(page, "h2", office_text(visit, "office_issue_letter"));
    office_link_line(page, html, office_text(visit, "office_issue_html"));
    html_element(page, "h3", office_text(visit, "office_issue_plain"));
    office_mail_text(page, issue->language, plain);
}

HttpReply *issue_office_show(OfficeVisit *visit, const Issue *issue, const char *problem,
                             unsigned status)
{
    static const char *const done[][2] = {{"composed", "office_done_composed"},
                                          {"sent", "office_done_sent"},
                                          {"settled", "office_done_settled"}};
    g_autoptr(GError) reason = NULL;
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) plain = g_string_new(NULL);
    g_autofree char *title = issue_office_title(issue);
    if (!read_letter(visit, issue, html, plain, &reason)) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, title);
    if (problem != NULL) {
        office_problem(page, problem);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(done); i++) {
        if (strcmp(office_asked(visit, "done"), done[i][0]) == 0) {
            office_done(page, office_text(visit, done[i][1]));
        }
    }
    html_open(page, "p");
    write_state(page, visit, issue->state);
    html_close(page, "p");
    if (issue->state == ISSUE_DRAFT) {
        write_way(page, visit, issue);
    } else if (!write_status(page, visit, issue, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    write_letter(page, visit, issue, plain->str);
    office_link_line(page, "/newsletters", office_text(visit, "office_newsletters_back"));
    return office_page_done(visit, page, status);
}

static HttpReply *answer_show(OfficeVisit *visit)
{
    HttpReply *wrong = NULL;
    g_autoptr(Issue) issue = issue_office_find(visit, &wrong);
    return issue == NULL ? wrong : issue_office_show(visit, issue, NULL, 200);
}

const OfficeRoute issue_office[] = {
    {.name = "issue",
     .method = HTTP_GET,
     .path = "/issues/:id",
     .permission = PERMISSION_MAIL,
     .answer = answer_show,
     .help = "an issue: its letter, and who has it"},
    {.name = "issue-html",
     .method = HTTP_GET,
     .path = "/issues/:id/html",
     .permission = PERMISSION_MAIL,
     .answer = answer_html,
     .help = "the letter as mail programs show it"},
    {.name = NULL},
};
