/*
 * JSON, read by both rules and, where it is JSON, into values; and as text through the writer,
 * which must give back the same text where that was valid.
 */
#include "text/json.h"

#include "text/value.h"

#include <stdint.h>
#include <string.h>

static void read_by(const char *text, size_t size, JsonRules rules)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) tree = json_read_limited(text, size, 1000000, 0, rules, &error);
    g_assert_true((tree == NULL) == (error != NULL));
    if (error != NULL) {
        g_assert_true(g_utf8_validate(error->message, -1, NULL));
        g_assert_null(strchr(error->message, '\n'));
    }
}

static void read_values(const char *text, size_t size)
{
    g_autoptr(ValueArena) arena = value_arena_new(1024 * 1024);
    const Value *value = value_from_json(arena, text, size, NULL);
    if (value != NULL) {
        char digits[VALUE_NUMBER_SIZE];
        g_assert_cmpuint(value_format(value, digits), <, VALUE_NUMBER_SIZE);
        (void)value_is_true(value);
    }
}

static void write_back(const char *text, size_t size)
{
    g_autoptr(GString) out = g_string_new(NULL);
    json_escape(out, text, size);
    g_assert_null(strpbrk(out->str, "<>&\n"));
    g_autoptr(json_t) back =
        json_read_limited(out->str, out->len, out->len, 0, JSON_READ_STANDARD, NULL);
    g_assert_true(json_is_string(back));
    if (g_utf8_validate_len(text, size, NULL)) {
        g_assert_cmpuint(json_string_length(back), ==, size);
        g_assert_true(memcmp(json_string_value(back), text, size) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *text = (const char *)bytes;
    if (size > 100000) {
        return 0;
    }
    read_by(text, size, JSON_READ_STANDARD);
    read_by(text, size, JSON_READ_STRICT);
    read_values(text, size);
    write_back(text, size);
    return 0;
}
