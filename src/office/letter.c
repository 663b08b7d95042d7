/* Letters with one-time links: letter.h. Their words are site/theme/mail-staff-*.mustache. */
#include "office/letter.h"

#include "base/clock.h"
#include "base/error.h"
#include "text/json.h"

#include <string.h>

#define LEASE CLOCK_MINUTE

/* "https://office.bell.example/link/…". Caller frees. */
static char *address_of(const char *url, const char *token)
{
    size_t length = strlen(url);
    while (length > 0 && url[length - 1] == '/') {
        length--;
    }
    return g_strdup_printf("%.*s/link/%s", (int)length, url, token);
}

/* The payload of "mail.send" (mail/mail_jobs.h). Caller frees. */
static char *payload_of(const char *kind, const Person *person, const char *language,
                        const char *address, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, JOB_PAYLOAD_MAX);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "kind", kind);
    json_writer_text_member(&json, "to", person->email);
    json_writer_text_member(&json, "language", language);
    json_writer_key(&json, "values");
    json_writer_open_object(&json);
    json_writer_text_member(&json, "link_url", address);
    json_writer_text_member(&json, "person", person->name);
    json_writer_close(&json);
    json_writer_close(&json);
    return json_writer_finish(&json, error) ? g_strdup(out->str) : NULL;
}

typedef struct {
    LinkPurpose purpose;
    const Person *person;
    const char *url, *language;
    int64_t now;
    char *address;
} Writing;

static bool letter_body(Store *store, void *data, GError **error)
{
    Writing *writing = data;
    const char *kind = writing->purpose == LINK_INVITE ? "staff-invite" : "staff-reset";
    char token[LINK_TOKEN];
    int64_t id = 0;
    if (!link_make(store, writing->purpose, writing->person->id, writing->now, token, &id, error)) {
        return false;
    }
    g_free(writing->address);
    writing->address = address_of(writing->url, token);
    g_autofree char *key = g_strdup_printf("%s/%" G_GINT64_FORMAT, kind, id);
    g_autofree char *payload =
        payload_of(kind, writing->person, writing->language, writing->address, error);
    return payload != NULL && job_enqueue(store, "mail.send", key, payload, writing->now, error);
}

bool office_letter(Store *store, LinkPurpose purpose, const Person *person, const char *url,
                   const char *language, int64_t now, char **address, GError **error)
{
    Writing writing = {
        .purpose = purpose, .person = person, .url = url, .language = language, .now = now};
    bool written = store_transact(store, letter_body, &writing, error);
    if (written && address != NULL) {
        *address = g_steal_pointer(&writing.address);
    }
    g_free(writing.address);
    return written;
}

/* ---- A way back in -------------------------------------------------------------------------- */

bool office_ask_reset(Store *store, const char *email, const char *url, const char *language,
                      int64_t now, GError **error)
{
    g_autofree char *low = g_ascii_strdown(email, -1);
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, JOB_PAYLOAD_MAX);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "url", url);
    json_writer_text_member(&json, "language", language);
    json_writer_close(&json);
    return json_writer_finish(&json, error) &&
           job_enqueue(store, "office.reset", low, out->str, now, error);
}

/* Somebody who may have one now. False with NOT_FOUND if there is nobody. */
static Person *find_person(Store *store, const char *email, int64_t now, GError **error)
{
    g_autoptr(Person) person = person_by_email(store, email, error);
    int64_t made = 0;
    if (person == NULL || !link_made(store, LINK_RESET, person->id, &made, error)) {
        return NULL;
    }
    if (person->state != PERSON_ACTIVE || person->demo || now - made < RESET_EVERY) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "no letter is due");
        return NULL;
    }
    return g_steal_pointer(&person);
}

/* What the office was asked may be anybody's address: not finding it is no failure. */
static bool run_reset(Store *store, const Job *job, void *context, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(json_t) payload = json_read_limited(job->payload, strlen(job->payload),
                                                  JOB_PAYLOAD_MAX, 0, JSON_READ_STRICT, error);
    const char *url = json_string_value(json_object_get(payload, "url"));
    const char *language = json_string_value(json_object_get(payload, "language"));
    if (url == NULL || language == NULL) {
        return payload != NULL &&
               fail(error, KOLOKOL_ERROR_INVALID, "office.reset: the payload has no url");
    }
    int64_t now = clock_now();
    g_autoptr(Person) person = find_person(store, job->key, now, &reason);
    if (person != NULL) {
        return office_letter(store, LINK_RESET, person, url, language, now, NULL, error);
    }
    if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND) &&
        !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return true;
}

const JobKind office_jobs[] = {
    {.kind = "office.reset",
     .lane = "mail",
     .run = run_reset,
     .max_attempts = 20,
     .lease = LEASE,
     .first_delay = CLOCK_SECOND,
     .help = "sends somebody of the staff a way back in"},
    {.kind = NULL},
};
