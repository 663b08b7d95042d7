/*
 * Transactions of a store: begin, commit, roll back, run again, and what runs after the commit. The
 * rules are in store.h; isolation levels are the engines' (sqlite.c, postgres.c).
 */
#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "store/inside.h"

#define TRIES      10
#define TRIES_TIME (15 * CLOCK_SECOND)
#define WAIT_FIRST (2 * CLOCK_SECOND / 1000)
#define WAIT_MOST  (500 * CLOCK_SECOND / 1000)

bool store_in_transaction(const Store *store)
{
    return store->depth > 0;
}

void store_after_commit(Store *store, StoreAfter function, void *data)
{
    StoreAfterEntry after = {function, data};
    if (store->depth == 0) {
        function(store, data);
        return;
    }
    for (guint i = 0; i < store->after->len; i++) {
        const StoreAfterEntry *known = &g_array_index(store->after, StoreAfterEntry, i);
        if (known->function == function && known->data == data) {
            return;
        }
    }
    g_array_append_val(store->after, after);
}

/* The list is taken away first: what runs may itself open transactions. */
static void run_after(Store *store)
{
    if (store->after->len == 0) {
        return;
    }
    g_autoptr(GArray) after = store->after;
    store->after = g_array_new(FALSE, FALSE, sizeof(StoreAfterEntry));
    for (guint i = 0; i < after->len; i++) {
        const StoreAfterEntry *entry = &g_array_index(after, StoreAfterEntry, i);
        entry->function(store, entry->data);
    }
}

static bool control(Store *store, StoreControl what, GError **error)
{
    store->counts.statements++;
    return !store_refused(error) && store->driver->control(store->connection, what, error);
}

/* The body's outcome, or why the transaction is spoilt: that reason decides about another try. */
static bool run_body(Store *store, StoreBody body, void *data, GError **error)
{
    g_autoptr(GError) reason = NULL;
    store->depth = 1;
    bool done = body(store, data, &reason);
    store->depth = 0;
    g_autoptr(GError) spoilt = g_steal_pointer(&store->spoilt);
    if (spoilt != NULL &&
        (done || reason == NULL || g_error_matches(spoilt, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY))) {
        g_propagate_error(error, g_steal_pointer(&spoilt));
        return false;
    }
    if (!done && reason == NULL) {
        return fail(error, KOLOKOL_ERROR_IO, "a transaction was given up without a reason");
    }
    if (!done) {
        g_propagate_error(error, g_steal_pointer(&reason));
    }
    return done;
}

static bool try_once(Store *store, StoreControl begin, StoreBody body, void *data, GError **error)
{
    if (!control(store, begin, error)) {
        return false;
    }
    int64_t start = clock_monotonic();
    store->read_only = begin == STORE_BEGIN_READ;
    if (run_body(store, body, data, error) && control(store, STORE_COMMIT, error)) {
        if (begin == STORE_BEGIN_WRITE) {
            store->counts.longest_write =
                MAX(store->counts.longest_write, clock_monotonic() - start);
        }
        run_after(store);
        return true;
    }
    g_array_set_size(store->after, 0);
    store->driver->control(store->connection, STORE_ROLLBACK, NULL);
    return false;
}

static void wait_a_little(unsigned try)
{
    uint32_t part = 0;
    random_bytes(&part, sizeof part);
    int64_t most = MIN(WAIT_FIRST << MIN(try, 8u), WAIT_MOST);
    g_usleep((gulong)(most / 2 + part % (most / 2)));
}

static bool join(Store *store, StoreControl begin, StoreBody body, void *data, GError **error)
{
    if (store->read_only && begin == STORE_BEGIN_WRITE) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a transaction that writes inside a snapshot");
    }
    GError *reason = NULL;
    store->depth++;
    bool done = body(store, data, &reason);
    store->depth--;
    if (!done && reason == NULL) {
        fail(&reason, KOLOKOL_ERROR_IO, "a transaction was given up without a reason");
    }
    if (!done && store->spoilt == NULL) {
        store->spoilt = g_error_copy(reason);
    }
    if (!done) {
        g_propagate_error(error, reason);
    }
    return done;
}

static bool transact(Store *store, StoreControl begin, StoreBody body, void *data, GError **error)
{
    if (store->depth > 0) {
        return join(store, begin, body, data, error);
    }
    int64_t until = clock_monotonic() + TRIES_TIME;
    for (unsigned try = 1;; try++) {
        g_autoptr(GError) reason = NULL;
        if (try_once(store, begin, body, data, &reason)) {
            return true;
        }
        if (try >= TRIES || clock_monotonic() > until ||
            !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY)) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
        wait_a_little(try);
    }
}

bool store_transact(Store *store, StoreBody body, void *data, GError **error)
{
    return transact(store, STORE_BEGIN_WRITE, body, data, error);
}

bool store_snapshot(Store *store, StoreBody body, void *data, GError **error)
{
    return transact(store, STORE_BEGIN_READ, body, data, error);
}
