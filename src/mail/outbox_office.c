/* Mails of outbox/ in the office (outbox.h), and which newsletters are due today. A mail's HTML is
 * shown after the sanitiser, in which nothing runs and nothing is fetched. */
#include "mail/outbox_office.h"

#include "mail/newsletter.h"
#include "mail/outbox.h"
#include "office/asset.h"
#include "office/frame.h"
#include "office/reason.h"
#include "text/sanitise.h"
#include "theme/strings.h"

#include <string.h>

#define SHOWN 100u

static const char *box_of(const OfficeVisit *visit)
{
    return office_options(visit->office)->outbox_dir;
}

static void write_link(HtmlWriter *page, const char *path, const char *text)
{
    html_open(page, "a");
    html_url_attribute(page, "href", path);
    html_attribute(page, "dir", "auto");
    html_text(page, text);
    html_close(page, "a");
}

/* ---- The list ------------------------------------------------------------------------------- */

static void write_row(HtmlWriter *page, const OfficeVisit *visit, const OutboxMail *mail,
                      GTimeZone *zone)
{
    g_autofree char *path = g_strconcat("/outbox/", mail->name, NULL);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    write_link(page, path, *mail->subject != '\0' ? mail->subject : "–");
    html_close(page, "th");
    html_open(page, "td");
    html_open(page, "bdi");
    html_text(page, mail->to);
    html_close(page, "bdi");
    html_close(page, "td");
    html_open(page, "td");
    if (mail->date != 0) {
        office_time(page, visit, mail->date, zone);
    }
    html_close(page, "td");
    html_close(page, "tr");
}

static void write_table(HtmlWriter *page, const OfficeVisit *visit, const GPtrArray *mails,
                        GTimeZone *zone)
{
    static const char *const heads[] = {"office_outbox_subject", "office_outbox_to",
                                        "office_outbox_date", NULL};
    html_open(page, "table");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < mails->len; i++) {
        write_row(page, visit, mails->pdata[i], zone);
    }
    html_close(page, "tbody");
    html_close(page, "table");
}

static HttpReply *answer_list(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(OfficeDay) day = {0};
    unsigned count = 0;
    if (box_of(visit) == NULL) {
        return office_refused(visit, 404, "office_outbox_not");
    }
    g_autoptr(GPtrArray) mails = outbox_list(box_of(visit), SHOWN, &count, &reason);
    if (mails == NULL || !office_day(visit, &day, &reason)) {
        return office_failed(visit, reason);
    }
    g_autofree char *there = strings_plural(visit->language, "office_outbox_count", count);
    HtmlWriter *page = office_page(visit, office_text(visit, "office_outbox"));
    html_element(page, "p", office_text(visit, "office_outbox_what"));
    html_element(page, "p", there);
    if (mails->len > 0) {
        write_table(page, visit, mails, day.zone);
    }
    return office_page_done(visit, page, 200);
}

/* ---- One ------------------------------------------------------------------------------------ */

static void write_fact(HtmlWriter *page, const char *label, const char *value)
{
    html_open(page, "div");
    html_element(page, "dt", label);
    html_open(page, "dd");
    html_attribute(page, "dir", "auto");
    html_text(page, value);
    html_close(page, "dd");
    html_close(page, "div");
}

/* Addresses in the text become links, as a reader's program makes them. */
static void write_text(HtmlWriter *page, const char *text)
{
    html_open(page, "pre");
    html_attribute(page, "dir", "auto");
    while (*text != '\0') {
        const char *http = strstr(text, "http");
        while (http != NULL && !g_str_has_prefix(http, "http://") &&
               !g_str_has_prefix(http, "https://")) {
            http = strstr(http + 1, "http");
        }
        g_autofree char *before =
            http == NULL ? g_strdup(text) : g_strndup(text, (size_t)(http - text));
        html_text(page, before);
        if (http == NULL) {
            break;
        }
        g_autofree char *address = g_strndup(http, strcspn(http, " \t\r\n<>\"'"));
        html_open(page, "a");
        html_url_attribute(page, "href", address);
        html_attribute(page, "rel", "noopener noreferrer");
        html_text(page, address);
        html_close(page, "a");
        text = http + strlen(address);
    }
    html_close(page, "pre");
}

static bool write_html(HtmlWriter *page, const char *html, GError **error)
{
    g_auto(SafeHtml) safe = {0};
    if (!sanitise_html(html, strlen(html), NULL, &safe, error)) {
        return false;
    }
    html_open(page, "div");
    html_attribute(page, "class", "letter");
    html_attribute(page, "dir", "auto");
    html_append_already_safe_markup(page, &safe);
    html_close(page, "div");
    return true;
}

static void write_head(HtmlWriter *page, const OfficeVisit *visit, const OutboxMail *mail,
                       GTimeZone *zone)
{
    html_open(page, "dl");
    html_attribute(page, "class", "facts");
    write_fact(page, office_text(visit, "office_outbox_from"), mail->from);
    write_fact(page, office_text(visit, "office_outbox_to"), mail->to);
    if (mail->date != 0) {
        html_open(page, "div");
        html_element(page, "dt", office_text(visit, "office_outbox_date"));
        html_open(page, "dd");
        office_time(page, visit, mail->date, zone);
        html_close(page, "dd");
        html_close(page, "div");
    }
    html_close(page, "dl");
}

static void write_source(HtmlWriter *page, const OfficeVisit *visit, const OutboxMail *mail)
{
    html_open(page, "details");
    html_element(page, "summary", office_text(visit, "office_outbox_headers"));
    html_open(page, "pre");
    html_attribute(page, "dir", "ltr");
    html_text(page, mail->head);
    html_close(page, "pre");
    html_close(page, "details");
    if (mail->html != NULL && mail->text != NULL) {
        html_open(page, "details");
        html_element(page, "summary", office_text(visit, "office_outbox_text"));
        write_text(page, mail->text);
        html_close(page, "details");
    }
}

static HttpReply *answer_one(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(OfficeDay) day = {0};
    g_autofree char *name = office_part(visit, 0);
    if (box_of(visit) == NULL) {
        return office_refused(visit, 404, "office_outbox_not");
    }
    g_autoptr(OutboxMail) mail = outbox_read(box_of(visit), name, &reason);
    if (mail == NULL || !office_day(visit, &day, &reason)) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, *mail->subject != '\0' ? mail->subject : "–");
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_url_attribute(page, "href", office_asset("dashboard.css"));
    html_open(page, "p");
    write_link(page, "/outbox", office_text(visit, "office_outbox_all"));
    html_close(page, "p");
    write_head(page, visit, mail, day.zone);
    if (mail->html != NULL && !write_html(page, mail->html, &reason)) {
        office_problem(page, office_reason(visit, reason));
    } else if (mail->html == NULL && mail->text != NULL) {
        write_text(page, mail->text);
    }
    write_source(page, visit, mail);
    return office_page_done(visit, page, 200);
}

const OfficeRoute outbox_routes[] = {
    {.name = "outbox",
     .method = HTTP_GET,
     .path = "/outbox",
     .permission = PERMISSION_OUTBOX,
     .answer = answer_list,
     .help = "mails that were written to files, the newest first"},
    {.name = "outbox-mail",
     .method = HTTP_GET,
     .path = "/outbox/:name",
     .permission = PERMISSION_OUTBOX,
     .answer = answer_one,
     .help = "one of them: headers, letter, text"},
    {.name = NULL},
};

/* ---- On the first page ---------------------------------------------------------------------- */

static bool write_newsletters(OfficeVisit *visit, HtmlWriter *page, GError **error)
{
    g_auto(OfficeDay) day = {0};
    unsigned count = 0;
    g_autoptr(GPtrArray) all =
        office_day(visit, &day, error) ? newsletter_list(visit->store, error) : NULL;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const Newsletter *newsletter = all->pdata[i];
        if (newsletter->due == 0 || newsletter->due >= day.end) {
            continue;
        }
        if (count++ == 0) {
            html_open(page, "ul");
            html_attribute(page, "class", "due");
        }
        html_open(page, "li");
        office_time(page, visit, newsletter->due, day.zone);
        html_text(page, " ");
        html_open(page, "bdi");
        html_text(page, newsletter->name);
        html_close(page, "bdi");
        html_text(page, " · ");
        html_text(page, office_text(visit, g_str_equal(newsletter->sending, NEWSLETTER_AUTOMATIC)
                                               ? "office_dash_issue_leaves"
                                               : "office_dash_issue_drafted"));
        html_close(page, "li");
    }
    if (count > 0) {
        html_close(page, "ul");
    } else {
        html_element(page, "p", office_text(visit, "office_dash_no_issues"));
    }
    return all != NULL;
}

static bool write_outbox(OfficeVisit *visit, HtmlWriter *page, GError **error)
{
    unsigned count = 0;
    if (box_of(visit) == NULL) {
        html_element(page, "p", office_text(visit, "office_outbox_not"));
        return true;
    }
    g_autoptr(GPtrArray) mails = outbox_list(box_of(visit), 3, &count, error);
    if (mails == NULL) {
        return false;
    }
    g_autofree char *there = strings_plural(visit->language, "office_outbox_count", count);
    html_open(page, "p");
    write_link(page, "/outbox", there);
    html_close(page, "p");
    html_open(page, "ul");
    html_attribute(page, "class", "due");
    for (guint i = 0; i < mails->len; i++) {
        const OutboxMail *mail = mails->pdata[i];
        g_autofree char *path = g_strconcat("/outbox/", mail->name, NULL);
        html_open(page, "li");
        write_link(page, path, *mail->subject != '\0' ? mail->subject : "–");
        html_close(page, "li");
    }
    html_close(page, "ul");
    return true;
}

const OfficePart mail_parts[] = {
    {.name = "newsletters",
     .heading = "office_dash_newsletters",
     .permission = PERMISSION_MAIL,
     .write = write_newsletters,
     .help = "newsletters whose issue is due today"},
    {.name = "outbox",
     .heading = "office_outbox",
     .permission = PERMISSION_OUTBOX,
     .write = write_outbox,
     .help = "mails that were written to files"},
    {.name = NULL},
};
