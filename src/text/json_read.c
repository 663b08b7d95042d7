/*
 * Reading JSON: jansson does it; this file puts the limits before it and the message after it.
 */
#include "text/json.h"

#include "base/error.h"

#include <string.h>

/* True if brackets outside strings nest deeper than `depth`. jansson recurses and its own limit is
 * 2,048, so this looks first. What is not JSON at all is left to jansson. */
static bool nests_deeper(const char *bytes, size_t length, unsigned depth)
{
    unsigned open = 0;
    bool in_string = false;
    for (size_t i = 0; i < length; i++) {
        char c = bytes[i];
        if (in_string) {
            i += c == '\\';
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++open > depth) {
                return true;
            }
        } else if ((c == ']' || c == '}') && open > 0) {
            open--;
        }
    }
    return false;
}

/* What is wrong, in words for whoever wrote the file; jansson's own where they serve. It quotes the
 * input: not always UTF-8, and perhaps of several lines. Caller frees. */
static char *reason_of(const json_error_t *problem)
{
    switch (json_error_code(problem)) {
    case json_error_null_character:
        return g_strdup("a NUL character (\\u0000); take it out");
    case json_error_invalid_utf8:
        return g_strdup("a byte that is not UTF-8; save the text as UTF-8");
    default:
        return g_str_has_prefix(problem->text, "control character 0x0 ")
                   ? g_strdup("a NUL byte; take it out")
                   : g_strdelimit(g_utf8_make_valid(problem->text, -1), "\r\n\t", ' ');
    }
}

json_t *json_read_limited(const char *bytes, size_t length, size_t limit, unsigned depth,
                          JsonRules rules, GError **error)
{
    if (depth == 0 || depth > JSON_DEPTH_LIMIT) {
        depth = JSON_DEPTH_LIMIT;
    }
    if (length > limit) {
        fail(error, KOLOKOL_ERROR_LIMIT, "the JSON text has %zu bytes; at most %zu are read",
             length, limit);
        return NULL;
    }
    if (nests_deeper(bytes, length, depth)) {
        fail(error, KOLOKOL_ERROR_LIMIT, "the JSON text nests more than %u levels deep", depth);
        return NULL;
    }
    size_t flags =
        JSON_DECODE_ANY | (rules == JSON_READ_STRICT ? JSON_REJECT_DUPLICATES : JSON_ALLOW_NUL);
    json_error_t problem;
    json_t *tree = json_loadb(bytes, length, flags, &problem);
    if (tree == NULL) {
        g_autofree char *text = reason_of(&problem);
        fail(error, KOLOKOL_ERROR_INVALID, "not valid JSON at line %d, column %d: %s", problem.line,
             problem.column, text);
    }
    return tree;
}
