/*
 * What search needs of the desk (paper/search_work.h): a queue of stories whose entry in the index
 * may be out of date, and a story's text as plain words.
 *
 * Every change that a reader may see leaves one row in the queue, in the transaction of the change.
 * A story that appears later than now is due then. Who indexes takes rows that are due and removes
 * each in the transaction that wrote down what it read; a row that changed meanwhile stays.
 */
#pragma once

#include "desk/story.h"

/* For story_change.c: needs an open transaction. */
bool story_search_changed(Store *store, const Story *before, const Story *after, int64_t now,
                          GError **error);

#define STORY_SEARCH_BACKLOG 400u /* rows due from which on all is indexed anew */

/* For section.c: results name the section, so its stories are indexed again; of many the oldest, as
 * many as make a backlog, which has the same effect. Needs an open transaction. */
bool story_search_renamed(Store *store, const char *language, const char *section, GError **error);

typedef struct {
    int64_t story;
    int64_t changes; /* of its row in the queue */
} StorySearchRow;

/* The first rows due, at most `most`. Elements StorySearchRow. */
GArray *story_search_next(Store *store, int64_t now, unsigned most, GError **error);

bool story_search_done(Store *store, const StorySearchRow *row, GError **error);

/* The prose of a story's body and of its entries (story_words_text()). Caller frees. */
char *story_search_prose(Store *store, const Story *story, GError **error);
