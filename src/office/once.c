/* The hidden word of a form: once.h. */
#include "office/once.h"

#include "base/random.h"
#include "office/frame.h"

#include <string.h>

#define FIELD "once"
#define LEAST 16u /* bytes */

const char *office_once_word(const OfficeVisit *visit)
{
    const char *word = office_field(visit, FIELD);
    size_t length = strlen(word);
    bool good = length >= LEAST && length <= OFFICE_ONCE;
    for (size_t i = 0; i < length; i++) {
        good = good && g_ascii_isxdigit(word[i]);
    }
    return good ? word : NULL;
}

void office_once(HtmlWriter *page, const OfficeVisit *visit)
{
    const char *sent = office_once_word(visit);
    g_autofree char *fresh = sent == NULL ? random_id() : g_strdup(sent);
    office_hidden(page, FIELD, fresh);
}
