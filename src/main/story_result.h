/*
 * What became of stories that a command changed, told to the person who gave it: the new state, and
 * when readers have it (appearance.h).
 */
#pragma once

#include "desk/story.h"
#include "main/appearance.h"
#include "main/command.h"
#include "main/newsroom_desk.h"

typedef struct {
    CommandContext *context;
    NewsroomDesk desk;
    Appearance *appearance;
    GPtrArray *before; /* Story, or NULL for one that was not there */
    GArray *ids;       /* int64_t, beside it */
    int64_t now;
} StoryResult;

/* Opens the desk and notes the present edition. Clear it also after a failure. */
bool story_result_begin(StoryResult *result, CommandContext *context, GError **error);
void story_result_clear(StoryResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StoryResult, story_result_clear)

/* Finds a story by what the person wrote, and remembers it as it is. */
bool story_result_find(StoryResult *result, const char *name, int64_t *id, GError **error);

/* Remembers one that was found otherwise; `before` (owned from here) may be NULL. */
void story_result_add(StoryResult *result, int64_t id, Story *before);

/* Waits until the changes are to be seen, and prints a line a story. */
bool story_result_print(StoryResult *result, GError **error);
