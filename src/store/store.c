/*
 * Stores: store.h. What is the same for both engines: statements and their counts. The
 * engines are sqlite.c and postgres.c, transactions transaction.c, sequences sequence.c, migrations
 * migrate.c.
 */
#include "store/store.h"

#include "base/error.h"
#include "base/fault.h"
#include "store/inside.h"

#include <string.h>

struct StoreRows {
    Store *store;
    StoreEngineRows *inner;
    bool writes;
};

bool store_refused(GError **error)
{
    return fault_here(FAULT_SQL) &&
           !fail(error, KOLOKOL_ERROR_IO, "the database failed (injected)");
}

Store *store_open(const char *url, GError **error)
{
    const StoreDriver *driver = NULL;
    if (g_str_has_prefix(url, "sqlite:")) {
        driver = &store_sqlite;
    } else if (g_str_has_prefix(url, "postgresql://") || g_str_has_prefix(url, "postgres://")) {
        driver = &store_postgres;
    } else {
        fail(error, KOLOKOL_ERROR_INVALID,
             "the database's address is neither sqlite:FILE nor postgresql://…");
        return NULL;
    }
    void *connection = store_refused(error) ? NULL : driver->open(url, error);
    if (connection == NULL) {
        return NULL;
    }
    Store *store = g_new0(Store, 1);
    store->driver = driver;
    store->connection = connection;
    store->after = g_array_new(FALSE, FALSE, sizeof(StoreAfterEntry));
    return store;
}

void store_free(Store *store)
{
    if (store == NULL) {
        return;
    }
    g_assert(store->open_rows == 0 && store->depth == 0);
    store->driver->close(store->connection);
    g_array_unref(store->after);
    g_free(store);
}

StoreEngine store_engine(const Store *store)
{
    return store->driver->engine;
}

/* Both engines take or refuse a text alike: SQLite would keep any bytes. */
static bool values_ok(const StoreStatement *statement, const StoreValue *values, GError **error)
{
    for (unsigned i = 0; i < statement->parameters; i++) {
        if (values[i].type == STORE_TEXT && values[i].bytes != NULL &&
            !g_utf8_validate(values[i].bytes, (gssize)values[i].length, NULL)) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "a text for the database is not valid UTF-8 (parameter %u of %s)", i + 1,
                        statement->name);
        }
    }
    return true;
}

static bool may_run(Store *store, const StoreStatement *statement, const StoreValue *values,
                    GError **error)
{
    if (store->spoilt != NULL) {
        g_propagate_prefixed_error(error, g_error_copy(store->spoilt),
                                   "the transaction has failed already: ");
        return false;
    }
    store->counts.statements++;
    return !store_refused(error) && values_ok(statement, values, error);
}

/* Passes a failure on; inside a transaction it spoils that. */
static void failed(Store *store, GError *reason, GError **error)
{
    if (store->depth > 0 && store->spoilt == NULL) {
        store->spoilt = g_error_copy(reason);
    }
    g_propagate_error(error, reason);
}

StoreRows *store_query(Store *store, const StoreStatement *statement, const StoreValue *values,
                       GError **error)
{
    GError *reason = NULL;
    StoreEngineRows *inner = NULL;
    bool writes = false;
    if (may_run(store, statement, values, &reason)) {
        inner = store->driver->query(store->connection, statement, values, &writes, &reason);
    }
    if (inner == NULL) {
        failed(store, reason, error);
        return NULL;
    }
    store->open_rows++;
    StoreRows *rows = g_new(StoreRows, 1);
    *rows = (StoreRows){store, inner, writes};
    return rows;
}

bool store_run(Store *store, const StoreStatement *statement, const StoreValue *values,
               int64_t *changed, GError **error)
{
    GError *reason = NULL;
    int64_t count = 0;
    if (!may_run(store, statement, values, &reason) ||
        !store->driver->run(store->connection, statement, values, &count, &reason)) {
        failed(store, reason, error);
        return false;
    }
    store->counts.writes += (uint64_t)count;
    if (changed != NULL) {
        *changed = count;
    }
    return true;
}

bool store_script(Store *store, const char *text, GError **error)
{
    GError *reason = NULL;
    store->counts.statements++;
    if (store_refused(&reason) || !store->driver->script(store->connection, text, &reason)) {
        failed(store, reason, error);
        return false;
    }
    return true;
}

bool store_defer_commits(Store *store, bool defer, GError **error)
{
    if (store->depth > 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "commits cannot be deferred in a transaction");
    }
    return !store_refused(error) && store->driver->defer(store->connection, defer, error);
}

bool store_scrub(Store *store, GError **error)
{
    if (store->depth > 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a database cannot be scrubbed in a transaction");
    }
    return !store_refused(error) && store->driver->scrub(store->connection, error);
}

bool store_prepare(Store *store, const StoreStatement *statement, GError **error)
{
    return store->driver->prepare(store->connection, statement, error);
}

StoreStep store_rows_next(StoreRows *rows, GError **error)
{
    GError *reason = NULL;
    StoreStep step =
        store_refused(&reason) ? STORE_FAILED : rows->store->driver->next(rows->inner, &reason);
    if (step == STORE_FAILED) {
        failed(rows->store, reason, error);
    }
    rows->store->counts.rows += step == STORE_ROW;
    rows->store->counts.writes += step == STORE_ROW && rows->writes;
    return step;
}

void store_rows_free(StoreRows *rows)
{
    if (rows != NULL) {
        rows->store->open_rows--;
        rows->store->driver->rows_free(rows->inner);
        g_free(rows);
    }
}

bool store_rows_any(StoreRows *rows, bool *any, GError **error)
{
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_FAILED) {
        *any = step == STORE_ROW;
    }
    store_rows_free(rows);
    return step != STORE_FAILED;
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

bool store_listen(Store *store, const char *channel, GError **error)
{
    if (store->driver->listen == NULL) {
        return true;
    }
    return !store_refused(error) && store->driver->listen(store->connection, channel, error);
}

int store_socket(Store *store)
{
    return store->driver->socket == NULL ? -1 : store->driver->socket(store->connection);
}

bool store_heard(Store *store)
{
    return store->driver->heard != NULL && store->driver->heard(store->connection);
}

StoreCounts store_counts(const Store *store)
{
    StoreCounts counts = store->counts;
    if (store->driver->steps != NULL) {
        counts.steps = store->driver->steps(store->connection);
    }
    return counts;
}
