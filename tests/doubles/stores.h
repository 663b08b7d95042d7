/*
 * Tests on both engines: each body runs on a fresh, migrated SQLite file and on a fresh PostgreSQL
 * database. The server is the one that tools/run_tests starts (KOLOKOL_TEST_POSTGRES_URL); without
 * it the PostgreSQL half is skipped and says so.
 */
#pragma once

#include "store/store.h"

/* `url` opens further connections to the same database. */
typedef void (*StoresTest)(Store *store, const char *url);

/* Registers PATH/sqlite and PATH/postgres with GLib's test framework. */
void stores_test_add(const char *path, StoresTest body);

/* Removes a directory and all in it, and frees nothing. */
void stores_remove_tree(const char *path);
