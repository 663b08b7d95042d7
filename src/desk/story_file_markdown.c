/* Markdown files of stories: story_file.h. The head is text/front_matter.h's. */
#include "base/error.h"
#include "desk/story_file_private.h"
#include "text/front_matter.h"

#include <string.h>

/* Moves "front matter, line N: " or "file, line N: " from the message into the report. */
static void find_line(StoryFileReport *report, GError *error)
{
    static const char *const prefixes[] = {"front matter, line ", "file, line "};
    for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++) {
        char *end = NULL;
        if (!g_str_has_prefix(error->message, prefixes[i])) {
            continue;
        }
        guint64 line = g_ascii_strtoull(error->message + strlen(prefixes[i]), &end, 10);
        if (g_str_has_prefix(end, ": ")) {
            report->line = (unsigned)line;
            char *rest = g_strdup(end + 2);
            g_free(error->message);
            error->message = rest;
        }
        return;
    }
}

static bool set(StoryInput *input, const char *key, const char *value, GError **error)
{
    return story_input_set(input, key, value, strlen(value), error);
}

static bool take_entry(StoryInput *input, const FrontMatterEntry *entry, const char *key,
                       StoryFileReport *report, GError **error)
{
    report->line = MAX(entry->line, 1);
    story_file_note_line(&report->lines, key, report->line);
    if (entry->kind == FRONT_MATTER_UNSUPPORTED) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s: a text or a list of texts is expected",
                    entry->key);
    }
    bool foreign = strcmp(entry->key, key) != 0;
    for (char **value = entry->values; *value != NULL; value++) {
        if (**value != '\0' && !set(input, key, *value, error)) {
            return false;
        }
        if (foreign && strcmp(key, "section") == 0) {
            break; /* of several categories the first */
        }
    }
    return true;
}

static bool take_own(StoryInput *input, const FrontMatter *front, StoryFileReport *report,
                     GError **error)
{
    for (unsigned i = 0; i < front_matter_count(front); i++) {
        const FrontMatterEntry *entry = front_matter_entry(front, i);
        bool body = strcmp(entry->key, "body") == 0 || strcmp(entry->key, "html") == 0;
        if (story_input_key(entry->key) && !body &&
            !take_entry(input, entry, entry->key, report, error)) {
            return false;
        }
    }
    return true;
}

static bool has(const FrontMatter *front, const char *key)
{
    const FrontMatterEntry *entry = front_matter_find(front, key);
    return entry != NULL && entry->values[0] != NULL && *entry->values[0] != '\0';
}

static bool take_foreign(StoryInput *input, const FrontMatter *front, StoryFileReport *report,
                         GError **error)
{
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    for (const StoryFileAlias *alias = STORY_FILE_ALIASES; alias->foreign != NULL; alias++) {
        if (has(front, alias->key) || !has(front, alias->foreign) ||
            !g_hash_table_add(taken, (gpointer)(uintptr_t)alias->key)) {
            continue;
        }
        if (!take_entry(input, front_matter_find(front, alias->foreign), alias->key, report,
                        error)) {
            return false;
        }
    }
    const char *draft = front_matter_text(front, "draft");
    bool is_draft = draft != NULL && (strcmp(draft, "true") == 0 || strcmp(draft, "yes") == 0);
    return !is_draft || has(front, "status") || set(input, "status", "draft", error);
}

static bool take_body(StoryInput *input, const FrontMatter *front, StoryFileReport *report,
                      GError **error)
{
    size_t length = 0;
    const char *body = front_matter_body(front, &length);
    const char *format = front_matter_text(front, "format");
    report->line = front_matter_body_line(front);
    if (format != NULL && strcmp(format, "html") != 0 && strcmp(format, "markdown") != 0) {
        report->line = front_matter_find(front, "format")->line;
        return fail(error, KOLOKOL_ERROR_INVALID, "format: \"%.40s\" is neither markdown nor html",
                    format);
    }
    bool html = g_strcmp0(format, "html") == 0;
    return story_input_set(input, html ? "html" : "body", body, length, error);
}

StoryInput *story_file_read_markdown(const char *bytes, size_t length, StoryFileReport *report,
                                     GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(FrontMatter) front =
        front_matter_parse_foreign(bytes, length, story_file_known(), &reason);
    g_autoptr(StoryInput) input = story_input_new();
    report->line = 1;
    if (front == NULL) {
        find_line(report, reason);
        g_propagate_error(error, g_steal_pointer(&reason));
        return NULL;
    }
    if (front_matter_count(front) == 0 && front_matter_body_line(front) == 1) {
        fail(error, KOLOKOL_ERROR_INVALID, "there is no front matter; begin with a line ---");
        return NULL;
    }
    report->unknown = front_matter_unknown(front, story_file_known());
    if (*report->unknown == NULL) {
        g_clear_pointer(&report->unknown, g_strfreev);
    }
    if (!take_own(input, front, report, error) || !take_foreign(input, front, report, error) ||
        !take_body(input, front, report, error)) {
        return NULL;
    }
    report->line = 1;
    return g_steal_pointer(&input);
}

char *story_file_write_markdown(const StoryInput *input)
{
    g_autoptr(FrontMatter) front = front_matter_new();
    for (const StoryFileKey *key = STORY_FILE_KEYS; key->key != NULL; key++) {
        const void *place = (const char *)input + key->offset;
        if (!key->list) {
            front_matter_set(front, key->key, *(char *const *)place);
            continue;
        }
        const GPtrArray *values = *(GPtrArray *const *)place;
        g_autofree const char **texts = g_new0(const char *, values->len + 1);
        for (guint i = 0; i < values->len; i++) {
            texts[i] = g_ptr_array_index(values, i);
        }
        if (values->len > 0) {
            front_matter_set_list(front, key->key, texts);
        }
    }
    if (input->html != NULL) {
        front_matter_set(front, "format", "html");
    }
    const char *body = input->html != NULL ? input->html : input->body != NULL ? input->body : "";
    return front_matter_write(front, body, strlen(body));
}
