/*
 * A story as the API gives it, and who may see it: for the files story_*_api.c.
 *
 * A story under embargo is not there for a token without the scope "embargoed": the same words as
 * for a number that no story has, and no list, count or name tells of it.
 */
#pragma once

#include "desk/story_desk.h"
#include "office/api.h"

extern const ApiSchema story_answer_schema;  /* all of it */
extern const ApiSchema story_summary_schema; /* without text: in lists, after a change of state */

bool story_answer_hidden(const ApiCall *call, const Story *story);

/* The story, if this token may see it; NOT_FOUND. */
Story *story_answer_load(const ApiCall *call, int64_t id, GError **error);

/* Its entity tag: another after each change. Caller frees. */
char *story_answer_etag(const Story *story);

/* If-Match against the story (api_match()). */
bool story_answer_match(ApiCall *call, const Story *story, GError **error);

/* An object of the summary's fields. */
void story_answer_write_summary(JsonWriter *json, const StoryDesk *desk, const Story *story);

/* The whole answer, with ETag: the story with its text, or the summary. `rendered`: with the HTML
 * of the text as well. */
HttpReply *story_answer_whole(ApiCall *call, int64_t id, bool rendered, unsigned status);
HttpReply *story_answer_summary(ApiCall *call, int64_t id);
