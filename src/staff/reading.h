/*
 * Links with which somebody outside, a lawyer, a source, reads one story that is not out: read
 * only, for a time, without signing in (docs/stories.md).
 *
 * A link's token, 128 random bits as 32 hex digits, is in the link only; stored is the SHA-256. It
 * ends at its time, by reading_end(), with a takedown of its story, and with all that ends the
 * tokens of the person who made it: disabling, a new password, a role that may not publish, "lock
 * the office". It opens only while that person is active and may publish; so it never shows what
 * its maker may not see, stories under embargo included. A link that has ended stays in the list
 * for a while, for what it says of its openings; it never becomes good again.
 *
 * For whom a link is stands in its row only, never in the audit log: it may be a source.
 *
 * Looking at a link changes nothing (a mail scanner looks at every link); reading_open() is the
 * opening: counted, with its time, and in the audit log, as are making and ending.
 *
 * Errors: NOT_FOUND, INVALID, LIMIT, those of the store.
 */
#pragma once

#include "store/store.h"

#define READING_TOKEN      33u  /* bytes of a token's text with its end */
#define READING_NAME       120u /* bytes of for whom it is */
#define READING_HOURS_MOST (14u * 24u)
#define READING_LINKS      20u  /* of one story that are good at the same time */
#define READING_OPENINGS   500u /* of one link, after which it opens no more */
#define READING_KEPT_DAYS  180u /* how long one that has ended is in the list */

typedef struct {
    int64_t id, story;
    int64_t person;     /* who made it */
    char *name, *maker; /* for whom; the maker's name */
    int64_t created, ends;
    int64_t ended;  /* when it was ended before its time, or 0 */
    int64_t opened; /* how often */
    int64_t last;   /* the last opening, or 0 */
} Reading;

void reading_free(Reading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reading, reading_free)

/* Who makes or ends one, and the name of the API's token by which, or NULL: for the audit log. */
typedef struct {
    int64_t person;
    const char *token;
} ReadingActor;

bool reading_good(const Reading *reading, int64_t now);

/* `token` gets the token. */
bool reading_make(Store *store, int64_t story, const ReadingActor *by, const char *name,
                  unsigned hours, int64_t now, char token[READING_TOKEN], GError **error);

/* The link of a token. NOT_FOUND: none, ended, malformed, or its maker may not any more. */
Reading *reading_find(Store *store, const char *token, int64_t now, GError **error);

/* Counts an opening. NOT_FOUND: it has ended meanwhile, or was opened too often. */
bool reading_open(Store *store, const Reading *reading, int64_t now, GError **error);

/* Of a story, the newest first. Elements Reading. */
GPtrArray *reading_list(Store *store, int64_t story, unsigned most, GError **error);

/* Ends one of a story's. NOT_FOUND: it has none of this number that is still good. */
bool reading_end(Store *store, int64_t story, int64_t id, const ReadingActor *by, int64_t now,
                 GError **error);

/* For transactions of what ends them: a takedown; a person's, everybody's. */
bool reading_end_of_story(Store *store, int64_t story, int64_t now, GError **error);
bool reading_end_of(Store *store, int64_t person, int64_t now, GError **error);
bool reading_end_all(Store *store, int64_t now, GError **error);

/* For a name that is withheld (desk/withhold.h): gives for whom a link is to be instead, or NULL to
 * leave it. Needs an open transaction. */
typedef char *(*ReadingRenamer)(const char *name, void *data);
bool reading_rename_all(Store *store, ReadingRenamer rename, void *data, GError **error);
