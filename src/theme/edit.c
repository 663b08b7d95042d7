/* Lists, judges, writes and removes files of theme/: edit.h. What is at fault is found by theme.c.
 */
#include "theme/edit.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"
#include "theme/embedded.h"
#include "theme/overrides.h"
#include "theme/sources.h"
#include "theme/theme.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void theme_file_free(void *data)
{
    ThemeFile *file = data;
    g_free(file->name);
    g_free(file->problem);
    g_free(file);
}

/* ---- The list ------------------------------------------------------------------------------- */

static ThemeFile *file_of(GHashTable *all, const char *name)
{
    ThemeFile *file = g_hash_table_lookup(all, name);
    if (file == NULL) {
        file = g_new0(ThemeFile, 1);
        file->name = g_strdup(name);
        g_hash_table_insert(all, file->name, file);
    }
    return file;
}

static void add_built_in(GHashTable *all)
{
    size_t count = 0;
    const EmbeddedFile *files = embedded_list(SOURCES_FOLDER, &count);
    for (size_t i = 0; i < count; i++) {
        const char *name = files[i].name + strlen(SOURCES_FOLDER);
        if (overrides_limit(name) > 0) {
            ThemeFile *file = file_of(all, name);
            file->built_in = true;
            file->bytes = files[i].length;
        }
    }
}

static void add_own(GHashTable *all, GHashTable *seen)
{
    GHashTableIter each;
    gpointer name, value;
    g_hash_table_iter_init(&each, seen);
    while (g_hash_table_iter_next(&each, &name, &value)) {
        ThemeFile *file = file_of(all, name);
        file->own = true;
        file->bytes = (size_t)((OverrideFile *)value)->size;
    }
}

/* A line is "theme/NAME:14: …" or "theme/NAME: …". */
static void add_problems(GHashTable *all, const Theme *theme)
{
    for (const char *const *line = theme_problems(theme); *line != NULL; line++) {
        const char *name = *line + strlen(SOURCES_FOLDER);
        g_autofree char *stem = g_strndup(name, strcspn(name, ":"));
        ThemeFile *file = g_hash_table_lookup(all, stem);
        if (file != NULL && file->problem == NULL) {
            file->problem = g_strdup(*line);
        }
    }
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp((*(ThemeFile *const *)a)->name, (*(ThemeFile *const *)b)->name);
}

GPtrArray *theme_edit_list(const char *directory, GError **error)
{
    g_autoptr(GHashTable) seen = overrides_new();
    g_autoptr(Theme) theme = theme_load(directory, error);
    bool changed = false;
    if (theme == NULL || !overrides_scan(directory, &seen, &changed, error)) {
        return NULL;
    }
    g_autoptr(GHashTable) all = g_hash_table_new(g_str_hash, g_str_equal);
    add_built_in(all);
    add_own(all, seen);
    add_problems(all, theme);
    GPtrArray *list = g_ptr_array_new_with_free_func(theme_file_free);
    GHashTableIter each;
    gpointer file;
    g_hash_table_iter_init(&each, all);
    while (g_hash_table_iter_next(&each, NULL, &file)) {
        g_ptr_array_add(list, file);
    }
    g_ptr_array_sort(list, compare_names);
    return list;
}

/* ---- One file ------------------------------------------------------------------------------- */

bool theme_edit_is_text(const char *name)
{
    return overrides_limit(name) > 0 &&
           (g_str_has_suffix(name, SOURCES_TEMPLATE) || g_str_has_suffix(name, SOURCES_STYLE));
}

/* Before a name is put into a path. */
static bool name_good(const char *name, GError **error)
{
    g_autoptr(GHashTable) none = overrides_new();
    g_autoptr(GHashTable) with = overrides_with(none, name, NULL, error);
    return with != NULL;
}

GBytes *theme_edit_own(const char *directory, const char *name, GError **error)
{
    if (!name_good(name, error)) {
        return NULL;
    }
    g_autofree char *path = g_build_filename(directory, name, NULL);
    return file_read(path, overrides_limit(name), error);
}

GBytes *theme_edit_built_in(const char *name)
{
    g_autofree char *path = g_strconcat(SOURCES_FOLDER, name, NULL);
    const EmbeddedFile *found = overrides_limit(name) == 0 ? NULL : embedded_read(path);
    return found == NULL ? NULL : g_bytes_new_static(found->bytes, found->length);
}

void theme_edit_mark(GBytes *bytes, char mark[THEME_MARK])
{
    g_autofree char *hex =
        bytes == NULL ? NULL : g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    g_strlcpy(mark, hex == NULL ? "-" : hex, THEME_MARK);
}

/* ---- Judging -------------------------------------------------------------------------------- */

static unsigned line_at(const char *text, const char *at)
{
    unsigned line = 1;
    for (; text < at; text++) {
        line += *text == '\n';
    }
    return line;
}

/* The <head> of a page, which is no <header>; NULL without one. */
static const char *head_of(const char *text)
{
    const char *at = text;
    while ((at = strstr(at, "<head")) != NULL && at[5] != '>' && !g_ascii_isspace(at[5])) {
        at += 5;
    }
    return at;
}

/* A page carries its policy itself. What the program makes without one goes out with a header
 * (the door), or is no page (mails). */
static bool check_policy(const char *name, const char *written, GError **error)
{
    static const char meta[] = "content=\"{{policy}}\"";
    g_autoptr(GBytes) built_in = theme_edit_built_in(name);
    size_t length = 0;
    const char *ours = built_in == NULL ? NULL : g_bytes_get_data(built_in, &length);
    if (ours != NULL && g_strstr_len(ours, (gssize)length, meta) == NULL) {
        return true;
    }
    g_autofree char *text = g_ascii_strdown(written, -1);
    const char *head = head_of(text), *script = strstr(text, "<script");
    const char *policy = head == NULL ? NULL : strstr(head, meta);
    if (head == NULL || (policy != NULL && (script == NULL || policy < script))) {
        return true;
    }
    return fail(error, KOLOKOL_ERROR_INVALID,
                SOURCES_FOLDER "%s:%u: a <head> needs <meta "
                               "http-equiv=\"Content-Security-Policy\" content=\"{{policy}}\"> "
                               "before any script: the copies of the paper have no other policy",
                name, line_at(text, policy == NULL ? head : script));
}

static bool check_text(const char *name, GBytes *bytes, GError **error)
{
    size_t length = 0;
    const char *start = g_bytes_get_data(bytes, &length), *end = NULL;
    if (!theme_edit_is_text(name)) {
        return fail(error, KOLOKOL_ERROR_INVALID, SOURCES_FOLDER "%s is not edited as text", name);
    }
    if (length > THEME_EDIT_MOST) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    SOURCES_FOLDER "%s: %zu bytes are too many; the limit is %u", name, length,
                    THEME_EDIT_MOST);
    }
    g_autofree char *text = g_strndup(start == NULL ? "" : start, length);
    if (memchr(text, '\0', length) != NULL || !g_utf8_validate(text, (gssize)length, &end)) {
        return fail(error, KOLOKOL_ERROR_INVALID, SOURCES_FOLDER "%s:%u: this is no UTF-8 text",
                    name, line_at(text, end == NULL ? text : end));
    }
    return !g_str_has_suffix(name, SOURCES_TEMPLATE) || check_policy(name, text, error);
}

static bool try_it(const char *directory, const char *name, GBytes *bytes, GError **error)
{
    g_autoptr(Theme) theme = theme_load(directory, error);
    return theme != NULL && theme_try(theme, name, bytes, error);
}

bool theme_edit_check(const char *directory, const char *name, GBytes *bytes, GError **error)
{
    return name_good(name, error) && check_text(name, bytes, error) &&
           try_it(directory, name, bytes, error);
}

bool theme_edit_check_reset(const char *directory, const char *name, GError **error)
{
    g_autofree char *path = name_good(name, error) ? g_build_filename(directory, name, NULL) : NULL;
    if (path == NULL) {
        return false;
    }
    if (!g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND,
                    "the newsroom has no " SOURCES_FOLDER "%s of its own", name);
    }
    return try_it(directory, name, NULL, error);
}

/* ---- Writing -------------------------------------------------------------------------------- */

bool theme_edit_save(const char *directory, const char *name, GBytes *bytes, GError **error)
{
    if (!theme_edit_check(directory, name, bytes, error)) {
        return false;
    }
    size_t length = 0;
    const void *text = g_bytes_get_data(bytes, &length);
    FILE_AUTO folder = directory_open(directory, false, error);
    return folder >= 0 && file_replace(folder, name, text, length, 0644, error);
}

bool theme_edit_reset(const char *directory, const char *name, GError **error)
{
    if (!theme_edit_check_reset(directory, name, error)) {
        return false;
    }
    FILE_AUTO folder = directory_open(directory, false, error);
    if (folder < 0) {
        return false;
    }
    if (fault_here(FAULT_FILE) || unlinkat(folder, name, 0) != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot remove " SOURCES_FOLDER "%s: %s", name,
                    g_strerror(errno));
    }
    return directory_sync(folder, error);
}
