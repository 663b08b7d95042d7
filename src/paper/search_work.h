/*
 * The work behind search (docs/search.md): bringing the files of each language up to date, for the
 * slow lane, `press` and `tool search`. Changed stories (desk/story_search.h) become new documents
 * of the day file, and their old ones are masked. The day file becomes part of the month tier when
 * the day is over or when it is full; that becomes part of the archive when the month is over or
 * when it is full, and then all is indexed anew. A new archive or month tier is written beside the
 * one in force, so a stop loses only work.
 *
 * Cut-offs are stored state: they are when the work was done, not a function of the press's time.
 * One at a time, by a lease in the database, which a dead holder loses after SEARCH_LEASE.
 */
#pragma once

#include "store/store.h"

#define SEARCH_LEASE (30 * INT64_C(1000000)) /* µs */

typedef struct SearchWork SearchWork;

/* The store is borrowed, and must be outside a transaction in all calls. */
SearchWork *search_work_new(Store *store, const volatile int *stop);
void search_work_free(SearchWork *work);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SearchWork, search_work_free)

/* One step: some changed stories, or a tier anew. *more is false if nothing is left to do, or
 * somebody else is at it. A `stop` that became true ends a long step early. */
bool search_work_step(SearchWork *work, bool *more, GError **error);

/* Has the archive of a language (NULL: of every one) made anew from what there is now, also where a
 * file that is in force says what a story said before. *done is false if another process indexes
 * just now, for it may have begun with the old text: ask again. */
bool search_work_forget(SearchWork *work, const char *language, bool *done, GError **error);

/* Drops what tiers that are no longer in force left behind. *done is false if another process
 * indexes, or something is still to be indexed. */
bool search_work_clean(SearchWork *work, bool *done, GError **error);

/* Called after each step of search_work_all(), with the number of steps so far. */
void search_work_watch(SearchWork *work, void (*stepped)(unsigned steps, void *data), void *data);

/* Steps until nothing is left; *changed tells whether anything was done. */
bool search_work_all(SearchWork *work, bool *changed, GError **error);
