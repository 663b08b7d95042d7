/* The names of settings in the office; the pages are tests/request/test_texts_office.c. */
#include "office/settings_page.h"
#include "press/setting.h"

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

/* The languages have a page of their own. */
static void test_every(void)
{
    static const char *const languages[] = {"en", "ru", "ar"};
    for (const SettingRow *row = setting_rows; row->name != NULL; row++) {
        for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
            g_autofree char *label = setting_label(languages[i], row->name);
            g_autofree char *about = setting_explained(languages[i], row->name, "help");
            g_test_message("%s in %s", row->name, languages[i]);
            g_assert_true(g_str_equal(row->name, "languages") ||
                          (!g_str_equal(label, row->name) && !g_str_equal(about, "help")));
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/office/settings-page/label", test_label);
    g_test_add_func("/office/settings-page/every", test_every);
    return g_test_run();
}
