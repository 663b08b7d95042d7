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
    site->name = g_strdup(name);
    site->url = g_strdup(url);
    site->languages = split(languages);
    site->doors = split(doors);
    site->contact = g_strdup(contact);
    return site;
}

void door_site_free(DoorSite *site)
{
    if (site != NULL) {
        g_free(site->name);
        g_free(site->url);
        g_strfreev(site->languages);
        g_strfreev(site->doors);
        g_free(site->contact);
        g_free(site);
    }
}

char *door_site_write(const DoorSite *site)
{
    GString *out = g_string_new(NULL);
    g_autofree char *languages = g_strjoinv(",", site->languages);
    g_autofree char *doors = g_strjoinv(",", site->doors);
    JsonWriter json;
    json_writer_init(&json, out, NOTE_MAX);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "name", site->name);
    json_writer_text_member(&json, "url", site->url);
    json_writer_text_member(&json, "languages", languages);
    json_writer_text_member(&json, "doors", doors);
    json_writer_text_member(&json, "contact", site->contact);
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
    return *values[2] == '\0'
               ? NULL
               : door_site_new(values[0], values[1], values[2], values[3], values[4]);
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
