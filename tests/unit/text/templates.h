/*
 * Templates for tests: a set over a JSON object of name → text.
 */
#pragma once

#include "base/error.h"
#include "text/json.h"
#include "text/mustache.h"

#include <string.h>

static inline bool templates_source(gpointer data, const char *name, char **text, size_t *length,
                                    GError **error)
{
    const json_t *found = json_object_get(data, name);
    if (found == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "no %s", name);
    }
    *length = json_string_length(found);
    *text = g_memdup2(json_string_value(found), *length + 1);
    return true;
}

/* The text that the template "main" of `templates` gives for `data`; NULL with the error. */
static inline char *templates_render(MustacheMode mode, json_t *templates, const Value *data,
                                     GError **error)
{
    g_autoptr(MustacheSet) set = mustache_set_new(mode, templates_source, templates);
    const MustacheTemplate *template = mustache_set_get(set, "main", error);
    g_autoptr(GString) out = g_string_new("before ");
    if (template == NULL || !mustache_render(template, data, 0, out, error)) {
        g_assert_cmpstr(out->str, ==, "before ");
        return NULL;
    }
    return g_strdup(out->str + strlen("before "));
}
