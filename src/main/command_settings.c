/* `kolokol settings`: lists, reads or sets (press/setting.h). */
#include "base/error.h"
#include "main/command_rows.h"
#include "main/first_pages.h"
#include "main/newsroom_desk.h"
#include "press/setting.h"
#include "text/json.h"

#include <string.h>

static void put(CommandContext *context, JsonWriter *json, const char *name, const char *value)
{
    json_writer_text_member(json, name, value);
    if (!context->json) {
        fprintf(context->out, "%-12s = %s\n", name, value);
    }
}

/* What a language says otherwise than the setting itself. */
static bool list_languages(CommandContext *context, Store *store, JsonWriter *json,
                           const SettingRow *row, const char *general, char **languages,
                           GError **error)
{
    for (char **language = languages; row->by_language && *language != NULL; language++) {
        g_autofree char *name = g_strconcat(row->name, ".", *language, NULL);
        g_autofree char *value = setting_get(store, name, error);
        if (value == NULL) {
            return false;
        }
        if (strcmp(value, general) != 0) {
            put(context, json, name, value);
        }
    }
    return true;
}

static bool list(CommandContext *context, Store *store, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    g_auto(GStrv) languages = setting_languages(store, error);
    for (const SettingRow *row = setting_rows; languages != NULL && row->name != NULL; row++) {
        g_autofree char *value = setting_get(store, row->name, error);
        if (value == NULL) {
            return false;
        }
        put(context, &json, row->name, value);
        if (!list_languages(context, store, &json, row, value, languages, error)) {
            return false;
        }
        if (!context->json) {
            fprintf(context->out, "%-12s   (%s)\n", "", row->help);
        }
    }
    json_writer_close(&json);
    if (languages == NULL || !json_writer_finish(&json, error)) {
        return false;
    }
    if (context->json) {
        fprintf(context->out, "%s\n", out->str);
    }
    return true;
}

static bool read_one(CommandContext *context, Store *store, const char *name, GError **error)
{
    g_autofree char *value = setting_get(store, name, error);
    if (value == NULL) {
        return false;
    }
    if (!context->json) {
        fprintf(context->out, "%s\n", value);
        return true;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    json_escape(out, value, strlen(value));
    fprintf(context->out, "%s\n", out->str);
    return true;
}

typedef struct {
    CommandContext *context;
    NewsroomDesk *desk;
    const char *name, *value;
    bool changed;
    FirstPages added;
} Set;

/* A language that comes later begins as one that was there from the start. */
static bool set_body(Store *store, void *data, GError **error)
{
    Set *set = data;
    set->added = (FirstPages){0};
    return setting_set(store, set->name, set->value, &set->changed, error) &&
           (strcmp(set->name, "languages") != 0 ||
            (newsroom_desk_site(set->desk, error) &&
             first_pages_add(set->desk, set->context->err, &set->added, error)));
}

static bool set_one(CommandContext *context, NewsroomDesk *desk, const char *name,
                    const char *value, GError **error)
{
    Set set = {.context = context, .desk = desk, .name = name, .value = value};
    if (!store_transact(desk->store, set_body, &set, error)) {
        return false;
    }
    g_autofree char *now = setting_get(desk->store, name, error);
    if (now == NULL) {
        return false;
    }
    if (context->json) {
        fprintf(context->out, "{\"changed\":%s}\n", set.changed ? "true" : "false");
        return true;
    }
    fprintf(context->out, "%s%s = %s\n", set.changed ? "" : "unchanged: ", name, now);
    if (set.added.pages > 0) {
        fprintf(context->out,
                "A language had no pages; %u to begin with wait to be edited (`story list`).\n",
                set.added.pages);
    }
    return true;
}

static bool run(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    bool resets = command_option(context, "default") != NULL;
    if (context->count > 2 || (resets && context->count != 1)) {
        return command_usage(error, "settings takes a key and perhaps a value, or a key and "
                                    "--default");
    }
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    if (context->count == 0) {
        return list(context, desk.store, error);
    }
    const char *name = context->arguments[0];
    return context->count == 1 && !resets
               ? read_one(context, desk.store, name, error)
               : set_one(context, &desk, name, resets ? NULL : context->arguments[1], error);
}

const Command command_settings = {
    .name = "settings",
    .usage = "[KEY [VALUE]]",
    .summary = "lists, reads or sets what the newsroom decides",
    .help =
        "Settings are in the database and are the same on every machine; what is a machine's "
        "own is in kolokol.ini.\nPages that show a setting are pressed again when it changes.\nA "
        "few say "
        "something else in each language: `settings name.ru \"Колокол\"` sets what the paper is "
        "called in Russian, `--default` takes it back to `name`.\nA language that comes into "
        "`languages` and has no pages gets those that `init` makes.\n",
    .needs_newsroom = true,
    .run = run,
    .options =
        {
            {"default", OPTION_FLAG, NULL, "goes back to the default", NULL},
            {"json", OPTION_FLAG, NULL, "as JSON", NULL},
        },
};
