/*
 * What the tests of front matter share.
 */
#pragma once

#include "base/error.h"
#include "text/front_matter.h"

#include <string.h>

static inline FrontMatter *parse(const char *text)
{
    g_autoptr(GError) error = NULL;
    FrontMatter *front = front_matter_parse(text, strlen(text), &error);
    g_assert_no_error(error);
    g_assert_nonnull(front);
    return front;
}

/* "key=value" of a scalar, "key=[a|b]" of a list, "key?" of what is unsupported. */
static inline char *describe(const FrontMatter *front)
{
    GString *out = g_string_new(NULL);
    for (unsigned i = 0; i < front_matter_count(front); i++) {
        const FrontMatterEntry *entry = front_matter_entry(front, i);
        g_autofree char *values = g_strjoinv("|", entry->values);
        bool list = entry->kind == FRONT_MATTER_LIST;
        g_string_append_printf(out, "%s%s%s%s%s;", entry->key,
                               entry->kind == FRONT_MATTER_UNSUPPORTED ? "?" : "=", list ? "[" : "",
                               values, list ? "]" : "");
    }
    return g_string_free(out, FALSE);
}

static inline void assert_refused(const char *text, int code, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(front_matter_parse(text, strlen(text), &error));
    g_assert_error(error, KOLOKOL_ERROR, code);
    g_assert_cmpstr(error->message, ==, message);
}
