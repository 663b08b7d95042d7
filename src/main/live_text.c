/* Live stories as one text: live_text.h. Entries as records are desk/live.h. */
#include "main/live_text.h"

#include "base/moment.h"

#include <string.h>

static void entry_free(gpointer data)
{
    LiveTextEntry *entry = data;
    g_free(entry->headline);
    g_free(entry->body);
    g_free(entry);
}

void live_text_clear(LiveText *live)
{
    g_clear_pointer(&live->body, g_free);
    g_clear_pointer(&live->entries, g_ptr_array_unref);
}

static bool is_time_of_day(const char *text, size_t length)
{
    return length == 5 && g_ascii_isdigit(text[0]) && g_ascii_isdigit(text[1]) && text[2] == ':' &&
           g_ascii_isdigit(text[3]) && g_ascii_isdigit(text[4]);
}

static size_t word(const char *text, size_t length)
{
    size_t i = 0;
    while (i < length && text[i] != ' ' && text[i] != '\r') {
        i++;
    }
    return i;
}

/* The time at the head of a heading; *used gets its length. False if there is none. */
static bool read_time(const char *text, size_t length, const char *day, GTimeZone *zone,
                      int64_t *time, size_t *used)
{
    size_t first = word(text, length);
    g_autofree char *said = NULL;
    *used = first;
    if (is_time_of_day(text, first)) {
        said = g_strdup_printf("%s %.5s", day, text);
    } else if (first == 10 && first < length && text[first] == ' ') {
        size_t second = word(text + first + 1, length - first - 1);
        if (!is_time_of_day(text + first + 1, second)) {
            return false;
        }
        *used = first + 1 + second;
        said = g_strndup(text, *used);
    } else if (first > 10 && text[10] == 'T') {
        said = g_strndup(text, first);
    }
    return said != NULL && moment_parse(said, zone, time, NULL);
}

/* "## " at the head of a line, followed by a time. */
static bool read_heading(const char *line, size_t length, const char *day, GTimeZone *zone,
                         LiveTextEntry *entry)
{
    if (length < 8 || strncmp(line, "## ", 3) != 0) {
        return false;
    }
    size_t used = 0;
    const char *text = line + 3;
    if (!read_time(text, length - 3, day, zone, &entry->time, &used)) {
        return false;
    }
    entry->headline = g_strstrip(g_strndup(text + used, length - 3 - used));
    return true;
}

void live_text_split(const char *text, int64_t date, GTimeZone *zone, LiveText *live)
{
    g_autofree char *day = moment_day(date, zone);
    *live = (LiveText){.entries = g_ptr_array_new_with_free_func(entry_free)};
    char **body = &live->body;
    const char *start = text;
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        LiveTextEntry found = {0};
        if (read_heading(line, length, day, zone, &found)) {
            LiveTextEntry *entry = g_new(LiveTextEntry, 1);
            *entry = found;
            *body = g_strndup(start, (size_t)(line - start));
            g_ptr_array_add(live->entries, entry);
            body = &entry->body;
            start = line + length + (line[length] == '\n');
        }
        line += length + (line[length] == '\n');
    }
    *body = g_strdup(start);
    if (live->entries->len > 0) {
        g_strchomp(live->body);
    }
    for (guint i = 0; i < live->entries->len; i++) {
        g_strstrip(((LiveTextEntry *)g_ptr_array_index(live->entries, i))->body);
    }
}

void live_text_append(GString *text, int64_t time, const char *headline, const char *body)
{
    g_autofree char *moment = moment_rfc3339(time);
    g_string_append_printf(text, "%s## %s%s%s\n\n%s\n",
                           text->len == 0                     ? ""
                           : text->str[text->len - 1] == '\n' ? "\n"
                                                              : "\n\n",
                           moment, *headline == '\0' ? "" : " ", headline, body);
}
