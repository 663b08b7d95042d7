/* `kolokol theme`: the newsroom's own templates and styles (theme/theme.h, desk/theme_change.h). */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "desk/theme_change.h"
#include "main/command_rows.h"
#include "text/json.h"
#include "theme/edit.h"

#include <string.h>

static const char *whose(const ThemeFile *file)
{
    return file->problem != NULL ? "aside"
           : !file->own          ? "program"
           : file->built_in      ? "instead"
                                 : "more";
}

static bool print_file(CommandContext *context, const ThemeFile *file, GError **error)
{
    if (!context->json) {
        fprintf(context->out, "%-8s %7zu  %s\n", whose(file), file->bytes, file->name);
        if (file->problem != NULL) {
            fprintf(context->err, "%s\n", file->problem);
        }
        return true;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "name", file->name);
    json_writer_text_member(&json, "whose", whose(file));
    json_writer_number_member(&json, "bytes", (int64_t)file->bytes);
    json_writer_text_member(&json, "problem", file->problem);
    json_writer_close(&json);
    return command_print_json(context->out, &json, out, error);
}

static bool list(CommandContext *context, GError **error)
{
    g_autoptr(GPtrArray) files = theme_edit_list(context->newsroom->theme_dir, error);
    bool own = command_option(context, "own") != NULL;
    for (guint i = 0; files != NULL && i < files->len; i++) {
        const ThemeFile *file = files->pdata[i];
        if ((!own || file->own) && !print_file(context, file, error)) {
            return false;
        }
    }
    return files != NULL;
}

static bool show(CommandContext *context, GError **error)
{
    const char *name = context->arguments[0];
    bool program = command_option(context, "program") != NULL;
    g_autoptr(GError) reason = NULL;
    g_autoptr(GBytes) own =
        program ? NULL : theme_edit_own(context->newsroom->theme_dir, name, &reason);
    if (reason != NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    g_autoptr(GBytes) built_in = own != NULL ? NULL : theme_edit_built_in(name);
    GBytes *bytes = own != NULL ? own : built_in;
    size_t length = 0;
    if (bytes == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND,
                    "there is no theme/%s; `kolokol theme list` has the names", name);
    }
    const void *text = g_bytes_get_data(bytes, &length);
    return fwrite(text, 1, length, context->out) == length ||
           fail(error, KOLOKOL_ERROR_IO, "cannot print theme/%s", name);
}

static bool set(CommandContext *context, GError **error)
{
    const char *name = context->arguments[0], *path = context->arguments[1];
    g_autoptr(GBytes) bytes = file_read(path, THEME_EDIT_MOST, error);
    g_autoptr(Store) store = bytes == NULL ? NULL : newsroom_store(context->newsroom, error);
    if (store == NULL || !theme_change_save(store, context->newsroom->theme_dir, &(ThemeAuthor){0},
                                            name, bytes, clock_now(), error)) {
        return false;
    }
    fprintf(context->out,
            context->json ? "{\"name\":\"%s\",\"set\":true}\n"
                          : "theme/%s: set; pages that use it are made again\n",
            name);
    return true;
}

static bool reset(CommandContext *context, GError **error)
{
    const char *name = context->arguments[0];
    g_autoptr(Store) store = newsroom_store(context->newsroom, error);
    if (store == NULL || !theme_change_reset(store, context->newsroom->theme_dir, &(ThemeAuthor){0},
                                             name, clock_now(), error)) {
        return false;
    }
    fprintf(context->out,
            context->json ? "{\"name\":\"%s\",\"set\":false}\n"
                          : "theme/%s: gone; the program's own is used, if it has one\n",
            name);
    return true;
}

static const CommandVerb verbs[] = {
    {"list", "", "the files: the program's, and the newsroom's own", 0, 0, list},
    {"show", "NAME", "prints a file as it is in use", 1, 1, show},
    {"set", "NAME FILE", "puts a file into theme/, if it is good", 2, 2, set},
    {"reset", "NAME", "takes the newsroom's own away; the program's is used again", 1, 1, reset},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_theme = {
    .name = "theme",
    .usage = "list [--own] | show NAME [--program] | set NAME FILE | reset NAME",
    .summary = "the newsroom's own templates and styles",
    .help = "`list` says of each file whose it is: the program's, the newsroom's instead of it, "
            "one more, or left aside because of a\nmistake. `set` refuses what could not be used, "
            "with file, line and reason. The running worker makes the pages again by\nitself; "
            "without one, `kolokol press` does.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options =
        {
            {"own", OPTION_FLAG, NULL, "the newsroom's own only", "list"},
            {"program", OPTION_FLAG, NULL, "the program's, also where there is another", "show"},
            {"json", OPTION_FLAG, NULL, "as JSON", "list set reset"},
        },
};
