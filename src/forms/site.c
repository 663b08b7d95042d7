/* The door's knowledge of the newspaper: site.h. */
#include "forms/site.h"

#include "text/json.h"

#include <string.h>

#define NOTE_MAX (64u * 1024)

static char **split(const char *list)
{
    char **items = g_strsplit(list, ",", -1);
    for (char **item = items; *item != NULL; item++) {
        g_strstrip(*item);
    }
    return items;
}

DoorSite *door_site_new(const char *name, const char *url, const char *languages, const char *doors,
                        const char *contact)
{
    DoorSite *site = g_new0(DoorSite, 1);
    site->url = g_strdup(url);
    site->languages = split(languages);
    site->names = g_new0(char *, g_strv_length(site->languages) + 1);
    for (size_t i = 0; site->languages[i] != NULL; i++) {
        site->names[i] = g_strdup(name);
    }
    site->doors = split(doors);
    site->contact = g_strdup(contact);
    return site;
}

void door_site_free(DoorSite *site)
{
    if (site != NULL) {
        g_strfreev(site->names);
        g_free(site->url);
        g_strfreev(site->languages);
        g_strfreev(site->doors);
        g_free(site->contact);
        g_free(site);
    }
}

static size_t language_row(const DoorSite *site, const char *language)
{
    size_t row = 0;
    while (site->languages[row] != NULL && strcmp(site->languages[row], language) != 0) {
        row++;
    }
    return row;
}

void door_site_set_name(DoorSite *site, const char *language, const char *name)
{
    size_t row = language_row(site, language);
    if (site->languages[row] != NULL) {
        g_free(site->names[row]);
        site->names[row] = g_strdup(name);
    }
}

const char *door_site_name(const DoorSite *site, const char *language)
{
    const char *name = site->names[language_row(site, language)];
    return name != NULL ? name : site->names[0];
}

char *door_site_write(const DoorSite *site)
{
    GString *out = g_string_new(NULL);
    g_autofree char *languages = g_strjoinv(",", site->languages);
    g_autofree char *doors = g_strjoinv(",", site->doors);
    JsonWriter json;
    json_writer_init(&json, out, NOTE_MAX);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "name", site->names[0]);
    json_writer_text_member(&json, "url", site->url);
    json_writer_text_member(&json, "languages", languages);
    json_writer_text_member(&json, "doors", doors);
    json_writer_text_member(&json, "contact", site->contact);
    json_writer_key(&json, "names");
    json_writer_open_object(&json);
    for (size_t i = 0; site->languages[i] != NULL; i++) {
        json_writer_text_member(&json, site->languages[i], site->names[i]);
    }
    json_writer_close(&json);
    json_writer_close(&json);
    json_writer_finish(&json, NULL);
    return g_string_free(out, FALSE);
}

DoorSite *door_site_read(const char *text)
{
    static const char *const keys[] = {"name", "url", "languages", "doors", "contact"};
    const char *values[G_N_ELEMENTS(keys)];
    g_autoptr(json_t) json =
        json_read_limited(text, strlen(text), NOTE_MAX, 2, JSON_READ_STRICT, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        values[i] = json == NULL ? NULL : json_string_value(json_object_get(json, keys[i]));
        if (values[i] == NULL) {
            return NULL;
        }
    }
    if (*values[2] == '\0') {
        return NULL;
    }
    DoorSite *site = door_site_new(values[0], values[1], values[2], values[3], values[4]);
    const char *language;
    json_t *name;
    json_object_foreach(json_object_get(json, "names"), language, name)
    {
        if (json_is_string(name)) {
            door_site_set_name(site, language, json_string_value(name));
        }
    }
    return site;
}

const char *door_site_language(const DoorSite *site, const char *tag, size_t length)
{
    for (char **at = site->languages; *at != NULL; at++) {
        if (strlen(*at) == length && strncmp(*at, tag, length) == 0) {
            return *at;
        }
    }
    return NULL;
}

char *door_site_home(const DoorSite *site, const char *language)
{
    g_autofree char *base = g_strdup(site->url);
    size_t length = strlen(base);
    while (length > 0 && base[length - 1] == '/') {
        base[--length] = '\0';
    }
    return strcmp(language, site->languages[0]) == 0 ? g_strdup_printf("%s/", base)
                                                     : g_strdup_printf("%s/%s/", base, language);
}
