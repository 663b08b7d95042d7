/*
 * A story's change from what is given (story_input.h); for the files of this folder.
 */
#pragma once

#include "desk/story_change.h"
#include "desk/story_input.h"

/* Makes change->after and the body from change->before (NULL for a new story) and the input, which
 * story_input_check() has accepted and which the change borrows; writes nothing. Section, topics
 * and authors stay as they are. `publish` as STORY_PUT_PUBLISH (import.h). Errors: CONFLICT
 * (another language), INVALID (translation target, slug), NOT_FOUND (photo), the store's. */
bool story_given_take(StoryChange *change, const StoryInput *input, bool publish, GError **error);
