/* Nodes of an edition, written and read: node.h. Which pages stand in them is the press's business.
 */
#include "edition/node.h"

#include "base/error.h"
#include "base/limits.h"
#include "edition/path.h"

#include <stdlib.h>
#include <string.h>

#define OBJECTS_HEAD "kolokol-objects 1\n"
#define LINE_HEAD    "SHA256 ("
#define LINE_MIDDLE  ") = "

static int entry_compare(const void *a, const void *b)
{
    return strcmp(((const NodeEntry *)a)->name, ((const NodeEntry *)b)->name);
}

void node_sort(NodeEntry *entries, size_t count)
{
    if (count > 1) {
        qsort(entries, count, sizeof *entries, entry_compare);
    }
}

static void write_line(GString *text, const char *name, const Hash *hash)
{
    char hex[HASH_HEX];
    hash_hex(hash, hex);
    g_string_append(text, LINE_HEAD);
    g_string_append(text, name);
    g_string_append(text, LINE_MIDDLE);
    g_string_append(text, hex);
    g_string_append_c(text, '\n');
}

void node_write(GString *text, const NodeEntry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        write_line(text, entries[i].name, &entries[i].hash);
    }
}

bool node_object_hash(const char *name, Hash *hash)
{
    char hex[HASH_HEX];
    if (!edition_object_name_valid(name)) {
        return false;
    }
    memcpy(hex, name + strlen("o/ab/"), HASH_HEX - 1);
    hex[HASH_HEX - 1] = '\0';
    return hash_parse(hex, hash);
}

void objects_write(GString *text, const NodeObject *objects, size_t count)
{
    g_string_append(text, OBJECTS_HEAD);
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(text, "size: %" G_GUINT64_FORMAT " %s\n", objects[i].size,
                               objects[i].name);
    }
    for (size_t i = 0; i < count; i++) {
        Hash hash = {0};
        node_object_hash(objects[i].name, &hash);
        write_line(text, objects[i].name, &hash);
    }
}

/* The next line, without its end; NULL if there is none, if it has no end, or if it has a NUL. */
static char *next_line(const char **cursor, const char *end)
{
    const char *stop = *cursor == end ? NULL : memchr(*cursor, '\n', (size_t)(end - *cursor));
    if (stop == NULL) {
        return NULL;
    }
    size_t length = (size_t)(stop - *cursor);
    g_autofree char *line = g_strndup(*cursor, length);
    *cursor = stop + 1;
    return strlen(line) == length ? g_steal_pointer(&line) : NULL;
}

static bool parse_line(const char *line, char **name, Hash *hash)
{
    size_t length = strlen(line), tail = strlen(LINE_MIDDLE) + 64;
    if (strncmp(line, LINE_HEAD, strlen(LINE_HEAD)) != 0 || length <= strlen(LINE_HEAD) + tail ||
        strncmp(line + length - tail, LINE_MIDDLE, strlen(LINE_MIDDLE)) != 0 ||
        !hash_parse(line + length - 64, hash)) {
        return false;
    }
    *name = g_strndup(line + strlen(LINE_HEAD), length - tail - strlen(LINE_HEAD));
    return g_utf8_validate(*name, -1, NULL);
}

static void entry_clear(gpointer entry)
{
    g_free(((NodeEntry *)entry)->name);
}

static GArray *entries_new(void)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(NodeEntry));
    g_array_set_clear_func(entries, entry_clear);
    return entries;
}

static GArray *parse_entries(const char *cursor, const char *end, unsigned first_line,
                             GError **error)
{
    g_autoptr(GArray) entries = entries_new();
    for (unsigned number = first_line; cursor < end; number++) {
        NodeEntry entry = {0};
        g_autofree char *line = next_line(&cursor, end);
        if (line == NULL || !parse_line(line, &entry.name, &entry.hash)) {
            g_free(entry.name);
            fail(error, KOLOKOL_ERROR_CORRUPT, "line %u is not \"SHA256 (name) = hash\"", number);
            return NULL;
        }
        const NodeEntry *last =
            entries->len == 0 ? NULL : &g_array_index(entries, NodeEntry, entries->len - 1);
        bool grows = last == NULL || strcmp(last->name, entry.name) < 0;
        g_array_append_val(entries, entry);
        if (!grows) {
            fail(error, KOLOKOL_ERROR_CORRUPT, "line %u: the names do not grow", number);
            return NULL;
        }
    }
    return g_steal_pointer(&entries);
}

static bool node_size_ok(size_t length, GError **error)
{
    return length <= LIMIT_NODE || fail(error, KOLOKOL_ERROR_LIMIT,
                                        "a node of %zu bytes; the limit is %u", length, LIMIT_NODE);
}

GArray *node_parse(const char *text, size_t length, GError **error)
{
    return node_size_ok(length, error) ? parse_entries(text, text + length, 1, error) : NULL;
}

static void object_clear(gpointer object)
{
    g_free(((NodeObject *)object)->name);
}

/* "size: 123 o/ab/….jpg" */
static bool parse_size(const char *line, NodeObject *object)
{
    char *rest = NULL;
    size_t digits = strncmp(line, "size: ", 6) == 0 ? strspn(line + 6, "0123456789") : 0;
    if (digits == 0 || digits > 8 || (line[6] == '0' && digits > 1)) {
        return false;
    }
    object->size = g_ascii_strtoull(line + 6, &rest, 10);
    if (*rest != ' ' || object->size > LIMIT_OBJECT || !edition_object_name_valid(rest + 1)) {
        return false;
    }
    object->name = g_strdup(rest + 1);
    return true;
}

static bool agree(const GArray *objects, const GArray *entries)
{
    if (objects->len != entries->len) {
        return false;
    }
    for (guint i = 0; i < objects->len; i++) {
        const NodeEntry *entry = &g_array_index(entries, NodeEntry, i);
        Hash hash;
        if (strcmp(g_array_index(objects, NodeObject, i).name, entry->name) != 0 ||
            !node_object_hash(entry->name, &hash) || !hash_equal(&hash, &entry->hash)) {
            return false;
        }
    }
    return true;
}

GArray *objects_parse(const char *text, size_t length, GError **error)
{
    const char *cursor = text, *end = text + length;
    g_autoptr(GArray) objects = g_array_new(FALSE, FALSE, sizeof(NodeObject));
    g_array_set_clear_func(objects, object_clear);
    if (!node_size_ok(length, error)) {
        return NULL;
    }
    if (length < strlen(OBJECTS_HEAD) || strncmp(text, OBJECTS_HEAD, strlen(OBJECTS_HEAD)) != 0) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "line 1 is not \"kolokol-objects 1\"");
        return NULL;
    }
    cursor += strlen(OBJECTS_HEAD);
    while (cursor < end && *cursor == 's') {
        NodeObject object = {0};
        g_autofree char *line = next_line(&cursor, end);
        if (line == NULL || !parse_size(line, &object)) {
            fail(error, KOLOKOL_ERROR_CORRUPT, "line %u is not \"size: BYTES NAME\"",
                 objects->len + 2);
            return NULL;
        }
        g_array_append_val(objects, object);
    }
    g_autoptr(GArray) entries = parse_entries(cursor, end, objects->len + 2, error);
    if (entries == NULL) {
        return NULL;
    }
    if (!agree(objects, entries)) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "sizes, names and hashes do not agree");
        return NULL;
    }
    return g_steal_pointer(&objects);
}

const NodeEntry *node_find(const GArray *entries, const char *name)
{
    NodeEntry wanted = {.name = (char *)(uintptr_t)name};
    return entries->len == 0
               ? NULL
               : bsearch(&wanted, entries->data, entries->len, sizeof(NodeEntry), entry_compare);
}

char *node_name(const char *dir, const char *kind, int64_t shard)
{
    const char *slash = *dir == '\0' ? "" : "/";
    return shard < 0 ? g_strdup_printf("%s%s%s", dir, slash, kind)
                     : g_strdup_printf("%s%s%s.%02x", dir, slash, kind, (unsigned)shard);
}

static int64_t digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int64_t node_shard(const char *digits)
{
    int64_t high = digit(digits[0]), low = high < 0 ? -1 : digit(digits[1]);
    return low < 0 || digits[2] != '\0' ? -1 : high * 16 + low;
}

/* KEYS.3: root keys, a file of the root that no page may be named after. */
static bool is_keys(const char *name)
{
    size_t length = strlen(name);
    return length > 5 && length < 16 && strncmp(name, "KEYS.", 5) == 0 &&
           strspn(name + 5, "0123456789") == length - 5;
}

static NodeKind kind_of_last(const char *dir, int64_t shard, const char *name, const char *last)
{
    if (strcmp(last, "OBJECTS") == 0) {
        return shard < 0 ? NODE_OBJECTS : NODE_WRONG;
    }
    if (strncmp(last, "OBJECTS.", 8) == 0) {
        return shard >= 0 && node_shard(last + 8) == shard ? NODE_OBJECTS : NODE_WRONG;
    }
    if (strncmp(last, "MANIFEST.", 9) == 0) {
        return shard < 0 && node_shard(last + 9) >= 0 ? NODE_SHARD : NODE_WRONG;
    }
    bool fine = edition_path_valid(name, NULL) || (*dir == '\0' && is_keys(name));
    return fine && (shard < 0 || edition_path_shard(name) == shard) ? NODE_FILE : NODE_WRONG;
}

NodeKind node_kind(const char *dir, int64_t shard, const char *name)
{
    size_t length = strlen(dir);
    if (length > 0 && (strncmp(name, dir, length) != 0 || name[length] != '/')) {
        return NODE_WRONG;
    }
    const char *last = length > 0 ? name + length + 1 : name;
    const char *slash = strchr(last, '/');
    if (slash == NULL) {
        return kind_of_last(dir, shard, name, last);
    }
    g_autofree char *below = g_strndup(name, (size_t)(slash - name));
    bool fine = strcmp(slash, "/MANIFEST") == 0 && edition_path_valid(below, NULL) &&
                (shard < 0 || edition_path_shard(name) == shard);
    return fine ? NODE_DIRECTORY : NODE_WRONG;
}
