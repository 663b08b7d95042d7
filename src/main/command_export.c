/* `kolokol export`: stories out, as files that `kolokol import` takes back (desk/story_export.h,
 * desk/story_file.h). */
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/live.h"
#include "desk/media.h"
#include "desk/story_export.h"
#include "desk/story_file.h"
#include "main/command_rows.h"
#include "main/import_picture.h"
#include "main/live_text.h"
#include "main/newsroom_desk.h"
#include "main/progress.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define STEP 500u

typedef struct {
    CommandContext *context;
    NewsroomDesk desk;
    Progress progress;
    uint64_t stories, pictures;
    char *directory; /* below which pictures are put, NULL: they stay media ids */
    GHashTable *put; /* of picture paths */
    FILE *lines;     /* for JSON lines */
} Exporting;

static void exporting_clear(Exporting *exporting)
{
    g_free(exporting->directory);
    g_clear_pointer(&exporting->put, g_hash_table_unref);
    newsroom_desk_clear(&exporting->desk);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Exporting, exporting_clear)

/* Writes below the directory; `path` may have parts. Durable only after one sync at the end. */
static bool write_below(const Exporting *exporting, const char *path, const void *bytes,
                        size_t length, GError **error)
{
    g_autofree char *full = g_build_filename(exporting->directory, path, NULL);
    g_autofree char *parent = g_path_get_dirname(full);
    g_autofree char *name = g_path_get_basename(full);
    FILE_AUTO directory = directory_open(parent, false, error);
    return directory >= 0 && file_create(directory, name, bytes, length, 0644, error);
}

/* Puts a picture beside the stories, once: "media/ab/<sha256>.jpg". */
static bool put_picture(int64_t id, char **path, void *data, GError **error)
{
    Exporting *exporting = data;
    g_autoptr(Media) media = media_read(exporting->desk.store, id, NULL);
    if (media == NULL) {
        return true; /* the body names a picture that is not there; it stays as it is */
    }
    g_autofree char *file = media_file(media);
    g_autofree char *target = g_strconcat("media/", file, NULL);
    if (g_hash_table_add(exporting->put, g_strdup(target))) {
        g_autofree char *source = g_build_filename(exporting->desk.newsroom->media_dir, file, NULL);
        g_autoptr(GBytes) bytes = file_read(source, LIMIT_OBJECT, error);
        if (bytes == NULL || !write_below(exporting, target, g_bytes_get_data(bytes, NULL),
                                          g_bytes_get_size(bytes), error)) {
            return false;
        }
        exporting->pictures++;
    }
    *path = g_steal_pointer(&target);
    return true;
}

static bool pictures_outward(Exporting *exporting, StoryInput *input, GError **error)
{
    if (exporting->directory == NULL) {
        return true;
    }
    if (input->photo != NULL) {
        char *path = NULL;
        if (!put_picture(g_ascii_strtoll(input->photo, NULL, 10), &path, exporting, error)) {
            return false;
        }
        if (path != NULL) {
            g_free(input->photo);
            input->photo = path;
        }
    }
    if (input->body == NULL || strstr(input->body, "](media:") == NULL) {
        return true;
    }
    char *body = import_pictures_outward(input->body, put_picture, exporting, error);
    if (body == NULL) {
        return false;
    }
    g_free(input->body);
    input->body = body;
    return true;
}

static bool append_live(Exporting *exporting, int64_t id, StoryInput *input, GError **error)
{
    if (g_strcmp0(input->kind, "live") != 0 || input->body == NULL) {
        return true;
    }
    g_autoptr(GPtrArray) entries = live_list(exporting->desk.store, id, error);
    if (entries == NULL) {
        return false;
    }
    g_autoptr(GString) text = g_string_new(input->body);
    for (guint i = 0; i < entries->len; i++) {
        const LiveEntry *entry = g_ptr_array_index(entries, i);
        live_text_append(text, entry->time, entry->headline, entry->body);
    }
    g_free(input->body);
    input->body = g_string_free(g_steal_pointer(&text), FALSE);
    return true;
}

/* "2026-11-23-fog.md": all in one directory, because import looks for pictures below a file's own.
 */
static char *file_name(const StoryInput *input, int64_t id)
{
    if (input->path == NULL) {
        return g_strdup_printf("story-%" PRId64 ".md", id);
    }
    g_autofree char *flat = g_strdelimit(g_strdup(input->path), "/", '-');
    char *ending = g_strrstr(flat, ".");
    if (ending != NULL) {
        *ending = '\0';
    }
    return g_strconcat(flat, ".md", NULL);
}

static bool write_markdown(Exporting *exporting, int64_t id, const StoryInput *input,
                           GError **error)
{
    g_autofree char *text = story_file_write_markdown(input);
    g_autofree char *name = file_name(input, id);
    return write_below(exporting, name, text, strlen(text), error);
}

static bool write_line(Exporting *exporting, int64_t id, const StoryInput *input, GError **error)
{
    g_autofree char *line = story_file_write_json(input, error);
    if (line == NULL) {
        return false;
    }
    return fprintf(exporting->lines, "%s\n", line) >= 0 ||
           fail(error, KOLOKOL_ERROR_IO, "cannot write: %s", g_strerror(errno));
}

typedef bool (*StoryWriter)(Exporting *exporting, int64_t id, const StoryInput *input,
                            GError **error);

static bool export_one(Exporting *exporting, int64_t id, StoryWriter write, GError **error)
{
    g_autoptr(StoryInput) input = story_export(exporting->desk.store, id, error);
    return input != NULL && append_live(exporting, id, input, error) &&
           pictures_outward(exporting, input, error) && write(exporting, id, input, error);
}

static bool export_all(Exporting *exporting, StoryWriter write, GError **error)
{
    int64_t counts[STORY_STATES] = {0}, after = 0, total = 0;
    if (!story_state_counts(exporting->desk.store, counts, error)) {
        return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        total += counts[i];
    }
    progress_begin(&exporting->progress, exporting->context->err, "stories", (uint64_t)total);
    for (;;) {
        g_autoptr(GArray) ids = story_ids_after(exporting->desk.store, after, STEP, error);
        if (ids == NULL || ids->len == 0) {
            progress_hide(&exporting->progress);
            return ids != NULL;
        }
        for (guint i = 0; i < ids->len; i++) {
            after = g_array_index(ids, int64_t, i);
            if (!export_one(exporting, after, write, error)) {
                progress_hide(&exporting->progress);
                g_prefix_error(error, "story %" PRId64 ": ", after);
                return false;
            }
            exporting->stories++;
            progress_step(&exporting->progress, exporting->stories, exporting->stories);
        }
    }
}

static void say(const Exporting *exporting)
{
    FILE *out = exporting->context->out;
    if (exporting->context->json) {
        fprintf(out, "{\"stories\":%" PRIu64 ",\"pictures\":%" PRIu64 "}\n", exporting->stories,
                exporting->pictures);
    } else {
        fprintf(out, "%" PRIu64 " stories, %" PRIu64 " pictures\n", exporting->stories,
                exporting->pictures);
    }
}

static bool begin(Exporting *exporting, CommandContext *context, GError **error)
{
    *exporting = (Exporting){.context = context,
                             .put = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    return newsroom_desk_open(&exporting->desk, context->newsroom, error);
}

static bool run_markdown(CommandContext *context, GError **error)
{
    g_auto(Exporting) exporting = {0};
    if (!begin(&exporting, context, error)) {
        return false;
    }
    exporting.directory = g_strdup(context->arguments[0]);
    FILE_AUTO directory = directory_open(exporting.directory, false, error);
    if (directory < 0 || !export_all(&exporting, write_markdown, error) ||
        !file_sync_tree(directory, error)) {
        return false;
    }
    say(&exporting);
    return true;
}

/* Into a temporary beside it, which takes its name when it is whole and on the disk. */
static bool export_lines(Exporting *exporting, const char *path, GError **error)
{
    g_autofree char *part = g_strconcat(path, ".part", NULL);
    exporting->directory = g_path_get_dirname(path);
    exporting->lines = fopen(part, "we");
    if (exporting->lines == NULL) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot write %s: %s", part, g_strerror(errno));
    }
    bool done = export_all(exporting, write_line, error);
    bool kept = fflush(exporting->lines) == 0 && fsync(fileno(exporting->lines)) == 0;
    kept = fclose(exporting->lines) == 0 && kept;
    if (done && (!kept || rename(part, path) != 0)) {
        done = fail(error, KOLOKOL_ERROR_IO, "cannot write %s: %s", path, g_strerror(errno));
    }
    if (!done) {
        unlink(part);
    }
    return done;
}

static bool run_jsonl(CommandContext *context, GError **error)
{
    g_auto(Exporting) exporting = {0};
    if (!begin(&exporting, context, error)) {
        return false;
    }
    if (strcmp(context->arguments[0], "-") == 0) {
        exporting.lines = context->out;
        return export_all(&exporting, write_line, error);
    }
    if (!export_lines(&exporting, context->arguments[0], error)) {
        return false;
    }
    say(&exporting);
    return true;
}

static const CommandVerb verbs[] = {
    {"markdown", "DIR", "a Markdown file a story, pictures in DIR/media", 1, 1, run_markdown},
    {"jsonl", "FILE", "a JSON object a line, pictures in media/ beside it; - is standard output", 1,
     1, run_jsonl},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_export = {
    .name = "export",
    .usage = "markdown DIR | jsonl FILE [--json]",
    .summary = "takes stories out, as files that import reads",
    .help = "All stories in all states, with their pictures, live entries and addresses. Importing "
            "them again into the same\nnewsroom changes nothing. Corrections, the front and the "
            "settings are not stories and are not among them.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options = {{"json", OPTION_FLAG, NULL, "the counts as JSON", NULL}},
};
