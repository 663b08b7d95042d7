/* Accept-Language, and the languages that there are: language.h. */
#include "office/language.h"

#include "theme/strings.h"

#include <string.h>

#define RANGES 20 /* looked at */

static const char *const languages[] = {"ar", "en", "ru", NULL};

const char *const *office_languages(void)
{
    return languages;
}

const char *office_language_named(const char *tag)
{
    for (const char *const *language = languages; *language != NULL; language++) {
        if (strcmp(*language, tag) == 0) {
            return *language;
        }
    }
    return NULL;
}

/* Thousandths of "…;q=0.8"; 1000 without. */
static int weight(const char *range, size_t length)
{
    g_autofree char *text = g_strndup(range, length);
    const char *q = strstr(text, ";q=");
    double given = q == NULL ? 1 : g_ascii_strtod(q + 3, NULL);
    return given > 0 && given <= 1 ? (int)(given * 1000) : 0;
}

const char *office_language(const char *header)
{
    const char *best = "en";
    int most = 0;
    for (int n = 0; header != NULL && *header != '\0' && n < RANGES; n++) {
        header += strspn(header, " \t,");
        size_t length = strcspn(header, ",");
        const char *language = strings_language(header, length);
        int given = language == NULL ? 0 : weight(header, length);
        if (given > most) {
            most = given;
            best = language;
        }
        header += length;
    }
    return best;
}
