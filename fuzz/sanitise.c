/* Any bytes as HTML: what comes out is clean and the same tree for gumbo
 * (tests/unit/text/reparse.h), and does not change when it is sanitised again; it has plain text in
 * both forms. */
#include "text/sanitise.h"

#include "../tests/unit/text/reparse.h"
#include "text/plain.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_auto(SafeHtml) html = {0};
    g_auto(SafeHtml) again = {0};
    g_autofree char *valid = g_utf8_make_valid((const char *)data, (gssize)size);
    if (!sanitise_html(valid, strlen(valid), NULL, &html, NULL)) {
        return 0;
    }
    const char *markup = safe_html_markup(&html);
    g_autofree char *bad = reparse_check(markup, NULL);
    g_assert_cmpstr(bad, ==, NULL);
    g_assert_true(sanitise_html(markup, strlen(markup), NULL, &again, NULL));
    g_assert_cmpstr(safe_html_markup(&again), ==, markup);
    g_autofree char *edition = plain_from_html(&html, PLAIN_EDITION);
    g_autofree char *prose = plain_from_html(&html, PLAIN_PROSE);
    g_autofree char *excerpt = plain_excerpt(prose, size % 64);
    g_assert_cmpint(g_utf8_strlen(excerpt, -1), <=, (glong)(size % 64));
    g_assert_true(g_utf8_validate(edition, -1, NULL));
    return 0;
}
