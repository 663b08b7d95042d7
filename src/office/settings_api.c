/* Settings by the API: settings_api.h. */
#include "office/settings_api.h"

#include "press/setting.h"

static const ApiField setting_fields[] = {
    {.name = "name", .type = API_TEXT, .required = true, .help = "\"name\", or \"name.ru\""},
    {.name = "value", .type = API_TEXT, .required = true, .help = "what holds now"},
    {.name = "default", .type = API_TEXT, .required = true, .help = "what holds without it"},
    {.name = "help", .type = API_TEXT, .required = true, .help = "what it is"},
    {.name = NULL},
};
static const ApiSchema setting_schema = {"Setting", "a setting of the newspaper", setting_fields};
static const ApiField settings_fields[] = {
    {.name = "settings",
     .type = API_OBJECTS,
     .required = true,
     .of = &setting_schema,
     .help = "all, with what each language says where that differs"},
    {.name = NULL},
};
static const ApiSchema settings_schema = {"SettingList", "the settings", settings_fields};
static const ApiField set_fields[] = {
    {.name = "name",
     .type = API_TEXT,
     .required = true,
     .most = 100,
     .help = "\"name\"; \"name.ru\" for what a language says"},
    {.name = "value",
     .type = API_TEXT,
     .most = SETTING_VALUE_MAX,
     .help = "missing: what holds without it"},
    {.name = NULL},
};
static const ApiSchema set_schema = {"NewSetting", "what a setting is to be", set_fields};

static bool write_one(ApiCall *call, const SettingRow *row, const char *name, GError **error)
{
    JsonWriter *json = &call->json;
    g_autofree char *value = setting_get(call->store, name, error);
    if (value == NULL) {
        return false;
    }
    json_writer_open_object(json);
    json_writer_text_member(json, "name", name);
    json_writer_text_member(json, "value", value);
    json_writer_text_member(json, "default", row->fallback);
    json_writer_text_member(json, "help", row->help);
    json_writer_close(json);
    return true;
}

/* Of each language that says something else. */
static bool write_languages(ApiCall *call, const SettingRow *row, char **languages, GError **error)
{
    g_autofree char *general = setting_get(call->store, row->name, error);
    for (char **language = languages; general != NULL && *language != NULL; language++) {
        g_autofree char *name = g_strconcat(row->name, ".", *language, NULL);
        g_autofree char *value = setting_get(call->store, name, error);
        if (value == NULL ||
            (g_strcmp0(value, general) != 0 && !write_one(call, row, name, error))) {
            return false;
        }
    }
    return general != NULL;
}

static HttpReply *show(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(GStrv) languages = setting_languages(call->store, &reason);
    if (languages == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(&call->json);
    json_writer_key(&call->json, "settings");
    json_writer_open_array(&call->json);
    for (const SettingRow *row = setting_rows; row->name != NULL; row++) {
        if (!write_one(call, row, row->name, &reason) ||
            (row->by_language && !write_languages(call, row, languages, &reason))) {
            return api_failed(call, reason);
        }
    }
    json_writer_close(&call->json);
    json_writer_close(&call->json);
    return api_done(call, 200);
}

static bool set_body(Store *store, void *data, GError **error)
{
    ApiCall *call = data;
    const char *name = api_text(call, "name"), *value = api_text(call, "value");
    bool changed = false;
    if (setting_row(name, error) == NULL) {
        call->pointer = "/name";
        return false;
    }
    call->pointer = "/value";
    return (value == NULL || setting_check(name, value, error)) &&
           setting_set(store, name, value, &changed, error) &&
           (!changed || api_audit(call, "settings.set", name, value == NULL ? "" : value, error));
}

static HttpReply *answer_set(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    return store_transact(call->store, set_body, call, &reason) ? show(call)
                                                                : api_failed(call, reason);
}

const ApiRoute settings_api[] = {
    {.name = "setting-list",
     .method = HTTP_GET,
     .path = API_ROOT "/settings",
     .permission = PERMISSION_SETTINGS,
     .scopes = API_SCOPE_SETTINGS,
     .answer = show,
     .gives = &settings_schema,
     .help = "what the newspaper decides"},
    {.name = "setting-set",
     .method = HTTP_POST,
     .path = API_ROOT "/settings",
     .permission = PERMISSION_SETTINGS,
     .scopes = API_SCOPE_SETTINGS,
     .answer = answer_set,
     .takes = &set_schema,
     .gives = &settings_schema,
     .body_most = API_BODY,
     .help = "changes a setting"},
    {.name = NULL},
};
