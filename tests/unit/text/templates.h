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

/* Modes, errors, ceilings and listings of the Mustache engine. The language itself:
 * test_mustache_spec.c and test_mustache_inheritance.c. */
#include "templates.h"

/* Renders one template text in a mode; NULL with the error. */
static inline char *templates_render_text(MustacheMode mode, const char *text, const Value *data,
                                          GError **error)
{
    g_autoptr(json_t) templates = json_pack("{ss}", "main", text);
    return templates_render(mode, templates, data, error);
}

static inline void assert_renders(MustacheMode mode, const char *text, const Value *data,
                                  const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *out = templates_render_text(mode, text, data, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(out, ==, expected);
}

static inline void assert_fails(MustacheMode mode, json_t *templates, int code, const char *message)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autoptr(GError) error = NULL;
    g_autofree char *out = templates_render(mode, templates, value_map(arena), &error);
    g_assert_null(out);
    g_assert_error(error, KOLOKOL_ERROR, code);
    if (strstr(error->message, message) == NULL) {
        g_error("expected \"%s\" in \"%s\"", message, error->message);
    }
    json_decref(templates);
}

static inline char *repeated(const char *before, const char *text, size_t times, const char *after)
{
    g_autoptr(GString) all = g_string_new(before);
    for (size_t i = 0; i < times; i++) {
        g_string_append(all, text);
    }
    g_string_append(all, after);
    return g_strdup(all->str);
}
