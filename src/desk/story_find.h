/*
 * Stories for the office's list: by words of the headline, state, language, section, author, person
 * and overdue, last changed first, a page at a time. One narrow row a story is kept beside the
 * story's own (desk_find), written with each change; a search passes over those rows in their
 * order, so it costs no body and no other table, and 100,000 stories are a few tens of
 * milliseconds at worst.
 */
#pragma once

#include "desk/story.h"

#define STORY_FIND_WORDS 8u /* terms that count; those after are left out */

typedef struct {
    const char
        *words; /* as typed; each term must be somewhere in the headline or topics; or NULL */
    int state;  /* a StoryState, or -1 */
    const char *language;      /* or NULL, and so below */
    const char *section;       /* slug */
    const char *author;        /* slug, by or reporting */
    int64_t assignee;          /* of a task; 0: any */
    int64_t overdue_at;        /* only what is overdue (task.h) at this moment; 0: all */
    int64_t before, before_id; /* begins behind this place; 0 and 0: at the newest */
} StoryFind;

/* At most `most` stories; *more tells whether there are others behind them, from the last one's
 * (changed, id). Elements Story. */
GPtrArray *story_find_list(Store *store, const StoryFind *find, unsigned most, bool *more,
                           GError **error);

/* What is looked for: words, and phrases in quotation marks ("…", “…”, «…», „…“), in small letters,
 * each run of white space one blank, and without the marks, at most STORY_FIND_WORDS; *left (may be
 * NULL) tells whether there were more. `words` may be NULL. Free with g_strfreev(). */
char **story_find_terms(const char *words, bool *left);

/* For story_change.c: needs an open transaction. */
bool story_find_changed(Store *store, const Story *after, GError **error);
