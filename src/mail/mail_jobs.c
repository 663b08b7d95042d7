/* The handlers of the lane "mail": mail_jobs.h. What they do is in the files of the nouns. */
#include "mail/mail_jobs.h"

#include "base/clock.h"
#include "base/error.h"
#include "mail/address.h"
#include "mail/answer_by_mail.h"
#include "mail/deliver.h"
#include "mail/issue.h"
#include "mail/letter.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"
#include "text/json.h"
#include "text/mail_address.h"

#include <string.h>

#define TURN           (5 * CLOCK_SECOND) /* then other jobs of the lane have theirs */
#define LEASE          (5 * CLOCK_MINUTE)
#define FOR_EVER       G_MAXUINT /* attempts: mail that cannot leave waits until it can */
#define ADDRESS_KEY    "to"
#define SUBSCRIBER_KEY "subscriber"

/* ---- mail.send --------------------------------------------------------------------------------
 */

bool mail_send(Store *store, const char *kind, const char *key, const char *to,
               const char *language, const char *values, int64_t subscriber, GError **error)
{
    g_autoptr(json_t) given =
        json_read_limited(values == NULL ? "{}" : values, values == NULL ? 2 : strlen(values),
                          JOB_PAYLOAD_MAX, 0, JSON_READ_STRICT, error);
    if (given == NULL) {
        return false;
    }
    g_autoptr(json_t) payload = json_pack("{s:s, s:s, s:s, s:O}", "kind", kind, ADDRESS_KEY, to,
                                          "language", language, "values", given);
    if (subscriber != 0) {
        json_object_set_new(payload, SUBSCRIBER_KEY, json_integer(subscriber));
    }
    g_autofree char *text = json_dumps(payload, JSON_COMPACT);
    g_autofree char *whole = g_strdup_printf("%s/%s", kind, key);
    return job_enqueue(store, "mail.send", whole, text, clock_now(), error);
}

typedef struct {
    const Job *job;
    Delivery delivery;
} Send;

static bool send_body(Store *store, void *data, GError **error)
{
    const Send *send = data;
    return delivery_add(store, &send->delivery, error) &&
           job_enqueue(store, "mail.deliver", "", NULL, clock_now(), error) &&
           job_done(store, send->job, error);
}

static bool run_send(Store *store, const Job *job, void *context, GError **error)
{
    const Mailroom *room = context;
    g_auto(MailSite) site = {0};
    g_autoptr(json_t) payload = json_read_limited(job->payload, strlen(job->payload),
                                                  JOB_PAYLOAD_MAX, 0, JSON_READ_STRICT, error);
    if (payload == NULL) {
        return false;
    }
    const char *kind = json_string_value(json_object_get(payload, "kind"));
    const char *language = json_string_value(json_object_get(payload, "language"));
    json_t *values = json_object_get(payload, "values");
    if (kind == NULL || letter_kind(kind) == NULL || language == NULL || !json_is_object(values)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "mail.send: no kind of mail \"%.60s\"",
                    kind == NULL ? "" : kind);
    }
    g_autofree char *address =
        mail_address_parse(json_string_value(json_object_get(payload, ADDRESS_KEY)), error);
    if (address == NULL || !mail_site_read(store, language, &site, error)) {
        return false;
    }
    g_autofree char *id = mailroom_message_id(room, &site, job->key);
    g_autofree char *mark = address_mark(&room->secret, address);
    g_autofree char *content = json_dumps(values, JSON_COMPACT);
    Send send = {job,
                 {.message_id = id,
                  .kind = (char *)(uintptr_t)kind,
                  .subscriber = json_integer_value(json_object_get(payload, SUBSCRIBER_KEY)),
                  .mark = mark,
                  .address = address,
                  .language = (char *)(uintptr_t)language,
                  .content = content,
                  .state = DELIVERY_READY}};
    return store_transact(store, send_body, &send, error);
}

/* ---- mail.deliver -----------------------------------------------------------------------------
 */

static bool renew(Store *store, void *data, GError **error)
{
    return job_extend(store, data, LEASE, error);
}

static bool run_deliver(Store *store, const Job *job, void *context, GError **error)
{
    int64_t next = INT64_MAX;
    g_autoptr(GError) reason = NULL;
    if (!deliver_turn(store, context, TURN, renew, (void *)(uintptr_t)job, &next, &reason) &&
        !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return next == INT64_MAX || job_enqueue(store, "mail.deliver", "", NULL, next, error);
}

/* ---- The others -------------------------------------------------------------------------------
 */

static bool run_subscribe(Store *store, const Job *job, void *context, GError **error)
{
    return subscriber_take(store, context, job, error);
}

static bool run_forget(Store *store, const Job *job, void *context, GError **error)
{
    return subscriber_forget(store, job, error);
}

static bool run_answer(Store *store, const Job *job, void *context, GError **error)
{
    return answer_by_mail_take(store, context, job, error);
}

static bool run_compose(Store *store, const Job *job, void *context, GError **error)
{
    return issue_on_schedule(store, context, job->key, error);
}

static bool run_freeze(Store *store, const Job *job, void *context, GError **error)
{
    return issue_freeze_step(store, context, job, error);
}

const JobKind mail_jobs[] = {
    {.kind = "mail.send",
     .lane = "mail",
     .run = run_send,
     .max_attempts = 50,
     .lease = LEASE,
     .first_delay = CLOCK_SECOND,
     .help = "puts a letter for one person into the journal of mails"},
    {.kind = "mail.deliver",
     .lane = "mail",
     .run = run_deliver,
     .max_attempts = FOR_EVER,
     .lease = LEASE,
     .first_delay = 5 * CLOCK_SECOND,
     .help = "sends what the journal says is due"},
    {.kind = "mail.subscribe",
     .lane = "mail",
     .run = run_subscribe,
     .max_attempts = 50,
     .lease = LEASE,
     .first_delay = CLOCK_SECOND,
     .help = "takes down a sign-up and asks its address to confirm"},
    {.kind = "mail.forget",
     .lane = "mail",
     .run = run_forget,
     .max_attempts = 50,
     .lease = LEASE,
     .first_delay = CLOCK_SECOND,
     .help = "forgets a sign-up that was not confirmed"},
    {.kind = "mail.answer",
     .lane = "mail",
     .run = run_answer,
     .max_attempts = FOR_EVER,
     .lease = LEASE,
     .first_delay = CLOCK_SECOND,
     .help = "mails the address of a form's answer as soon as there is one"},
    {.kind = "mail.compose",
     .lane = "mail",
     .run = run_compose,
     .max_attempts = 50,
     .lease = LEASE,
     .first_delay = CLOCK_MINUTE,
     .help = "composes the issue that a newsletter's schedule asks for"},
    {.kind = "mail.freeze",
     .lane = "mail",
     .run = run_freeze,
     .max_attempts = 50,
     .lease = LEASE,
     .first_delay = CLOCK_SECOND,
     .help = "writes down who gets an issue"},
    {.kind = NULL},
};
