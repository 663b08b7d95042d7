/* `kolokol jobs`: work that was given up and waits for a person: jobs (jobs/jobs.h) and forms of
 * readers (forms/intake.h). What they carry is not shown: it may be a reader's address. */
#include "base/clock.h"
#include "base/error.h"
#include "base/moment.h"
#include "forms/intake.h"
#include "jobs/jobs.h"
#include "jobs/wake.h"
#include "main/command_rows.h"
#include "text/json.h"

#include <inttypes.h>
#include <string.h>

#define PAGE  100u /* jobs that one look reads */
#define ASIDE "f"  /* begins the name of a form; a job's is a number */
#define NAMED 12   /* digits of a form's name */

typedef struct {
    CommandContext *context;
    int64_t last; /* the id of the last one printed */
    unsigned taken;
} Listing;

static bool print_json(CommandContext *context, const Job *job, const char *lane,
                       const char *reason, const char *created, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "id", job->id);
    json_writer_text_member(&json, "lane", lane);
    json_writer_text_member(&json, "kind", job->kind);
    json_writer_text_member(&json, "key", job->key);
    json_writer_number_member(&json, "attempts", job->attempts);
    json_writer_text_member(&json, "created", created);
    json_writer_text_member(&json, "reason", reason);
    json_writer_close(&json);
    return command_print_json(context->out, &json, out, error);
}

static bool print_dead(const Job *job, const char *lane, const char *reason, void *data,
                       GError **error)
{
    Listing *listing = data;
    g_autofree char *created = moment_rfc3339(job->created);
    listing->last = job->id;
    listing->taken++;
    if (listing->context->json) {
        return print_json(listing->context, job, lane, reason, created, error);
    }
    fprintf(listing->context->out, "%6" PRId64 "  %s  %s %s, %" PRId64 " attempts: %s\n", job->id,
            created, job->kind, job->key, job->attempts, reason);
    return true;
}

/* ---- Forms of readers ----------------------------------------------------------------------- */

static char *name_of(const Hash *ticket)
{
    char hex[HASH_HEX];
    hash_hex(ticket, hex);
    return g_strdup_printf(ASIDE "%.*s", NAMED, hex);
}

static bool print_form(const IntakeAside *form, void *data, GError **error)
{
    const CommandContext *context = data;
    g_autofree char *name = name_of(&form->ticket);
    g_autofree char *received = moment_rfc3339(form->received);
    if (!context->json) {
        fprintf(context->out, "%s  %s  form, %" PRId64 " attempts: %s\n", name, received,
                form->attempts, form->reason);
        return true;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "id", name);
    json_writer_text_member(&json, "lane", "forms");
    json_writer_text_member(&json, "kind", "form");
    json_writer_number_member(&json, "attempts", form->attempts);
    json_writer_text_member(&json, "created", received);
    json_writer_text_member(&json, "reason", form->reason);
    json_writer_close(&json);
    return command_print_json(context->out, &json, out, error);
}

static bool list_forms(CommandContext *context, GError **error)
{
    g_autoptr(Store) intake = intake_open(context->newsroom->intake, error);
    return intake != NULL && intake_aside(intake, INTAKE_WAITING, print_form, context, error);
}

typedef struct {
    const char *name;
    Hash ticket;
    bool found;
} Search;

static bool compare(const IntakeAside *form, void *data, GError **error)
{
    Search *search = data;
    g_autofree char *name = name_of(&form->ticket);
    if (strcmp(name, search->name) == 0) {
        search->ticket = form->ticket;
        search->found = true;
    }
    return true;
}

/* NULL if there is none of that name. */
static Store *find_form(CommandContext *context, Hash *ticket, GError **error)
{
    Search search = {.name = context->arguments[0]};
    g_autoptr(Store) intake = intake_open(context->newsroom->intake, error);
    if (intake == NULL || !intake_aside(intake, INTAKE_WAITING, compare, &search, error)) {
        return NULL;
    }
    if (!search.found) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no form %.40s among those set aside",
             search.name);
        return NULL;
    }
    *ticket = search.ticket;
    return g_steal_pointer(&intake);
}

static bool retry_form(CommandContext *context, GError **error)
{
    Hash ticket;
    g_autoptr(Store) intake = find_form(context, &ticket, error);
    if (intake == NULL || !intake_retry(intake, &ticket, clock_now(), error)) {
        return false;
    }
    jobs_wake("forms");
    return true;
}

static bool forget_form(CommandContext *context, GError **error)
{
    Hash ticket;
    g_autoptr(Store) intake = find_form(context, &ticket, error);
    return intake != NULL && intake_forget(intake, &ticket, error);
}

/* ---- The verbs ------------------------------------------------------------------------------ */

static bool list(CommandContext *context, GError **error)
{
    g_autoptr(Store) store = newsroom_store(context->newsroom, error);
    if (store == NULL) {
        return false;
    }
    Listing listing = {.context = context};
    do {
        listing.taken = 0;
        if (!jobs_dead(store, listing.last, PAGE, print_dead, &listing, error)) {
            return false;
        }
    } while (listing.taken == PAGE);
    return list_forms(context, error);
}

typedef bool (*Act)(Store *store, int64_t id, GError **error);

static bool act_on_job(CommandContext *context, Act change, GError **error)
{
    int64_t id = 0;
    if (!command_number(context->arguments[0], "the job", &id, error)) {
        return false;
    }
    g_autoptr(Store) store = newsroom_store(context->newsroom, error);
    return store != NULL && change(store, id, error);
}

/* The argument is well-formed by now: it was found. */
static bool said(CommandContext *context, const char *done)
{
    const char *id = context->arguments[0];
    if (g_str_has_prefix(id, ASIDE)) {
        fprintf(context->out, context->json ? "{\"id\":\"%s\",\"done\":\"%s\"}\n" : "form %s: %s\n",
                id, done);
    } else {
        fprintf(context->out,
                context->json ? "{\"id\":%" PRId64 ",\"done\":\"%s\"}\n" : "job %" PRId64 ": %s\n",
                g_ascii_strtoll(id, NULL, 10), done);
    }
    return true;
}

static bool retry(CommandContext *context, GError **error)
{
    bool form = g_str_has_prefix(context->arguments[0], ASIDE);
    return (form ? retry_form(context, error) : act_on_job(context, jobs_revive, error)) &&
           said(context, "runs again");
}

static bool forget(CommandContext *context, GError **error)
{
    bool form = g_str_has_prefix(context->arguments[0], ASIDE);
    return (form ? forget_form(context, error) : act_on_job(context, jobs_forget, error)) &&
           said(context, "forgotten");
}

static const CommandVerb verbs[] = {
    {"list", "", "what was given up, and why", 0, 0, list},
    {"retry", "ID", "runs it again at once, with all its attempts", 1, 1, retry},
    {"forget", "ID", "removes it; the work is not done", 1, 1, forget},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_jobs = {
    .name = "jobs",
    .usage = "list | retry ID | forget ID",
    .summary = "work that was given up and waits for a person",
    .help = "A job that fails is tried again with growing delay. One that cannot succeed, or has "
            "failed too often, "
            "stays here\nwith its last reason: mend the cause, then `jobs retry`. So does what a "
            "reader "
            "has sent by a form; its ID begins with f.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options = {{"json", OPTION_FLAG, NULL, "a JSON object a line", NULL}},
};
