/* Settings: each row is whole, values are checked, a change is touched. */
#include "press/setting.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "fixture.h"
#include "press_sql.h"

#include <string.h>

static void test_rows(void)
{
    for (const SettingRow *row = setting_rows; row->name != NULL; row++) {
        g_autoptr(GError) error = NULL;
        g_assert_cmpstr(row->help, !=, "");
        g_assert_true(setting_row(row->name, NULL) == row);
        g_assert_true(row->check == NULL || *row->fallback == '\0' ||
                      row->check(row->fallback, &error));
        g_assert_no_error(error);
    }
}

static void refuse(Store *store, const char *name, const char *value, int code)
{
    g_autoptr(GError) error = NULL;
    bool changed = false;
    g_assert_false(setting_set(store, name, value, &changed, &error));
    g_assert_error(error, KOLOKOL_ERROR, code);
    g_assert_false(changed);
}

static void test_refused(Store *store, const char *url)
{
    refuse(store, "colour", "red", KOLOKOL_ERROR_NOT_FOUND);
    g_autofree char *endless = g_strnfill(201, 'a');
    refuse(store, "name", "", KOLOKOL_ERROR_INVALID);
    refuse(store, "name", endless, KOLOKOL_ERROR_LIMIT);
    refuse(store, "url", "example.org", KOLOKOL_ERROR_INVALID);
    refuse(store, "url", "https://example.org/?a", KOLOKOL_ERROR_INVALID);
    refuse(store, "forms-urls", "https://a.example,b", KOLOKOL_ERROR_INVALID);
    refuse(store, "languages", "en,EN", KOLOKOL_ERROR_INVALID);
    refuse(store, "languages", "en,ru,en", KOLOKOL_ERROR_INVALID);
    refuse(store, "timezone", "Mars/Olympus", KOLOKOL_ERROR_INVALID);
    refuse(store, "timezone", "Europe", KOLOKOL_ERROR_INVALID);
    refuse(store, "timezone", "zone.tab", KOLOKOL_ERROR_INVALID);
    refuse(store, "timezone", "tzdata", KOLOKOL_ERROR_INVALID);
    refuse(store, "timezone", "../../../etc/passwd", KOLOKOL_ERROR_INVALID);
    refuse(store, "timezone", "/etc/localtime", KOLOKOL_ERROR_INVALID);
    refuse(store, "forms-mail", "nobody", KOLOKOL_ERROR_INVALID);
    refuse(store, "picture-words", "maybe", KOLOKOL_ERROR_INVALID);
    refuse(store, "warn-countries", "Russia", KOLOKOL_ERROR_INVALID);
    refuse(store, "name.ru", "Колокол", KOLOKOL_ERROR_INVALID); /* the site has no Russian */
    refuse(store, "name.", "x", KOLOKOL_ERROR_NOT_FOUND);
    refuse(store, "name.Русский", "x", KOLOKOL_ERROR_NOT_FOUND);
    refuse(store, "name.ru.ru", "x", KOLOKOL_ERROR_NOT_FOUND);
    refuse(store, "url.en", "https://a.example", KOLOKOL_ERROR_NOT_FOUND);
    char text[SETTING_VALUE_MAX + 2];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    refuse(store, "name", text, KOLOKOL_ERROR_LIMIT);
    g_assert_false(fixture_any(press_change_any(store, NULL)));
}

static void set(Store *store, const char *name, const char *value, bool expect_changed)
{
    g_autoptr(GError) error = NULL;
    bool changed = !expect_changed;
    setting_set(store, name, value, &changed, &error);
    g_assert_no_error(error);
    g_assert_cmpint(changed, ==, expect_changed);
}

static void test_set(Store *store, const char *url)
{
    set(store, "name", "The Bell", true);
    g_assert_cmpuint(fixture_count(press_change_take(store, 10, NULL)), >=, 1);
    set(store, "name", "The Bell", false);
    g_assert_false(fixture_any(press_change_any(store, NULL)));
    g_autofree char *name = setting_get(store, "name", NULL);
    g_assert_cmpstr(name, ==, "The Bell");
    set(store, "name", NULL, true);
    g_autofree char *back = setting_get(store, "name", NULL);
    g_assert_cmpstr(back, ==, setting_row("name", NULL)->fallback);
    set(store, "languages", "ru,en", true);
    g_auto(GStrv) languages = setting_languages(store, NULL);
    g_assert_cmpuint(g_strv_length(languages), ==, 2);
    g_assert_cmpstr(languages[0], ==, "ru");
    set(store, "timezone", "Europe/Riga", true);
    g_autoptr(GTimeZone) zone = setting_timezone(store, NULL);
    g_assert_cmpstr(g_time_zone_get_identifier(zone), ==, "Europe/Riga");
}

static void says(Store *store, const char *language, const char *expected)
{
    g_autofree char *value = setting_get_in(store, "name", language, NULL);
    g_assert_cmpstr(value, ==, expected);
}

static void test_by_language(Store *store, const char *url)
{
    set(store, "languages", "en,ru", true);
    set(store, "name", "The Bell", true);
    says(store, "ru", "The Bell");
    set(store, "name.ru", "The Bell", false);
    set(store, "name.ru", "Колокол", true);
    says(store, "ru", "Колокол");
    says(store, "en", "The Bell");
    refuse(store, "name.ru", "", KOLOKOL_ERROR_INVALID);
    set(store, "languages", "en", true);
    set(store, "name.ru", NULL, true); /* taken back though the language is gone */
    says(store, "ru", "The Bell");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/setting/rows", test_rows);
    stores_test_add("/setting/refused", test_refused);
    stores_test_add("/setting/set", test_set);
    stores_test_add("/setting/by-language", test_by_language);
    return g_test_run();
}
