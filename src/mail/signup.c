/* Signing up and confirming: subscriber.h. Everything else about subscribers is subscriber.c. */
#include "base/clock.h"
#include "base/error.h"
#include "mail/address.h"
#include "mail/consent.h"
#include "mail/delivery.h"
#include "mail/mail_jobs.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"
#include "mail_sql.h"
#include "text/json.h"
#include "text/mail_address.h"

#include <string.h>

bool subscriber_request(Store *store, const char *key, const char *newsletter, const char *address,
                        const char *language, const char *consent, GError **error)
{
    g_autoptr(json_t) payload =
        json_pack("{s:s, s:s, s:s, s:s}", "newsletter", newsletter, "address", address, "language",
                  language, "consent", consent);
    g_autofree char *text = payload == NULL ? NULL : json_dumps(payload, JSON_COMPACT);
    return text == NULL ? fail(error, KOLOKOL_ERROR_INVALID, "a sign-up that is not UTF-8")
                        : job_enqueue(store, "mail.subscribe", key, text, clock_now(), error);
}

typedef struct {
    const Mailroom *room;
    const Job *job;
    const char *newsletter, *language, *consent;
    char *address, *mark;
} Request;

/* The link, and what the letter says of the newsletter: nothing that a visitor has typed. */
static char *values_of(const TokenKeys *tokens, const MailSite *site, const Newsletter *newsletter,
                       const char *language, int64_t id)
{
    g_autofree char *subject = g_strdup_printf("%" G_GINT64_FORMAT, id);
    g_autofree char *confirm =
        token_make(tokens, "confirm", subject, clock_now() + SUBSCRIBER_CONFIRM);
    g_autofree char *stop = token_make(tokens, "unsubscribe", subject, TOKEN_NEVER);
    g_autofree char *confirm_url = mail_site_form(site, language, "confirm", confirm);
    g_autofree char *stop_url = mail_site_form(site, language, "unsubscribe", stop);
    g_autoptr(json_t) values = json_pack("{s:s, s:s, s:s}", "description", newsletter->description,
                                         "confirm_url", confirm_url, "unsubscribe_url", stop_url);
    return json_dumps(values, JSON_COMPACT);
}

/* The row that there is, id 0 if none; `times` counts the requests, this one too. */
static bool find_row(Store *store, const Request *request, const Newsletter *newsletter,
                     int64_t *id, int64_t *times, GError **error)
{
    g_autoptr(StoreRows) rows =
        mail_subscriber_by_mark(store, newsletter->id, request->mark, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *id = step == STORE_ROW ? store_number(rows, 0) : 0;
    *times = step == STORE_ROW ? store_number(rows, 2) + 1 : 1;
    return step != STORE_FAILED;
}

/* The row, pending unless it is confirmed. */
static bool write_row(Store *store, const Request *request, const Newsletter *newsletter,
                      const char *policy, int64_t *id, GError **error)
{
    int64_t now = clock_now();
    if (*id != 0) {
        return mail_subscriber_again(store, *id, request->address, request->consent, policy, now,
                                     error);
    }
    return store_next_id(store, "mail_subscriber", id, error) &&
           mail_subscriber_insert(store, *id, newsletter->id, request->mark, request->address,
                                  SUBSCRIBER_STATE_PENDING, "form", request->consent, policy, now,
                                  0, error);
}

/* The job that ends it if it is not confirmed. */
static bool forget_later(Store *store, int64_t id, int64_t requested, GError **error)
{
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, id);
    return job_enqueue(store, "mail.forget", key, NULL, requested + SUBSCRIBER_PENDING, error);
}

static bool take_body(Store *store, void *data, GError **error)
{
    const Request *request = data;
    g_auto(MailSite) site = {0};
    int64_t id = 0, times = 0;
    bool fine = false;
    g_autoptr(Newsletter) newsletter = newsletter_read(store, request->newsletter, error);
    g_autofree char *policy =
        newsletter == NULL ? NULL : consent_policy_version(store, request->language, error);
    if (policy == NULL || !mail_site_read(store, request->language, &site, error) ||
        !find_row(store, request, newsletter, &id, &times, error) ||
        !delivery_allowed(store, request->mark, "subscribe", id, &fine, error)) {
        return false;
    }
    if (!fine) {
        return job_done(store, request->job, error);
    }
    if (!consent_note(store, request->language, request->consent, error) ||
        !write_row(store, request, newsletter, policy, &id, error)) {
        return false;
    }
    g_autofree char *values =
        values_of(request->room->tokens, &site, newsletter, request->language, id);
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, id, times);
    return forget_later(store, id, clock_now(), error) &&
           mail_send(store, "subscribe", key, request->address, request->language, values, id,
                     error) &&
           job_done(store, request->job, error);
}

bool subscriber_take(Store *store, const Mailroom *room, const Job *job, GError **error)
{
    g_autoptr(json_t) payload = json_read_limited(job->payload, strlen(job->payload),
                                                  JOB_PAYLOAD_MAX, 0, JSON_READ_STRICT, error);
    if (payload == NULL) {
        return false;
    }
    const char *newsletter = json_string_value(json_object_get(payload, "newsletter"));
    const char *language = json_string_value(json_object_get(payload, "language"));
    const char *consent = json_string_value(json_object_get(payload, "consent"));
    if (newsletter == NULL || language == NULL || consent == NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "mail.subscribe: a sign-up without its parts");
    }
    g_autofree char *address =
        mail_address_parse(json_string_value(json_object_get(payload, "address")), error);
    g_autofree char *mark = address == NULL ? NULL : address_mark(&room->secret, address);
    Request request = {room, job, newsletter, language, consent, address, mark};
    return address != NULL && store_transact(store, take_body, &request, error);
}

/* ---- Forgetting -------------------------------------------------------------------------------
 */

/* It may have been asked for again since. */
static bool forget_body(Store *store, void *data, GError **error)
{
    const Job *job = data;
    int64_t id = g_ascii_strtoll(job->key, NULL, 10);
    g_autoptr(GError) reason = NULL;
    g_autoptr(Subscriber) subscriber = subscriber_read(store, id, &reason);
    if (subscriber == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    bool pending = subscriber != NULL && subscriber->state == SUBSCRIBER_STATE_PENDING;
    bool later = pending && subscriber->requested + SUBSCRIBER_PENDING > clock_now();
    return (!pending || later || mail_subscriber_forget(store, id, error)) &&
           (!later || forget_later(store, id, subscriber->requested, error)) &&
           job_done(store, job, error);
}

bool subscriber_forget(Store *store, const Job *job, GError **error)
{
    return store_transact(store, forget_body, (void *)(uintptr_t)job, error);
}

/* ---- Confirming -------------------------------------------------------------------------------
 */

typedef struct {
    const TokenKeys *tokens;
    int64_t id;
} Confirm;

static bool gone(GError **error)
{
    return fail(error, KOLOKOL_ERROR_NOT_FOUND, "this request is no longer there");
}

static bool welcome(Store *store, const Confirm *confirm, const Subscriber *subscriber,
                    GError **error)
{
    g_auto(MailSite) site = {0};
    g_autoptr(Newsletter) newsletter = newsletter_read(store, subscriber->newsletter_name, error);
    if (newsletter == NULL || !mail_site_read(store, newsletter->language, &site, error)) {
        return false;
    }
    g_autofree char *values =
        values_of(confirm->tokens, &site, newsletter, newsletter->language, confirm->id);
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, confirm->id,
                                           subscriber->requested);
    return mail_send(store, "welcome", key, subscriber->address, newsletter->language, values,
                     confirm->id, error);
}

static bool confirm_body(Store *store, void *data, GError **error)
{
    const Confirm *confirm = data;
    g_autoptr(Subscriber) subscriber = subscriber_read(store, confirm->id, error);
    if (subscriber == NULL) {
        return false;
    }
    if (subscriber->state == SUBSCRIBER_STATE_CONFIRMED) {
        return true;
    }
    if (subscriber->state == SUBSCRIBER_STATE_UNSUBSCRIBED) {
        return gone(error);
    }
    return mail_subscriber_confirm(store, confirm->id, clock_now(), error) &&
           mail_suppression_lift(store, subscriber->mark, subscriber->newsletter, error) &&
           welcome(store, confirm, subscriber, error);
}

bool subscriber_confirm(Store *store, const TokenKeys *tokens, int64_t id, GError **error)
{
    Confirm confirm = {tokens, id};
    return store_transact(store, confirm_body, &confirm, error);
}
