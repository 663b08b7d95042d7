/* The names of settings in the office; the pages are tests/request/test_texts_office.c. */
#include "office/settings_page.h"

static void test_label(void)
{
    g_autofree char *known = setting_label("ru", "forms-urls");
    g_autofree char *unknown = setting_label("ru", "not-there");
    g_autofree char *about = setting_explained("en", "timezone", "help");
    g_autofree char *help = setting_explained("en", "not-there", "help");
    g_assert_cmpstr(known, ==, "Адреса форм");
    g_assert_cmpstr(unknown, ==, "not-there");
    g_assert_cmpstr(about, !=, "help");
    g_assert_cmpstr(help, ==, "help");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/office/settings-page/label", test_label);
    return g_test_run();
}
