/*
 * Withholding a name everywhere, in one action (docs/takedown.md): a reporter, a witness, somebody
 * who is in danger because their name is on our pages. Every exact spelling given is replaced, in
 * whole words (text/replace.h), in all stories with all their history (story_withhold.h), in the
 * words of pictures, sections, authors, topics and settings (withhold_elsewhere.h), in the breaking
 * lines and, by the erasure (erasure.h), in newsletters, search,
 * older editions and the database's free space. Authors and topics of that name lose their record
 * and page (410, by the hash of its path); bylines then say that a name is withheld.
 *
 * The order is written down first; stories follow part by part, by whoever calls withhold_step():
 * the command, and the worker if that was stopped.
 */
#pragma once

#include "desk/withhold_elsewhere.h"

#define WITHHOLD_SPELLINGS 20u

typedef struct {
    const char *const *spellings; /* NULL-ended; 1 to WITHHOLD_SPELLINGS, each of 3 to 200 bytes */
    const char *instead;          /* "" for each language's own words; one line, 200 bytes */
    const char *reason;           /* "" or at most 2,000 bytes; must not have the name */
    const char *person;           /* who ordered it */
    const char *once;             /* as in takedown.h */
} Withhold;

/* Writes the order down and hides the author's page and the breaking lines at once. INVALID
 * (spellings; a replacement or reason that has the name itself), those of the store. */
bool withhold_name(Store *store, const DeskSite *site, const Withhold *how, int64_t now,
                   GError **error);

/* Some stories further; *more is false if no order is left at this step. *changed (may be NULL)
 * grows by how many stories had the name. */
bool withhold_step(Store *store, const DeskSite *site, int64_t now, bool *more, unsigned *changed,
                   GError **error);

/* Part by part, for who may not wait: stories above `after`, `most` of them. */
typedef struct {
    int64_t after; /* in and out: the last that was looked at */
    unsigned most;
    bool more; /* out: there may be others */
} WithholdLook;

/* What an order would change: each story that has the name, and how often. Writes nothing. */
typedef bool (*WithholdTaker)(const Story *story, unsigned found, void *data, GError **error);
bool withhold_try(Store *store, const Withhold *how, WithholdTaker take, void *data,
                  GError **error);
bool withhold_look(Store *store, const Withhold *how, WithholdLook *look, WithholdTaker take,
                   void *data, GError **error);

/* The same outside stories (withhold_elsewhere.h). */
bool withhold_places(Store *store, const Withhold *how, WithholdPlaceTaker take, void *data,
                     GError **error);
