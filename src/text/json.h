/*
 * JSON (RFC 8259): a writer that streams to a GString, and a reader with limits over jansson.
 *
 * Numbers are int64_t only: our formats hold no fractions. Strings are escaped for every place
 * where JSON of ours stands, also inside <script>: `<`, `>`, `&`, U+2028 and U+2029 as \u escapes;
 * invalid UTF-8 becomes U+FFFD.
 */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The writer puts the commas. Misuse (a value in an object without a key, the wrong close) and the
 * ceiling are remembered and reported by json_writer_finish(). On the stack: `g_auto(JsonWriter)
 * json = {0}` after json_writer_init(). Output is compact, keys in the order written.
 */
#define JSON_DEPTH_LIMIT 64u

typedef struct {
    GString *out; /* borrowed */
    size_t ceiling;
    size_t start;
    const char *problem;
    unsigned depth;
    bool comma;
    bool keyed;
    char closers[JSON_DEPTH_LIMIT];
} JsonWriter;

/* Appends to `out`; `ceiling` is in bytes written through this writer, LIMIT_OBJECT if 0. */
void json_writer_init(JsonWriter *writer, GString *out, size_t ceiling);
void json_writer_open_object(JsonWriter *writer);
void json_writer_open_array(JsonWriter *writer);
void json_writer_close(JsonWriter *writer);
void json_writer_key(JsonWriter *writer, const char *key);
void json_writer_text(JsonWriter *writer, const char *text); /* NULL writes null */
void json_writer_text_length(JsonWriter *writer, const char *text, size_t length);
void json_writer_number(JsonWriter *writer, int64_t number);
void json_writer_bool(JsonWriter *writer, bool truth);
void json_writer_null(JsonWriter *writer);

/* Key and value in one call; the text one writes nothing, not even the key, where text is NULL. */
void json_writer_text_member(JsonWriter *writer, const char *key, const char *text);
void json_writer_number_member(JsonWriter *writer, const char *key, int64_t number);
void json_writer_bool_member(JsonWriter *writer, const char *key, bool truth);

/* INVALID if something is open or was misused, LIMIT past the ceiling; `out` is then cut back to
 * where it began. */
bool json_writer_finish(JsonWriter *writer, GError **error);

/* A string with its quotes, escaped as above. */
void json_escape(GString *out, const char *text, size_t length);

/*
 * Reads one JSON text. Refused: more than `limit` bytes and nesting deeper than `depth` (0 is
 * JSON_DEPTH_LIMIT, and is the most that is taken) with LIMIT; everything else that is not JSON,
 * also a byte order mark, NUL bytes and invalid UTF-8, with INVALID, line and column. A scalar at
 * the top is JSON.
 *
 * JSON_READ_STRICT also refuses what RFC 8259 allows but two readers take differently, or C cannot
 * hold: duplicate keys and
 * "\u0000". Everything of ours uses it; JSON_READ_STANDARD is for texts where the sender may do
 * such things. Integers outside int64_t and numbers outside double are refused by both. Caller
 * json_decref()s; NULL on failure.
 */
typedef enum {
    JSON_READ_STANDARD,
    JSON_READ_STRICT,
} JsonRules;

json_t *json_read_limited(const char *bytes, size_t length, size_t limit, unsigned depth,
                          JsonRules rules, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)
