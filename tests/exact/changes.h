/*
 * Random changes of a newsroom, one at a time: everything that an editor, an importer, the clock or
 * a theme's author can do. The same seed on two newsrooms in the same state does the same, whatever
 * the engine. What the desk refuses (a path that is held, a story in the wrong state) is a change
 * that changed nothing.
 */
#pragma once

#include "exact/newsroom.h"

typedef struct {
    TestNewsroom *newsroom;
    uint64_t state;           /* of the generator */
    int64_t now;              /* the clock */
    GArray *stories;          /* int64_t */
    GArray *media;            /* int64_t */
    GArray *entries;          /* int64_t: live entries */
    int64_t live;             /* a long live story, or 0 */
    GPtrArray *paths;         /* char *: redirects that were made */
    unsigned made;            /* stories made, for their names */
    unsigned refused;         /* changes that the desk refused */
    unsigned long long trace; /* of what was done and what came of it */
    char done[400];           /* the last change, for the message */
} Changes;

/* Begins at a fixed moment and takes over the clock until changes_end(). */
Changes *changes_begin(TestNewsroom *newsroom, uint64_t seed);
void changes_end(Changes *changes);

/* An archive of so many stories over 500 days; from 50 on also a directory of
 * redirects, campaigns, an issue of a newsletter, and a long live story, whose older entries are on
 * parts of their own. */
void changes_fill(Changes *changes, unsigned stories);

/* Makes one change. */
void changes_step(Changes *changes);

/* Takes down a story that readers see, with a neutral address: the old one stands in GONE. */
void changes_forget(Changes *changes);

/* A number below `below`. */
unsigned changes_pick(Changes *changes, unsigned below);
