/*
 * The words of stories, for those who count them (paper/related.h).
 *
 * Every change of a story's text, entries, date or visibility leaves one row in a queue, in the
 * transaction of the change; whoever reads words takes rows, oldest stories first, and removes each
 * in the transaction that wrote down what it read. A row that changed meanwhile stays. Stories that
 * go out (story_goes_out()) count, scheduled ones among them, but not the kind "page".
 */
#pragma once

#include "desk/story.h"

/* For story_change.c: needs an open transaction. */
bool story_words_changed(Store *store, const Story *before, const Story *after, bool revised,
                         GError **error);

typedef struct {
    int64_t story;
    int64_t changes; /* of its row in the queue */
} StoryWordsRow;

/* The queue's first, at most `most`. Elements StoryWordsRow. */
GArray *story_words_next(Store *store, unsigned most, GError **error);

bool story_words_done(Store *store, const StoryWordsRow *row, GError **error);

/* A story's text as plain words: headline, standfirst and what story_words_text() gives, a line
 * each. `out` is false, and text NULL, if it does not go out or is a page. */
typedef struct {
    char *language;
    bool out;
    int64_t published;
    char *text;
} StoryWords;

/* A story's body, with what is needed to read it. All is borrowed. */
typedef struct {
    int64_t story;
    StoryKind kind;
    StoryFormat format;
    const char *language, *text;
} StoryBody;

#define STORY_WORDS_LIVE                                                                           \
    250000u /* bytes of a live story's newest entries; older ones are not read */

/* Its prose, a line a block, and after it that of a live story's entries. A body that a page could
 * not show has none. Needs no rows open. Caller frees. */
char *story_words_text(Store *store, const StoryBody *body, GError **error);

bool story_words_read(Store *store, int64_t story, StoryWords *words, GError **error);
void story_words_clear(StoryWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StoryWords, story_words_clear)

typedef struct {
    int64_t published, story;
} StoryPlace;

/* Stories of a language that go out, oldest first, after a place. Elements StoryPlace. */
GArray *story_words_walk(Store *store, const char *language, StoryPlace after, unsigned most,
                         GError **error);

/* How many there are, visible yet or not. */
bool story_words_count(Store *store, const char *language, int64_t *count, GError **error);
