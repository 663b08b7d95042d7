/*
 * Tests on both engines: each body runs on a fresh, migrated SQLite file and on a fresh PostgreSQL
 * database. The server is the one of postgres.h; without PostgreSQL these tests fail, they do not
 * skip.
 *
 *     static void test_insert(Store *store, const char *url) { … }
 *
 *     int main(int argc, char **argv)
 *     {
 *         g_test_init(&argc, &argv, NULL);
 *         stores_test_add("/desk/story/insert", test_insert);
 *         return g_test_run();
 *     }
 *
 * In meson.build the program depends on `test_stores` and on the folder under test.
 */
#pragma once

#include "store/store.h"

/* `url` opens further connections to the same database; those must be closed when the body ends. */
typedef void (*StoresTest)(Store *store, const char *url);

/* Registers PATH/sqlite and PATH/postgres with GLib's test framework. */
void stores_test_add(const char *path, StoresTest body);

/* For tests that need no body a database: a fresh one, migrated or quite empty. Caller frees the
 * URL after stores_drop(), which removes the database. */
char *stores_make(StoreEngine engine, bool migrated);
void stores_drop(const char *url);

/* Removes a directory and all in it, and frees nothing. */
void stores_remove_tree(const char *path);
