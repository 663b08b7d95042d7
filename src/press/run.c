/*
 * A run of the press: run.h. What is stale is stale.c, rendering pool.c and render.c, the books
 * books.c, nodes tree.c; putting an edition into force is publish.c.
 */
#include "press/run.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "press/lease.h"
#include "press/pool.h"
#include "press/publish.h"
#include "press/stale.h"
#include "press_sql.h"

#include <unistd.h>

#define BATCH    5000u      /* pages rendered between looks at what else is stale */
#define LARGE    200u       /* pages: a larger batch leaves gzip to the background */
#define UNSYNCED "unsynced" /* state: the books may be ahead of the medium */

struct Press {
    PressOptions options;
    Store *store;
    ObjectStore *objects;
    PressPool *pool;
    char *objects_dir; /* for the pool's sandbox */
    int directory;     /* edition_dir */
    int lock;          /* of the lease of the present run, borrowed */
};

typedef struct {
    Press *press;
    const PressRun *how;
    PressReport *report;
    PressRenderer renderer;
    PressLease lease;
    bool entered;      /* something since the last edition */
    bool took;         /* touches, in the present pass */
    int64_t as_of;     /* of the recipes that run */
    unsigned passes;   /* done */
    unsigned expected; /* pages of this run, as far as is known */
    bool ahead;        /* the books may be ahead of the medium, and say so */
} Run;

static Store *open_store(void *data, GError **error)
{
    const Press *press = data;
    return store_open(press->options.database, error);
}

/* The lease is the parent's: a renderer that holds the lock's descriptor would hold the lock. */
static void let_go(void *data)
{
    Press *press = data;
    file_close(&press->lock);
}

static PressPool *open_pool(Press *press)
{
    const PressOptions *options = &press->options;
    PressPoolOptions pool = {.processes = options->processes,
                             .recipes = options->recipes,
                             .objects = press->objects,
                             .open = open_store,
                             .forked = let_go,
                             .open_data = press,
                             .readable = options->readable,
                             .writable = press->objects_dir};
    return press_pool_new(&pool);
}

Press *press_open(const PressOptions *options, GError **error)
{
    g_autoptr(Press) press = g_new0(Press, 1);
    press->options = *options;
    press->directory = -1;
    press->lock = -1;
    if (press->options.processes == 0) {
        press->options.processes = MAX(2, g_get_num_processors());
    }
    press->store = store_open(options->database, error);
    if (press->store == NULL) {
        return NULL;
    }
    press->directory = directory_open(options->edition_dir, false, error);
    if (press->directory < 0) {
        return NULL;
    }
    press->objects = object_store_open(options->edition_dir, error);
    if (press->objects == NULL) {
        return NULL;
    }
    press->objects_dir = g_build_filename(options->edition_dir, "objects", NULL);
    press->pool = open_pool(press);
    return g_steal_pointer(&press);
}

void press_free(Press *press)
{
    if (press == NULL) {
        return;
    }
    g_clear_pointer(&press->pool, press_pool_free);
    g_free(press->objects_dir);
    g_clear_pointer(&press->objects, object_store_free);
    file_close(&press->directory);
    store_free(press->store);
    g_free(press);
}

Store *press_store(Press *press)
{
    return press->store;
}

ObjectStore *press_objects(Press *press)
{
    return press->objects;
}

const PressKind *const *press_kinds(const Press *press)
{
    return press->options.recipes->kinds;
}

int press_directory(const Press *press)
{
    return press->directory;
}

const char *press_sandbox(const Press *press)
{
    return press_pool_sandbox(press->pool);
}

/* Pages and nodes are in the books before they are on the medium, so the books say that first: a
 * press that finds the mark after the machine has started anew trusts none of them. */
static bool mark_ahead(Run *run, GError **error)
{
    if (!run->ahead && !press_state_put(run->press->store, UNSYNCED, 1, error)) {
        return false;
    }
    run->ahead = true;
    return true;
}

static void note_times(Run *run, const GPtrArray *records)
{
    const PressKind *const *kinds = press_kinds(run->press);
    for (guint i = 0; i < records->len; i++) {
        const PressRecord *record = records->pdata[i];
        const char *key = NULL;
        const PressKind *kind = press_kind_of(run->press->options.recipes, record->name, &key);
        for (unsigned k = 0; kind != NULL && k < PRESS_KINDS_MAX && kinds[k] != NULL; k++) {
            if (kinds[k] == kind) {
                run->report->kinds[k].pages++;
                run->report->kinds[k].microseconds += record->microseconds;
            }
        }
    }
}

/* Takes the rows over. */
static bool take_number(StoreRows *taken, int64_t fallback, int64_t *number, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *number = step == STORE_ROW ? store_number(rows, 0) : fallback;
    return step != STORE_FAILED;
}

static int last_wave(const Run *run)
{
    return run->how->last_wave == 0 ? PRESS_WAVE_REST : run->how->last_wave;
}

/* What is dirty, up to the last wave of the run, is counted again only when more was rendered than
 * was known of: what came in meanwhile, or a pass that found more. */
static bool show(Run *run, GError **error)
{
    unsigned done = run->report->tally.rendered;
    if (run->how->progress == NULL) {
        return true;
    }
    if (done > run->expected) {
        int64_t left = 0;
        if (!take_number(press_dirty_count(run->press->store, last_wave(run), error), 0, &left,
                         error)) {
            return false;
        }
        run->expected = done + (unsigned)left;
    }
    run->how->progress(done, run->expected, run->how->progress_data);
    return true;
}

static bool enter(GPtrArray *records, void *data, GError **error)
{
    Run *run = data;
    note_times(run, records);
    if (!mark_ahead(run, error) ||
        !press_books_enter(run->press->store, records, clock_now(), &run->report->tally, error)) {
        return false;
    }
    run->entered = true;
    return show(run, error);
}

/* For press_publish(): all that the books name is on the medium. */
static bool settle_books(void *data, GError **error)
{
    Run *run = data;
    if (!object_store_sync(run->press->objects, error) ||
        (run->ahead && !press_state_put(run->press->store, UNSYNCED, 0, error))) {
        return false;
    }
    run->ahead = false;
    return true;
}

static bool publish(Run *run, GError **error)
{
    Press *press = run->press;
    int64_t began = clock_monotonic();
    PressPublish what = {.store = press->store,
                         .objects = press->objects,
                         .directory = press->directory,
                         .edition_dir = press->options.edition_dir,
                         .keys_dir = press->options.keys_dir,
                         .lease = &run->lease,
                         .settle = settle_books,
                         .settle_data = run};
    PressPublished done = {0};
    if (!mark_ahead(run, error) || !press_publish(&what, &done, error)) {
        return false;
    }
    run->report->nodes += done.nodes;
    run->report->editions += done.made;
    run->report->number = done.number;
    run->report->root = done.root;
    run->report->publish += clock_monotonic() - began;
    run->entered = false;
    return true;
}

static bool render(Run *run, const GPtrArray *names, GError **error)
{
    Press *press = run->press;
    int64_t began = clock_monotonic();
    run->renderer.gzip = !run->how->plain && names->len <= LARGE;
    bool done = press_pool_render(press->pool, &run->renderer, names, enter, run, error) &&
                press_lease_renew(&run->lease, error);
    run->report->render += clock_monotonic() - began;
    return done;
}

static bool read_number(Store *store, const char *name, int64_t fallback, int64_t *number,
                        GError **error)
{
    return take_number(press_state_read(store, name, error), fallback, number, error);
}

/* Time does not go back, unless somebody says so. */
static bool choose_as_of(Run *run, int64_t *as_of, GError **error)
{
    if (run->how->as_of != 0) {
        *as_of = run->how->as_of;
        return true;
    }
    int64_t now = clock_now(), before = 0;
    if (!read_number(run->press->store, "as-of", now, &before, error)) {
        return false;
    }
    *as_of = MAX(now, before);
    return true;
}

static bool begin_recipes(Run *run, GError **error)
{
    return press_renderer_init(&run->renderer, run->press->store, run->press->options.recipes,
                               run->as_of, run->press->objects, error);
}

/* A story that was published after as-of was chosen would be found to be still to come, and its
 * touch be spent. So what took touches begins the recipes again, as of a moment after them all. */
static bool collect(Run *run, GError **error)
{
    bool touched = false;
    if (!press_stale_collect(&run->renderer, &run->took, &touched, error)) {
        return false;
    }
    if (!touched || run->how->as_of != 0) {
        return true;
    }
    press_renderer_clear(&run->renderer);
    return choose_as_of(run, &run->as_of, error) && begin_recipes(run, error);
}

/* Each pass looks for new touches first, so that news never waits for a change of the frame. */
static bool press_all(Run *run, GError **error)
{
    int last = last_wave(run), before = -1;
    for (;;) {
        int wave = 0;
        if (!collect(run, error)) {
            return false;
        }
        g_autoptr(GPtrArray) names = press_stale_batch(&run->renderer, last, BATCH, &wave, error);
        if (names == NULL) {
            return false;
        }
        bool ends = names->len == 0 || wave != before || wave == 0;
        if (run->entered && ends && !publish(run, error)) {
            return false;
        }
        if (names->len == 0) {
            return true;
        }
        if (wave == 0 && names->len > PRESS_EDITION_PAGES) {
            g_ptr_array_set_size(names, (gint)PRESS_EDITION_PAGES);
        }
        before = wave;
        if (!render(run, names, error)) {
            return false;
        }
    }
}

static bool retry_failures(Run *run, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    {
        g_autoptr(StoreRows) rows = press_failures(run->press->store, error);
        StoreStep step = STORE_FAILED;
        while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
            g_ptr_array_add(names, store_text_copy(rows, 0));
        }
        if (step != STORE_END) {
            return false;
        }
    }
    for (guint i = 0; i < names->len; i++) {
        if (!press_dirty_insert(run->press->store, names->pdata[i], PRESS_WAVE_REST, 0, error)) {
            return false;
        }
    }
    return true;
}

/* Books that were ahead when the machine went down may name objects that are not there. */
static bool mend_books(Run *run, GError **error)
{
    int64_t ahead = 0;
    bool doubt = object_store_in_doubt(run->press->objects);
    if (!read_number(run->press->store, UNSYNCED, 0, &ahead, error) ||
        !object_store_begin(run->press->objects, error)) {
        return false;
    }
    return ahead == 0 || !doubt || press_stale_everything(&run->renderer, error);
}

static bool run_begun(Run *run, GError **error)
{
    if (!mend_books(run, error) || !press_stale_wanted(&run->renderer, error)) {
        return false;
    }
    if (run->how->retry && run->passes == 0 && !retry_failures(run, error)) {
        return false;
    }
    if (!press_stale_fixed(&run->renderer, error)) {
        return false;
    }
    /* Once more at the end, for what a run that was stopped had entered and not published. */
    return press_all(run, error) && publish(run, error);
}

/* With recipes begun anew: settings and the frame as they are now. */
static bool run_pass(Run *run, GError **error)
{
    if (!begin_recipes(run, error)) {
        return false;
    }
    bool done = run_begun(run, error);
    press_renderer_clear(&run->renderer);
    return done;
}

/* A touch that was taken may tell of something that the pass's recipes had read before it: a
 * setting, the menu. So passes follow until one takes none. */
static bool run_leased(Run *run, GError **error)
{
    if (!press_stale_whole(run->press->store, run->how->full, error) ||
        !choose_as_of(run, &run->as_of, error)) {
        return false;
    }
    do {
        run->took = false;
        if (!run_pass(run, error)) {
            return false;
        }
        run->passes++;
    } while (run->took);
    return true;
}

/* What the press writes follows from what is durable, so its commits need not wait for the medium;
 * the one before EDITION does (publish.c), and it takes those before it along. */
static bool run_deferred(Run *run, GError **error)
{
    if (!store_defer_commits(run->press->store, true, error)) {
        return false;
    }
    bool done = run_leased(run, error);
    return store_defer_commits(run->press->store, false, done ? error : NULL) && done;
}

bool press_run(Press *press, const PressRun *how, PressReport *report, GError **error)
{
    PressReport made = {0};
    Run run = {.press = press, .how = how, .report = &made};
    int64_t began = clock_monotonic();
    if (!press_lease_take(&run.lease, press->store, press->directory, error)) {
        return false;
    }
    press->lock = run.lease.lock;
    bool done = run_deferred(&run, error);
    press_pool_rest(press->pool);
    press->lock = -1;
    press_lease_drop(&run.lease);
    made.microseconds = clock_monotonic() - began;
    made.stale = made.microseconds - made.render - made.publish;
    if (done) {
        *report = made;
    }
    return done;
}

bool press_each_failure(Press *press, PressFailureTaker take, void *data, GError **error)
{
    g_autoptr(StoreRows) rows = press_failures(press->store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        take(store_text(rows, 0), store_text(rows, 1), data);
    }
    return step == STORE_END;
}

bool press_pending(Press *press, int last_wave, bool *pending, GError **error)
{
    int64_t next = 0;
    bool changes = false;
    if (!store_rows_any(press_change_any(press->store, error), &changes, error)) {
        return false;
    }
    if (changes) {
        *pending = true;
        return true;
    }
    g_autoptr(StoreRows) rows = press_dirty_wave(press->store, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED || !press_stale_next(press->store, clock_now(), &next, error)) {
        return false;
    }
    bool dirty = step == STORE_ROW && (last_wave == 0 || store_number(rows, 0) <= last_wave);
    *pending = dirty || next <= clock_now();
    return true;
}
