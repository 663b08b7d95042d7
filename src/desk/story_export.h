/*
 * A story back as a story's file gives it (story_input.h): what import makes of it is the same
 * story again. An importer's id is kept; a story without one gets none. Section, topics and authors
 * as display names, the photo as its media id, translation_of as the external id or path of the
 * group's oldest story.
 */
#pragma once

#include "desk/story_input.h"

/* Errors: NOT_FOUND, those of the store. */
StoryInput *story_export(Store *store, int64_t id, GError **error);
