/*
 * A working copy: what one person has typed into one story and not saved yet. It is a row of the
 * database from the first autosave on, so that it outlives the browser, the office and the
 * machine's power; it is no revision, and no reader, list or search sees it. It ends by being
 * saved, or by its person's own wish (docs/decisions/0085).
 *
 * Each person has one a story: two people never type into the same one. `base` is the revision they
 * began with. Saving puts the text into the story as a new revision; if somebody saved another in
 * between, the two are merged (text/merge.h). What cannot be merged becomes the working copy, with
 * both texts between marks and the newer revision as its base, and no revision is made: the person
 * decides and saves again.
 *
 * `serial` is another after each change, and greater. Keeping and saving name the serial that was
 * seen; if another window of the same person has typed since, nothing is written over: keeping is
 * CONFLICT, saving leaves the copy where it is. A copy that begins after another has ended is
 * nothing that any window has seen: it takes its serial from the clock, so that no number comes
 * back.
 *
 * No open window brings back what was taken out: a text of a story that was taken down, or of a
 * form that was made before a name was withheld in it (floor.h), is neither kept nor saved. A
 * working copy itself loses the name with the story and goes on, from whatever revision it began
 * with.
 *
 * Errors: NOT_FOUND (no such story, no working copy), CONFLICT (as above), INVALID and LIMIT (as
 * story_save()), those of the store.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"

#define WORKING_REST (64u * 1024) /* bytes */

typedef struct {
    int64_t story, person;
    int64_t base;    /* number of a revision */
    int64_t floor;   /* of the form it came from (floor.h) */
    int64_t serial;  /* microseconds, or one more than before; browsers count to 2^53 */
    int64_t changed; /* when */
    char *name;      /* the person's, as it was then */
    char *title, *lead, *body;
    char *rest; /* the form's other fields, as the page writes them; "" for none */
} Working;

void working_free(Working *working);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Working, working_free)

Working *working_read(Store *store, int64_t story, int64_t person, GError **error);

/* All of a story, the newest first; bodies too. Elements Working. */
GPtrArray *working_list(Store *store, int64_t story, GError **error);

/* A person's, the newest first, without bodies (NULL). */
GPtrArray *working_of_person(Store *store, int64_t person, unsigned most, GError **error);

/* What is typed, from a page. All is borrowed. */
typedef struct {
    int64_t story, person, base, floor;
    const char *name;
    const char *title, *lead, *body, *rest;
} WorkingText;

/* Writes it down. `seen` is the serial that the page knows, 0 for none; *serial gets the new one. A
 * row that holds the same already stays. */
bool working_keep(Store *store, const WorkingText *text, int64_t seen, int64_t now, int64_t *serial,
                  GError **error);

/* May it be kept or saved? For working_save(). CONFLICT. */
bool working_check(Store *store, const Story *story, const WorkingText *text, GError **error);

bool working_drop(Store *store, int64_t story, int64_t person, GError **error);

typedef enum {
    WORKING_SAVED,    /* as given */
    WORKING_MERGED,   /* with what others had saved since */
    WORKING_CONFLICT, /* nothing saved: the working copy holds both, for the person to decide */
} WorkingOutcome;

typedef struct {
    WorkingOutcome outcome;
    int64_t revision;  /* the story's current one now */
    bool other;        /* another window's text was not in it and is the working copy still */
    char *theirs;      /* who saved the other, or NULL */
    char *their_title; /* what they have where both changed it, or NULL */
    char *their_lead;
} WorkingSaved;

void working_saved_clear(WorkingSaved *saved);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WorkingSaved, working_saved_clear)

/* Makes a revision of it and ends the working copy, in one transaction. The story's format stays.
 * `seen` as in working_keep(): what another window has kept since stays, to be merged when it is
 * saved; where there is something to decide, which needs its place, that is CONFLICT. */
bool working_save(Store *store, const DeskSite *site, const WorkingText *text, int64_t seen,
                  int64_t now, WorkingSaved *saved, GError **error);

/* For working_save(): the serial after a change of `before`, which is NULL if there is none. */
int64_t working_next(const Working *before, int64_t now);

/* For working_save(): the copy, which may be NULL, holds nothing that a window which knows the
 * serial `seen` has not. CONFLICT. */
bool working_alone(const Working *working, const WorkingText *text, int64_t seen, GError **error);
