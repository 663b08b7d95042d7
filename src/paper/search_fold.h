/*
 * Making a tier anew, for search_work.c: the archive from all stories, the month from the documents
 * since. Each writes files beside those in force, in short transactions, and ends with one that
 * changes the state and the day file.
 */
#pragma once

#include "paper/search_tables.h"
#include "text/stem.h"

typedef struct {
    Store *store;
    Stemmer *stemmer;                          /* of the language */
    const volatile int *stop;                  /* may be NULL */
    int64_t as_of, today;                      /* today: YYYYMMDD */
    bool (*renew)(void *data, GError **error); /* the lease: called now and then */
    void *data;
} SearchFold;

/* BUSY if it was stopped. */
bool search_fold_archive(const SearchFold *fold, SearchState *state, GError **error);

/* *full is true, and nothing changed, if a file would be too long. */
bool search_fold_month(const SearchFold *fold, SearchState *state, bool *full, GError **error);

/* Drops documents and files that the state does not name: what the last fold would have dropped if
 * it had not been stopped. */
bool search_fold_clean(const SearchFold *fold, const SearchState *state, GError **error);
