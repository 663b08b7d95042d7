/* Private to story_file*.c: the keys of a story's file and what they become. */
#pragma once

#include "desk/story_file.h"

/* A key of other systems. */
typedef struct {
    const char *foreign; /* the key in the file */
    const char *key;     /* ours */
} StoryFileAlias;

/* In the order in which they are looked at; ended by foreign NULL. */
extern const StoryFileAlias STORY_FILE_ALIASES[];

/* Every key that a file may have, NULL-ended: ours, the aliases, "format" and "draft". */
const char *const *story_file_known(void);

/* The texts of a story by key, for the writers: scalars in the order of the design, ended by key
 * NULL. */
typedef struct {
    const char *key;
    size_t offset; /* in StoryInput */
    bool list;     /* GPtrArray of char *, else char * */
} StoryFileKey;

extern const StoryFileKey STORY_FILE_KEYS[];

/* Remembers the line of a key of ours. */
void story_file_note_line(StoryFileLines *lines, const char *key, unsigned line);
