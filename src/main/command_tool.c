/* `kolokol tool`: plumbing for scripts, support and tests. No newsroom is needed, unless a story is
 * named. */
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/story.h"
#include "image/image.h"
#include "main/command_rows.h"
#include "main/tool.h"
#include "text/front_matter.h"
#include "text/json.h"
#include "text/markdown.h"
#include "text/mustache.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>

#define DATA_MOST (32u * 1024 * 1024) /* bytes of DATA.json */

/* Where templates are looked for: the one named, and partials by name in a directory. */
typedef struct {
    const char *path, *partials;
} Templates;

static bool is_name(const char *name)
{
    return *name != '\0' && *name != '.' && *name != '/' && strstr(name, "..") == NULL;
}

static bool read_template(const char *path, char **text, size_t *length, GError **error)
{
    g_autoptr(GBytes) bytes = file_read(path, LIMIT_TEMPLATE, error);
    if (bytes == NULL) {
        return false;
    }
    *length = g_bytes_get_size(bytes);
    *text = g_strndup(g_bytes_get_data(bytes, NULL), *length);
    return true;
}

/* A name as it stands between the braces never leaves the directory. */
static bool fetch(gpointer data, const char *name, char **text, size_t *length, GError **error)
{
    const Templates *templates = data;
    if (strcmp(name, templates->path) == 0) {
        return read_template(templates->path, text, length, error);
    }
    if (templates->partials == NULL || !is_name(name)) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "no partial \"%.100s\"", name);
    }
    g_autofree char *file = g_strconcat(name, ".mustache", NULL);
    g_autofree char *path = g_build_filename(templates->partials, file, NULL);
    return read_template(path, text, length, error);
}

static bool run_mustache(CommandContext *context, GError **error)
{
    Templates templates = {context->arguments[0], command_option(context, "partials")};
    g_autoptr(GBytes) data = file_read(context->arguments[1], DATA_MOST, error);
    if (data == NULL) {
        return false;
    }
    g_autoptr(ValueArena) arena = value_arena_new(0);
    const Value *values =
        value_from_json(arena, g_bytes_get_data(data, NULL), g_bytes_get_size(data), error);
    if (values == NULL) {
        g_prefix_error(error, "%s: ", context->arguments[1]);
        return false;
    }
    g_autoptr(MustacheSet) set = mustache_set_new(MUSTACHE_STANDARD, fetch, &templates);
    const MustacheTemplate *template = mustache_set_get(set, templates.path, error);
    g_autoptr(GString) out = g_string_new(NULL);
    if (template == NULL || !mustache_render(template, values, LIMIT_OBJECT, out, error)) {
        return false;
    }
    fwrite(out->str, 1, out->len, context->out);
    return true;
}

static bool run_markdown(CommandContext *context, GError **error)
{
    const char *path = context->arguments[0];
    g_autoptr(GBytes) bytes = file_read(path, LIMIT_STORY_FILE, error);
    if (bytes == NULL) {
        return false;
    }
    size_t length = 0;
    const char *text = g_bytes_get_data(bytes, &length);
    text = text == NULL ? "" : text;
    /* A text may begin with a line of hyphens and yet have no head: then all of it is body. */
    g_autoptr(FrontMatter) front = front_matter_parse(text, length, NULL);
    if (front != NULL && front_matter_count(front) > 0) {
        text = front_matter_body(front, &length);
    }
    const char *said = front == NULL ? NULL : front_matter_text(front, "language");
    const char *given = command_option(context, "language");
    MarkdownOptions options = {.language = given != NULL ? given : said};
    g_auto(SafeHtml) html = {0};
    if (!markdown_render(text, length, &options, &html, error)) {
        g_prefix_error(error, "%s: ", path);
        return false;
    }
    fputs(safe_html_markup(&html), context->out);
    return true;
}

static bool run_strip(CommandContext *context, GError **error)
{
    const char *out = context->arguments[1];
    g_autoptr(GBytes) given = file_read(context->arguments[0], LIMIT_OBJECT, error);
    if (given == NULL) {
        return false;
    }
    /* What remains is decoded once, as every picture that a newsroom is given: broken ones go. */
    g_autoptr(GBytes) stripped = image_strip(given, error);
    g_autoptr(ImageForm) whole = stripped == NULL ? NULL : image_take(stripped, error);
    if (whole == NULL) {
        g_prefix_error(error, "%s: ", context->arguments[0]);
        return false;
    }
    g_autofree char *folder = g_path_get_dirname(out);
    g_autofree char *name = g_path_get_basename(out);
    FILE_AUTO directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) {
        return fail(error, KOLOKOL_ERROR_IO, "%s: %s", folder, g_strerror(errno));
    }
    return file_replace(directory, name, g_bytes_get_data(stripped, NULL),
                        g_bytes_get_size(stripped), 0644, error);
}

bool tool_print_story(CommandContext *context, Store *store, int64_t id, GError **error)
{
    if (!context->json) {
        fprintf(context->out, "%" PRId64 "\n", id);
        return true;
    }
    g_autoptr(Story) story = story_read(store, id, error);
    if (story == NULL) {
        return false;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "id", id);
    json_writer_text_member(&json, "title", story->headline);
    json_writer_text_member(&json, "path", story->path);
    json_writer_close(&json);
    return command_print_json(context->out, &json, out, error);
}

static const CommandVerb verbs[] = {
    {"mustache", "TEMPLATE DATA.json", "the rendered text", 2, 2, run_mustache},
    {"markdown", "FILE", "the body's HTML as a page shows it", 1, 1, run_markdown},
    {"related", "ID", "ids of the stories that stand under \"Read more\", the best first", 1, 1,
     tool_related},
    {"search", "LANGUAGE QUERY", "ids of the stories that search finds, the best first", 2, 2,
     tool_search},
    {"openapi", "", "the OpenAPI document of the office's API (docs/api.md)", 0, 0, tool_openapi},
    {"strip", "IMAGE OUT", "the same picture without metadata", 2, 2, run_strip},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_tool = {
    .name = "tool",
    .usage =
        "mustache TEMPLATE DATA.json [--partials DIR] | markdown FILE [--language L] | related ID "
        "[--limit N] | search LANGUAGE QUERY [--limit N] | openapi | strip IMAGE OUT",
    .summary = "single parts of the program, for scripts",
    .help =
        "Works anywhere; `related` and `search` need a newsroom, and first bring what they read up "
        "to date.\n",
    .verbs = verbs,
    .options =
        {
            {"partials", OPTION_VALUE, "DIR", "partials are DIR/NAME.mustache", "mustache"},
            {"language", OPTION_VALUE, "LANG", "for the quotation marks, else the file's",
             "markdown"},
            {"limit", OPTION_VALUE, "N", "at most so many; not given: 5 related, 10 found",
             "related search"},
            {"json", OPTION_FLAG, NULL, "a JSON object a story", "related search"},
        },
};
