/*
 * Reading values: lookup by key, truth, numbers as text. Building is in value.c.
 */
#include "text/value_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a: keys are a few bytes, and the program's own or a theme's. */
static uint32_t hash_of(const char *text, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    }
    return hash;
}

ValueKey value_key(const char *text, size_t length)
{
    return (ValueKey){text, (uint32_t)length, hash_of(text, length)};
}

static bool entry_is(const ValueEntry *entry, const ValueKey *key)
{
    return entry->hash == key->hash && entry->length == key->length &&
           (entry->key == key->text || memcmp(entry->key, key->text, key->length) == 0);
}

int64_t value_entry(const Value *map, const ValueKey *key)
{
    const ValueEntry *entries = map->map.entries;
    if (map->map.table == NULL) {
        for (uint32_t i = 0; i < map->map.count; i++) {
            if (entry_is(&entries[i], key)) {
                return i;
            }
        }
        return -1;
    }
    uint32_t mask = map->map.capacity * 2 - 1;
    for (uint32_t at = key->hash & mask; map->map.table[at] != 0; at = (at + 1) & mask) {
        uint32_t number = map->map.table[at] - 1;
        if (entry_is(&entries[number], key)) {
            return number;
        }
    }
    return -1;
}

void value_table_enter(Value *map, uint32_t number)
{
    uint32_t mask = map->map.capacity * 2 - 1;
    uint32_t at = map->map.entries[number].hash & mask;
    while (map->map.table[at] != 0) {
        at = (at + 1) & mask;
    }
    map->map.table[at] = number + 1;
}

ValueKind value_kind(const Value *value)
{
    return value->kind;
}

const ValueArena *value_arena(const Value *value)
{
    return value->arena;
}

const Value *value_base(const Value *map)
{
    return map->kind == VALUE_MAP ? map->map.base : NULL;
}

const Value *value_find(const Value *map, const ValueKey *key)
{
    for (; map != NULL && map->kind == VALUE_MAP; map = map->map.base) {
        int64_t found = value_entry(map, key);
        if (found >= 0) {
            return map->map.entries[found].value;
        }
    }
    return NULL;
}

const Value *value_get(const Value *map, const char *key)
{
    ValueKey name = value_key(key, strlen(key));
    return value_find(map, &name);
}

const Value *const *value_items(const Value *list, size_t *count)
{
    *count = list->kind == VALUE_LIST ? list->list.count : 0;
    return list->kind == VALUE_LIST ? list->list.items : NULL;
}

bool value_is_true(const Value *value)
{
    switch (value->kind) {
    case VALUE_NULL:
        return false;
    case VALUE_BOOL:
        return value->truth;
    case VALUE_NUMBER:
        return value->number != 0;
    case VALUE_REAL:
        return value->real < 0 || value->real > 0;
    case VALUE_TEXT:
    case VALUE_HTML:
        return value->string.length > 0;
    case VALUE_LIST:
        return value->list.count > 0;
    case VALUE_MAP:
        return true;
    }
    return false;
}

const char *value_string(const Value *value, size_t *length)
{
    bool string = value->kind == VALUE_TEXT || value->kind == VALUE_HTML;
    if (length != NULL) {
        *length = string ? value->string.length : 0;
    }
    return string ? value->string.text : NULL;
}

/* The shortest of %.15g to %.17g that reads back as the same double; 17 digits always do. */
static size_t real_format(double real, char *buffer)
{
    for (int digits = 15; digits <= 17; digits++) {
        g_autofree char *format = g_strdup_printf("%%.%dg", digits);
        g_ascii_formatd(buffer, (int)VALUE_NUMBER_SIZE, format, real);
        double back = g_ascii_strtod(buffer, NULL);
        if (!(back < real || back > real)) {
            break;
        }
    }
    return strlen(buffer);
}

size_t value_format(const Value *value, char *buffer)
{
    switch (value->kind) {
    case VALUE_BOOL:
        return g_strlcpy(buffer, value->truth ? "true" : "false", VALUE_NUMBER_SIZE);
    case VALUE_NUMBER:
        return (size_t)g_snprintf(buffer, VALUE_NUMBER_SIZE, "%" G_GINT64_FORMAT, value->number);
    case VALUE_REAL:
        return real_format(value->real, buffer);
    default:
        return 0;
    }
}
