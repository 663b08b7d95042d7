/*
 * Stores: store.h. What is the same for both engines: transactions and their retries, sequences,
 * wake-ups, counts. The engines are sqlite.c and postgres.c, migrations migrate.c.
 */
#include "store/store.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/random.h"
#include "store/engine.h"
#include "store_sql.h"

#include <string.h>

#define TRIES      10
#define WAIT_FIRST (2 * CLOCK_SECOND / 1000)
#define WAIT_MOST  (500 * CLOCK_SECOND / 1000)

typedef struct {
    StoreAfter function;
    void *data;
} After;

struct Store {
    const StoreDriver *driver;
    void *connection;
    unsigned depth; /* of nested transactions; 0 outside */
    bool poisoned;  /* a body inside failed: the outermost must not commit */
    bool read_only;
    GArray *after; /* After */
    StoreCounts counts;
};

struct StoreRows {
    Store *store;
    StoreEngineRows *inner;
};

Store *store_open(const char *url, GError **error)
{
    const StoreDriver *driver = NULL;
    if (g_str_has_prefix(url, "sqlite:")) {
        driver = &store_sqlite;
    } else if (g_str_has_prefix(url, "postgresql://") || g_str_has_prefix(url, "postgres://")) {
        driver = &store_postgres;
    } else {
        fail(error, KOLOKOL_ERROR_INVALID,
             "the database \"%.60s\" is neither sqlite:FILE nor postgresql://…", url);
        return NULL;
    }
    void *connection = driver->open(url, error);
    if (connection == NULL) {
        return NULL;
    }
    Store *store = g_new0(Store, 1);
    store->driver = driver;
    store->connection = connection;
    store->after = g_array_new(FALSE, FALSE, sizeof(After));
    return store;
}

void store_free(Store *store)
{
    if (store == NULL) {
        return;
    }
    store->driver->close(store->connection);
    g_array_unref(store->after);
    g_free(store);
}

StoreEngine store_engine(const Store *store)
{
    return store->driver->engine;
}

const StoreDriver *store_driver(const Store *store)
{
    return store->driver;
}

void *store_connection(const Store *store)
{
    return store->connection;
}

static bool refused(GError **error)
{
    return fault_here(FAULT_SQL) &&
           !fail(error, KOLOKOL_ERROR_IO, "the database failed (injected)");
}

StoreRows *store_query(Store *store, const StoreStatement *statement, const StoreValue *values,
                       GError **error)
{
    store->counts.statements++;
    StoreEngineRows *inner =
        refused(error) ? NULL : store->driver->query(store->connection, statement, values, error);
    if (inner == NULL) {
        return NULL;
    }
    StoreRows *rows = g_new(StoreRows, 1);
    *rows = (StoreRows){store, inner};
    return rows;
}

bool store_run(Store *store, const StoreStatement *statement, const StoreValue *values,
               int64_t *changed, GError **error)
{
    int64_t count = 0;
    store->counts.statements++;
    if (refused(error) ||
        !store->driver->run(store->connection, statement, values, &count, error)) {
        return false;
    }
    store->counts.writes += (uint64_t)count;
    if (changed != NULL) {
        *changed = count;
    }
    return true;
}

StoreStep store_rows_next(StoreRows *rows, GError **error)
{
    if (refused(error)) {
        return STORE_FAILED;
    }
    StoreStep step = rows->store->driver->next(rows->inner, error);
    rows->store->counts.rows += step == STORE_ROW;
    return step;
}

void store_rows_free(StoreRows *rows)
{
    if (rows != NULL) {
        rows->store->driver->rows_free(rows->inner);
        g_free(rows);
    }
}

int64_t store_number(StoreRows *rows, int column)
{
    return rows->store->driver->number(rows->inner, column);
}

const void *store_bytes(StoreRows *rows, int column, size_t *length)
{
    return rows->store->driver->bytes(rows->inner, column, length);
}

const char *store_text(StoreRows *rows, int column)
{
    size_t length = 0;
    return rows->store->driver->bytes(rows->inner, column, &length);
}

char *store_text_copy(StoreRows *rows, int column)
{
    return g_strdup(store_text(rows, column));
}

bool store_in_transaction(const Store *store)
{
    return store->depth > 0;
}

static bool control(Store *store, StoreControl what, GError **error)
{
    store->counts.statements++;
    return !refused(error) && store->driver->control(store->connection, what, error);
}

static void run_after(Store *store)
{
    while (store->after->len > 0) {
        After after = g_array_index(store->after, After, store->after->len - 1);
        g_array_set_size(store->after, store->after->len - 1);
        after.function(store, after.data);
    }
}

void store_after_commit(Store *store, StoreAfter function, void *data)
{
    After after = {function, data};
    if (store->depth == 0) {
        function(store, data);
        return;
    }
    for (guint i = 0; i < store->after->len; i++) {
        const After *known = &g_array_index(store->after, After, i);
        if (known->function == function && known->data == data) {
            return;
        }
    }
    g_array_append_val(store->after, after);
}

static bool try_once(Store *store, StoreControl begin, StoreBody body, void *data, GError **error)
{
    if (!control(store, begin, error)) {
        return false;
    }
    store->depth = 1;
    store->poisoned = false;
    store->read_only = begin == STORE_BEGIN_READ;
    bool done = body(store, data, error);
    store->depth = 0;
    if (done && store->poisoned) {
        done =
            fail(error, KOLOKOL_ERROR_IO, "a transaction inside another failed and was not heeded");
    }
    if (done && control(store, STORE_COMMIT, error)) {
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

static bool transact(Store *store, StoreControl begin, StoreBody body, void *data, GError **error)
{
    if (store->depth > 0) {
        store->depth++;
        bool done = body(store, data, error);
        store->depth--;
        store->poisoned |= !done;
        return done;
    }
    for (unsigned try = 1;; try++) {
        g_autoptr(GError) reason = NULL;
        if (try_once(store, begin, body, data, &reason)) {
            return true;
        }
        if (try >= TRIES || !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY)) {
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

bool store_next_id(Store *store, const char *sequence, int64_t *id, GError **error)
{
    g_autoptr(StoreRows) rows = store_sequence_next(store, sequence, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    *id = store_number(rows, 0);
    return true;
}

StoreCounts store_counts(const Store *store)
{
    return store->counts;
}
