/*
 * Rendering processes, each with a store of its own, that render names and send the records back.
 * Story bodies are foreign bytes, so they are parsed there and not in the process that signs: a
 * renderer is confined (base/sandbox.h) before its first page, and can neither read a key nor reach
 * the network. A page that kills its renderer costs that page only: it is recorded as failed and
 * the rest is rendered again without it.
 *
 * The first process is made for the first batch and lives as long as the pool, so that a publish
 * does not wait for it; for a large batch there are more, which end when the run rests. Processes
 * come from fork(2), so recipes and what they were given are those of the moment when they were
 * made.
 */
#pragma once

#include "base/sandbox.h"
#include "press/books.h"
#include "press/render.h"

typedef struct PressPool PressPool;

/* Opens the store that a process of the pool reads from. */
typedef Store *(*PressStoreOpener)(void *data, GError **error);

typedef struct {
    unsigned processes; /* at most; 1: no process, all is rendered by the caller's renderer */
    const PressRecipes *recipes;
    ObjectStore *objects;
    PressStoreOpener open;
    /* Called in a new process: gives back what must not outlive its parent, such as a lock. */
    void (*forked)(void *data);
    void *open_data;             /* of both */
    const char *const *readable; /* directories, as in SandboxPlan; NULL: not confined */
    const char *writable;        /* the directory of objects */
} PressPoolOptions;

/* What the options point to is borrowed. Makes no process yet. */
PressPool *press_pool_new(const PressPoolOptions *options);
void press_pool_free(PressPool *pool);

/* Takes finished records (the array is cleared afterwards); false stops the batch. */
typedef bool (*PressRecordTaker)(GPtrArray *records, void *data, GError **error);

/* Renders the pages named, as of `renderer` and with its gzip. */
bool press_pool_render(PressPool *pool, PressRenderer *renderer, const GPtrArray *names,
                       PressRecordTaker take, void *take_data, GError **error);

/* Ends all processes but the first: no large batch is expected soon. */
void press_pool_rest(PressPool *pool);

/* How renderers are confined, a line for people; NULL before the first, or if they are not. */
const char *press_pool_sandbox(const PressPool *pool);
