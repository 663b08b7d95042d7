/*
 * A story's file (DESIGN 8): Markdown under a head of front matter, or one line of JSON; to and
 * from a StoryInput. Pure: what the values mean is checked when the story is put (import.h).
 *
 * Files of other systems are met half-way: keys that say the same by another name are taken
 * (`deck`, `summary`, `tags`, `author` … : the table in story_file.c), the first that is not empty;
 * other unknown keys are left out and named. In a Markdown file `format: html` says that the body
 * is HTML. In JSON a number or a truth value is the text that it is written as, null is "not
 * given".
 */
#pragma once

#include "desk/story_input.h"

/* What there is to say of a file besides its story. */
#define STORY_FILE_KEYS_MOST 24u

/* In which line each key stands; 0 where it is not given. */
typedef struct {
    unsigned line[STORY_FILE_KEYS_MOST];
} StoryFileLines;

typedef struct {
    unsigned line;        /* where it is wrong, 1 if unknown; in JSON always 1 */
    StoryFileLines lines; /* for what is found wrong later; all 0 in JSON */
    char **unknown;       /* keys left out, NULL-ended; NULL if none */
} StoryFileReport;

void story_file_report_clear(StoryFileReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StoryFileReport, story_file_report_clear)

/* The line of the key that a later refusal speaks of ("date: …", "the slug …"), 0 if none. */
unsigned story_file_line(const StoryFileLines *lines, const char *message);

/* `report` is zeroed by the caller and filled in either way. Errors: INVALID, LIMIT, CONFLICT (a
 * single value given as several); none of them names the line. */
StoryInput *story_file_read_markdown(const char *bytes, size_t length, StoryFileReport *report,
                                     GError **error);
StoryInput *story_file_read_json(const char *bytes, size_t length, StoryFileReport *report,
                                 GError **error);

/* What reading gives again. Caller frees; JSON without a line's end. */
char *story_file_write_markdown(const StoryInput *input);
char *story_file_write_json(const StoryInput *input, GError **error);
