/* Parts of pages for longer texts. */
#include "office/area.h"

static void is(HtmlWriter *page, const char *expected)
{
    g_auto(SafeHtml) html = {0};
    g_autoptr(GError) error = NULL;
    g_assert_true(html_writer_finish(page, &html, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(safe_html_markup(&html), ==, expected);
}

/* A text that begins with an empty line keeps it: browsers drop the first line break. */
static void test_area(void)
{
    g_autoptr(HtmlWriter) page = html_writer_new(0);
    OfficeArea area = {.label = "L", .name = "n", .value = "\n<a>", .hint = "H", .language = "ar"};
    office_area(page, &area);
    is(page, "<p><label for=\"n\">L</label><textarea id=\"n\" name=\"n\" rows=\"4\" lang=\"ar\" "
             "dir=\"rtl\" aria-describedby=\"n-hint\">\n\n&lt;a&gt;</textarea><small "
             "id=\"n-hint\">H</small></p>");
    area = (OfficeArea){.label = "L", .name = "n", .value = "x", .rows = 9, .code = true};
    office_area(page, &area);
    is(page, "<p><label for=\"n\">L</label><textarea id=\"n\" name=\"n\" rows=\"9\" class=\"code\" "
             "dir=\"ltr\" spellcheck=\"false\">\nx</textarea></p>");
}

static void test_lines(void)
{
    g_autoptr(HtmlWriter) page = html_writer_new(0);
    office_link_line(page, "javascript:x", "<b>");
    office_pair(page, "a", "<");
    is(page, "<p><a href=\"#\">&lt;b&gt;</a></p><tr><th scope=\"row\">a</th><td>&lt;</td></tr>");
}

static void test_moment(void)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Riga");
    g_autofree char *shown = office_moment_shown(INT64_C(1795514399000000), zone);
    g_autofree char *sent = office_moment_sent(" 2026-11-24T08:00 ");
    g_autofree char *other = office_moment_sent("yesterdayT");
    g_assert_cmpstr(shown, ==, "2026-11-24T11:59");
    g_assert_cmpstr(sent, ==, "2026-11-24 08:00");
    g_assert_cmpstr(other, ==, "yesterdayT");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/office/area/area", test_area);
    g_test_add_func("/office/area/lines", test_lines);
    g_test_add_func("/office/area/moment", test_moment);
    return g_test_run();
}
