/*
 * Stories read for the index of related stories (related_work.h): their words counted, by stemmers
 * that are kept from one story to the next.
 */
#pragma once

#include "desk/story_words.h"
#include "paper/term_vector.h"

typedef struct RelatedWords RelatedWords;

RelatedWords *related_words_new(void);
void related_words_free(RelatedWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RelatedWords, related_words_free)

/* A story that has been read. */
typedef struct {
    int64_t story;
    char *language; /* NULL: there is no such story */
    bool out;
    int64_t published;
    GArray *counts; /* TermCount; NULL if not out */
    int64_t words;
} RelatedRead;

bool related_words_read(RelatedWords *words, Store *store, int64_t story, RelatedRead *read,
                        GError **error);
void related_read_clear(RelatedRead *read);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RelatedRead, related_read_clear)
