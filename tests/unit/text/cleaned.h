/*
 * What the sanitiser's tests share: sanitise, check with the referee (reparse.h) and by sanitising
 * again, compare.
 */
#pragma once

#include "reparse.h"
#include "text/sanitise.h"

#include <string.h>

/* What a link to another host carries. */
#define EXTERNAL " rel=\"noopener noreferrer\""

static inline char *clean_with(const char *html, const SanitiseResolver *resolver)
{
    g_autoptr(GError) error = NULL;
    g_auto(SafeHtml) out = {0};
    g_assert_true(sanitise_html(html, strlen(html), resolver, &out, &error));
    g_assert_no_error(error);
    g_autofree char *bad = reparse_check(safe_html_markup(&out), NULL);
    g_assert_cmpstr(bad, ==, NULL);
    g_auto(SafeHtml) again = {0};
    const char *markup = safe_html_markup(&out);
    g_assert_true(sanitise_html(markup, strlen(markup), NULL, &again, NULL));
    if (resolver == NULL && strcmp(safe_html_markup(&again), markup) != 0) {
        g_test_message("unstable: %s", html);
        g_assert_cmpstr(safe_html_markup(&again), ==, markup);
    }
    return g_strdup(markup);
}

static inline void assert_clean(const char *html, const char *expected)
{
    g_autofree char *clean = clean_with(html, NULL);
    g_assert_cmpstr(clean, ==, expected);
}
