/*
 * What a story's photo must have before readers see it: alt text for those who do not see it (WCAG
 * 2, 1.1.1) and a credit, each the story's own or the picture's. The setting `picture-words` says
 * whether it is required. A story that is out already with less stays out; it is asked again when
 * its photo or the words change.
 */
#pragma once

#include "desk/story_change.h"

/* True where nothing stands in the way. INVALID names the picture, what is missing and how to mend
 * it. */
bool story_photo_check(const StoryChange *change, GError **error);
