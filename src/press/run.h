/*
 * A run of the press: from what is stale to a signed edition (DESIGN 5).
 *
 * Order, so that a stop at any instruction is made good by the next run: objects are written; pages
 * are entered into the books and leave the list of stale ones; nodes follow from the books; all is
 * on the medium before EDITION is signed and made current. Until then a mark in the books says that
 * they may name what a power cut took; commits are deferred (store.h), so one sync serves an
 * edition. The current edition is always whole. Each wave is an edition of its own; pages
 * stale only by a global input follow newest first, in editions of at most PRESS_EDITION_PAGES, and
 * new touches are looked for before each.
 */
#pragma once

#include "edition/objects.h"
#include "press/books.h"
#include "press/page.h"
#include "seal/hash.h"

#define PRESS_EDITION_PAGES                                                                        \
    2000u /* of pages pressed again for a global input, in one edition (DESIGN 5) */

#define PRESS_KINDS_MAX 64u

typedef struct Press Press;

typedef struct {
    const char *database;    /* the store's URL */
    const char *edition_dir; /* made if absent */
    const char *keys_dir;
    const PressRecipes *recipes;
    /* Pages are rendered in processes of their own (pool.h), in so many at most: 0 is one a core,
     * and two at the least; with 1 the caller's renders, for tests. */
    unsigned processes;
    /* Directories that recipes read, NULL-ended; the renderers can read no other. NULL: not
     * confined.
     */
    const char *const *readable;
} PressOptions;

/* Opens the store, which must be migrated. The strings are borrowed. */
Press *press_open(const PressOptions *options, GError **error);
void press_free(Press *press);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Press, press_free)

Store *press_store(Press *press);

/* For the press's other files: the object store, the open edition directory, the kinds of page. */
ObjectStore *press_objects(Press *press);
int press_directory(const Press *press);
const PressKind *const *press_kinds(const Press *press);

/* How the renderers are confined, a line for people; NULL before the first page, or if not. */
const char *press_sandbox(const Press *press);

typedef struct {
    int64_t as_of; /* 0: now */
    bool full;     /* render everything, and rebuild every node */
    bool retry;    /* try pages again that could not be rendered */
    bool plain;    /* make no gzip forms on the way */
    int last_wave; /* PRESS_WAVE_NEWS: leave the rest for later; 0: all */
    /* After each batch: pages rendered, and how many it will be as far as is known by now; may be
     * NULL. */
    void (*progress)(unsigned done, unsigned total, void *data);
    void *progress_data;
} PressRun;

typedef struct {
    PressTally tally;
    unsigned nodes;    /* written */
    unsigned editions; /* made */
    uint64_t number;   /* of the current edition */
    Hash root;         /* of the root's entries */
    int64_t microseconds;
    /* Of it: finding what is stale; rendering and entering into the books; nodes, waiting for the
     * medium, and signing. */
    int64_t stale, render, publish;

    /* Of each kind, in the order of the recipes: pages rendered, and what that took of the
     * processors, in all processes together. */
    struct {
        unsigned pages;
        int64_t microseconds;
    } kinds[PRESS_KINDS_MAX];
} PressReport;

/* BUSY if another process presses. */
bool press_run(Press *press, const PressRun *how, PressReport *report, GError **error);

/* Pages that could not be rendered, oldest first, by name and reason. */
typedef void (*PressFailureTaker)(const char *name, const char *reason, void *data);
bool press_each_failure(Press *press, PressFailureTaker take, void *data, GError **error);

/* Is anything stale up to that wave (0: all)? */
bool press_pending(Press *press, int last_wave, bool *pending, GError **error);
