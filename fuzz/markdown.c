/* Any bytes as Markdown: refused, or HTML that is clean and stable. The first byte chooses the
 * language of the quotes. */
#include "text/markdown.h"

#include "../tests/unit/text/reparse.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"en", "ru", "fr", "de"};
    g_auto(SafeHtml) html = {0};
    g_auto(SafeHtml) again = {0};
    g_autoptr(GError) error = NULL;
    MarkdownOptions options = {.language = languages[size > 0 ? data[0] % 4 : 0]};
    g_autofree char *valid = g_utf8_make_valid((const char *)data, (gssize)size);
    bool made = markdown_render(valid, strlen(valid), &options, &html, &error);
    g_assert_true(made == (error == NULL));
    if (!made) {
        return 0;
    }
    const char *markup = safe_html_markup(&html);
    g_autofree char *bad = reparse_check(markup, NULL);
    g_assert_cmpstr(bad, ==, NULL);
    g_assert_true(sanitise_html(markup, strlen(markup), NULL, &again, NULL));
    g_assert_cmpstr(safe_html_markup(&again), ==, markup);
    return 0;
}
