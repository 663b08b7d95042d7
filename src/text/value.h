/*
 * Values: the tree of data that a template is rendered against.
 *
 * All values of one page live in one ValueArena: allocated by moving a pointer, released together.
 * So no Value is ever freed by itself, and a Value pointer is good until its arena is reset or
 * freed. Text is copied into the arena unless the call says static.
 *
 * Nothing here fails. Past the arena's ceiling a value is lost and the arena remembers it;
 * mustache_render() asks the root's arena and refuses to render (LIMIT). A caller that keeps values
 * in a second arena (a frame shared by many pages) asks value_arena_ok() once it is filled.
 *
 * Keys are borrowed: string constants, or strings that live as long as the arena. A map keeps the
 * order of insertion; setting a key again replaces its value.
 */
#pragma once

#include "text/html.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct ValueArena ValueArena;
typedef struct Value Value;

#define VALUE_ARENA_LIMIT (64u * 1024 * 1024) /* bytes, the default ceiling */
#define VALUE_JSON_DEPTH  64u

/* `ceiling` in bytes, VALUE_ARENA_LIMIT if 0. */
ValueArena *value_arena_new(size_t ceiling);
void value_arena_free(ValueArena *arena);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ValueArena, value_arena_free)

/* Forgets every value; keeps the first chunk of memory for the next page. */
void value_arena_reset(ValueArena *arena);

/* False with LIMIT if something was lost to the ceiling since the last reset. */
bool value_arena_ok(const ValueArena *arena, GError **error);

/* Never NULL. */
Value *value_map(ValueArena *arena);
Value *value_list(ValueArena *arena);
Value *value_text(ValueArena *arena, const char *text);     /* copied; NULL is null */
Value *value_html(ValueArena *arena, const SafeHtml *html); /* copied */

/* A map that answers from `base` (a map, may be of another arena that outlives this one) what it
 * does not hold itself: a page over the frame that all pages share. */
Value *value_map_over(ValueArena *arena, const Value *base);

/* Each sets a key of a map; on a value that is no map they do nothing. A NULL text sets null: it
 * renders as nothing and hides the same key further out. */
void value_set(Value *map, const char *key, const Value *value);
void value_set_text(Value *map, const char *key, const char *text);
void value_set_text_length(Value *map, const char *key, const char *text, size_t length);
void value_set_static(Value *map, const char *key, const char *text); /* not copied */
void value_set_html(Value *map, const char *key, const SafeHtml *html);
void value_set_bool(Value *map, const char *key, bool truth);
void value_set_number(Value *map, const char *key, int64_t number);

/* A new map or list under a key, returned to be filled. */
Value *value_set_map(Value *map, const char *key);
Value *value_set_list(Value *map, const char *key);

void value_append(Value *list, const Value *value);
Value *value_append_map(Value *list); /* a new map at the end, returned to be filled */
void value_append_text(Value *list, const char *text);

/* A JSON text (RFC 8259) as values. Refused: depth over VALUE_JSON_DEPTH, duplicate keys, invalid
 * UTF-8, NUL (INVALID, with line and column); more than the arena holds (LIMIT). NULL on failure.
 */
const Value *value_from_json(ValueArena *arena, const char *json, size_t length, GError **error);

/* Reading, for engines. */
typedef enum {
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_NUMBER, /* int64_t */
    VALUE_REAL,   /* double, from JSON only */
    VALUE_TEXT,
    VALUE_HTML,
    VALUE_LIST,
    VALUE_MAP,
} ValueKind;

typedef struct {
    const char *text; /* NUL-terminated */
    uint32_t length;
    uint32_t hash;
} ValueKey;

/* The key for value_find(); borrows `text`, which need not end at `length` in NUL. */
ValueKey value_key(const char *text, size_t length);

ValueKind value_kind(const Value *value);

/* The value under a key, NULL if absent or `map` is no map. */
const Value *value_find(const Value *map, const ValueKey *key);
const Value *value_get(const Value *map, const char *key);

/* The items of a list; NULL and 0 for anything else. */
const Value *const *value_items(const Value *list, size_t *count);

/* What a section takes for true: all but null, false, 0, empty text, empty markup, the empty list.
 */
bool value_is_true(const Value *value);

/* Text or markup with its length (`length` may be NULL); NULL for other kinds. */
const char *value_string(const Value *value, size_t *length);

#define VALUE_NUMBER_SIZE 32u

/* A number as JSON writes it, shortest form that reads back equal ("1.21", "85", "1e+30"); true and
 * false by name. `buffer` has VALUE_NUMBER_SIZE bytes; returns the length, 0 for other kinds. */
size_t value_format(const Value *value, char *buffer);

/* The map under a map (value_map_over()), or NULL. */
const Value *value_base(const Value *map);

/* The arena a value lives in. */
const ValueArena *value_arena(const Value *value);
