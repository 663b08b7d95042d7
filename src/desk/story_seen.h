/*
 * Nobody lets go out what they have not seen. A form of a story's way to readers (publishing,
 * schedule, stage, embargo, correction, withdrawal) carries what its page showed, in the field
 * STORY_SEEN_FIELD; if the story is another by now, nothing is done, and the page says who changed
 * what. By the API the same is If-Match.
 */
#pragma once

#include "desk/story.h"
#include "office/office.h"

#define STORY_SEEN_FIELD "base"

/* How much must be as it was. */
typedef enum {
    STORY_SEEN_TEXT,  /* the text; all of it, unless entries of a live story come in meanwhile */
    STORY_SEEN_WHOLE, /* all that readers would get */
    STORY_SEEN_SAVED, /* that, and what this person has typed is saved: it would not go out */
} StorySeenHow;

/* The field's value. Caller frees. */
char *story_seen_value(const Story *story);

/* Is it what the visitor's form says? CONFLICT, in the visitor's language. In the transaction that
 * acts. */
bool story_seen_check(const OfficeVisit *visit, Store *store, int64_t story, StorySeenHow how,
                      GError **error);

/* The story's newest revision, if the form was made before it; else 0. */
int64_t story_seen_newer(const OfficeVisit *visit, const Story *story);
