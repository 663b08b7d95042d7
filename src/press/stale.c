/* Touches and moments to stale pages: stale.h. Touches are written by touch.c. */
#include "press/stale.h"

#include "base/clock.h"
#include "base/error.h"
#include "press_sql.h"

#include <string.h>

#define CHANGES_AT_ONCE 500u /* keeps a write transaction short */
#define DUE_KEPT                                                                                   \
    (400 * CLOCK_DAY) /* how far back a press as of an earlier time can be followed                \
                       */

/* In press_state, so that a stop loses nothing: all pages are to be marked, the run before went
 * back in time. */
#define EVERYTHING "everything"
#define RETURNS    "returns"

/* The newest position touched of an input; one entry an input, since an older position matters to
 * no page that the newest one does not reach. */
typedef struct {
    int64_t published, story;
} Position;

typedef struct {
    PressRenderer *renderer;
    GHashTable *inputs; /* name → Position */
    unsigned taken;
    bool everything; /* PRESS_EVERYTHING was among them */
    int64_t after;   /* as-of of the run before */
    bool returns;    /* that one had gone back in time */
} Collect;

static void note_input(GHashTable *inputs, const char *input, int64_t published, int64_t story)
{
    Position *known = g_hash_table_lookup(inputs, input);
    if (known == NULL) {
        known = g_new(Position, 1);
        *known = (Position){published, story};
        g_hash_table_insert(inputs, g_strdup(input), known);
    } else if (published > known->published ||
               (published == known->published && story > known->story)) {
        *known = (Position){published, story};
    }
}

/* Reads (input, published, story) rows into the table; the rows are freed. */
static bool note_rows(Collect *collect, StoreRows *rows, GError **error)
{
    g_autoptr(StoreRows) owned = rows;
    StoreStep step = STORE_FAILED;
    while (owned != NULL && (step = store_rows_next(owned, error)) == STORE_ROW) {
        note_input(collect->inputs, store_text(owned, 0), store_number(owned, 1),
                   store_number(owned, 2));
        collect->taken++;
    }
    return step == STORE_END;
}

typedef struct {
    char *name;
    int64_t newness;
} Name;

static void name_clear(gpointer name)
{
    g_free(((Name *)name)->name);
}

static bool mark(PressRenderer *renderer, const char *name, int64_t newness, GError **error)
{
    const char *key = NULL;
    const PressKind *kind = press_kind_of(renderer->recipes, name, &key);
    return press_dirty_insert(renderer->store, name, kind == NULL ? PRESS_WAVE_REST : kind->wave,
                              newness, error);
}

/* Appends the pages of (name, newness) rows; the rows are freed. */
static bool read_names(StoreRows *rows, GArray *names, GError **error)
{
    g_autoptr(StoreRows) owned = rows;
    StoreStep step = STORE_FAILED;
    while (owned != NULL && (step = store_rows_next(owned, error)) == STORE_ROW) {
        Name name = {store_text_copy(owned, 0), store_number(owned, 1)};
        g_array_append_val(names, name);
    }
    return step == STORE_END;
}

static GArray *names_new(void)
{
    GArray *names = g_array_new(FALSE, FALSE, sizeof(Name));
    g_array_set_clear_func(names, name_clear);
    return names;
}

/* Marks the pages of (name, newness) rows. They are read to the end first: no write while rows are
 * open. */
static bool mark_rows(PressRenderer *renderer, StoreRows *rows, GError **error)
{
    g_autoptr(GArray) names = names_new();
    if (!read_names(rows, names, error)) {
        return false;
    }
    for (guint i = 0; i < names->len; i++) {
        const Name *name = &g_array_index(names, Name, i);
        if (!mark(renderer, name->name, name->newness, error)) {
            return false;
        }
    }
    return true;
}

/* "list:section/en/x" has the class "list:section", "story:12" the class "story". */
static size_t class_length(const char *input)
{
    bool compound = g_str_has_prefix(input, "list:") || g_str_has_prefix(input, "text:") ||
                    g_str_has_prefix(input, "count:");
    return strcspn(input, compound ? "/" : ":");
}

static bool creates(const PressKind *kind, const char *input, size_t length)
{
    for (const char *const *by = kind->created_by; by != NULL && *by != NULL; by++) {
        if (strlen(*by) == length && strncmp(*by, input, length) == 0) {
            return true;
        }
    }
    return false;
}

typedef struct {
    PressRenderer *renderer;
    const PressKind *kind;
    int64_t newness;
} Create;

/* Marks the page of a kind and key, unless it exists: then it is found by what it read. */
static bool create(const char *key, int64_t newness, void *data, GError **error)
{
    const Create *create = data;
    g_autofree char *name = g_strconcat(create->kind->name, ":", key, NULL);
    Store *store = create->renderer->store;
    int wave = create->kind->early ? PRESS_WAVE_NEWS : create->kind->wave;
    bool exists = false;
    return store_rows_any(press_page_by_name(store, name, error), &exists, error) &&
           (exists || press_dirty_insert(store, name, wave, MAX(newness, create->newness), error));
}

/* A page that does not exist yet has read nothing: the touch itself calls it up. */
static bool mark_created(PressRenderer *renderer, const char *input, const Position *position,
                         GError **error)
{
    size_t length = class_length(input);
    for (const PressKind *const *kind = renderer->recipes->kinds; *kind != NULL; kind++) {
        if (!creates(*kind, input, length) || input[length] == '\0') {
            continue;
        }
        Create created = {renderer, *kind, position->published};
        const char *key = input + length + 1;
        if (!((*kind)->expand == NULL
                  ? create(key, 0, &created, error)
                  : (*kind)->expand(renderer->store, renderer->run, renderer->as_of, key, create,
                                    &created, error))) {
            return false;
        }
    }
    return true;
}

/* Pages that follow from settings alone have nobody to touch them. */
static bool mark_fixed(Store *store, void *data, GError **error)
{
    PressRenderer *renderer = data;
    for (const PressKind *const *kind = renderer->recipes->kinds; *kind != NULL; kind++) {
        Create created = {renderer, *kind, 0};
        if ((*kind)->fixed &&
            !(*kind)->keys(store, renderer->run, renderer->as_of, create, &created, error)) {
            return false;
        }
    }
    return true;
}

static bool mark_inputs(Collect *collect, GError **error)
{
    GHashTableIter each;
    gpointer input, position;
    g_hash_table_iter_init(&each, collect->inputs);
    while (g_hash_table_iter_next(&each, &input, &position)) {
        const Position *at = position;
        if (strcmp(input, PRESS_EVERYTHING) == 0) {
            collect->everything = true;
            continue;
        }
        if (!mark_rows(collect->renderer,
                       press_readers(collect->renderer->store, press_input_number(input),
                                     at->published, at->story, error),
                       error) ||
            !mark_created(collect->renderer, input, at, error)) {
            return false;
        }
    }
    return true;
}

static bool take_changes(Store *store, void *data, GError **error)
{
    Collect *collect = data;
    collect->taken = 0;
    collect->everything = false;
    g_hash_table_remove_all(collect->inputs);
    return note_rows(collect, press_change_take(store, CHANGES_AT_ONCE, error), error) &&
           mark_inputs(collect, error) &&
           (!collect->everything || press_state_put(store, EVERYTHING, 1, error));
}

static bool take_moments(Store *store, void *data, GError **error)
{
    Collect *collect = data;
    int64_t as_of = collect->renderer->as_of;
    g_hash_table_remove_all(collect->inputs);
    /* What appeared meanwhile by hand is in no press_due: a run that follows one as of an earlier
     * time asks for all. */
    bool back = collect->after > as_of;
    if ((collect->returns && !back && !press_state_put(store, EVERYTHING, 1, error)) ||
        (collect->returns != back && !press_state_put(store, RETURNS, back, error))) {
        return false;
    }
    return note_rows(collect, press_due_between(store, collect->after, as_of, error), error) &&
           mark_inputs(collect, error) &&
           mark_rows(collect->renderer, press_boundary_passed(store, as_of, error), error) &&
           press_due_forget(store, as_of - DUE_KEPT, error) &&
           press_state_put(store, "as-of", as_of, error);
}

static bool state_read(Store *store, const char *name, int64_t fallback, int64_t *value,
                       GError **error)
{
    g_autoptr(StoreRows) rows = press_state_read(store, name, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    *value = step == STORE_ROW ? store_number(rows, 0) : fallback;
    return true;
}

bool press_stale_collect(PressRenderer *renderer, bool *took, bool *touched, GError **error)
{
    g_autoptr(GHashTable) inputs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Collect collect = {.renderer = renderer, .inputs = inputs};
    int64_t returns = 0;
    bool changes = false;
    do {
        if (!store_transact(renderer->store, take_changes, &collect, error)) {
            return false;
        }
        changes |= collect.taken > 0;
    } while (collect.taken == CHANGES_AT_ONCE);
    if (!state_read(renderer->store, "as-of", INT64_MIN, &collect.after, error) ||
        !state_read(renderer->store, RETURNS, 0, &returns, error)) {
        return false;
    }
    collect.returns = returns != 0;
    bool any = changes;
    if (collect.after != renderer->as_of) {
        any = true;
        if (!store_transact(renderer->store, take_moments, &collect, error)) {
            return false;
        }
    }
    *took |= any;
    *touched = changes;
    return true;
}

bool press_stale_wanted(PressRenderer *renderer, GError **error)
{
    int64_t wanted = 0;
    return state_read(renderer->store, EVERYTHING, 0, &wanted, error) &&
           (wanted == 0 || (press_stale_everything(renderer, error) &&
                            press_state_put(renderer->store, EVERYTHING, 0, error)));
}

static bool take_whole(Store *store, void *data, GError **error)
{
    return press_change_forget(store, error) && press_state_put(store, EVERYTHING, 1, error);
}

bool press_stale_whole(Store *store, bool full, GError **error)
{
    bool any = false;
    if (!full && !store_rows_any(press_page_any(store, error), &any, error)) {
        return false;
    }
    return any || store_transact(store, take_whole, NULL, error);
}

bool press_stale_fixed(PressRenderer *renderer, GError **error)
{
    return store_transact(renderer->store, mark_fixed, renderer, error);
}

static bool take_key(const char *key, int64_t newness, void *data, GError **error)
{
    const PressKind *const *kind = ((void **)data)[0];
    GArray *names = ((void **)data)[1];
    Name name = {g_strconcat((*kind)->name, ":", key, NULL), newness};
    g_array_append_val(names, name);
    return true;
}

static bool mark_names(Store *store, void *data, GError **error)
{
    PressRenderer *renderer = ((void **)data)[0];
    GArray *names = ((void **)data)[1];
    guint *next = ((void **)data)[2];
    for (guint i = *next; i < names->len && i < *next + CHANGES_AT_ONCE; i++) {
        const Name *name = &g_array_index(names, Name, i);
        if (!mark(renderer, name->name, name->newness, error)) {
            return false;
        }
    }
    return true;
}

static bool mark_all(PressRenderer *renderer, GArray *names, GError **error)
{
    for (guint next = 0; next < names->len; next += CHANGES_AT_ONCE) {
        void *data[] = {renderer, names, &next};
        if (!store_transact(renderer->store, mark_names, data, error)) {
            return false;
        }
    }
    return true;
}

static bool stale_all_nodes(Store *store, void *data, GError **error)
{
    g_autoptr(GPtrArray) dirs = g_ptr_array_new_with_free_func(g_free);
    {
        g_autoptr(StoreRows) rows = press_dirs_all(store, error);
        StoreStep step = STORE_FAILED;
        while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
            g_ptr_array_add(dirs, store_text_copy(rows, 0));
        }
        if (step != STORE_END) {
            return false;
        }
    }
    for (guint i = 0; i < dirs->len; i++) {
        if (!press_stale_node_insert(store, dirs->pdata[i], -2, error)) {
            return false;
        }
    }
    return true;
}

bool press_stale_everything(PressRenderer *renderer, GError **error)
{
    g_autoptr(GArray) names = names_new();
    for (const PressKind *const *kind = renderer->recipes->kinds; *kind != NULL; kind++) {
        void *data[] = {(void *)(uintptr_t)kind, names};
        if (!(*kind)->keys(renderer->store, renderer->run, renderer->as_of, take_key, data,
                           error)) {
            return false;
        }
    }
    return read_names(press_page_names(renderer->store, error), names, error) &&
           mark_all(renderer, names, error) &&
           store_transact(renderer->store, stale_all_nodes, NULL, error);
}

static GPtrArray *names_of(StoreRows *rows, GError **error)
{
    g_autoptr(StoreRows) owned = rows;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    StoreStep step = STORE_FAILED;
    while (owned != NULL && (step = store_rows_next(owned, error)) == STORE_ROW) {
        g_ptr_array_add(names, store_text_copy(owned, 0));
    }
    return step == STORE_END ? g_steal_pointer(&names) : NULL;
}

/* Is each "input version" line still what the input's version is? 1, 0, or -1 on failure. */
static int versions_current(PressRenderer *renderer, const char *versions, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(versions, "\n", -1);
    for (char **line = lines; *line != NULL && **line != '\0'; line++) {
        char *space = strrchr(*line, ' ');
        if (space == NULL) {
            return 0;
        }
        *space = '\0';
        g_autoptr(GError) unknown = NULL;
        const char *version = press_renderer_version(renderer, *line, &unknown);
        if (version == NULL && unknown->code != KOLOKOL_ERROR_INVALID &&
            unknown->code != KOLOKOL_ERROR_NOT_FOUND) {
            g_propagate_error(error, g_steal_pointer(&unknown));
            return -1;
        }
        if (g_strcmp0(version, space + 1) != 0) {
            return 0;
        }
    }
    return 1;
}

/* The combinations that are out of date; unused ones are forgotten on the way. */
static GArray *old_globals(PressRenderer *renderer, GError **error)
{
    g_autoptr(GArray) old = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(StoreRows) rows = press_globals_all(renderer->store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t id = store_number(rows, 0);
        int current = versions_current(renderer, store_text(rows, 1), error);
        if (current < 0) {
            return NULL;
        }
        if (current == 0) {
            g_array_append_val(old, id);
        }
    }
    return step == STORE_END ? g_steal_pointer(&old) : NULL;
}

static int newest_first(gconstpointer a, gconstpointer b)
{
    const Name *x = a, *y = b;
    return x->newness == y->newness ? strcmp(x->name, y->name) : x->newness > y->newness ? -1 : 1;
}

/* The newest of all combinations together, for each batch is an edition: what is newest may stand
 * in any of them. */
static GPtrArray *batch_of_globals(PressRenderer *renderer, unsigned most, GError **error)
{
    g_autoptr(GArray) pages = names_new();
    g_autoptr(GArray) old = old_globals(renderer, error);
    for (guint i = 0; old != NULL && i < old->len; i++) {
        int64_t id = g_array_index(old, int64_t, i);
        guint before = pages->len;
        if (!read_names(press_globals_pages(renderer->store, id, most, error), pages, error) ||
            (pages->len == before && !press_globals_delete_unused(renderer->store, id, error))) {
            return NULL;
        }
    }
    if (old == NULL) {
        return NULL;
    }
    g_array_sort(pages, newest_first);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < MIN(pages->len, most); i++) {
        g_ptr_array_add(names, g_strdup(g_array_index(pages, Name, i).name));
    }
    return names;
}

static bool first_wave(Store *store, int *wave, GError **error)
{
    g_autoptr(StoreRows) rows = press_dirty_wave(store, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *wave = step == STORE_ROW ? (int)store_number(rows, 0) : 0;
    return step != STORE_FAILED;
}

GPtrArray *press_stale_batch(PressRenderer *renderer, int last_wave, unsigned most, int *wave,
                             GError **error)
{
    int found = 0;
    if (!first_wave(renderer->store, &found, error)) {
        return NULL;
    }
    if (found != 0 && found <= last_wave) {
        GPtrArray *names = names_of(press_dirty_batch(renderer->store, found, most, error), error);
        *wave = found;
        return names;
    }
    if (last_wave < PRESS_WAVE_REST) {
        return g_ptr_array_new_with_free_func(g_free);
    }
    GPtrArray *names = batch_of_globals(renderer, most, error);
    *wave = 0;
    return names;
}

static bool earliest(StoreRows *rows, int64_t *moment, GError **error)
{
    g_autoptr(StoreRows) owned = rows;
    StoreStep step = owned == NULL ? STORE_FAILED : store_rows_next(owned, error);
    if (step == STORE_ROW) {
        *moment = MIN(*moment, store_number(owned, 0));
    }
    return step != STORE_FAILED;
}

bool press_stale_next(Store *store, int64_t after, int64_t *moment, GError **error)
{
    int64_t found = INT64_MAX;
    if (!earliest(press_due_next(store, after, error), &found, error) ||
        !earliest(press_boundary_next(store, error), &found, error)) {
        return false;
    }
    *moment = found;
    return true;
}
