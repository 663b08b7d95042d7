/*
 * What newsletters forget (desk/erasure.h): a story that was taken down, a name that is withheld.
 * In every issue, draft or sent, the item of such a story says only that it is not available; names
 * are replaced in headlines, standfirsts and bylines. Subject, HTML and text are made anew: what is
 * yet to be sent goes out without it, what has been sent is in the hands of those who got it. Pages
 * of the archive follow by their inputs. Letters that the transport `outbox` wrote are our own
 * files and are removed; called once more with nothing to look for, it removes those that a sender
 * wrote meanwhile.
 */
#pragma once

#include "store/store.h"

typedef struct {
    const GPtrArray *paths; /* char *: where the story stood; may be empty */
    const char *path;       /* where its tombstone is, or NULL */
    const GPtrArray *names; /* char *: what is replaced; may be empty */
    const char *instead;    /* "" for the language's own words */
    const char *outbox;     /* the folder, which need not be there */
} IssueErase;

/* All issues of all newsletters, a transaction each; may be called again. CORRUPT (an issue's
 * content), IO, those of the store. */
bool issue_erase(Store *store, const IssueErase *what, GError **error);
