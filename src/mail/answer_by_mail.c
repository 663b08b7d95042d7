/* The address of an answer by mail: answer_by_mail.h. The other forms of mail are mail_forms.c. */
#include "mail/answer_by_mail.h"

#include "base/clock.h"
#include "base/error.h"
#include "forms/drain.h"
#include "forms/ticket.h"
#include "mail/address.h"
#include "mail/delivery.h"
#include "mail/mail_jobs.h"
#include "text/json.h"
#include "text/mail_address.h"
#include "theme/strings.h"

#include <string.h>

#define LETTER "answer" /* letter.c */

/* ---- The form ------------------------------------------------------------------------------- */

static const FormField fields[] = {
    {"answer", FORM_TICKET_HEX, true, false},
    {"email", MAIL_ADDRESS_MAX + 50, true, false},
    {NULL, 0, false, false},
};

/* The key is the ticket's hash, so that a ticket has one job at most. */
static bool enqueue(Store *store, const Form *form, const char *address, GError **error)
{
    const char *ticket = form_value(form, "answer");
    Hash hash = ticket_hash(ticket);
    char key[HASH_HEX];
    hash_hex(&hash, key);
    g_autoptr(json_t) payload = json_pack("{s:s, s:s, s:s}", "ticket", ticket, "address", address,
                                          "language", form->language);
    g_autofree char *text = json_dumps(payload, JSON_COMPACT);
    return job_enqueue(store, "mail.answer", key, text, clock_now(), error);
}

static bool ask(Store *store, const FormContext *context, const Form *form, FormAnswer *answer,
                GError **error)
{
    char ticket[TICKET_TEXT];
    const char *given = form_value(form, "answer");
    if (!ticket_parse(given, strlen(given), ticket)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s",
                    strings_get(form->language, "mail_link_wrong"));
    }
    g_autofree char *address = mail_address_parse(form_value(form, "email"), NULL);
    if (address == NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s",
                    strings_get(form->language, "mail_address_wrong"));
    }
    form_answer_page(answer, "answer-by-mail");
    return enqueue(store, form, address, error);
}

const FormKind mail_form_answer = {.name = FORM_BY_MAIL,
                                   .fields = fields,
                                   .per_client = 5,
                                   .in_all = 60,
                                   .handle = ask,
                                   .help = "mails the address of an answer that takes long"};

/* ---- The job -------------------------------------------------------------------------------- */

typedef struct {
    const Job *job;
    const char *ticket, *language;
    char *address, *mark;
} Ask;

static bool send_letter(Store *store, const Ask *ask, GError **error)
{
    g_auto(MailSite) site = {0};
    if (!mail_site_read(store, ask->language, &site, error)) {
        return false;
    }
    g_autofree char *url = mail_site_form(&site, ask->language, "t", ask->ticket);
    g_autoptr(json_t) values = json_pack("{s:s}", "answer_url", url);
    g_autofree char *text = json_dumps(values, JSON_COMPACT);
    return mail_send(store, LETTER, ask->job->key, ask->address, ask->language, text, 0, error);
}

static bool take_body(Store *store, void *data, GError **error)
{
    const Ask *ask = data;
    bool applied = false, allowed = false;
    if (!drain_applied(store, ask->ticket, &applied, error)) {
        return false;
    }
    if (!applied && clock_now() - ask->job->created < ANSWER_AWAITED) {
        return fail(error, KOLOKOL_ERROR_BUSY, "the form has had no answer yet");
    }
    return (!applied || (delivery_allowed(store, ask->mark, LETTER, 0, &allowed, error) &&
                         (!allowed || send_letter(store, ask, error)))) &&
           job_done(store, ask->job, error);
}

bool answer_by_mail_take(Store *store, const Mailroom *room, const Job *job, GError **error)
{
    g_autoptr(json_t) payload = json_read_limited(job->payload, strlen(job->payload),
                                                  JOB_PAYLOAD_MAX, 0, JSON_READ_STRICT, error);
    if (payload == NULL) {
        return false;
    }
    const char *ticket = json_string_value(json_object_get(payload, "ticket"));
    const char *language = json_string_value(json_object_get(payload, "language"));
    if (ticket == NULL || language == NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "mail.answer: a wish without its parts");
    }
    g_autofree char *address =
        mail_address_parse(json_string_value(json_object_get(payload, "address")), error);
    g_autofree char *mark = address == NULL ? NULL : address_mark(&room->secret, address);
    Ask ask = {job, ticket, language, address, mark};
    return address != NULL && store_transact(store, take_body, &ask, error);
}
