/* The languages that there are: language.h. */
#include "office/language.h"

#include "theme/strings.h"
#include "web/accept_language.h"

#include <string.h>

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

static const char *spoken(const char *tag, size_t length, const void *data)
{
    return strings_language(tag, length);
}

const char *office_language(const char *header)
{
    const char *language = accept_language(header, spoken, NULL);
    return language != NULL ? language : "en";
}
