/*
 * The work behind related stories (related.h), in small steps for the slow lane, `press` and
 * `tool related`: stories whose words changed are read and entered into the indexes of their
 * language (desk/story_words.h), and a new index is made when there is none or when the archive has
 * grown, or shrunk, by a tenth since the last: count the terms of all stories, then enter them one
 * by one, oldest first, beside the old index, which serves meanwhile. A change during that goes
 * into the old one, and into the new one if that has passed its place. So publishing never waits,
 * and a stop loses at most the count that was under way.
 *
 * One at a time: a lease in the database, held while there is work; a dead holder loses it soon
 * (words_lease.h).
 */
#pragma once

#include "store/store.h"

typedef struct RelatedWork RelatedWork;

/* The store is borrowed, and must be outside a transaction in all calls. */
RelatedWork *related_work_new(Store *store);
void related_work_free(RelatedWork *work);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RelatedWork, related_work_free)

/* Called after each step of related_work_all(), with how many stories were entered and lists had
 * their turn so far, together. */
void related_work_watch(RelatedWork *work, void (*stepped)(unsigned done, void *data), void *data);

/* One step, of some 10 ms. *more is false if nothing is left to do, or somebody else is at it. */
bool related_work_step(RelatedWork *work, bool *more, GError **error);

/* What steps came to. A list that waited for its turn may be all that an index still lacked: it
 * comes into force then, and no story was entered. */
typedef struct {
    unsigned entered; /* stories */
    unsigned turns;   /* lists that waited for their turn */
    bool in_force;    /* an index came into force: a version that no touch tells the press of */
} RelatedDone;

/* Steps until nothing is left; waits, a minute at most, while somebody else is at it. `stop` and
 * `done` may be NULL. */
bool related_work_all(RelatedWork *work, const volatile int *stop, RelatedDone *done,
                      GError **error);
