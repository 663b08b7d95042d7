/*
 * The document: finding the head, keeping its entries, writing it. Reading YAML is
 * front_matter_yaml.c; what the keys mean is for those who call.
 */
#include "text/front_matter.h"

#include "base/error.h"
#include "base/limits.h"
#include "text/encoding.h"
#include "text/front_matter_private.h"

#include <string.h>

const char *const FRONT_MATTER_STORY_KEYS[] = {
    "title",   "date",   "language", "slug",           "path",   "kind",
    "section", "topics", "authors",  "agency",         "lead",   "photo",
    "caption", "credit", "alt",      "translation_of", "status", NULL};

static void entry_free(void *data)
{
    FrontMatterEntry *entry = data;
    g_free(entry->key);
    g_strfreev(entry->values);
    g_free(entry);
}

FrontMatter *front_matter_new(void)
{
    FrontMatter *front = g_new0(FrontMatter, 1);
    front->entries = g_ptr_array_new_with_free_func(entry_free);
    front->body = "";
    front->body_line = 1;
    return front;
}

void front_matter_free(FrontMatter *front)
{
    if (front != NULL) {
        g_ptr_array_unref(front->entries);
        g_free(front);
    }
}

void front_matter_append(FrontMatter *front, const char *key, FrontMatterKind kind, char **values,
                         unsigned line)
{
    FrontMatterEntry *entry = g_new(FrontMatterEntry, 1);
    *entry = (FrontMatterEntry){g_strdup(key), values, kind, line};
    g_ptr_array_add(front->entries, entry);
}

/* Behind the line that begins at `line`. */
static const char *next_line(const char *line, const char *end)
{
    const char *newline = memchr(line, '\n', (size_t)(end - line));
    return newline == NULL ? end : newline + 1;
}

/* "---" and blanks, nothing else. */
static bool is_fence(const char *line, const char *end)
{
    if (end - line < 3 || memcmp(line, "---", 3) != 0) {
        return false;
    }
    for (line += 3; line < end && *line != '\n'; line++) {
        if (*line != ' ' && *line != '\t' && *line != '\r') {
            return false;
        }
    }
    return true;
}

static const char *skip_blank_lines(const char *line, const char *end)
{
    while (line < end && (*line == '\n' || *line == '\r')) {
        line++;
    }
    return line;
}

static bool check_head(size_t length, bool closed, GError **error)
{
    if (!closed) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "front matter, line 1: no line --- that closes it; add one below the last key");
    }
    if (length > FRONT_MATTER_LIMIT) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "front matter, line 1: %zu bytes, more than the %u KB allowed; shorten its "
                    "texts, or set the line --- that closes it where it belongs",
                    length, FRONT_MATTER_LIMIT / 1024);
    }
    return true;
}

static bool set_body(FrontMatter *front, const char *text, const char *body, const char *end,
                     GError **error)
{
    front->body = body;
    front->body_length = (size_t)(end - body);
    front->body_line = encoding_line(text, (size_t)(body - text));
    if (front->body_length > LIMIT_BODY) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the body has %zu bytes, more than the %u MB that a story may have",
                    front->body_length, LIMIT_BODY / 1024 / 1024);
    }
    return true;
}

static bool parse(FrontMatter *front, const char *text, size_t length, GError **error)
{
    const char *end = text + length;
    const char *begin = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text;
    if (end - begin >= 4 && memcmp(begin, "+++", 3) == 0 &&
        (begin[3] == '\n' || begin[3] == '\r')) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "front matter, line 1: TOML (+++) is not read; write it as YAML between ---");
    }
    const char *fence = skip_blank_lines(begin, end);
    if (!is_fence(fence, end)) {
        return set_body(front, text, begin, end, error);
    }
    const char *head = next_line(fence, end);
    const char *close = head;
    while (close < end && !is_fence(close, end)) {
        close = next_line(close, end);
    }
    return check_head((size_t)(close - head), close < end, error) &&
           front_matter_read_yaml(front, head, (size_t)(close - head),
                                  encoding_line(text, (size_t)(head - text)), error) &&
           set_body(front, text, next_line(close, end), end, error);
}

FrontMatter *front_matter_parse(const char *text, size_t length, GError **error)
{
    return front_matter_parse_foreign(text, length, NULL, error);
}

FrontMatter *front_matter_parse_foreign(const char *text, size_t length, const char *const *known,
                                        GError **error)
{
    if (length > LIMIT_STORY_FILE) {
        fail(error, KOLOKOL_ERROR_LIMIT, "the file has %zu bytes, more than the %u MB allowed",
             length, LIMIT_STORY_FILE / 1024 / 1024);
        return NULL;
    }
    g_autoptr(FrontMatter) front = front_matter_new();
    front->known = known;
    if (!encoding_check(text, length, "file", error) || !parse(front, text, length, error)) {
        return NULL;
    }
    return g_steal_pointer(&front);
}

const char *front_matter_body(const FrontMatter *front, size_t *length)
{
    if (length != NULL) {
        *length = front->body_length;
    }
    return front->body;
}

unsigned front_matter_body_line(const FrontMatter *front)
{
    return front->body_line;
}

unsigned front_matter_count(const FrontMatter *front)
{
    return front->entries->len;
}

const FrontMatterEntry *front_matter_entry(const FrontMatter *front, unsigned index)
{
    return g_ptr_array_index(front->entries, index);
}

static int find_index(const FrontMatter *front, const char *key)
{
    for (unsigned i = 0; i < front->entries->len; i++) {
        if (strcmp(front_matter_entry(front, i)->key, key) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const FrontMatterEntry *front_matter_find(const FrontMatter *front, const char *key)
{
    int index = find_index(front, key);
    return index < 0 ? NULL : front_matter_entry(front, (unsigned)index);
}

const char *front_matter_text(const FrontMatter *front, const char *key)
{
    const FrontMatterEntry *entry = front_matter_find(front, key);
    return entry != NULL && entry->kind == FRONT_MATTER_SCALAR ? entry->values[0] : NULL;
}

const char *const *front_matter_list(const FrontMatter *front, const char *key)
{
    static const char *const none[] = {NULL};
    const FrontMatterEntry *entry = front_matter_find(front, key);
    if (entry == NULL || entry->kind == FRONT_MATTER_UNSUPPORTED) {
        return NULL;
    }
    bool empty = entry->kind == FRONT_MATTER_SCALAR && entry->values[0][0] == '\0';
    return empty ? none : (const char *const *)entry->values;
}

char **front_matter_unknown(const FrontMatter *front, const char *const *known)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    g_autofree char *last = NULL;
    for (unsigned i = 0; i < front->entries->len; i++) {
        const char *key = front_matter_entry(front, i)->key;
        g_autofree char *outer = g_strndup(key, strcspn(key, "."));
        bool listed = g_strv_contains((const char *const *)known, outer) ||
                      g_strv_contains((const char *const *)known, key);
        if (!listed && g_strcmp0(outer, last) != 0) {
            g_strv_builder_add(names, outer);
            g_free(last);
            last = g_steal_pointer(&outer);
        }
    }
    return g_strv_builder_end(names);
}

/* Replaces in place, so that the order stays. */
static void set_values(FrontMatter *front, const char *key, FrontMatterKind kind, char **values)
{
    int index = find_index(front, key);
    if (index < 0) {
        front_matter_append(front, key, kind, values, 0);
        return;
    }
    FrontMatterEntry *entry = g_ptr_array_index(front->entries, (guint)index);
    g_strfreev(entry->values);
    entry->values = values;
    entry->kind = kind;
    entry->line = 0;
}

static void remove_key(FrontMatter *front, const char *key)
{
    int index = find_index(front, key);
    if (index >= 0) {
        g_ptr_array_remove_index(front->entries, (guint)index);
    }
}

void front_matter_set(FrontMatter *front, const char *key, const char *value)
{
    if (value == NULL) {
        remove_key(front, key);
        return;
    }
    char **values = g_new0(char *, 2);
    values[0] = g_strdup(value);
    set_values(front, key, FRONT_MATTER_SCALAR, values);
}

void front_matter_set_list(FrontMatter *front, const char *key, const char *const *values)
{
    if (values == NULL) {
        remove_key(front, key);
        return;
    }
    set_values(front, key, FRONT_MATTER_LIST, g_strdupv((char **)(guintptr)values));
}
