/*
 * Erasures: takedowns (takedown.h), withheld names (withhold.h) and drafts that were thrown away
 * (discard.h), from the order to the moment when nothing of them is left in any file of ours
 * (docs/takedown.md).
 *
 * An order is a row, written in the transaction that does the first part, so that a stop at any
 * instruction leaves what the next start finishes (main/erase.h):
 *
 *   ERASURE_STORIES   a name is being taken out of the stories, part by part
 *   ERASURE_SPREAD    pages follow by their touches; newsletters and search are to forget
 *   ERASURE_CLEAN     older editions, picture files and the database's free space are to go
 *   ERASURE_DONE      what was looked for is forgotten here too; number, reason, moment and who
 * stay
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

typedef enum { ERASURE_STORIES, ERASURE_SPREAD, ERASURE_CLEAN, ERASURE_DONE } ErasureStep;

#define ERASURE_TAKEDOWN "takedown"
#define ERASURE_WITHHOLD "withhold"
#define ERASURE_DISCARD  "discard" /* of a draft (discard.h): begins with ERASURE_CLEAN */
#define ERASURE_PROBLEM  1000u     /* bytes of a problem; longer ones are cut */
#define ERASURE_ONCE     64u       /* bytes */

/* Kinds of words: what an open erasure must remember. */
#define ERASURE_PATH "path" /* where the story stood, or stands */
#define ERASURE_NAME "name" /* a spelling that is replaced */
#define ERASURE_FILE "file" /* below media/, of a picture that no other story has */

typedef struct {
    int64_t id;
    char *kind;
    int64_t story; /* of a takedown, or 0 */
    char *instead; /* what stands for a withheld name */
    char *reason, *person;
    ErasureStep step;
    int64_t reached; /* the last story that was gone through */
    int64_t asked, finished;
    char *problem; /* why it does not go on, or "" */
    char *once;    /* the order's own word, or "" for none; only for erasure_add() */
} Erasure;

void erasure_free(Erasure *erasure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Erasure, erasure_free)

/* Writes an order down; needs an open transaction. Only kind, story, instead, reason, person, step,
 * asked and once (NULL: none) are read. */
bool erasure_add(Store *store, const Erasure *erasure, int64_t *id, GError **error);

/* Has an order with this word been written down? Then it is not to be done again. False for "" and
 * NULL. */
bool erasure_known(Store *store, const char *once, bool *known, GError **error);

/* Grows whenever a name begins to be withheld, and with each step until all places are through with
 * it: a form that was made at another number may still have a name that is gone. */
bool erasure_withheld(Store *store, int64_t *count, GError **error);

/* Is there one of that number? NOT_FOUND. */
bool erasure_exists(Store *store, int64_t id, GError **error);

/* What the worker waits for, for people to see; "" when it goes on, or is to try again at once. An
 * erasure that is done takes none. */
bool erasure_problem(Store *store, int64_t id, const char *problem, GError **error);

/* Those at a step, oldest first. Elements Erasure. */
GPtrArray *erasure_at(Store *store, ErasureStep step, GError **error);

/* The newest, at most `most`, for people. */
GPtrArray *erasure_list(Store *store, unsigned most, GError **error);

bool erasure_word_add(Store *store, int64_t id, const char *kind, const char *word, GError **error);

/* In byte order. Elements char *. */
GPtrArray *erasure_words(Store *store, int64_t id, const char *kind, GError **error);

/* All words of one, and its problem: before the database is scrubbed, which is to be rid of them
 * too. */
bool erasure_forget_words(Store *store, int64_t id, GError **error);

/* To a step, from the one before it; at any other it stays. */
bool erasure_advance(Store *store, int64_t id, ErasureStep step, int64_t now, GError **error);
