/*
 * Pictures that a text asks for and readers will not see: "media:ID" of a picture that is not in
 * the library, and an address without a host, which no page of the edition has. (A picture of
 * another host becomes a link to it: text/sanitise.h.)
 */
#pragma once

#include "desk/story.h"

#define STORY_PICTURES_MOST 5u /* that are named of one text */

/* Adds each once to `missing` (char *), as it is written. Costs a rendering where the text has a
 * picture, else nothing. Errors: the store's, and those of a text that cannot be rendered. */
bool story_pictures_missing(Store *store, const char *text, StoryFormat format, GPtrArray *missing,
                            GError **error);
