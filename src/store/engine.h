/*
 * What an engine gives to store.c: the two are sqlite.c and postgres.c. An engine knows connections
 * and statements; transactions, retries, sequences and wake-ups are store.c's, the same for both.
 */
#pragma once

#include "store/store.h"

typedef struct StoreEngineRows StoreEngineRows;

typedef enum { STORE_BEGIN_WRITE, STORE_BEGIN_READ, STORE_COMMIT, STORE_ROLLBACK } StoreControl;

typedef struct {
    StoreEngine engine;
    void *(*open)(const char *url, GError **error);
    void (*close)(void *connection);
    /* Begins, commits or rolls back. */
    bool (*control)(void *connection, StoreControl what, GError **error);
    /* What store_defer_commits() says. */
    bool (*defer)(void *connection, bool defer, GError **error);
    /* What store_scrub() says. */
    bool (*scrub)(void *connection, GError **error);
    /* Runs text that is no statement of a department: migrations. */
    bool (*script)(void *connection, const char *text, GError **error);
    /* Prepares only: for the test of all statements. */
    bool (*prepare)(void *connection, const StoreStatement *statement, GError **error);
    /* *writes says if the rows are those of a RETURNING. */
    StoreEngineRows *(*query)(void *connection, const StoreStatement *statement,
                              const StoreValue *values, bool *writes, GError **error);
    bool (*run)(void *connection, const StoreStatement *statement, const StoreValue *values,
                int64_t *changed, GError **error);
    /* STORE_END for ever after the last row. */
    StoreStep (*next)(StoreEngineRows *rows, GError **error);
    void (*rows_free)(StoreEngineRows *rows);
    int64_t (*number)(StoreEngineRows *rows, int column);
    /* NULL for SQL's NULL only. Text ends in a byte 0 that is not counted. */
    const void *(*bytes)(StoreEngineRows *rows, int column, size_t *length);
    /* What StoreCounts calls steps; NULL where the engine does not count them. */
    uint64_t (*steps)(void *connection);
    /* store_listen() and what follows; NULL where the engine has no such thing. */
    bool (*listen)(void *connection, const char *channel, GError **error);
    int (*socket)(void *connection);
    bool (*heard)(void *connection);
} StoreDriver;

extern const StoreDriver store_sqlite, store_postgres;

/* For migrate.c: runs text that is no statement, inside or outside a transaction. */
bool store_script(Store *store, const char *text, GError **error);
