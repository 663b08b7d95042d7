/* Checks of what comes in by the API: api_schema.h. What the values mean is the handlers' to know.
 */
#include "office/api_schema.h"

#include <string.h>

void api_wrong_clear(ApiWrong *wrong)
{
    g_clear_pointer(&wrong->pointer, g_free);
    g_clear_pointer(&wrong->detail, g_free);
}

static bool refuse(ApiWrong *wrong, char *pointer, char *detail)
{
    api_wrong_clear(wrong);
    *wrong = (ApiWrong){pointer, detail};
    return false;
}

/* "/topics/2", with the escapes of RFC 6901. */
static char *pointer_of(const char *name, int item)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_auto(GStrv) tildes = g_strsplit(valid, "~", -1);
    g_autofree char *once = g_strjoinv("~0", tildes);
    g_auto(GStrv) slashes = g_strsplit(once, "/", -1);
    g_autofree char *twice = g_strjoinv("~1", slashes);
    return item < 0 ? g_strdup_printf("/%.100s", twice)
                    : g_strdup_printf("/%.100s/%d", twice, item);
}

static bool one_of(const char *const *words, const char *text)
{
    return words == NULL || g_strv_contains(words, text);
}

static char *words_text(const char *const *words)
{
    return g_strjoinv(", ", (char **)(uintptr_t)words);
}

static bool text_good(const ApiField *field, const char *text, size_t length, int item,
                      ApiWrong *wrong)
{
    if (field->most > 0 && length > field->most) {
        return refuse(
            wrong, pointer_of(field->name, item),
            g_strdup_printf("%s has %zu bytes; it may have %zu", field->name, length, field->most));
    }
    if (!one_of(field->words, text)) {
        g_autofree char *words = words_text(field->words);
        return refuse(wrong, pointer_of(field->name, item),
                      g_strdup_printf("%s is one of: %s", field->name, words));
    }
    return true;
}

static bool number_good(const ApiField *field, int64_t number, ApiWrong *wrong)
{
    bool good = number >= 0 && (field->most == 0 || (uint64_t)number <= field->most);
    if (!good && field->most > 0) {
        return refuse(
            wrong, pointer_of(field->name, -1),
            g_strdup_printf("%s is a whole number from 0 to %zu", field->name, field->most));
    }
    return good || refuse(wrong, pointer_of(field->name, -1),
                          g_strdup_printf("%s is a whole number from 0 on", field->name));
}

static bool texts_good(const ApiField *field, const json_t *given, ApiWrong *wrong)
{
    size_t count = json_array_size(given);
    if (!json_is_array(given)) {
        return refuse(wrong, pointer_of(field->name, -1),
                      g_strdup_printf("%s is an array of texts", field->name));
    }
    if (field->items > 0 && count > field->items) {
        return refuse(
            wrong, pointer_of(field->name, -1),
            g_strdup_printf("%s has %zu items; it may have %zu", field->name, count, field->items));
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(given, i);
        if (!json_is_string(item)) {
            return refuse(wrong, pointer_of(field->name, (int)i),
                          g_strdup_printf("%s has texts only", field->name));
        }
        if (!text_good(field, json_string_value(item), json_string_length(item), (int)i, wrong)) {
            return false;
        }
    }
    return true;
}

static bool field_good(const ApiField *field, const json_t *given, ApiWrong *wrong)
{
    switch (field->type) {
    case API_TEXT:
    case API_MOMENT:
        return json_is_string(given) ? text_good(field, json_string_value(given),
                                                 json_string_length(given), -1, wrong)
                                     : refuse(wrong, pointer_of(field->name, -1),
                                              g_strdup_printf("%s is a text", field->name));
    case API_NUMBER:
        return json_is_integer(given)
                   ? number_good(field, json_integer_value(given), wrong)
                   : refuse(wrong, pointer_of(field->name, -1),
                            g_strdup_printf("%s is a whole number", field->name));
    case API_TRUTH:
        return json_is_boolean(given) ||
               refuse(wrong, pointer_of(field->name, -1),
                      g_strdup_printf("%s is true or false", field->name));
    case API_TEXTS:
        return texts_good(field, given, wrong);
    case API_OBJECTS:
    case API_ANY:
        break;
    }
    return refuse(wrong, pointer_of(field->name, -1),
                  g_strdup_printf("%s cannot be set", field->name));
}

static const ApiField *field_of(const ApiField *fields, const char *name)
{
    for (; fields->name != NULL; fields++) {
        if (strcmp(fields->name, name) == 0) {
            return fields;
        }
    }
    return NULL;
}

bool api_schema_check(const ApiSchema *schema, const json_t *given, ApiWrong *wrong)
{
    const char *name;
    json_t *value;
    if (!json_is_object(given)) {
        return refuse(wrong, g_strdup(""), g_strdup("the body is not a JSON object"));
    }
    json_object_foreach((json_t *)(uintptr_t)given, name, value)
    {
        const ApiField *field = field_of(schema->fields, name);
        if (field == NULL) {
            return refuse(wrong, pointer_of(name, -1),
                          g_strdup("there is no such field here, or it cannot be set"));
        }
        if (!field_good(field, value, wrong)) {
            return false;
        }
    }
    for (const ApiField *field = schema->fields; field->name != NULL; field++) {
        if (field->required && json_object_get(given, field->name) == NULL) {
            return refuse(wrong, pointer_of(field->name, -1),
                          g_strdup_printf("%s is missing", field->name));
        }
    }
    return true;
}

static char *names_of(const ApiField *rows)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (; rows != NULL && rows->name != NULL; rows++) {
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", rows->name);
    }
    return g_string_free(g_steal_pointer(&names), FALSE);
}

bool api_query_check(const ApiField *rows, const Fields *query, ApiWrong *wrong)
{
    unsigned known = 0;
    for (const ApiField *row = rows; row != NULL && row->name != NULL; row++) {
        const char *value = fields_get(query, row->name);
        int64_t number = -1;
        known += value != NULL ? 1 : 0;
        if (value == NULL || *value == '\0') {
            if (row->required) {
                return refuse(wrong, g_strdup(""),
                              g_strdup_printf("the address needs %s=…", row->name));
            }
            continue;
        }
        if (row->type == API_NUMBER) {
            g_ascii_string_to_signed(value, 10, 0, G_MAXINT64, &number, NULL);
        }
        if (row->type == API_NUMBER ? !number_good(row, number, wrong)
                                    : !text_good(row, value, strlen(value), -1, wrong)) {
            return false;
        }
    }
    if (fields_count(query) > known) {
        g_autofree char *names = names_of(rows);
        return refuse(wrong, g_strdup(""),
                      *names == '\0'
                          ? g_strdup("nothing can be asked for in the address here")
                          : g_strdup_printf("in the address can be asked for: %s", names));
    }
    return true;
}
