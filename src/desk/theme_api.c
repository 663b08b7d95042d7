/* Theme files by the API, as text. What a file may say is theme/edit.h's; the entity tag is the
 * mark of the newsroom's own file, "-" where there is none, so that a new one is sent with that. */
#include "desk/story_api.h"

#include "base/error.h"
#include "desk/theme_change.h"
#include "office/office.h"
#include "theme/edit.h"

#include <string.h>

#define NAME_MOST 100u
#define BODY_MOST (8u * THEME_EDIT_MOST) /* bytes: JSON may escape every one */

#define NAME                                                                                       \
    {                                                                                              \
        .name = "name", .type = API_TEXT, .required = true, .most = NAME_MOST,                     \
        .help = "\"story.mustache\""                                                               \
    }
#define KINDS                                                                                      \
    {.name = "own",                                                                                \
     .type = API_TRUTH,                                                                            \
     .required = true,                                                                             \
     .help = "the newsroom has one of its "                                                        \
             "own"},                                                                               \
    {                                                                                              \
        .name = "built_in", .type = API_TRUTH, .required = true, .help = "the program has one"     \
    }

static const ApiField row_fields[] = {
    NAME,
    KINDS,
    {.name = "bytes", .type = API_NUMBER, .required = true, .help = "of the one that is used"},
    {.name = "problem", .type = API_TEXT, .help = "why the newsroom's own is left aside"},
    {.name = NULL},
};
static const ApiSchema row_schema = {"ThemeFileRow", "a file of the theme", row_fields};
static const ApiField list_fields[] = {
    {.name = "files",
     .type = API_OBJECTS,
     .required = true,
     .of = &row_schema,
     .help = "templates, styles, fonts and the icon, by name"},
    {.name = NULL},
};
static const ApiSchema list_schema = {"ThemeFileList", "the files of the theme", list_fields};
static const ApiField file_fields[] = {
    NAME,
    KINDS,
    {.name = "text", .type = API_TEXT, .required = true, .help = "of the one that is used"},
    {.name = NULL},
};
static const ApiSchema file_schema = {"ThemeFile", "a template or a style", file_fields};
static const ApiField name_query[] = {NAME, {.name = NULL}};
static const ApiField set_fields[] = {
    NAME,
    {.name = "text",
     .type = API_TEXT,
     .required = true,
     .most = THEME_EDIT_MOST,
     .help = "the whole file"},
    {.name = NULL},
};
static const ApiSchema set_schema = {"NewThemeFile", "what a template or a style is to be",
                                     set_fields};
static const ApiField reset_fields[] = {NAME, {.name = NULL}};
static const ApiSchema reset_schema = {"ThemeFileName", "a file of the theme", reset_fields};

/* A template or a style of that name. */
static bool held_open(ThemeHeld *held, ApiCall *call, const char *name, GError **error)
{
    call->pointer = "/name";
    if (!theme_edit_is_text(name)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%.100s\" is no name of a theme file: a-z, 0-9 and \"-\", then .mustache "
                    "or .css",
                    name);
    }
    return theme_held_open(held, call->office, name, error);
}

/* The same, as the program that changes it saw it. */
static bool held_match(ThemeHeld *held, ApiCall *call, GError **error)
{
    if (!held_open(held, call, api_text(call, "name"), error)) {
        return false;
    }
    g_autofree char *etag = api_etag(held->mark);
    return api_match(call, etag, error);
}

/* ---- Reading -------------------------------------------------------------------------------- */

static HttpReply *answer_list(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    const char *folder = theme_folder(call->office, &reason);
    g_autoptr(GPtrArray) files = folder == NULL ? NULL : theme_edit_list(folder, &reason);
    if (files == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_key(json, "files");
    json_writer_open_array(json);
    for (guint i = 0; i < files->len; i++) {
        const ThemeFile *file = files->pdata[i];
        json_writer_open_object(json);
        json_writer_text_member(json, "name", file->name);
        json_writer_bool_member(json, "own", file->own);
        json_writer_bool_member(json, "built_in", file->built_in);
        json_writer_number_member(json, "bytes", (int64_t)file->bytes);
        json_writer_text_member(json, "problem", file->problem);
        json_writer_close(json);
    }
    json_writer_close(json);
    json_writer_close(json);
    return api_done(call, 200);
}

static HttpReply *show(ApiCall *call, const char *name)
{
    g_autoptr(GError) reason = NULL;
    g_auto(ThemeHeld) held = {0};
    if (!held_open(&held, call, name, &reason)) {
        return api_failed(call, reason);
    }
    GBytes *used = held.own != NULL ? held.own : held.built_in;
    if (used == NULL) {
        return api_not_found(call);
    }
    g_autofree char *text = g_strndup(g_bytes_get_data(used, NULL), g_bytes_get_size(used));
    json_writer_open_object(&call->json);
    json_writer_text_member(&call->json, "name", name);
    json_writer_bool_member(&call->json, "own", held.own != NULL);
    json_writer_bool_member(&call->json, "built_in", held.built_in != NULL);
    json_writer_text_member(&call->json, "text", text);
    json_writer_close(&call->json);
    call->etag = api_etag(held.mark);
    return api_done(call, 200);
}

static HttpReply *answer_read(ApiCall *call)
{
    return show(call, api_asked(call, "name"));
}

/* ---- Changes -------------------------------------------------------------------------------- */

/* May the file be what was sent? Changes nothing. */
static HttpReply *answer_check(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(ThemeHeld) held = {0};
    const char *text = api_text(call, "text");
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    if (!held_open(&held, call, api_text(call, "name"), &reason)) {
        return api_failed(call, reason);
    }
    call->pointer = "/text";
    if (!theme_edit_check(held.folder, held.name, bytes, &reason)) {
        return api_failed(call, reason);
    }
    json_writer_open_object(&call->json);
    json_writer_close(&call->json);
    return api_done(call, 200);
}

static HttpReply *answer_set(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    const ThemeAuthor author = {call->person->id, call->token->name};
    g_auto(ThemeHeld) held = {0};
    const char *text = api_text(call, "text");
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    if (!held_match(&held, call, &reason)) {
        return api_failed(call, reason);
    }
    call->pointer = "/text";
    return theme_change_save(call->store, held.folder, &author, held.name, bytes, call->now,
                             &reason)
               ? show(call, held.name)
               : api_failed(call, reason);
}

static HttpReply *answer_reset(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    const ThemeAuthor author = {call->person->id, call->token->name};
    g_auto(ThemeHeld) held = {0};
    return held_match(&held, call, &reason) && theme_change_reset(call->store, held.folder, &author,
                                                                  held.name, call->now, &reason)
               ? answer_list(call)
               : api_failed(call, reason);
}

#define ROW(row, does, where, handler, out, what)                                                  \
    .name = row, .method = does, .path = API_ROOT where, .permission = PERMISSION_SETTINGS,        \
    .scopes = API_SCOPE_THEME, .answer = handler, .gives = out, .help = what

const ApiRoute theme_api[] = {
    {ROW("theme-list", HTTP_GET, "/theme", answer_list, &list_schema,
         "the files of the theme: the program's, and the newsroom's own")},
    {ROW("theme-read", HTTP_GET, "/theme/file", answer_read, &file_schema, "one as text"),
     .query = name_query, .tagged = true},
    {ROW("theme-check", HTTP_POST, "/theme/check", answer_check, &api_nothing_schema,
         "whether a file would be saved; changes nothing"),
     .takes = &set_schema, .body_most = BODY_MOST},
    {ROW("theme-set", HTTP_POST, "/theme/file", answer_set, &file_schema,
         "saves one; a new one with the ETag \"-\""),
     .takes = &set_schema, .match = API_MATCH_MUST, .tagged = true, .body_most = BODY_MOST},
    {ROW("theme-reset", HTTP_POST, "/theme/reset", answer_reset, &list_schema,
         "the program's file again; answers the list"),
     .takes = &reset_schema, .match = API_MATCH_MUST, .body_most = API_BODY},
    {.name = NULL},
};
