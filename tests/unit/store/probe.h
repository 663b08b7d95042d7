/* The table that the store's own tests use; its statements are probe.sql. */
#pragma once

#include "store/engine.h"

#include "probe_sql.h"

static inline void probe_make(Store *store)
{
    g_autoptr(GError) error = NULL;
    bool sqlite = store_engine(store) == STORE_SQLITE;
    store_script(store,
                 sqlite ? "CREATE TABLE probe (id INTEGER PRIMARY KEY, number BIGINT, words TEXT, "
                          "raw BLOB); CREATE TABLE probe_counter (value BIGINT NOT NULL);"
                          "INSERT INTO probe_counter VALUES (0)"
                        : "CREATE TABLE probe (id BIGINT PRIMARY KEY, number BIGINT, "
                          "words TEXT COLLATE \"C\", raw BYTEA);"
                          "CREATE TABLE probe_counter (value BIGINT NOT NULL);"
                          "INSERT INTO probe_counter VALUES (0)",
                 &error);
    g_assert_no_error(error);
}

static inline int64_t probe_number(StoreRows *rows)
{
    g_autoptr(StoreRows) own = rows;
    g_autoptr(GError) error = NULL;
    g_assert_nonnull(own);
    g_assert_cmpint(store_rows_next(own, &error), ==, STORE_ROW);
    return store_number(own, 0);
}
