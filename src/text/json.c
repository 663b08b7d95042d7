/*
 * The JSON writer. Reading is in json_read.c.
 */
#include "text/json.h"

#include "base/error.h"
#include "base/limits.h"

#include <string.h>

void json_writer_init(JsonWriter *writer, GString *out, size_t ceiling)
{
    *writer = (JsonWriter){
        .out = out, .ceiling = ceiling == 0 ? LIMIT_OBJECT : ceiling, .start = out->len};
}

static void json_writer_fail(JsonWriter *writer, const char *problem)
{
    if (writer->problem == NULL) {
        writer->problem = problem;
    }
}

static const char too_long[] = "longer than its ceiling";

/* Called before each value: true if it may be written, its comma put. `coming` is its least length.
 */
static bool value_begins(JsonWriter *writer, size_t coming)
{
    if (writer->problem != NULL) {
        return false;
    }
    size_t written = writer->out->len - writer->start;
    if (written > writer->ceiling || coming > writer->ceiling - written) {
        json_writer_fail(writer, too_long);
    } else if (writer->depth == 0 && writer->comma) {
        json_writer_fail(writer, "two values at the top");
    } else if (writer->depth > 0 && writer->closers[writer->depth - 1] == '}' && !writer->keyed) {
        json_writer_fail(writer, "a value without a key in an object");
    } else {
        if (writer->comma && !writer->keyed) {
            g_string_append_c(writer->out, ',');
        }
        writer->comma = true;
        writer->keyed = false;
    }
    return writer->problem == NULL;
}

static void open_with(JsonWriter *writer, char opener, char closer)
{
    if (writer->depth == JSON_DEPTH_LIMIT) {
        json_writer_fail(writer, "nested too deep");
    }
    if (value_begins(writer, 2)) {
        g_string_append_c(writer->out, opener);
        writer->closers[writer->depth++] = closer;
        writer->comma = false;
    }
}

void json_writer_open_object(JsonWriter *writer)
{
    open_with(writer, '{', '}');
}

void json_writer_open_array(JsonWriter *writer)
{
    open_with(writer, '[', ']');
}

void json_writer_close(JsonWriter *writer)
{
    if (writer->depth == 0) {
        json_writer_fail(writer, "closed without being opened");
    } else if (writer->keyed) {
        json_writer_fail(writer, "a key without a value");
    }
    if (writer->problem == NULL) {
        g_string_append_c(writer->out, writer->closers[--writer->depth]);
        writer->comma = true;
    }
}

void json_writer_key(JsonWriter *writer, const char *key)
{
    if (writer->depth == 0 || writer->closers[writer->depth - 1] != '}' || writer->keyed) {
        json_writer_fail(writer, "a key where none may stand");
    }
    if (writer->problem == NULL) {
        if (writer->comma) {
            g_string_append_c(writer->out, ',');
        }
        json_escape(writer->out, key, strlen(key));
        g_string_append_c(writer->out, ':');
        writer->keyed = true;
    }
}

void json_writer_text_length(JsonWriter *writer, const char *text, size_t length)
{
    if (value_begins(writer, length)) {
        json_escape(writer->out, text, length);
    }
}

void json_writer_text(JsonWriter *writer, const char *text)
{
    if (text == NULL) {
        json_writer_null(writer);
    } else {
        json_writer_text_length(writer, text, strlen(text));
    }
}

static void literal(JsonWriter *writer, const char *text)
{
    if (value_begins(writer, strlen(text))) {
        g_string_append(writer->out, text);
    }
}

void json_writer_number(JsonWriter *writer, int64_t number)
{
    char digits[24];
    g_snprintf(digits, sizeof digits, "%" G_GINT64_FORMAT, number);
    literal(writer, digits);
}

void json_writer_bool(JsonWriter *writer, bool truth)
{
    literal(writer, truth ? "true" : "false");
}

void json_writer_null(JsonWriter *writer)
{
    literal(writer, "null");
}

void json_writer_text_member(JsonWriter *writer, const char *key, const char *text)
{
    if (text != NULL) {
        json_writer_key(writer, key);
        json_writer_text(writer, text);
    }
}

void json_writer_number_member(JsonWriter *writer, const char *key, int64_t number)
{
    json_writer_key(writer, key);
    json_writer_number(writer, number);
}

void json_writer_bool_member(JsonWriter *writer, const char *key, bool truth)
{
    json_writer_key(writer, key);
    json_writer_bool(writer, truth);
}

bool json_writer_finish(JsonWriter *writer, GError **error)
{
    if (writer->depth > 0) {
        json_writer_fail(writer, "something is not closed");
    } else if (!writer->comma) {
        json_writer_fail(writer, "nothing was written");
    }
    if (writer->out->len - writer->start > writer->ceiling) {
        writer->problem = too_long;
    }
    if (writer->problem == NULL) {
        return true;
    }
    g_string_truncate(writer->out, writer->start);
    if (writer->problem == too_long) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the JSON text is longer than the ceiling of %zu bytes", writer->ceiling);
    }
    return fail(error, KOLOKOL_ERROR_INVALID, "the JSON text is not well-formed: %s",
                writer->problem);
}

/* What follows the backslash for a byte, 'u' for the long form, 0 for none. */
static char escape_of(unsigned char c)
{
    switch (c) {
    case '"':
    case '\\':
        return (char)c;
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    case '<':
    case '>':
    case '&':
    case 127:
        return 'u';
    default:
        return c < ' ' ? 'u' : 0;
    }
}

/* Appends the character of several bytes at `p` and returns its length; 1 where it is no UTF-8. */
static size_t append_character(GString *out, const char *p, const char *end)
{
    gunichar character = g_utf8_get_char_validated(p, end - p);
    if (character >= (gunichar)-2) {
        g_string_append(out, "\xEF\xBF\xBD");
        return 1;
    }
    size_t length = (size_t)g_utf8_skip[(unsigned char)*p];
    if (character == 0x2028 || character == 0x2029) {
        g_string_append_printf(out, "\\u%04x", character);
    } else {
        g_string_append_len(out, p, (gssize)length);
    }
    return length;
}

void json_escape(GString *out, const char *text, size_t length)
{
    const char *end = text + length;
    const char *run = text;
    g_string_append_c(out, '"');
    for (const char *p = text; p < end;) {
        unsigned char c = (unsigned char)*p;
        char escape = c < 128 ? escape_of(c) : 'x';
        if (escape == 0) {
            p++;
            continue;
        }
        g_string_append_len(out, run, p - run);
        if (c >= 128) {
            p += append_character(out, p, end);
        } else if (escape == 'u') {
            g_string_append_printf(out, "\\u%04x", c);
            p++;
        } else {
            g_string_append_c(out, '\\');
            g_string_append_c(out, escape);
            p++;
        }
        run = p;
    }
    g_string_append_len(out, run, end - run);
    g_string_append_c(out, '"');
}
