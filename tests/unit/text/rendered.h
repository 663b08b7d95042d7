/*
 * What Markdown's tests share: render, check with the referee (reparse.h), compare.
 */
#pragma once

#include "reparse.h"
#include "text/markdown.h"

#include <string.h>

static inline char *render(const char *text, const MarkdownOptions *options)
{
    g_autoptr(GError) error = NULL;
    g_auto(SafeHtml) html = {0};
    g_assert_true(markdown_render(text, strlen(text), options, &html, &error));
    g_assert_no_error(error);
    g_autofree char *bad = reparse_check(safe_html_markup(&html), NULL);
    g_assert_cmpstr(bad, ==, NULL);
    return g_strdup(safe_html_markup(&html));
}

static inline void assert_render_with(const char *text, const MarkdownOptions *options,
                                      const char *expected)
{
    g_autofree char *html = render(text, options);
    g_strchomp(html);
    g_assert_cmpstr(html, ==, expected);
}

static inline void assert_render(const char *text, const char *expected)
{
    assert_render_with(text, NULL, expected);
}
