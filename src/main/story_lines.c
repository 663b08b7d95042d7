/* Lines of a file: story_lines.h. What a line says is desk/story_file.h. */
#include "main/story_lines.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER (64u * 1024)

struct StoryLines {
    int file;
    char *path;
    char buffer[BUFFER];
    size_t have, at;
    bool ended;
    GString *line;
    unsigned number;
    uint64_t read;
};

StoryLines *story_lines_open(const char *path, GError **error)
{
    struct stat status;
    int file = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &status) != 0) {
        int code = errno;
        fail(error, code == ENOENT ? KOLOKOL_ERROR_NOT_FOUND : KOLOKOL_ERROR_IO,
             "cannot read the file: %s", g_strerror(code));
        return NULL;
    }
    if (S_ISDIR(status.st_mode)) {
        close(file);
        fail(error, KOLOKOL_ERROR_INVALID, "this is a directory; name the files in it");
        return NULL;
    }
    StoryLines *lines = g_new0(StoryLines, 1);
    lines->file = file;
    lines->path = g_strdup(path);
    lines->line = g_string_sized_new(BUFFER);
    return lines;
}

void story_lines_free(StoryLines *lines)
{
    if (lines != NULL) {
        close(lines->file);
        g_free(lines->path);
        g_string_free(lines->line, TRUE);
        g_free(lines);
    }
}

static bool fill(StoryLines *lines, GError **error)
{
    ssize_t got;
    do {
        got = fault_here(FAULT_FILE) ? -1 : read(lines->file, lines->buffer, BUFFER);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot read %s: %s", lines->path, g_strerror(errno));
    }
    lines->have = (size_t)got;
    lines->at = 0;
    lines->ended = got == 0;
    return true;
}

/* Appends up to the next LF, or all there is; true if the LF was there. */
static bool take(StoryLines *lines, bool *too_long)
{
    const char *from = lines->buffer + lines->at;
    size_t left = lines->have - lines->at;
    const char *end = memchr(from, '\n', left);
    size_t length = end == NULL ? left : (size_t)(end - from);
    size_t used = length + (end != NULL);
    if (lines->line->len + length > LIMIT_STORY_FILE) {
        *too_long = true;
    } else {
        g_string_append_len(lines->line, from, (gssize)length);
    }
    lines->at += used;
    lines->read += used;
    return end != NULL;
}

static bool read_line(StoryLines *lines, bool *too_long, bool *any, GError **error)
{
    g_string_truncate(lines->line, 0);
    *too_long = false;
    *any = false;
    while (!lines->ended) {
        if (lines->at == lines->have && !fill(lines, error)) {
            return false;
        }
        if (lines->ended) {
            break;
        }
        *any = true;
        if (take(lines, too_long)) {
            break;
        }
    }
    lines->number += *any;
    return true;
}

StoryLineStep story_lines_next(StoryLines *lines, StoryLine *line, GError **error)
{
    for (;;) {
        bool too_long = false, any = false;
        if (!read_line(lines, &too_long, &any, error)) {
            return STORY_LINES_FAILED;
        }
        size_t length = lines->line->len;
        if (length > 0 && lines->line->str[length - 1] == '\r') {
            length--;
        }
        size_t mark =
            lines->number == 1 && g_str_has_prefix(lines->line->str, "\xef\xbb\xbf") ? 3 : 0;
        *line = (StoryLine){lines->line->str + mark, length - mark, lines->number, lines->read};
        if (!any) {
            return STORY_LINES_END;
        }
        if (too_long) {
            return STORY_LINES_TOO_LONG;
        }
        if (strspn(line->bytes, " \t\r") < line->length) {
            return STORY_LINES_LINE;
        }
    }
}
