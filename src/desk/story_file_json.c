/* JSON lines of stories: story_file.h. Reading JSON is text/json.h. */
#include "base/error.h"
#include "base/limits.h"
#include "desk/story_file_private.h"
#include "text/json.h"

#include <string.h>

/* A text, number or truth value as text; false where it is neither. Numbers are written as JSON
 * writes them. */
static bool scalar(const json_t *value, const char **text, size_t *length, char buffer[32])
{
    if (json_is_string(value)) {
        *text = json_string_value(value);
        *length = json_string_length(value);
        return true;
    }
    if (json_is_integer(value)) {
        g_snprintf(buffer, 32, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    } else if (json_is_real(value)) {
        g_ascii_formatd(buffer, 32, "%.15g", json_real_value(value));
    } else if (json_is_boolean(value)) {
        g_strlcpy(buffer, json_is_true(value) ? "true" : "false", 32);
    } else {
        return false;
    }
    *text = buffer;
    *length = strlen(buffer);
    return true;
}

static bool set(StoryInput *input, const char *key, const json_t *value, GError **error)
{
    char buffer[32];
    const char *text = NULL;
    size_t length = 0;
    if (!scalar(value, &text, &length, buffer)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s: a text is expected, not an object or null",
                    key);
    }
    bool body = strcmp(key, "body") == 0 || strcmp(key, "html") == 0;
    return (length == 0 && !body) || story_input_set(input, key, text, length, error);
}

static bool take(StoryInput *input, const char *foreign, const char *key, const json_t *value,
                 GError **error)
{
    if (!json_is_array(value)) {
        return json_is_null(value) || set(input, key, value, error);
    }
    bool first_only = strcmp(foreign, key) != 0 && strcmp(key, "section") == 0;
    for (size_t i = 0; i < json_array_size(value) && !(first_only && i > 0); i++) {
        if (!set(input, key, json_array_get(value, i), error)) {
            return false;
        }
    }
    return true;
}

static bool is_empty(const json_t *value)
{
    return value == NULL || json_is_null(value) ||
           (json_is_array(value) && json_array_size(value) == 0) ||
           (json_is_string(value) && json_string_length(value) == 0);
}

static bool take_foreign(StoryInput *input, const json_t *tree, GError **error)
{
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    for (const StoryFileAlias *alias = STORY_FILE_ALIASES; alias->foreign != NULL; alias++) {
        const json_t *value = json_object_get(tree, alias->foreign);
        if (is_empty(value) || !is_empty(json_object_get(tree, alias->key)) ||
            !g_hash_table_add(taken, (gpointer)(uintptr_t)alias->key)) {
            continue;
        }
        if (!take(input, alias->foreign, alias->key, value, error)) {
            return false;
        }
    }
    return !json_is_true(json_object_get(tree, "draft")) ||
           !is_empty(json_object_get(tree, "status")) ||
           story_input_set(input, "status", "draft", strlen("draft"), error);
}

static bool take_all(StoryInput *input, json_t *tree, GPtrArray *unknown, GError **error)
{
    const char *key;
    json_t *value;
    json_object_foreach(tree, key, value)
    {
        if (story_input_key(key)) {
            if (!take(input, key, key, value, error)) {
                return false;
            }
        } else if (!g_strv_contains(story_file_known(), key)) {
            g_ptr_array_add(unknown, g_strdup(key));
        }
    }
    return take_foreign(input, tree, error);
}

StoryInput *story_file_read_json(const char *bytes, size_t length, StoryFileReport *report,
                                 GError **error)
{
    report->line = 1;
    g_autoptr(GError) reason = NULL;
    g_autoptr(json_t) tree =
        json_read_limited(bytes, length, LIMIT_STORY_FILE, 0, JSON_READ_STRICT, &reason);
    if (tree == NULL) {
        /* There is only one line, and its number in the file is another. */
        g_auto(GStrv) parts = g_strsplit(reason->message, "line 1, ", 2);
        g_autofree char *message = g_strjoinv("", parts);
        g_set_error_literal(error, reason->domain, reason->code, message);
        return NULL;
    }
    if (!json_is_object(tree)) {
        fail(error, KOLOKOL_ERROR_INVALID,
             "a story is a JSON object on one line: {\"title\": …, \"body\": …}");
        return NULL;
    }
    g_autoptr(StoryInput) input = story_input_new();
    g_autoptr(GPtrArray) unknown = g_ptr_array_new_with_free_func(g_free);
    bool done = take_all(input, tree, unknown, error);
    if (unknown->len > 0) {
        g_ptr_array_add(unknown, NULL);
        report->unknown = (char **)g_ptr_array_free(g_steal_pointer(&unknown), FALSE);
    }
    return done ? g_steal_pointer(&input) : NULL;
}

char *story_file_write_json(const StoryInput *input, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter writer;
    json_writer_init(&writer, out, 0);
    json_writer_open_object(&writer);
    for (const StoryFileKey *key = STORY_FILE_KEYS; key->key != NULL; key++) {
        const void *place = (const char *)input + key->offset;
        if (!key->list) {
            json_writer_text_member(&writer, key->key, *(char *const *)place);
            continue;
        }
        const GPtrArray *values = *(GPtrArray *const *)place;
        if (values->len > 0) {
            json_writer_key(&writer, key->key);
            json_writer_open_array(&writer);
            for (guint i = 0; i < values->len; i++) {
                json_writer_text(&writer, g_ptr_array_index(values, i));
            }
            json_writer_close(&writer);
        }
    }
    json_writer_text_member(&writer, "body", input->body);
    json_writer_text_member(&writer, "html", input->html);
    json_writer_close(&writer);
    return json_writer_finish(&writer, error) ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}
