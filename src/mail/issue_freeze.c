/* Letting an issue go: its text and its recipients are fixed, then the journal has them. issue.h.
 */
#include "base/clock.h"
#include "base/error.h"
#include "mail/delivery.h"
#include "mail/issue.h"
#include "mail/issue_text.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"
#include "mail_sql.h"
#include "press/press.h"

#define PART  200u /* recipients in one transaction: under 20 ms on SQLite (DESIGN 4) */
#define LEASE (5 * CLOCK_MINUTE)

typedef struct {
    const Mailroom *room;
    const Issue *issue;
    const char *html, *plain;
    bool in_time;
} Freeze;

static bool last_subscriber(Store *store, int64_t newsletter, int64_t *last, GError **error)
{
    g_autoptr(StoreRows) rows = mail_subscriber_last(store, newsletter, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_FAILED) {
        *last = step == STORE_ROW ? store_number(rows, 0) : 0;
    }
    return step != STORE_FAILED;
}

static bool freeze_body(Store *store, void *data, GError **error)
{
    const Freeze *freeze = data;
    const Issue *issue = freeze->issue;
    int64_t last = 0, changed = 0;
    g_autofree char *input = g_strconcat("issues:", issue->name, NULL);
    g_autofree char *own =
        g_strdup_printf("issue:%s/%" G_GINT64_FORMAT, issue->name, issue->number);
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, issue->id);
    if (!last_subscriber(store, issue->newsletter, &last, error) ||
        !mail_issue_freeze_counted(store, issue->id, freeze->html, freeze->plain, clock_now(), last,
                                   &changed, error)) {
        return false;
    }
    if (changed != 1) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "issue %" G_GINT64_FORMAT " is no draft: it has been sent", issue->id);
    }
    return press_touch(store, input, error) && press_touch(store, own, error) &&
           (!freeze->in_time || newsletter_plan(store, issue->name, error)) &&
           job_enqueue(store, "mail.freeze", key, NULL, clock_now(), error);
}

static bool send(Store *store, const Mailroom *room, int64_t id, bool in_time, GError **error)
{
    g_autoptr(Issue) issue = issue_read(store, id, error);
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) plain = g_string_new(NULL);
    if (issue == NULL || !issue_text_render(store, room, issue, html, plain, error)) {
        return false;
    }
    Freeze freeze = {room, issue, html->str, plain->str, in_time};
    return store_transact(store, freeze_body, &freeze, error);
}

bool issue_send(Store *store, const Mailroom *room, int64_t id, GError **error)
{
    return send(store, room, id, false, error);
}

bool issue_send_in_time(Store *store, const Mailroom *room, int64_t id, GError **error)
{
    return send(store, room, id, true, error);
}

/* ---- Recipients -------------------------------------------------------------------------------
 */

typedef struct {
    const Mailroom *room;
    const Job *job;
    const Issue *issue;
    const MailSite *site;
    bool any;
} Part;

typedef struct {
    int64_t id;
    char *mark, *address;
    SuppressionReason reason;
} Recipient;

static void recipient_free(gpointer data)
{
    Recipient *recipient = data;
    g_free(recipient->mark);
    g_free(recipient->address);
    g_free(recipient);
}

static const char *excluded_for(SuppressionReason reason)
{
    static const char *const words[] = {
        [SUPPRESSION_MANUAL] = "suppressed by the staff",
        [SUPPRESSION_HARD] = "does not take mail",
        [SUPPRESSION_UNSUBSCRIBED] = "unsubscribed",
        [SUPPRESSION_COMPLAINT] = "complained",
    };
    return words[reason];
}

static bool add_recipient(Store *store, const Part *part, const Recipient *recipient,
                          GError **error)
{
    const Issue *issue = part->issue;
    bool excluded = recipient->reason != SUPPRESSION_NONE;
    g_autofree char *what =
        g_strdup_printf("issue/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, issue->id, recipient->id);
    g_autofree char *id = mailroom_message_id(part->room, part->site, what);
    Delivery delivery = {.message_id = id,
                         .kind = (char *)(uintptr_t) "issue",
                         .bulk = true,
                         .issue = issue->id,
                         .subscriber = recipient->id,
                         .mark = recipient->mark,
                         .address = recipient->address,
                         .language = issue->language,
                         .content = (char *)(uintptr_t) "",
                         .state = excluded ? DELIVERY_EXCLUDED : DELIVERY_READY,
                         .status =
                             (char *)(uintptr_t)(excluded ? excluded_for(recipient->reason) : "")};
    return delivery_add(store, &delivery, error);
}

/* The next recipients of the issue, after the row's cursor. */
static GPtrArray *next_recipients(Store *store, int64_t issue, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(recipient_free);
    int64_t newsletter = 0, cursor = 0, last = 0;
    {
        g_autoptr(StoreRows) rows = mail_issue_cursor(store, issue, error);
        StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
        if (step != STORE_ROW) {
            return step == STORE_END ? g_steal_pointer(&all) : NULL; /* no longer frozen */
        }
        newsletter = store_number(rows, 0);
        cursor = store_number(rows, 1);
        last = store_number(rows, 2);
    }
    g_autoptr(StoreRows) rows = mail_audience(store, newsletter, cursor, last, PART, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Recipient *recipient = g_new0(Recipient, 1);
        *recipient =
            (Recipient){store_number(rows, 0), store_text_copy(rows, 1), store_text_copy(rows, 2),
                        (SuppressionReason)CLAMP(store_number(rows, 3), 0, 4)};
        g_ptr_array_add(all, recipient);
    }
    return step == STORE_END ? g_steal_pointer(&all) : NULL;
}

static bool part_body(Store *store, void *data, GError **error)
{
    Part *part = data;
    g_autoptr(GPtrArray) recipients = next_recipients(store, part->issue->id, error);
    if (recipients == NULL) {
        return false;
    }
    part->any = recipients->len > 0;
    for (guint i = 0; i < recipients->len; i++) {
        if (!add_recipient(store, part, recipients->pdata[i], error)) {
            return false;
        }
    }
    if (part->any) {
        const Recipient *last = recipients->pdata[recipients->len - 1];
        return mail_issue_advance(store, part->issue->id, last->id, error) &&
               job_extend(store, part->job, LEASE, error);
    }
    return mail_issue_started(store, part->issue->id, error) &&
           job_enqueue(store, "mail.deliver", "", NULL, clock_now(), error) &&
           job_done(store, part->job, error);
}

bool issue_freeze_step(Store *store, const Mailroom *room, const Job *job, GError **error)
{
    int64_t id = 0;
    g_auto(MailSite) site = {0};
    if (!g_ascii_string_to_signed(job->key, 10, 1, G_MAXINT64, &id, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "mail.freeze: no issue \"%.40s\"", job->key);
    }
    g_autoptr(Issue) issue = issue_read(store, id, error);
    if (issue == NULL || !mail_site_read(store, issue->language, &site, error)) {
        return false;
    }
    Part part = {room, job, issue, &site, true};
    while (part.any) {
        if (!store_transact(store, part_body, &part, error)) {
            return false;
        }
    }
    return true;
}
