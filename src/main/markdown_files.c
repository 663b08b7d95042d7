/* Walking for Markdown files: markdown_files.h. */
#include "main/markdown_files.h"

#include "base/error.h"
#include "text/slug.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define DEPTH_MOST 64u

struct MarkdownFiles {
    GPtrArray *paths;   /* char * */
    GArray *name_start; /* size_t: where the name begins in the path */
};

MarkdownFiles *markdown_files_new(void)
{
    MarkdownFiles *files = g_new(MarkdownFiles, 1);
    files->paths = g_ptr_array_new_with_free_func(g_free);
    files->name_start = g_array_new(FALSE, FALSE, sizeof(size_t));
    return files;
}

void markdown_files_free(MarkdownFiles *files)
{
    if (files != NULL) {
        g_ptr_array_unref(files->paths);
        g_array_unref(files->name_start);
        g_free(files);
    }
}

unsigned markdown_files_count(const MarkdownFiles *files)
{
    return files->paths->len;
}

const char *markdown_files_path(const MarkdownFiles *files, unsigned index)
{
    return g_ptr_array_index(files->paths, index);
}

const char *markdown_files_name(const MarkdownFiles *files, unsigned index)
{
    return markdown_files_path(files, index) + g_array_index(files->name_start, size_t, index);
}

static bool take(MarkdownFiles *files, const char *path, size_t name_start, GError **error)
{
    if (files->paths->len >= MARKDOWN_FILES_MOST) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "more than %u files; import them in parts",
                    MARKDOWN_FILES_MOST);
    }
    g_ptr_array_add(files->paths, g_strdup(path));
    g_array_append_val(files->name_start, name_start);
    return true;
}

static int by_bytes(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *list(const char *path, GError **error)
{
    DIR *directory = opendir(path);
    if (directory == NULL) {
        fail(error, KOLOKOL_ERROR_IO, "cannot read the directory: %s", g_strerror(errno));
        return NULL;
    }
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] != '.') {
            g_ptr_array_add(names, g_strdup(entry->d_name));
        }
    }
    closedir(directory);
    g_ptr_array_sort(names, by_bytes);
    return names;
}

static bool walk(MarkdownFiles *files, const char *path, size_t name_start, unsigned depth,
                 GError **error)
{
    g_autoptr(GPtrArray) names = list(path, error);
    if (names == NULL) {
        return false;
    }
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *below = g_build_filename(path, name, NULL);
        struct stat status;
        if (lstat(below, &status) != 0) {
            continue;
        }
        bool markdown = g_str_has_suffix(name, ".md") || g_str_has_suffix(name, ".markdown");
        if (S_ISDIR(status.st_mode)) {
            if (depth < DEPTH_MOST && !walk(files, below, name_start, depth + 1, error)) {
                return false;
            }
        } else if (markdown && !take(files, below, name_start, error)) {
            return false;
        }
    }
    return true;
}

bool markdown_files_add(MarkdownFiles *files, const char *path, GError **error)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return fail(error, errno == ENOENT ? KOLOKOL_ERROR_NOT_FOUND : KOLOKOL_ERROR_IO,
                    "cannot read the file: %s", g_strerror(errno));
    }
    if (!S_ISDIR(status.st_mode)) {
        const char *slash = strrchr(path, '/');
        return take(files, path, slash == NULL ? 0 : (size_t)(slash + 1 - path), error);
    }
    guint before = files->paths->len;
    g_autofree char *directory = g_strdup(path);
    size_t length = strlen(directory);
    while (length > 1 && directory[length - 1] == '/') {
        directory[--length] = '\0';
    }
    if (!walk(files, directory, length + 1, 0, error)) {
        return false;
    }
    return files->paths->len > before ||
           fail(error, KOLOKOL_ERROR_INVALID, "there is no *.md file in this directory");
}

/* "2026-11-23-fog.md" → true, with the length of the date and its hyphen. */
static bool is_dated(const char *base)
{
    static const char shape[] = "dddd-dd-dd-";
    for (size_t i = 0; shape[i] != '\0'; i++) {
        if (shape[i] == 'd' ? !g_ascii_isdigit(base[i]) : base[i] != shape[i]) {
            return false;
        }
    }
    return true;
}

void markdown_file_defaults(StoryInput *input, const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash == NULL ? name : slash + 1;
    if (is_dated(base)) {
        const char *rest = base + strlen("2026-11-23-");
        if (input->date == NULL) {
            input->date = g_strndup(base, strlen("2026-11-23"));
        }
        if (input->slug == NULL && input->path == NULL) {
            g_autofree char *words = g_strndup(rest, strcspn(rest, "."));
            input->slug = slug_from_title(g_strdelimit(words, "_", ' '), 0);
        }
    }
    if (input->id == NULL && strlen(name) < STORY_INPUT_VALUE - strlen("file:") &&
        g_utf8_validate(name, -1, NULL)) {
        input->id = g_strconcat("file:", name, NULL);
    }
}
