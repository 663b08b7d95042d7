/* Putting an edition into force: publish.h. The nodes are tree.c's, the files of an edition
 * edition/edition.c's. */
#include "press/publish.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/limits.h"
#include "edition/edition.h"
#include "edition/keys.h"
#include "edition/retain.h"
#include "press/setting.h"
#include "press/tree.h"
#include "press_sql.h"

#include <string.h>

#define EPOCH 1 /* one more after a stolen publish key (research: resilience C) */

static char *read_entries(const PressPublish *what, const Hash *root, GError **error)
{
    g_autoptr(GBytes) bytes = object_store_read(what->objects, root, LIMIT_NODE, error);
    return bytes == NULL ? NULL : g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

/* Does the current edition say the same, and for long enough? *number gets its number. */
static bool current_holds(const PressPublish *what, const char *entries, int64_t now, bool *holds,
                          uint64_t *number, GError **error)
{
    g_auto(Edition) current = {0};
    g_autoptr(GError) reason = NULL;
    if (!edition_read_current(what->directory, &current, NULL, &reason)) {
        *holds = false;
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    *number = current.number;
    *holds = strcmp(current.entries, entries) == 0 && current.expires - now > EDITION_LIFE / 2;
    return true;
}

/* Just before the rename: the books are on the medium before the edition is, and this is still the
 * one process that presses. */
static bool fence(void *data, GError **error)
{
    PressLease *lease = data;
    if (!store_defer_commits(lease->store, false, error)) {
        return false;
    }
    bool done = press_lease_renew(lease, error);
    return store_defer_commits(lease->store, true, done ? error : NULL) && done;
}

static char *host_of(Store *store, GError **error)
{
    g_autofree char *url = setting_get(store, "url", error);
    g_autoptr(GUri) uri = url == NULL ? NULL : g_uri_parse(url, G_URI_FLAGS_NONE, error);
    return uri == NULL ? NULL : g_strdup(g_uri_get_host(uri));
}

static bool sign(const PressPublish *what, const char *entries, int64_t now, uint64_t *number,
                 GError **error)
{
    g_autofree char *host = host_of(what->store, error);
    SecretKey secret;
    if (host == NULL || !keys_read_publish(what->keys_dir, &secret, error)) {
        return false;
    }
    bool done = edition_commit(what->directory, host, EPOCH, entries, now, &secret, fence,
                               what->lease, number, error);
    secret_key_clear(&secret);
    return done;
}

static GArray *dropped(Store *store, GError **error)
{
    g_autoptr(GArray) hashes = g_array_new(FALSE, FALSE, sizeof(Hash));
    g_autoptr(StoreRows) rows = press_dropped_all(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Hash hash = {0};
        size_t length = 0;
        const void *bytes = store_bytes(rows, 0, &length);
        memcpy(hash.bytes, bytes, MIN(length, sizeof hash.bytes));
        g_array_append_val(hashes, hash);
    }
    return step == STORE_END ? g_steal_pointer(&hashes) : NULL;
}

static bool forget_dropped(Store *store, void *data, GError **error)
{
    const GArray *hashes = data;
    for (guint i = 0; i < hashes->len; i++) {
        const Hash *hash = &g_array_index(hashes, Hash, i);
        if (!press_dropped_delete(store, hash->bytes, sizeof hash->bytes, error)) {
            return false;
        }
    }
    return true;
}

/* What this edition no longer has is journalled for the sweep, then forgotten here: a stop in
 * between journals it twice, which only delays it. */
static bool journal(const PressPublish *what, uint64_t number, GError **error)
{
    g_autoptr(GArray) hashes = dropped(what->store, error);
    if (hashes == NULL || hashes->len == 0) {
        return hashes != NULL;
    }
    return edition_journal_drop(what->directory, number, (const Hash *)(const void *)hashes->data,
                                hashes->len, error) &&
           store_transact(what->store, forget_dropped, hashes, error);
}

bool press_publish(const PressPublish *what, PressPublished *done, GError **error)
{
    PressPublished made = {0};
    int64_t now = clock_now();
    bool holds = false;
    if (!press_tree_update(what->store, what->objects, &made.nodes, &made.root, error)) {
        return false;
    }
    g_autofree char *entries = read_entries(what, &made.root, error);
    if (entries == NULL || !what->settle(what->settle_data, error) ||
        !current_holds(what, entries, now, &holds, &made.number, error)) {
        return false;
    }
    if (!holds &&
        (!sign(what, entries, now, &made.number, error) || !journal(what, made.number, error))) {
        return false;
    }
    made.made = !holds;
    *done = made;
    return true;
}
