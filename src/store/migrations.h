/*
 * Sets of migrations. The newsroom's own, by growing number, is inside the program (made from
 * store/migrations/ by tools/embed_sql); a department with a database of its own, as the intake of
 * forms/ has, brings another and lives by the same rules (store_migrate() of store.h).
 */
#pragma once

#include "store/store.h"

typedef struct {
    int64_t number;
    const char *name, *text;
} StoreMigration;

extern const StoreMigration store_migrations[];
extern const size_t store_migrations_count;

/* As store_migrate(), with another set. One database (on PostgreSQL: one schema, the first of the
 * search path) holds one set. */
bool store_migrate_set(Store *store, const StoreMigration *set, size_t count, GError **error);
