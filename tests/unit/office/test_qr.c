/* The QR code is one path with its quiet zone, escaped label and all; a text too long is refused.
 */
#include "office/qr.h"

#include <string.h>

static void test_svg(void)
{
    g_autoptr(HtmlWriter) page = html_writer_new(0);
    g_auto(SafeHtml) html = {0};
    g_assert_true(office_qr(page, "otpauth://totp/a:b?secret=AAAA", "a \"key\""));
    g_assert_true(html_writer_finish(page, &html, NULL));
    const char *markup = safe_html_markup(&html);
    g_assert_true(g_str_has_prefix(markup, "<svg class=\"qr\" viewbox=\"0 0 "));
    g_assert_nonnull(strstr(markup, "a &quot;key&quot;"));
    g_assert_nonnull(strstr(markup, "d=\"M4 4h7v1h-7z")); /* the first finder pattern */
    g_assert_true(g_str_has_suffix(markup, "</path></svg>"));
}

static void test_too_long(void)
{
    g_autoptr(HtmlWriter) page = html_writer_new(0);
    g_auto(SafeHtml) html = {0};
    g_autofree char *text = g_strnfill(5000, 'x');
    g_assert_false(office_qr(page, text, ""));
    g_assert_true(html_writer_finish(page, &html, NULL));
    g_assert_true(safe_html_is_empty(&html));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/office/qr/svg", test_svg);
    g_test_add_func("/office/qr/too_long", test_too_long);
    return g_test_run();
}
