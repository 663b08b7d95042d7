/*
 * Searching the saved texts of stories, for the office: headline, standfirst, text as its readers
 * read it (marks of Markdown are no hindrance to a quotation, nor are the forms of quotation
 * marks), live entries, caption and alternative text. Texts lie in no index, so that what is erased
 * is gone with its row (docs/takedown.md); a search reads them, last changed first, for so long and
 * no longer, and says how far it came.
 */
#pragma once

#include "desk/story_find.h"

typedef struct {
    bool more;           /* there are stories behind the last that was read */
    int64_t changed, id; /* of it: the place to go on from */
    unsigned read;       /* stories whose texts were looked through */
} StoryTextReach;

/* Stories whose texts have all terms (story_find.h), at most `most`, in their order; stops when
 * `patience` µs are over. Without terms none is read. Elements Story. */
GPtrArray *story_text_find(Store *store, const StoryFind *find, unsigned most, int64_t patience,
                           StoryTextReach *reach, GError **error);

/* A text as it is compared: small letters, each run of white space one blank. Caller frees. */
char *story_text_line(const char *text);

/* The same, and marks in one form, for a page sets them in another way than the text has them:
 * apostrophes and quotation marks are ', dashes and runs of hyphens -, an ellipsis three dots. */
char *story_text_folded(const char *text);

/* Markdown without the marks that stand inside words and between those of a quotation. Caller
 * frees. */
char *story_text_unmarked(const char *source);
