/* Names of browsers: agent.h. Order matters: most call themselves by the names of others too. */
#include "office/agent.h"

#include <glib.h>
#include <string.h>

#define SHOWN 60 /* characters of one that is not known */

static const char *const browsers[][2] = {
    {"Edg", "Edge"},         {"OPR/", "Opera"},    {"YaBrowser", "Yandex"},
    {"Firefox/", "Firefox"}, {"FxiOS", "Firefox"}, {"SamsungBrowser", "Samsung Internet"},
    {"CriOS", "Chrome"},     {"Chrom", "Chrome"},  {"Safari/", "Safari"},
    {"curl/", "curl"},
};
static const char *const systems[][2] = {
    {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},   {"Windows", "Windows"},
    {"Mac OS X", "Mac"},    {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
};

static const char *find(const char *header, const char *const (*names)[2], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(header, names[i][0]) != NULL) {
            return names[i][1];
        }
    }
    return NULL;
}

char *office_agent(const char *header)
{
    const char *browser = find(header, browsers, G_N_ELEMENTS(browsers));
    const char *system = find(header, systems, G_N_ELEMENTS(systems));
    if (browser == NULL) {
        g_autofree char *valid = g_utf8_make_valid(header, -1);
        return g_utf8_substring(valid, 0, MIN(SHOWN, g_utf8_strlen(valid, -1)));
    }
    return system == NULL ? g_strdup(browser) : g_strdup_printf("%s, %s", browser, system);
}
