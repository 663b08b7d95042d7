/* `kolokol jobs`: work that was given up and waits for a person (jobs/jobs.h). What a job carries
 * is not shown: it may be a reader's address. */
#include "base/moment.h"
#include "jobs/jobs.h"
#include "main/command_rows.h"
#include "text/json.h"

#include <inttypes.h>

#define PAGE 100u /* jobs that one look reads */

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
    if (!json_writer_finish(&json, error)) {
        return false;
    }
    fprintf(context->out, "%s\n", out->str);
    return true;
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
    return true;
}

typedef bool (*Act)(Store *store, int64_t id, GError **error);

static bool act(CommandContext *context, Act change, const char *done, GError **error)
{
    int64_t id = 0;
    if (!command_number(context->arguments[0], "the job", &id, error)) {
        return false;
    }
    g_autoptr(Store) store = newsroom_store(context->newsroom, error);
    if (store == NULL || !change(store, id, error)) {
        return false;
    }
    fprintf(context->out,
            context->json ? "{\"id\":%" PRId64 ",\"done\":\"%s\"}\n" : "job %" PRId64 ": %s\n", id,
            done);
    return true;
}

static bool retry(CommandContext *context, GError **error)
{
    return act(context, jobs_revive, "runs again", error);
}

static bool forget(CommandContext *context, GError **error)
{
    return act(context, jobs_forget, "forgotten", error);
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
            "stays here\nwith its last reason: mend the cause, then `jobs retry`.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options = {{"json", OPTION_FLAG, NULL, "a JSON object a line", NULL}},
};
