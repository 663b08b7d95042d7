/*
 * The arena of values and the calls that build a tree. Reading is in value_read.c, JSON in
 * value_json.c.
 */
#include "text/value_private.h"

#include "base/error.h"

#include <string.h>

#define CHUNK_SIZE (64u * 1024)

typedef struct Chunk Chunk;

struct Chunk {
    Chunk *next;
    size_t size;
    size_t used;
    _Alignas(max_align_t) char bytes[];
};

struct ValueArena {
    Chunk *first; /* the newest; the oldest is kept at reset */
    size_t ceiling;
    size_t total; /* bytes of all chunks */
    bool exhausted;
    Value sink; /* what is handed out past the ceiling: null, never written */
};

static Chunk *chunk_new(Chunk *next, size_t size)
{
    Chunk *chunk = g_malloc(sizeof(Chunk) + size);
    chunk->next = next;
    chunk->size = size;
    chunk->used = 0;
    return chunk;
}

ValueArena *value_arena_new(size_t ceiling)
{
    ValueArena *arena = g_new0(ValueArena, 1);
    arena->ceiling = ceiling == 0 ? VALUE_ARENA_LIMIT : ceiling;
    arena->sink.arena = arena;
    arena->first = chunk_new(NULL, CHUNK_SIZE);
    arena->total = CHUNK_SIZE;
    return arena;
}

void value_arena_free(ValueArena *arena)
{
    if (arena != NULL) {
        value_arena_reset(arena);
        g_free(arena->first);
        g_free(arena);
    }
}

void value_arena_reset(ValueArena *arena)
{
    while (arena->first->next != NULL) {
        Chunk *next = arena->first->next;
        g_free(arena->first);
        arena->first = next;
    }
    arena->first->used = 0;
    arena->total = arena->first->size;
    arena->exhausted = false;
}

bool value_arena_ok(const ValueArena *arena, GError **error)
{
    if (arena->exhausted) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the page's data is larger than the ceiling of %zu bytes", arena->ceiling);
    }
    return true;
}

void *value_arena_take(ValueArena *arena, size_t size)
{
    size_t alignment = _Alignof(max_align_t);
    if (size > arena->ceiling || arena->exhausted) {
        arena->exhausted = true;
        return NULL;
    }
    size = (size + alignment - 1) & ~(alignment - 1);
    Chunk *chunk = arena->first;
    if (size > chunk->size - chunk->used) {
        size_t wanted = MAX(size, CHUNK_SIZE);
        if (wanted > arena->ceiling - MIN(arena->ceiling, arena->total)) {
            arena->exhausted = true;
            return NULL;
        }
        chunk = arena->first = chunk_new(chunk, wanted);
        arena->total += wanted;
    }
    void *memory = chunk->bytes + chunk->used;
    chunk->used += size;
    return memory;
}

Value *value_new(ValueArena *arena, ValueKind kind)
{
    Value *value = value_arena_take(arena, sizeof(Value));
    if (value == NULL) {
        return &arena->sink;
    }
    memset(value, 0, sizeof *value);
    value->arena = arena;
    value->kind = kind;
    return value;
}

Value *value_map(ValueArena *arena)
{
    return value_new(arena, VALUE_MAP);
}

Value *value_map_over(ValueArena *arena, const Value *base)
{
    Value *map = value_new(arena, VALUE_MAP);
    if (map->kind == VALUE_MAP && base->kind == VALUE_MAP) {
        map->map.base = base;
    }
    return map;
}

Value *value_list(ValueArena *arena)
{
    return value_new(arena, VALUE_LIST);
}

static Value *string_new(ValueArena *arena, ValueKind kind, const char *text, size_t length)
{
    char *copy = value_arena_take(arena, length + 1);
    if (copy == NULL) {
        return &arena->sink;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    Value *value = value_new(arena, kind);
    if (value->kind == kind) {
        value->string.text = copy;
        value->string.length = length;
    }
    return value;
}

Value *value_text(ValueArena *arena, const char *text)
{
    return text == NULL ? value_new(arena, VALUE_NULL)
                        : string_new(arena, VALUE_TEXT, text, strlen(text));
}

Value *value_html(ValueArena *arena, const SafeHtml *html)
{
    const char *markup = safe_html_markup(html);
    return string_new(arena, VALUE_HTML, markup, strlen(markup));
}

/* A copy of `items` with twice the room; NULL past the ceiling. */
static void *grown(ValueArena *arena, const void *items, uint32_t count, size_t size,
                   uint32_t *capacity)
{
    uint32_t wanted = *capacity == 0 ? 8 : *capacity * 2;
    void *copy = wanted < *capacity ? NULL : value_arena_take(arena, wanted * size);
    if (copy == NULL) {
        arena->exhausted = true;
        return NULL;
    }
    if (count > 0) {
        memcpy(copy, items, count * size);
    }
    *capacity = wanted;
    return copy;
}

/* Makes room for one more entry, and a table once the map is large. */
static bool map_grow(Value *map)
{
    if (map->map.count < map->map.capacity) {
        return true;
    }
    ValueEntry *entries =
        grown(map->arena, map->map.entries, map->map.count, sizeof(ValueEntry), &map->map.capacity);
    if (entries == NULL) {
        return false;
    }
    map->map.entries = entries;
    if (map->map.capacity > VALUE_TABLE_FROM) {
        size_t bytes = map->map.capacity * 2 * sizeof(uint32_t);
        map->map.table = value_arena_take(map->arena, bytes);
        if (map->map.table == NULL) {
            return false;
        }
        memset(map->map.table, 0, bytes);
        for (uint32_t i = 0; i < map->map.count; i++) {
            value_table_enter(map, i);
        }
    }
    return true;
}

void value_set(Value *map, const char *key, const Value *value)
{
    if (map->kind != VALUE_MAP || map->arena->exhausted) {
        return;
    }
    ValueKey name = value_key(key, strlen(key));
    int64_t found = value_entry(map, &name);
    if (found >= 0) {
        map->map.entries[found].value = value;
        return;
    }
    if (map_grow(map)) {
        map->map.entries[map->map.count] = (ValueEntry){key, name.length, name.hash, value};
        if (map->map.table != NULL) {
            value_table_enter(map, map->map.count);
        }
        map->map.count++;
    }
}

void value_set_text(Value *map, const char *key, const char *text)
{
    value_set(map, key, value_text(map->arena, text));
}

void value_set_text_length(Value *map, const char *key, const char *text, size_t length)
{
    value_set(map, key, string_new(map->arena, VALUE_TEXT, text, length));
}

void value_set_static(Value *map, const char *key, const char *text)
{
    Value *value = value_new(map->arena, text == NULL ? VALUE_NULL : VALUE_TEXT);
    if (text != NULL && value->kind == VALUE_TEXT) {
        value->string.text = text;
        value->string.length = strlen(text);
    }
    value_set(map, key, value);
}

void value_set_html(Value *map, const char *key, const SafeHtml *html)
{
    value_set(map, key, value_html(map->arena, html));
}

void value_set_bool(Value *map, const char *key, bool truth)
{
    Value *value = value_new(map->arena, VALUE_BOOL);
    if (value->kind == VALUE_BOOL) {
        value->truth = truth;
    }
    value_set(map, key, value);
}

void value_set_number(Value *map, const char *key, int64_t number)
{
    Value *value = value_new(map->arena, VALUE_NUMBER);
    if (value->kind == VALUE_NUMBER) {
        value->number = number;
    }
    value_set(map, key, value);
}

Value *value_set_map(Value *map, const char *key)
{
    Value *value = value_map(map->arena);
    value_set(map, key, value);
    return value;
}

Value *value_set_list(Value *map, const char *key)
{
    Value *value = value_list(map->arena);
    value_set(map, key, value);
    return value;
}

void value_append(Value *list, const Value *value)
{
    if (list->kind != VALUE_LIST || list->arena->exhausted) {
        return;
    }
    if (list->list.count == list->list.capacity) {
        const Value **items = grown(list->arena, list->list.items, list->list.count,
                                    sizeof(Value *), &list->list.capacity);
        if (items == NULL) {
            return;
        }
        list->list.items = items;
    }
    list->list.items[list->list.count++] = value;
}

Value *value_append_map(Value *list)
{
    Value *value = value_map(list->arena);
    value_append(list, value);
    return value;
}

void value_append_text(Value *list, const char *text)
{
    value_append(list, value_text(list->arena, text));
}
