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

#include <string.h>

#define KEY_FILE_MAX 4096u

static char *public_key(const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = file_read(path, KEY_FILE_MAX, error);
    return bytes == NULL ? NULL : g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static bool show(CommandContext *context, GError **error)
{
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

/* The newsroom's own edition by its own key, or a plain tree by the key given with it. */
static void show_verify(uint64_t files, void *data)
{
    progress_step(data, files, files);
}

static bool verify(CommandContext *context, GError **error)
{
    const char *own = context->newsroom->edition_dir;
    g_autofree char *own_key = g_build_filename(context->newsroom->keys_dir, "publish.pub", NULL);
    const char *key_path = command_option(context, "key");
    g_autofree char *key = public_key(key_path == NULL ? own_key : key_path, error);
    VerifyReport report;
    if (key == NULL) {
        return false;
    }
    Progress progress;
    VerifyRequest request = {.directory = context->count > 1 ? context->arguments[1] : own,
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
    fprintf(context->out,
            "edition %" G_GUINT64_FORMAT " of %s is right: %" G_GUINT64_FORMAT
            " pages, %" G_GUINT64_FORMAT " nodes, %" G_GUINT64_FORMAT
            " hash-named files, %" G_GUINT64_FORMAT " compressed forms\n",
            report.number, report.host, report.pages, report.nodes, report.objects, report.coded);
    if (report.extra > 0) {
        fprintf(stderr,
                "kolokol edition: %" G_GUINT64_FORMAT
                " files are not of the edition, among them %s\n",
                report.extra, report.first_extra);
    }
    if (expired(report.expires)) {
        fprintf(stderr, "kolokol edition: this copy expired at %s; ask for a newer one\n",
                report.expires);
    }
    return true;
}

static bool export(CommandContext *context, GError **error)
{
    FILE_AUTO directory = directory_open(context->newsroom->edition_dir, false, error);
    g_autoptr(EditionReader) reader =
        directory < 0 ? NULL : edition_reader_open(directory, EDITION_READER_CACHE, error);
    ExportReport report = {0};
    Progress progress;
    progress_begin(&progress, context->err, "files", 0);
    bool done = reader != NULL && edition_export(reader, context->arguments[1], progress_part,
                                                 &progress, &report, error);
    progress_hide(&progress);
    if (!done) {
        return false;
    }
    fprintf(context->out, "edition %" G_GUINT64_FORMAT ": %u files, %u written, %u removed\n",
            report.number, report.files, report.written, report.removed);
    return true;
}

static bool run_edition(CommandContext *context, GError **error)
{
    const char *what = context->count > 0 ? context->arguments[0] : "";
    if (strcmp(what, "show") == 0 && context->count == 1) {
        return show(context, error);
    }
    if (strcmp(what, "verify") == 0 && context->count <= 2) {
        return verify(context, error);
    }
    if (strcmp(what, "export") == 0 && context->count == 2) {
        return export(context, error);
    }
    return command_usage(error, "say show, verify or export DIR");
}

const Command command_edition = {
    .name = "edition",
    .usage = "show | verify [TREE] | export DIR",
    .summary = "shows, checks or lays out the current edition",
    .help = "show    number, times and hash of the current edition\n"
            "verify  checks every signature and byte of the newsroom's edition, or of an exported "
            "TREE\n"
            "export  lays out the plain tree in DIR, for any web server; again, it writes what "
            "differs\n",
    .needs_newsroom = true,
    .run = run_edition,
    .options = {{"key", OPTION_VALUE, "FILE", "verify: the public key, if not this newsroom's own"},
                {"json", OPTION_FLAG, NULL, "show: as JSON"}},
};
