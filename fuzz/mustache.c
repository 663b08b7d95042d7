/*
 * Mustache: the first byte chooses the mode; the rest, cut at lines of "---", are the templates
 * main, a, b and c, rendered over fixed data. Whatever the bytes say, strict mode lets no markup of
 * a text value through.
 */
#include "text/mustache.h"
#include "base/error.h"

#include <stdint.h>
#include <string.h>

typedef struct {
    char *texts[4];
} Templates;

static bool source(gpointer data, const char *name, char **text, size_t *length, GError **error)
{
    static const char *const names[] = {"main", "a", "b", "c"};
    const Templates *templates = data;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(names[i], name) == 0 && templates->texts[i] != NULL) {
            *text = g_strdup(templates->texts[i]);
            *length = strlen(*text);
            return true;
        }
    }
    return fail(error, KOLOKOL_ERROR_NOT_FOUND, "no such template");
}

static Value *data_of(ValueArena *arena)
{
    Value *page = value_map(arena);
    value_set_text(page, "x", "<script>\xff&'\"");
    value_set_number(page, "n", -42);
    Value *list = value_set_list(page, "l");
    for (int i = 0; i < 3; i++) {
        Value *item = value_append_map(list);
        value_set_text(item, "y", "<script>");
        value_append_text(value_set_list(item, "l"), "javascript:1");
    }
    return page;
}

static void render(const MustacheTemplate *template, MustacheMode mode, const char *input)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autoptr(GString) out = g_string_new("kept");
    g_autoptr(GError) error = NULL;
    if (!mustache_render(template, data_of(arena), 100000, out, &error)) {
        g_assert_nonnull(error);
        g_assert_cmpstr(out->str, ==, "kept");
        return;
    }
    g_assert_cmpuint(out->len, <=, 100004);
    if (mode == MUSTACHE_STRICT && strstr(input, "<") == NULL) {
        g_assert_null(strstr(out->str, "<script>"));
        g_assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
    }
    g_strfreev(mustache_partials(template));
    g_strfreev(mustache_variables(template));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0 || size > 10000) {
        return 0;
    }
    MustacheMode mode = bytes[0] % 3;
    g_autofree char *input = g_strndup((const char *)bytes + 1, size - 1);
    g_auto(GStrv) parts = g_strsplit(input, "\n---\n", 4);
    Templates templates = {{NULL}};
    for (size_t i = 0; parts[i] != NULL; i++) {
        templates.texts[i] = parts[i];
    }
    g_autoptr(MustacheSet) set = mustache_set_new(mode, source, &templates);
    g_autoptr(GError) error = NULL;
    const MustacheTemplate *template = mustache_set_get(set, "main", &error);
    if (template == NULL) {
        g_assert_nonnull(error);
        g_assert_true(g_utf8_validate(error->message, -1, NULL));
        return 0;
    }
    render(template, mode, input);
    return 0;
}
