/* The sweep that needs no journal: retain.h. It marks what kept editions reach, then removes the
 * rest. */
#include "edition/retain.h"

#include "base/error.h"
#include "base/limits.h"
#include "edition/edition.h"
#include "edition/walk.h"

#include <string.h>

typedef struct {
    ObjectStore *objects;
    GHashTable *reached; /* Hash */
    GHashTable *entered; /* Hash of nodes, apart: a page may have the bytes of a node */
    RetainUsed used;
    void *data;
    unsigned removed;
} FullSweep;

static guint hash_key(gconstpointer hash)
{
    guint value;
    memcpy(&value, ((const Hash *)hash)->bytes, sizeof value);
    return value;
}

static gboolean hash_same(gconstpointer a, gconstpointer b)
{
    return hash_equal(a, b);
}

static GBytes *load(const char *name, const Hash *hash, void *data, GError **error)
{
    const FullSweep *sweep = data;
    return object_store_read(sweep->objects, hash, LIMIT_NODE, error);
}

/* A node that was gone into before is not again: editions share most of their nodes. */
static bool reach(const WalkFile *file, bool *into, void *data, GError **error)
{
    FullSweep *sweep = data;
    if (!g_hash_table_contains(sweep->reached, &file->hash)) {
        g_hash_table_add(sweep->reached, g_memdup2(&file->hash, sizeof file->hash));
    }
    if (file->kind == WALK_NODE) {
        *into = g_hash_table_add(sweep->entered, g_memdup2(&file->hash, sizeof file->hash));
    }
    return true;
}

static bool reach_edition(FullSweep *sweep, int directory, uint64_t number, GError **error)
{
    g_auto(Edition) edition = {0};
    g_autofree char *text = NULL;
    g_autoptr(GError) reason = NULL;
    EditionWalk walk = {load, reach, sweep};
    if (!edition_read_files(directory, number, &text, NULL, &reason)) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true; /* a commit that stopped half-way: nobody can ever read it */
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return edition_parse(text, strlen(text), &edition, error) &&
           edition_walk(&edition, &walk, error);
}

static bool remove_unreached(const Hash *hash, void *data, GError **error)
{
    FullSweep *sweep = data;
    bool used = false;
    if (g_hash_table_contains(sweep->reached, hash)) {
        return true;
    }
    if (!sweep->used(hash, sweep->data, &used, error)) {
        return false;
    }
    sweep->removed += !used;
    return used || object_store_remove(sweep->objects, hash, error);
}

bool edition_sweep_full(int directory, ObjectStore *objects, RetainUsed used, void *data,
                        unsigned *removed, GError **error)
{
    g_autoptr(GArray) kept = edition_kept(directory, error);
    g_autoptr(GHashTable) reached = g_hash_table_new_full(hash_key, hash_same, g_free, NULL);
    g_autoptr(GHashTable) entered = g_hash_table_new_full(hash_key, hash_same, g_free, NULL);
    FullSweep sweep = {objects, reached, entered, used, data, 0};
    for (guint i = 0; kept != NULL && i < kept->len; i++) {
        if (!reach_edition(&sweep, directory, g_array_index(kept, uint64_t, i), error)) {
            return false;
        }
    }
    if (kept == NULL || !object_store_each(objects, remove_unreached, &sweep, error)) {
        return false;
    }
    *removed = sweep.removed;
    return true;
}

bool edition_purge(int directory, ObjectStore *objects, RetainUsed used, void *data,
                   unsigned *removed, GError **error)
{
    g_autofree char *current = edition_current(directory);
    if (current == NULL) { /* nothing was published yet */
        *removed = 0;
        return true;
    }
    return edition_forget_past(directory, error) &&
           edition_sweep_full(directory, objects, used, data, removed, error) &&
           object_store_tidy(objects, error);
}
