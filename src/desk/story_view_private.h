/* The parts of a story's page in several files: story_view_page.c, story_view_way.c. */
#pragma once

#include "desk/story_view.h"
#include "text/html.h"

/* A state as a word with its dot. */
void story_view_state(HtmlWriter *page, const OfficeVisit *visit, StoryState state);

void story_view_link(HtmlWriter *page, const char *address, const char *text);

/* The same around a headline, which may run the other way than what stands beside it. */
void story_view_headline(HtmlWriter *page, const char *address, const char *headline);

/* The first line of a page about a story: the way back to it, and its headline. */
void story_view_back(HtmlWriter *page, const OfficeVisit *visit, const Story *story);

/* Which floor the form is made after (floor.h). */
void story_view_floor_field(HtmlWriter *page, const StoryView *view);

/* Below the form: checklist, publishing and the rest of its way, task, comments. */
bool story_view_way(HtmlWriter *page, const StoryView *view, GError **error);

/* In the form, below its fields: radio buttons for the newest pictures. The field of this name goes
 * before the number in the field for the photo, unless it is empty. */
#define STORY_PHOTO_PICK  "photo-pick"
#define STORY_PHOTO_WORDS "photo-words" /* of a search for others */
bool story_view_photos(HtmlWriter *page, const StoryView *view, GError **error);
