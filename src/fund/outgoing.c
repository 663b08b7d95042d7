/* Asking for mail: outgoing.h. What a mail looks like is its template's. */
#include "fund/outgoing.h"

#include "base/clock.h"
#include "jobs/jobs.h"
#include "press/setting.h"

#include <stdlib.h>
#include <string.h>

bool outgoing_send(Store *store, const char *kind, const char *key, const char *to,
                   const char *language, json_t *values, GError **error)
{
    g_autoptr(json_t) payload = json_pack("{s:s, s:s, s:s, s:o}", "kind", kind, "to", to,
                                          "language", language, "values", values);
    char *text = json_dumps(payload, JSON_COMPACT);
    g_autofree char *whole = g_strjoin("/", kind, key, NULL);
    bool done = job_enqueue(store, "mail.send", whole, text, clock_now(), error);
    free(text);
    return done;
}

/* The setting's first address, without a '/' at its end. */
static char *address(Store *store, const char *setting, GError **error)
{
    char *url = setting_get(store, setting, error);
    if (url == NULL) {
        return NULL;
    }
    url[strcspn(url, ",")] = '\0';
    g_strstrip(url);
    for (size_t length = strlen(url); length > 0 && url[length - 1] == '/'; length--) {
        url[length - 1] = '\0';
    }
    return url;
}

char *outgoing_form(Store *store, const char *language, const char *path, GError **error)
{
    g_autofree char *url = address(store, "forms-urls", error);
    return url == NULL ? NULL : g_strjoin("/", url, language, path, NULL);
}

char *outgoing_page(Store *store, const char *path, GError **error)
{
    g_autofree char *url = address(store, "url", error);
    return url == NULL ? NULL : g_strjoin("/", url, path, NULL);
}
