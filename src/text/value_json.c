/*
 * JSON as values. The reading itself, with its limits, is json_read.c.
 */
#include "text/value_private.h"

#include "base/error.h"
#include "base/limits.h"
#include "text/json.h"

#include <string.h>

static const Value *convert(ValueArena *arena, const json_t *json);

static char *key_copy(ValueArena *arena, const char *key)
{
    size_t size = strlen(key) + 1;
    char *copy = value_arena_take(arena, size);
    return copy == NULL ? NULL : memcpy(copy, key, size);
}

static const Value *convert_object(ValueArena *arena, const json_t *json)
{
    Value *map = value_map(arena);
    for (void *iter = json_object_iter((json_t *)(uintptr_t)json); iter != NULL;
         iter = json_object_iter_next((json_t *)(uintptr_t)json, iter)) {
        const char *key = key_copy(arena, json_object_iter_key(iter));
        if (key == NULL) {
            break; /* the arena remembers */
        }
        value_set(map, key, convert(arena, json_object_iter_value(iter)));
    }
    return map;
}

static const Value *convert_array(ValueArena *arena, const json_t *json)
{
    Value *list = value_list(arena);
    for (size_t i = 0; i < json_array_size(json); i++) {
        value_append(list, convert(arena, json_array_get(json, i)));
    }
    return list;
}

/* Recursion is bounded by VALUE_JSON_DEPTH, which the reader has checked. */
static const Value *convert(ValueArena *arena, const json_t *json)
{
    Value *value;
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return convert_object(arena, json);
    case JSON_ARRAY:
        return convert_array(arena, json);
    case JSON_STRING:
        return value_text(arena, json_string_value(json));
    case JSON_INTEGER:
        value = value_new(arena, VALUE_NUMBER);
        if (value->kind == VALUE_NUMBER) {
            value->number = json_integer_value(json);
        }
        return value;
    case JSON_REAL:
        value = value_new(arena, VALUE_REAL);
        if (value->kind == VALUE_REAL) {
            value->real = json_real_value(json);
        }
        return value;
    case JSON_TRUE:
    case JSON_FALSE:
        value = value_new(arena, VALUE_BOOL);
        if (value->kind == VALUE_BOOL) {
            value->truth = json_is_true(json);
        }
        return value;
    default:
        return value_new(arena, VALUE_NULL);
    }
}

const Value *value_from_json(ValueArena *arena, const char *json, size_t length, GError **error)
{
    g_autoptr(json_t) tree =
        json_read_limited(json, length, LIMIT_OBJECT, VALUE_JSON_DEPTH, JSON_READ_STRICT, error);
    if (tree == NULL) {
        return NULL;
    }
    const Value *value = convert(arena, tree);
    return value_arena_ok(arena, error) ? value : NULL;
}
