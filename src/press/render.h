/*
 * Rendering one page by its name in this process, and what came of it (record.h). Bytes go into the
 * object store at once; nothing else is written. The books are books.h, several processes are
 * pool.h.
 */
#pragma once

#include "edition/objects.h"
#include "press/page.h"
#include "press/record.h"
#include "press/show.h"

typedef struct {
    Store *store;
    const PressRecipes *recipes;
    void *run; /* what recipes->begin made */
    int64_t as_of;
    ObjectStore *objects;
    PressShown *shown;    /* takes what the page brings, and nothing is written (show.h); or NULL */
    bool gzip;            /* make the gzip form too */
    GHashTable *versions; /* global input → version, filled as asked for */
} PressRenderer;

/* Begins a run in this process: as_of and store are borrowed. */
bool press_renderer_init(PressRenderer *renderer, Store *store, const PressRecipes *recipes,
                         int64_t as_of, ObjectStore *objects, GError **error);
void press_renderer_clear(PressRenderer *renderer);

/* The version of a global input at as_of; borrowed until clear. */
const char *press_renderer_version(PressRenderer *renderer, const char *input, GError **error);

/* Renders "kind:key". A page that cannot be rendered is a record with `failure`; an error is only
 * what stops the run (the database, the disk). */
PressRecord *press_render(PressRenderer *renderer, const char *name, GError **error);

/* The kind of a page's name and its key within it; NULL if there is no such kind. */
const PressKind *press_kind_of(const PressRecipes *recipes, const char *name, const char **key);
