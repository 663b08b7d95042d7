/*
 * Going on with erasures (desk/erasure.h) until nothing is left: for the worker. Each step may be
 * stopped anywhere and is then done again.
 *
 * erase_spread() has newsletters (mail/issue_erase.h) and search (paper/search_work.h) forget.
 * erase_clean(), when nothing is left to index, has the press bring the edition up to date, forgets
 * all older editions (press/tidy.h), removes picture files, and scrubs the database
 * (store_scrub()). Where it cannot now, because others press or read, or because a page cannot be
 * rendered and is as it was, it says so once and tries again after ERASE_AGAIN, or at once if the
 * office asks for that. What it waits for stands at the erasure (erasure_problem()).
 *
 * A worker that serves has other work (pictures, search, related stories), which a file that cannot
 * be removed must not stop: with `patient` it waits so for whatever stands in the way of either.
 */
#pragma once

#include "main/newsroom.h"
#include "main/press_newsroom.h"
#include "paper/search_work.h"

#define ERASE_AGAIN (10 * INT64_C(1000000)) /* µs */

typedef struct {
    const Newsroom *newsroom;
    NewsroomPress *press;
    SearchWork *search;
    bool patient;
    int64_t spread_not_before, clean_not_before; /* monotone; 0: nothing was in the way yet */
} EraseWork;

/* *said (caller frees) gets a line for people, or stays NULL, in both. */

/* Also goes on with a name whose command was stopped before it had gone through all stories. */
bool erase_spread(EraseWork *work, char **said, GError **error);

bool erase_clean(EraseWork *work, char **said, GError **error);

/* Is anything still to be done? */
bool erase_open(Store *store, bool *open, GError **error);
