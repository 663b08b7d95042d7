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
    int64_t not_before; /* monotone */
} EraseWork;

/* Also goes on with a name whose command was stopped before it had gone through all stories. */
bool erase_spread(EraseWork *work, GError **error);

/* *said (caller frees) gets a line for people, or stays NULL. */
bool erase_clean(EraseWork *work, char **said, GError **error);

/* Is anything still to be done? */
bool erase_open(Store *store, bool *open, GError **error);
