/* The migrations inside the program, by growing number; made from store/migrations/ by
 * tools/embed_sql. */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct {
    int64_t number;
    const char *name, *text;
} StoreMigration;

extern const StoreMigration store_migrations[];
extern const size_t store_migrations_count;
