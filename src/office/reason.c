/* Says an error in somebody's language: reason.h. */
#include "office/reason.h"

#include "base/error.h"
#include "base/moment.h"
#include "press/setting.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <string.h>

typedef struct {
    const char *language;
    GTimeZone *zone;
    const char *const *arguments;
} Speaker;

/* "1", "2:when" … between braces, appended as its argument; false if it is no place. */
static bool append_place(GString *out, const Speaker *speaker, const char *place, size_t length)
{
    char *end = NULL;
    guint64 number = g_ascii_strtoull(place, &end, 10);
    if (number == 0 || number > g_strv_length((char **)speaker->arguments) ||
        (*end != ':' && *end != '}')) {
        return false;
    }
    const char *argument = speaker->arguments[number - 1];
    g_autofree char *kind = g_strndup(end, length - (size_t)(end - place));
    if (strcmp(kind, ":word") == 0) {
        g_autofree char *id = g_strconcat("office_word_", argument, NULL);
        const char *word = strings_get(speaker->language, id);
        g_string_append(out, word == id ? argument : word);
        return true;
    }
    int64_t moment = 0;
    if (strcmp(kind, ":when") == 0 && moment_parse(argument, speaker->zone, &moment, NULL)) {
        g_autofree char *when = date_text(speaker->language, moment, speaker->zone, DATE_MOMENT);
        g_string_append(out, when);
        return true;
    }
    g_string_append(out, argument);
    return true;
}

static char *fill(const Speaker *speaker, const char *text)
{
    GString *out = g_string_new(NULL);
    while (*text != '\0') {
        const char *open = strchrnul(text, '{');
        const char *close = *open == '\0' ? NULL : strchr(open, '}');
        g_string_append_len(out, text, open - text);
        if (close == NULL) {
            g_string_append(out, open);
            break;
        }
        if (!append_place(out, speaker, open + 1, (size_t)(close - open) - 1)) {
            g_string_append_len(out, open, close + 1 - open);
        }
        text = close + 1;
    }
    return g_string_free(out, FALSE);
}

/* Is it for the person to mend, though it has no words of the office? A template, say. */
static bool persons(const GError *error)
{
    return error->domain == KOLOKOL_ERROR && error->code != KOLOKOL_ERROR_IO &&
           error->code != KOLOKOL_ERROR_CORRUPT && error->code != KOLOKOL_ERROR_BUSY;
}

char *office_reason_said(const char *language, GTimeZone *zone, const GError *error)
{
    if (error == NULL) {
        return g_strdup(strings_get(language, "office_trouble"));
    }
    const char *sentence = error_sentence(error);
    if (g_strcmp0(sentence, "{1}") == 0) { /* a text of the office already */
        return g_strdup(error->message);
    }
    const char *text = sentence == NULL ? NULL : strings_get(language, sentence);
    if (text == NULL || text == sentence) {
        return strings_fill(language,
                            persons(error) ? "office_reason_line" : "office_reason_machine", "line",
                            error->message, NULL);
    }
    g_autoptr(GTimeZone) utc = zone == NULL ? g_time_zone_new_utc() : g_time_zone_ref(zone);
    Speaker speaker = {language, utc, error_arguments(error)};
    return fill(&speaker, text);
}

const char *office_reason(const OfficeVisit *visit, const GError *error)
{
    g_autoptr(GTimeZone) zone = setting_timezone(visit->store, NULL);
    char *said = office_reason_said(visit->language, zone, error);
    g_ptr_array_add(visit->said, said);
    return said;
}
