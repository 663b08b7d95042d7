/* `kolokol import`: stories from files (story_intake.h, desk/story_file.h). */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/story_file.h"
#include "jobs/wake.h"
#include "main/command_rows.h"
#include "main/markdown_files.h"
#include "main/progress.h"
#include "main/story_intake.h"
#include "main/story_lines.h"
#include "text/json.h"
#include "text/slug.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
    CommandContext *context;
    NewsroomDesk desk;
    StoryIntake *intake;
    Progress progress;
    uint64_t files, bytes, stories; /* so far */
} Importing;

/* Other systems have longer slugs than an address here may have: cut, rather than left out. */
static void shorten_slug(Importing *importing, StoryInput *input, const char *file, unsigned line)
{
    if (input->slug == NULL || strlen(input->slug) <= LIMIT_SLUG) {
        return;
    }
    char *cut = slug_from_title(input->slug, 0);
    progress_hide(&importing->progress);
    fprintf(importing->context->err, "%s:%u: note: the slug has more than %u letters, cut to %s\n",
            file, line, LIMIT_SLUG, cut);
    g_free(input->slug);
    input->slug = cut;
}

static bool take_markdown(const char *path, const char *name, Importing *importing, GError **error)
{
    StoryIntake *intake = importing->intake;
    g_autoptr(GError) reason = NULL;
    g_auto(StoryFileReport) report = {0};
    g_autoptr(GBytes) bytes = file_read(path, LIMIT_STORY_FILE, &reason);
    g_autoptr(StoryInput) input =
        bytes == NULL ? NULL
                      : story_file_read_markdown(g_bytes_get_data(bytes, NULL),
                                                 g_bytes_get_size(bytes), &report, &reason);
    importing->stories++;
    progress_step(&importing->progress, ++importing->files, importing->stories);
    story_intake_unknown(intake, path, 1, report.unknown);
    if (input == NULL) {
        progress_hide(&importing->progress);
        story_intake_refuse(intake, path, bytes == NULL ? 0 : MAX(report.line, 1), reason->message);
        return true;
    }
    markdown_file_defaults(input, name);
    shorten_slug(importing, input, path, 1);
    return story_intake_take(intake, g_steal_pointer(&input),
                             &(StoryOrigin){path, 1, &report.lines}, error);
}

static bool import_markdown(CommandContext *context, Importing *importing, GError **error)
{
    g_autoptr(MarkdownFiles) files = markdown_files_new();
    for (unsigned i = 0; i < context->count; i++) {
        g_autoptr(GError) reason = NULL;
        if (!markdown_files_add(files, context->arguments[i], &reason)) {
            story_intake_refuse(importing->intake, context->arguments[i], 0, reason->message);
        }
    }
    unsigned count = markdown_files_count(files);
    progress_begin(&importing->progress, context->err, "stories", count);
    for (unsigned i = 0; i < count; i++) {
        if (!take_markdown(markdown_files_path(files, i), markdown_files_name(files, i), importing,
                           error)) {
            return false;
        }
    }
    return true;
}

static bool take_line(const char *bytes, size_t length, const char *file, unsigned line,
                      Importing *importing, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_auto(StoryFileReport) report = {0};
    g_autoptr(StoryInput) input = story_file_read_json(bytes, length, &report, &reason);
    story_intake_unknown(importing->intake, file, line, report.unknown);
    if (input == NULL) {
        progress_hide(&importing->progress);
        story_intake_refuse(importing->intake, file, line, reason->message);
        return true;
    }
    shorten_slug(importing, input, file, line);
    return story_intake_take(importing->intake, g_steal_pointer(&input),
                             &(StoryOrigin){file, line, NULL}, error);
}

static bool import_lines(const char *file, Importing *importing, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(StoryLines) lines = story_lines_open(file, &reason);
    if (lines == NULL) {
        story_intake_refuse(importing->intake, file, 0, reason->message);
        return true;
    }
    StoryLine line;
    StoryLineStep step;
    while ((step = story_lines_next(lines, &line, error)) != STORY_LINES_END) {
        importing->stories++;
        progress_step(&importing->progress, importing->bytes + line.read, importing->stories);
        if (step == STORY_LINES_FAILED) {
            return false;
        }
        if (step == STORY_LINES_TOO_LONG) {
            progress_hide(&importing->progress);
            g_autofree char *why =
                g_strdup_printf("the line has more than %u MB", LIMIT_STORY_FILE >> 20);
            story_intake_refuse(importing->intake, file, line.number, why);
        } else if (!take_line(line.bytes, line.length, file, line.number, importing, error)) {
            return false;
        }
    }
    importing->bytes += line.read;
    return true;
}

static bool import_jsonl(CommandContext *context, Importing *importing, GError **error)
{
    uint64_t total = 0;
    for (unsigned i = 0; i < context->count; i++) {
        struct stat status;
        if (stat(context->arguments[i], &status) == 0 && S_ISREG(status.st_mode)) {
            total += (uint64_t)status.st_size;
        }
    }
    progress_begin(&importing->progress, context->err, "stories", total);
    for (unsigned i = 0; i < context->count; i++) {
        if (!import_lines(context->arguments[i], importing, error)) {
            return false;
        }
    }
    return true;
}

static bool print_json(const CommandContext *context, const StoryIntakeReport *report, bool dry,
                       GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "created", (int64_t)report->created);
    json_writer_number_member(&json, "changed", (int64_t)report->changed);
    json_writer_number_member(&json, "unchanged", (int64_t)report->unchanged);
    json_writer_number_member(&json, "skipped", (int64_t)report->skipped);
    json_writer_key(&json, "sections_created");
    json_writer_open_array(&json);
    for (guint i = 0; i < report->sections->len; i++) {
        json_writer_text(&json, g_ptr_array_index(report->sections, i));
    }
    json_writer_close(&json);
    json_writer_number_member(&json, "topics_created", (int64_t)report->topics);
    json_writer_number_member(&json, "authors_created", (int64_t)report->authors);
    json_writer_bool_member(&json, "dry_run", dry);
    json_writer_close(&json);
    return command_print_json(context->out, &json, out, error);
}

static void print_text(const CommandContext *context, const StoryIntakeReport *report, bool dry)
{
    fprintf(context->out,
            "%s%" PRIu64 " created, %" PRIu64 " changed, %" PRIu64 " unchanged, %" PRIu64
            " skipped\n",
            dry ? "dry run, nothing written: " : "", report->created, report->changed,
            report->unchanged, report->skipped);
    if (report->sections->len > 0) {
        fputs("sections created: ", context->out);
        for (guint i = 0; i < report->sections->len; i++) {
            fprintf(context->out, "%s%s", i == 0 ? "" : ", ",
                    (const char *)g_ptr_array_index(report->sections, i));
        }
        fputc('\n', context->out);
    }
    if (report->topics + report->authors > 0) {
        fprintf(context->out, "topics created: %" PRIu64 ", authors created: %" PRIu64 "\n",
                report->topics, report->authors);
    }
    if (!dry && report->created + report->changed > 0 && !jobs_wake_heard("press")) {
        fputs("`kolokol press` brings the edition up to date\n", context->out);
    }
}

/* They are in, but nothing tells that they are there when they come again. */
static void tell_nameless(const CommandContext *context, const StoryIntakeReport *report)
{
    if (report->nameless > 0) {
        g_autofree char *all = report->nameless == 1
                                   ? g_strdup("")
                                   : g_strdup_printf(" (%" PRIu64 " have none)", report->nameless);
        fprintf(context->err, "%s:%u: note: no id; a second import makes a second story%s\n",
                report->nameless_file, report->nameless_line, all);
    }
}

static bool import(CommandContext *context, bool (*read)(CommandContext *, Importing *, GError **),
                   GError **error)
{
    bool dry = command_option(context, "dry-run") != NULL;
    bool publish = command_option(context, "publish") != NULL;
    Importing importing = {.context = context};
    bool done = newsroom_desk_open(&importing.desk, context->newsroom, error);
    StoryIntakeOptions options = {.desk = &importing.desk,
                                  .flags = (dry ? STORY_PUT_DRY_RUN : 0) |
                                           (publish ? STORY_PUT_PUBLISH : 0),
                                  .now = clock_now(),
                                  .err = context->err};
    importing.intake = done ? story_intake_new(&options, error) : NULL;
    done = importing.intake != NULL && read(context, &importing, error) &&
           story_intake_finish(importing.intake, error);
    progress_hide(&importing.progress);
    if (done) {
        const StoryIntakeReport *report = story_intake_report(importing.intake);
        context->failed = report->skipped > 0;
        tell_nameless(context, report);
        done = !context->json || print_json(context, report, dry, error);
        if (!context->json) {
            print_text(context, report, dry);
        }
    }
    g_clear_pointer(&importing.intake, story_intake_free);
    newsroom_desk_clear(&importing.desk);
    return done;
}

static bool run_markdown(CommandContext *context, GError **error)
{
    return import(context, import_markdown, error);
}

static bool run_jsonl(CommandContext *context, GError **error)
{
    return import(context, import_jsonl, error);
}

static const CommandVerb verbs[] = {
    {"markdown", "FILE…", "Markdown files with front matter; directories are walked", 1,
     COMMAND_MANY, run_markdown},
    {"jsonl", "FILE…", "files with a JSON object a line; - is standard input", 1, COMMAND_MANY,
     run_jsonl},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_import = {
    .name = "import",
    .usage = "markdown|jsonl FILE… [--dry-run] [--publish] [--json]",
    .summary = "brings stories in",
    .help =
        "A story that is broken is reported as FILE:LINE: reason and left out; the rest goes "
        "in, and the exit status\nis 1. A second import of the same stories changes nothing: a "
        "story is known by its `id`, a Markdown file\nwithout one by its name. An id stands "
        "once in an import; a line of JSON without `id` and `path` makes a new\nstory each "
        "time. Pictures that lie beside the file are added to the media.\nKeys: docs/stories.md.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options =
        {
            {"dry-run", OPTION_FLAG, NULL, "checks and reports everything, writes nothing", NULL},
            {"publish", OPTION_FLAG, NULL,
             "stories become visible at their date; without it they wait as drafts", NULL},
            {"json", OPTION_FLAG, NULL, "the report as JSON", NULL},
        },
};
