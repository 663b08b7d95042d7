/*
 * StoryLines: a file of lines, read one at a time in memory of one line (LIMIT_STORY_FILE). A line
 * that is longer is passed over and said to be so. Empty lines, a CR before the LF and a byte order
 * mark at the beginning are passed over silently. "-" is standard input.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct StoryLines StoryLines;

typedef struct {
    const char *bytes; /* until the next call */
    size_t length;
    unsigned number; /* from 1 */
    uint64_t read;   /* bytes of the file so far */
} StoryLine;

typedef enum {
    STORY_LINES_LINE,
    STORY_LINES_TOO_LONG,
    STORY_LINES_END,
    STORY_LINES_FAILED
} StoryLineStep;

/* Errors: IO, NOT_FOUND, with the name. */
StoryLines *story_lines_open(const char *path, GError **error);
void story_lines_free(StoryLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoryLines, story_lines_free)

/* The next line; `read` is filled in also at the end. */
StoryLineStep story_lines_next(StoryLines *lines, StoryLine *line, GError **error);
