/* Urlencoded fields from any bytes: refused or read; what was read, written again, reads the same.
 */
#include "web/fields.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every field by the names that the seeds use, and the count. */
static void append(GString *out, const Fields *fields, const char *name)
{
    const char *value = fields_get(fields, name);
    if (value != NULL) {
        g_autofree char *escaped = g_uri_escape_string(value, NULL, FALSE);
        g_string_append_printf(out, "%s=%s&", name, escaped);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"a", "b", "email", "List-Unsubscribe"};
    g_autoptr(GError) error = NULL;
    g_autoptr(Fields) fields = fields_parse((const char *)data, size, &error);
    g_assert_true((fields == NULL) == (error != NULL));
    if (fields == NULL) {
        return 0;
    }
    g_assert_cmpuint(fields_count(fields), <=, FIELDS_MOST);
    g_autoptr(GString) again = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        append(again, fields, names[i]);
    }
    g_autoptr(Fields) second = fields_parse(again->str, again->len, NULL);
    g_assert_nonnull(second);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = fields_get(fields, names[i]);
        g_assert_true(value == NULL || g_utf8_validate(value, -1, NULL));
        g_assert_cmpstr(value, ==, fields_get(second, names[i]));
    }
    return 0;
}
