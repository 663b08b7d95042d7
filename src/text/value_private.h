/*
 * How values lie in memory: for value*.c only. Others read through value.h.
 */
#pragma once

#include "text/value.h"

typedef struct {
    const char *key;
    uint32_t length;
    uint32_t hash;
    const Value *value;
} ValueEntry;

struct Value {
    ValueArena *arena;
    ValueKind kind;

    union {
        bool truth;
        int64_t number;
        double real;

        struct {
            const char *text; /* NUL-terminated */
            size_t length;
        } string;

        struct {
            const Value **items;
            uint32_t count;
            uint32_t capacity;
        } list;

        struct {
            ValueEntry *entries;
            uint32_t *table; /* open addressing, entry number + 1; NULL while the map is small */
            const Value *base;
            uint32_t count;
            uint32_t capacity;
        } map;
    };
};

#define VALUE_TABLE_FROM 16u /* entries from which a map has a table */

/* The number of the entry with that key, or -1. */
int64_t value_entry(const Value *map, const ValueKey *key);

/* Enters entry `number` in the table. */
void value_table_enter(Value *map, uint32_t number);

/* Memory of the arena, aligned for any value; NULL past the ceiling, which the arena remembers. */
void *value_arena_take(ValueArena *arena, size_t size);

/* A new value of a kind, or the arena's null value past the ceiling. */
Value *value_new(ValueArena *arena, ValueKind kind);
