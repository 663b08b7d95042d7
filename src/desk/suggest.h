/*
 * Names that a story's form offers for its section, topics and authors: of one language, those with
 * most stories in the last SUGGEST_MONTHS months first. What is typed otherwise is as good: a new
 * name is made when the story is saved.
 */
#pragma once

#include "desk/site.h"
#include "desk/story_desk.h"

#define SUGGEST_MOST   200u /* names of a kind */
#define SUGGEST_MONTHS 12

/* Elements char *, as they stand in the form: of topics and authors a name with a comma between
 * quotation marks. An array without any for another field. */
GPtrArray *suggest_names(Store *store, const DeskSite *site, StoryField field, const char *language,
                         int64_t now, GError **error);
