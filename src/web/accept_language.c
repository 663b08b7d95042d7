/* Ranges and their weights: accept_language.h. */
#include "web/accept_language.h"

#include <string.h>

#include <glib.h>

#define RANGES 20 /* looked at */

/* Thousandths of "…;q=0.8"; 1000 without. */
static int weight(const char *range, size_t length)
{
    g_autofree char *text = g_strndup(range, length);
    const char *q = strstr(text, ";q=");
    double given = q == NULL ? 1 : g_ascii_strtod(q + 3, NULL);
    return given > 0 && given <= 1 ? (int)(given * 1000) : 0;
}

const char *accept_language(const char *header, AcceptKnown *known, const void *data)
{
    const char *best = NULL;
    int most = 0;
    for (int n = 0; header != NULL && *header != '\0' && n < RANGES; n++) {
        header += strspn(header, " \t,");
        size_t length = strcspn(header, ",");
        const char *language = known(header, MIN(strcspn(header, " \t;"), length), data);
        int given = language == NULL ? 0 : weight(header, length);
        if (given > most) {
            most = given;
            best = language;
        }
        header += length;
    }
    return best;
}
