/* Keys of a story's file: story_file.h. Reading and writing are story_file_markdown.c and
 * story_file_json.c; checks are story_input.c. */
#include "desk/story_file_private.h"

#include <stddef.h>
#include <string.h>

#define TEXT(name)                                                                                 \
    {                                                                                              \
#name, offsetof(StoryInput, name), false                                                   \
    }
#define LIST(name)                                                                                 \
    {                                                                                              \
#name, offsetof(StoryInput, name), true                                                    \
    }

const StoryFileKey STORY_FILE_KEYS[] = {
    TEXT(id),         TEXT(title),          TEXT(date),    TEXT(language), TEXT(kind),
    TEXT(section),    LIST(topics),         LIST(authors), TEXT(agency),   TEXT(lead),
    TEXT(slug),       TEXT(path),           TEXT(photo),   TEXT(caption),  TEXT(credit),
    TEXT(alt),        TEXT(translation_of), TEXT(status),  TEXT(embargo),  LIST(aliases),
    {NULL, 0, false},
};

const StoryFileAlias STORY_FILE_ALIASES[] = {
    {"dek", "lead"},
    {"deck", "lead"},
    {"standfirst", "lead"},
    {"subtitle", "lead"},
    {"summary", "lead"},
    {"excerpt", "lead"},
    {"description", "lead"},
    {"tags", "topics"},
    {"tag", "topics"},
    {"author", "authors"},
    {"lang", "language"},
    {"category", "section"},
    {"categories", "section"},
    {"permalink", "path"},
    {"redirect_from", "aliases"},
    {NULL, NULL},
};

void story_file_report_clear(StoryFileReport *report)
{
    g_clear_pointer(&report->unknown, g_strfreev);
    report->line = 0;
}

const char *const *story_file_known(void)
{
    static const char *known[G_N_ELEMENTS(STORY_FILE_KEYS) + G_N_ELEMENTS(STORY_FILE_ALIASES) + 2];
    static gsize ready;
    if (g_once_init_enter(&ready)) {
        size_t count = 0;
        for (const StoryFileKey *key = STORY_FILE_KEYS; key->key != NULL; key++) {
            known[count++] = key->key;
        }
        for (const StoryFileAlias *alias = STORY_FILE_ALIASES; alias->foreign != NULL; alias++) {
            known[count++] = alias->foreign;
        }
        known[count++] = "format";
        known[count++] = "draft";
        g_once_init_leave(&ready, 1);
    }
    return known;
}

G_STATIC_ASSERT(G_N_ELEMENTS(STORY_FILE_KEYS) <= STORY_FILE_KEYS_MOST);

void story_file_note_line(StoryFileLines *lines, const char *key, unsigned line)
{
    for (size_t i = 0; STORY_FILE_KEYS[i].key != NULL; i++) {
        if (strcmp(STORY_FILE_KEYS[i].key, key) == 0) {
            lines->line[i] = line;
        }
    }
}

unsigned story_file_line(const StoryFileLines *lines, const char *message)
{
    const char *word = g_str_has_prefix(message, "the ") ? message + strlen("the ") : message;
    for (size_t i = 0; STORY_FILE_KEYS[i].key != NULL; i++) {
        size_t length = strlen(STORY_FILE_KEYS[i].key);
        bool named = strncmp(word, STORY_FILE_KEYS[i].key, length) == 0 &&
                     (word[length] == ':' || word[length] == ' ');
        if (named && lines->line[i] != 0) {
            return lines->line[i];
        }
    }
    return 0;
}
