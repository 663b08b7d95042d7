/*
 * The stored state of search: which files are in force, the documents, and the files' bytes, from
 * which pages are made (search_page.c). Every change of a file touches its input
 * "search:LANG/NAME". Names: "day"; "a7/12", "a7/c12" and "a7/w63-8" are the terms, cards and words
 * of the seventh archive tier; "m3/…" of the third month tier.
 */
#pragma once

#include "paper/search_code.h"
#include "store/store.h"

typedef struct {
    char language[36];
    bool known; /* there is a row */
    int64_t archive, archive_files, month, month_files;
    int64_t day;     /* YYYYMMDD of the last cut-off */
    int64_t pending; /* the day file is behind the documents */
    int64_t first_archive, first_month, first_day, next;
    int64_t stories, words;
    GByteArray *rules; /* as in the day file */
    int64_t folding;
    int64_t stems; /* stemmer_version() of what the archive was made with */
} SearchState;

bool search_state_read(Store *store, const char *language, SearchState *state, GError **error);
bool search_state_write(Store *store, const SearchState *state, GError **error);
void search_state_clear(SearchState *state);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SearchState, search_state_clear)

/* NULL without an error set if there is no such file. Caller frees. */
GBytes *search_file_read(Store *store, const char *language, const char *name, GError **error);

/* Needs an open transaction; touches if the bytes differ. */
bool search_file_write(Store *store, const char *language, const char *name,
                       const GByteArray *bytes, GError **error);

/* Names after one in byte order. Elements char *. */
GPtrArray *search_file_names(Store *store, const char *language, const char *after, unsigned most,
                             GError **error);

/* Deletes the files that the state does not name, in transactions of its own. */
bool search_files_tidy(Store *store, const SearchState *state, GError **error);

/* The bytes of the day file: state, masks, and the cards and terms of the documents since the last
 * cut-off. Caller frees. */
GByteArray *search_day_file(Store *store, const SearchState *state, GError **error);

/* The story of a document; NOT_FOUND. */
bool search_doc_story(Store *store, const char *language, int64_t doc, int64_t *story,
                      GError **error);
