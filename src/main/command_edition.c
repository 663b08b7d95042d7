/* `kolokol edition` and `kolokol keys`: what readers get, and the keys it is signed with
 * (the headers of edition/). */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/moment.h"
#include "edition/coded.h"
#include "edition/export.h"
#include "edition/keys.h"
#include "edition/verify.h"
#include "main/command_rows.h"
#include "main/progress.h"
#include "text/json.h"

#include <string.h>

#define KEY_FILE_MAX 4096u

static char *public_key(const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = file_read(path, KEY_FILE_MAX, error);
    return bytes == NULL ? NULL : g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

/* The row asks for none: a tree is checked without. */
static bool load(CommandContext *context, GError **error)
{
    context->newsroom = newsroom_load(context->newsroom_dir, error);
    return context->newsroom != NULL;
}

static bool show(CommandContext *context, GError **error)
{
    if (!load(context, error)) {
        return false;
    }
    FILE_AUTO directory = directory_open(context->newsroom->edition_dir, false, error);
    g_auto(Edition) edition = {0};
    Hash hash;
    if (directory < 0) {
        return false;
    }
    if (!edition_read_current(directory, &edition, &hash, error)) {
        g_prefix_error(error, "no edition yet, `kolokol press` makes one: ");
        return false;
    }
    g_autofree char *time = moment_rfc3339(edition.time);
    g_autofree char *expires = moment_rfc3339(edition.expires);
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    fprintf(context->out,
            context->json
                ? "{\"host\":\"%s\",\"epoch\":%" G_GINT64_FORMAT ",\"edition\":%" G_GUINT64_FORMAT
                  ",\"time\":\"%s\",\"expires\":\"%s\",\"sha256\":\"%s\"}\n"
                : "host     %s\nepoch    %" G_GINT64_FORMAT "\nedition  %" G_GUINT64_FORMAT
                  "\ntime     %s\nexpires  %s\nsha256   %s\n",
            edition.host, edition.epoch, edition.number, time, expires, hex);
    return true;
}

static bool expired(const char *expires)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    int64_t moment = 0;
    return moment_parse(expires, utc, &moment, NULL) && moment < clock_now();
}

static void show_verify(uint64_t files, void *data)
{
    progress_step(data, files, files);
}

/* What is not said is the newsroom's own: its edition, its key. Caller frees the key. */
static bool what_to_verify(CommandContext *context, const char **tree, char **key, GError **error)
{
    const char *given = command_option(context, "key");
    g_autofree char *own = NULL;
    *tree = context->arguments[0];
    if (*tree == NULL || given == NULL) {
        if (!load(context, error)) {
            return false;
        }
        *tree = *tree == NULL ? context->newsroom->edition_dir : *tree;
        own = g_build_filename(context->newsroom->keys_dir, "publish.pub", NULL);
    }
    *key = public_key(given == NULL ? own : given, error);
    return *key != NULL;
}

static bool print_verified(CommandContext *context, const VerifyReport *report, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "host", report->host);
    json_writer_number_member(&json, "epoch", (int64_t)report->epoch);
    json_writer_number_member(&json, "edition", (int64_t)report->number);
    json_writer_text_member(&json, "time", report->time);
    json_writer_text_member(&json, "expires", report->expires);
    json_writer_bool_member(&json, "expired", expired(report->expires));
    json_writer_number_member(&json, "pages", (int64_t)report->pages);
    json_writer_number_member(&json, "nodes", (int64_t)report->nodes);
    json_writer_number_member(&json, "objects", (int64_t)report->objects);
    json_writer_number_member(&json, "coded", (int64_t)report->coded);
    json_writer_number_member(&json, "extra", (int64_t)report->extra);
    json_writer_text_member(&json, "first_extra", report->extra == 0 ? NULL : report->first_extra);
    json_writer_close(&json);
    return command_print_json(context->out, &json, out, error);
}

static bool verify(CommandContext *context, GError **error)
{
    const char *tree = NULL;
    g_autofree char *key = NULL;
    VerifyReport report;
    if (!what_to_verify(context, &tree, &key, error)) {
        return false;
    }
    Progress progress;
    VerifyRequest request = {.directory = tree,
                             .key = key,
                             .unpack = coded_same,
                             .progress = show_verify,
                             .data = &progress};
    progress_begin(&progress, context->err, "files", 0);
    bool right = edition_verify(&request, &report);
    progress_hide(&progress);
    if (!right) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "%s", report.message);
    }
    if (context->json) {
        return print_verified(context, &report, error);
    }
    fprintf(context->out,
            "edition %" G_GUINT64_FORMAT " of %s is right: %" G_GUINT64_FORMAT
            " pages, %" G_GUINT64_FORMAT " nodes, %" G_GUINT64_FORMAT
            " hash-named files, %" G_GUINT64_FORMAT " compressed forms\n",
            report.number, report.host, report.pages, report.nodes, report.objects, report.coded);
    if (report.extra > 0) {
        fprintf(context->err, "kolokol edition: %" G_GUINT64_FORMAT "%s not of the edition%s %s\n",
                report.extra, report.extra == 1 ? " file is" : " files are",
                report.extra == 1 ? ":" : ", among them", report.first_extra);
    }
    if (expired(report.expires)) {
        fprintf(context->err, "kolokol edition: this copy expired at %s; ask for a newer one\n",
                report.expires);
    }
    return true;
}

static bool export(CommandContext *context, GError **error)
{
    if (!load(context, error)) {
        return false;
    }
    FILE_AUTO directory = directory_open(context->newsroom->edition_dir, false, error);
    g_autoptr(EditionReader) reader =
        directory < 0 ? NULL : edition_reader_open(directory, EDITION_READER_CACHE, error);
    ExportReport report = {0};
    Progress progress;
    progress_begin(&progress, context->err, "files", 0);
    bool done = reader != NULL && edition_export(reader, context->arguments[0], progress_part,
                                                 &progress, &report, error);
    progress_hide(&progress);
    if (!done) {
        return false;
    }
    fprintf(context->out, "edition %" G_GUINT64_FORMAT ": %u files, %u written, %u removed\n",
            report.number, report.files, report.written, report.removed);
    if (report.plain > 0) {
        fprintf(context->err,
                "kolokol edition: %u page%s no brotli form yet; `kolokol worker --until-idle` "
                "makes them, export again after it\n",
                report.plain, report.plain == 1 ? " has" : "s have");
    }
    return true;
}

static const CommandVerb verbs[] = {
    {"show", "", "number, times and hash of the current edition", 0, 0, show},
    {"verify", "[TREE]",
     "checks every signature and byte of the newsroom's edition, or of an exported TREE", 0, 1,
     verify},
    {"export", "DIR",
     "lays out the plain tree in DIR, for any web server; again, it writes what differs", 1, 1,
     export},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_edition = {
    .name = "edition",
    .usage = "show | verify [TREE] | export DIR",
    .summary = "shows, checks or lays out the current edition",
    .help =
        "`verify TREE --key FILE` needs no newsroom: anybody who has the public key can check a "
        "copy.\nBrotli forms are the worker's: an export soon after a press is without some, and "
        "says so.\n",
    .verbs = verbs,
    .options = {{"key", OPTION_VALUE, "FILE", "the public key, if not this newsroom's own",
                 "verify"},
                {"json", OPTION_FLAG, NULL, "as JSON", "show verify"}},
};
