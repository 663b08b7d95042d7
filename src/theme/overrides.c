/* Reads the newsroom's theme/ directory: overrides.h. */
#include "theme/overrides.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"
#include "theme/font.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static void override_free(gpointer data)
{
    OverrideFile *file = data;
    if (file->bytes != NULL) {
        g_bytes_unref(file->bytes);
    }
    g_clear_error(&file->problem);
    g_free(file);
}

GHashTable *overrides_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, override_free);
}

/* Endings of theme files with their ceilings. */
static const struct {
    const char *ending;
    size_t limit;
} kinds[] = {{".mustache", LIMIT_TEMPLATE}, {".css", LIMIT_STYLE}, {FONT_ENDING, LIMIT_FONT}};

/* [a-z0-9-]+ and an ending: what can be a name between braces, and leaves no directory. */
size_t overrides_limit(const char *name)
{
    size_t stem = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
    for (size_t i = 0; stem > 0 && i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(name + stem, kinds[i].ending) == 0) {
            return kinds[i].limit;
        }
    }
    return strcmp(name, OVERRIDES_ICON) == 0 ? LIMIT_ICON : 0;
}

static OverrideFile *override_copy(const OverrideFile *old)
{
    OverrideFile *file = g_memdup2(old, sizeof(*old));
    if (file->bytes != NULL) {
        g_bytes_ref(file->bytes);
    }
    file->problem = old->problem == NULL ? NULL : g_error_copy(old->problem);
    return file;
}

static OverrideFile *override_read(int directory, const char *name, const struct stat *info)
{
    OverrideFile *file = g_new0(OverrideFile, 1);
    file->changed = info->st_mtim.tv_sec * INT64_C(1000000000) + info->st_mtim.tv_nsec;
    file->size = info->st_size;
    file->inode = info->st_ino;
    file->bytes = file_read_at(directory, name, overrides_limit(name), &file->problem);
    return file;
}

static bool looks_same(const OverrideFile *old, const struct stat *info)
{
    return old != NULL &&
           old->changed == info->st_mtim.tv_sec * INT64_C(1000000000) + info->st_mtim.tv_nsec &&
           old->size == info->st_size && old->inode == info->st_ino;
}

static bool take_file(int directory, const char *name, GHashTable *old, GHashTable *files,
                      bool *changed, GError **error)
{
    struct stat info;

    if (overrides_limit(name) == 0 || fstatat(directory, name, &info, 0) != 0 ||
        !S_ISREG(info.st_mode)) {
        return true;
    }
    if (g_hash_table_size(files) == THEME_FILES) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "theme/: a theme may have %u files", THEME_FILES);
    }
    OverrideFile *before = g_hash_table_lookup(old, name);
    bool same = looks_same(before, &info);
    *changed = *changed || !same;
    g_hash_table_insert(files, g_strdup(name),
                        same ? override_copy(before) : override_read(directory, name, &info));
    return true;
}

static void directory_close(DIR **entries)
{
    if (*entries != NULL) {
        closedir(*entries);
    }
}

bool overrides_scan(const char *directory, GHashTable **files, bool *changed, GError **error)
{
    g_autoptr(GHashTable) now = overrides_new();
    bool differs = false;
    __attribute__((cleanup(directory_close))) DIR *entries = NULL;

    if (directory != NULL && fault_here(FAULT_FILE)) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot read the directory %s: %s", directory,
                    g_strerror(errno));
    }
    if (directory != NULL && (entries = opendir(directory)) == NULL && errno != ENOENT) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot read the directory %s: %s", directory,
                    g_strerror(errno));
    }
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        if (!take_file(dirfd(entries), entry->d_name, *files, now, &differs, error)) {
            return false;
        }
    }
    if (g_hash_table_size(now) != g_hash_table_size(*files)) {
        differs = true;
    }
    if (differs) {
        g_hash_table_unref(*files);
        *files = g_steal_pointer(&now);
    }
    *changed = differs;
    return true;
}

GHashTable *overrides_with(GHashTable *files, const char *name, GBytes *bytes, GError **error)
{
    size_t limit = overrides_limit(name);
    if (limit == 0) {
        fail(error, KOLOKOL_ERROR_INVALID,
             "\"%.100s\" is no name of a theme file: a-z, 0-9 and \"-\", then .mustache or .css",
             name);
        return NULL;
    }
    if (bytes != NULL && g_bytes_get_size(bytes) > limit) {
        fail(error, KOLOKOL_ERROR_LIMIT, "theme/%s: %zu bytes are too many; the limit is %zu", name,
             g_bytes_get_size(bytes), limit);
        return NULL;
    }
    g_autoptr(GHashTable) with = overrides_new();
    GHashTableIter each;
    gpointer key, file;
    g_hash_table_iter_init(&each, files);
    while (g_hash_table_iter_next(&each, &key, &file)) {
        if (strcmp(key, name) != 0) {
            g_hash_table_insert(with, g_strdup(key), override_copy(file));
        }
    }
    if (bytes != NULL && g_hash_table_size(with) == THEME_FILES) {
        fail(error, KOLOKOL_ERROR_LIMIT, "theme/: a theme may have %u files", THEME_FILES);
        return NULL;
    }
    if (bytes != NULL) {
        OverrideFile *given = g_new0(OverrideFile, 1);
        given->bytes = g_bytes_ref(bytes);
        given->size = (int64_t)g_bytes_get_size(bytes);
        g_hash_table_insert(with, g_strdup(name), given);
    }
    return g_steal_pointer(&with);
}
