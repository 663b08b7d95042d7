/* STATUS files: status.h. Which pages moved is the desk's; the press writes the files. */
#include "edition/status.h"

#include "base/error.h"
#include "base/limits.h"
#include "edition/gone.h"
#include "edition/node.h"
#include "edition/path.h"
#include "edition/reader.h"

#include <string.h>

struct StatusTable {
    GHashTable *lines; /* path → StatusLine, which owns the path */
    GHashTable *gone;  /* hashes (hex) of paths, a set */
};

static void line_clear(gpointer data)
{
    StatusLine *line = data;
    g_clear_pointer(&line->path, g_free);
    g_clear_pointer(&line->target, g_free);
}

static void line_free(gpointer line)
{
    line_clear(line);
    g_free(line);
}

/* A word of a line: not empty, no blank and no control character, UTF-8. */
static bool is_word(const char *word, size_t most)
{
    size_t length = strlen(word);
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)word[i] <= ' ' || word[i] == 0x7f) {
            return false;
        }
    }
    return length > 0 && length <= most && g_utf8_validate(word, (gssize)length, NULL);
}

static bool target_valid(const char *target)
{
    return is_word(target, STATUS_TARGET_MAX) &&
           (g_str_has_prefix(target, "https://") || g_str_has_prefix(target, "http://") ||
            edition_path_valid(target, NULL));
}

bool status_write(GString *text, unsigned code, const char *path, const char *target,
                  GError **error)
{
    if (!edition_path_valid(path, error)) {
        return false;
    }
    if (code == 410 && target == NULL) {
        g_string_append_printf(text, "410 %s\n", path);
        return true;
    }
    if (code != 301 || target == NULL || !target_valid(target)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s cannot lead to \"%.200s\"", path,
                    target == NULL ? "" : target);
    }
    g_string_append_printf(text, "301 %s %s\n", path, target);
    return true;
}

bool status_add(GPtrArray *files, size_t most, unsigned code, const char *path, const char *target,
                GError **error)
{
    g_autoptr(GString) line = g_string_new(NULL);
    if (!status_write(line, code, path, target, error)) {
        return false;
    }
    GString *last = files->len == 0 ? NULL : files->pdata[files->len - 1];
    if (last == NULL || last->len + line->len > most) {
        last = g_string_new(NULL);
        g_ptr_array_add(files, last);
    }
    g_string_append_len(last, line->str, (gssize)line->len);
    return true;
}

static bool parse_line(char *text, StatusLine *line)
{
    char *path = strchr(text, ' ');
    if (path == NULL) {
        return false;
    }
    *path++ = '\0';
    char *target = strchr(path, ' ');
    if (target != NULL) {
        *target++ = '\0';
    }
    bool moved = strcmp(text, "301") == 0 && target != NULL && target_valid(target);
    bool gone = strcmp(text, "410") == 0 && target == NULL;
    if ((!moved && !gone) || !edition_path_valid(path, NULL)) {
        return false;
    }
    *line = (StatusLine){moved ? 301 : 410, g_strdup(path), g_strdup(target)};
    return true;
}

GArray *status_parse(const char *text, size_t length, GError **error)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(StatusLine));
    g_array_set_clear_func(lines, line_clear);
    if (length > LIMIT_PAGE) {
        fail(error, KOLOKOL_ERROR_LIMIT, "a STATUS file of %zu bytes; the limit is %u", length,
             LIMIT_PAGE);
        return NULL;
    }
    for (const char *cursor = text, *end = text + length; cursor < end;) {
        const char *stop = memchr(cursor, '\n', (size_t)(end - cursor));
        size_t own = stop == NULL ? 0 : (size_t)(stop - cursor);
        StatusLine line = {0};
        g_autofree char *copy = g_strndup(cursor, own);
        if (stop == NULL || strlen(copy) != own || !parse_line(copy, &line)) {
            fail(error, KOLOKOL_ERROR_CORRUPT,
                 "line %u of a STATUS file is not \"301 path target\" or \"410 path\"",
                 lines->len + 1);
            return NULL;
        }
        g_array_append_val(lines, line);
        cursor = stop + 1;
    }
    return g_steal_pointer(&lines);
}

StatusTable *status_table_new(void)
{
    StatusTable *table = g_new0(StatusTable, 1);
    table->lines = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, line_free);
    table->gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return table;
}

void status_table_free(StatusTable *table)
{
    if (table != NULL) {
        g_hash_table_unref(table->lines);
        g_hash_table_unref(table->gone);
        g_free(table);
    }
}

bool status_table_add(StatusTable *table, const char *text, size_t length, GError **error)
{
    g_autoptr(GArray) lines = status_parse(text, length, error);
    for (guint i = 0; lines != NULL && i < lines->len; i++) {
        StatusLine *from = &g_array_index(lines, StatusLine, i);
        StatusLine *line = g_memdup2(from, sizeof *from);
        *from = (StatusLine){0};
        g_hash_table_replace(table->lines, line->path, line);
    }
    return lines != NULL;
}

const StatusLine *status_table_find(const StatusTable *table, const char *path)
{
    return g_hash_table_lookup(table->lines, path);
}

unsigned status_table_count(const StatusTable *table)
{
    return g_hash_table_size(table->lines);
}

static void take_gone(const Hash *path, void *data)
{
    StatusTable *table = data;
    char *hex = g_malloc(HASH_HEX);
    hash_hex(path, hex);
    g_hash_table_add(table->gone, hex);
}

bool status_table_add_gone(StatusTable *table, const char *text, size_t length, GError **error)
{
    return gone_parse(text, length, take_gone, table, error);
}

bool status_table_gone(const StatusTable *table, const char *path)
{
    char hex[HASH_HEX];
    if (g_hash_table_size(table->gone) == 0) {
        return false;
    }
    Hash hash = hash_of(path, strlen(path));
    hash_hex(&hash, hex);
    return g_hash_table_contains(table->gone, hex);
}

/* The two directories of months. */
typedef struct {
    const char *manifest; /* "STATUS/MANIFEST" */
    bool (*add)(StatusTable *table, const char *text, size_t length, GError **error);
} Months;

static const Months status_months = {"STATUS/MANIFEST", status_table_add};
static const Months gone_months = {"GONE/MANIFEST", status_table_add_gone};

static bool read_month(StatusTable *table, const Months *of, EditionReader *reader,
                       const char *name, GError **error)
{
    g_autoptr(GBytes) bytes = edition_reader_read(reader, name, LIMIT_PAGE, error);
    if (bytes == NULL ||
        !of->add(table, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error)) {
        g_prefix_error(error, "%s: ", name);
        return false;
    }
    return true;
}

/* STATUS/2026-11, GONE/2026-11.1 */
static bool is_month(const char *name)
{
    const char *month = strchr(name, '/');
    if (month == NULL || strspn(month + 1, "0123456789-") != 7) {
        return false;
    }
    const char *part = month + strlen("/2026-11");
    return *part == '\0' ||
           (*part == '.' && part[1] != '\0' && strspn(part + 1, "0123456789") == strlen(part + 1));
}

/* More than 256 files, when the directory would be split, are up to 21 years: then the shards are
 * read, and the table sorts itself out because a path has one line. */
static bool read_months(StatusTable *table, const Months *of, EditionReader *reader,
                        const char *manifest, GError **error)
{
    g_autoptr(GBytes) bytes = edition_reader_read(reader, manifest, LIMIT_NODE, error);
    g_autoptr(GArray) entries =
        bytes == NULL ? NULL
                      : node_parse(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error);
    for (guint i = 0; entries != NULL && i < entries->len; i++) {
        const char *name = g_array_index(entries, NodeEntry, i).name;
        size_t prefix = strlen(of->manifest);
        bool shard = strncmp(name, of->manifest, prefix) == 0 && name[prefix] == '.';
        if ((shard && !read_months(table, of, reader, name, error)) ||
            (!shard && is_month(name) && !read_month(table, of, reader, name, error))) {
            return false;
        }
    }
    return entries != NULL;
}

static bool read_all(StatusTable *table, const Months *of, EditionReader *reader, GError **error)
{
    Hash hash;
    g_autoptr(GError) reason = NULL;
    if (!edition_reader_find(reader, of->manifest, &hash, &reason)) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return read_months(table, of, reader, of->manifest, error);
}

StatusTable *status_table_read(EditionReader *reader, GError **error)
{
    g_autoptr(StatusTable) table = status_table_new();
    return read_all(table, &status_months, reader, error) &&
                   read_all(table, &gone_months, reader, error)
               ? g_steal_pointer(&table)
               : NULL;
}
