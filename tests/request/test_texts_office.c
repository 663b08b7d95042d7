/* Settings and languages of the paper in the office, as whole requests. Who may what of every row,
 * and the token of forms, are test_office.c.
 * Covers: src/office/languages_page.c. */
#include "doubles/stores.h"
#include "press/setting.h"
#include "texts_desk.h"

#include <string.h>

static void setting_is(Store *store, const char *name, const char *value)
{
    g_autofree char *now = setting_get(store, name, NULL);
    g_assert_cmpstr(now, ==, value);
}

/* Every setting stands on the page, so a new row does by itself. */
static void test_all(Store *store, const char *url)
{
    static const OfficeFact facts[] = {{"[mail] from", "The <Bell>", "Who sends."},
                                       {NULL, NULL, NULL}};
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){.machine = facts});
    g_auto(Browser) chief = BROWSER(office);
    desk_sign_in(store, &chief, "Ira", ROLE_CHIEF);
    desk_set(store, "languages", "en,ru");
    for (const SettingRow *row = setting_rows; row->name != NULL; row++) {
        g_autofree char *field = g_strdup_printf(" name=\"%s\"", row->name);
        g_autofree char *russian = g_strdup_printf(" name=\"%s.ru\"", row->name);
        if (strcmp(row->name, "languages") != 0) {
            says(browser_get(&chief, "/settings"), 200, field);
        }
        if (row->by_language) {
            says(browser_get(&chief, "/settings"), 200, russian);
        }
    }
    says(browser_get(&chief, "/settings"), 200, "The &lt;Bell&gt;");
    says(browser_get(&chief, "/settings"), 200, "Default: UTC.");
}

static void test_save(Store *store, const char *url)
{
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) chief = BROWSER(office);
    desk_sign_in(store, &chief, "Ira", ROLE_CHIEF);
    desk_set(store, "languages", "en,ru");
    leads_to(desk_post(&chief, "/settings", "name", "The Bell", "was-name", "Our Newspaper",
                       "name.ru", "Колокол", "was-name.ru", "", NULL),
             "/settings?done=saved");
    setting_is(store, "name", "The Bell");
    setting_is(store, "name.ru", "Колокол");
    desk_audited(store, "settings.set", "name.ru");
    /* Only what the form changed: a colleague's change in the meantime stays. */
    desk_set(store, "timezone", "Europe/Riga");
    leads_to(desk_post(&chief, "/settings", "timezone", "UTC", "was-timezone", "UTC", "name",
                       "Bell", "was-name", "The Bell", NULL),
             "/settings?done=saved");
    setting_is(store, "timezone", "Europe/Riga");
    setting_is(store, "name", "Bell");
    /* A language without words of its own says the general ones again. */
    leads_to(desk_post(&chief, "/settings", "name.ru", "", "was-name.ru", "Колокол", NULL),
             "/settings?done=saved");
    setting_is(store, "name.ru", "Bell");
}

/* A line for each error, all or nothing, and what was typed is still there. */
static void test_wrong(Store *store, const char *url)
{
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) chief = BROWSER(office);
    desk_sign_in(store, &chief, "Ira", ROLE_CHIEF);
    g_autoptr(HttpReply) reply = desk_post(&chief, "/settings", "url", "nowhere", "forms-mail", "x",
                                           "contact", "typed", NULL);
    g_assert_cmpuint(http_reply_status(reply), ==, 422);
    g_assert_true(
        reply_says(reply, "Address of the paper: &quot;nowhere&quot; is not an address") ||
        reply_says(reply, "Address of the paper: \"nowhere\" is not an address"));
    g_assert_true(reply_says(reply, "Address beside the forms: "));
    g_assert_true(reply_says(reply, "value=\"typed\""));
    g_assert_true(reply_says(reply, "value=\"nowhere\""));
    setting_is(store, "contact", "");
    says(desk_post(&chief, "/settings", "name", "", NULL), 422,
         "Name of the paper: it must not be empty");
    says(desk_post(&chief, "/settings", "picture-words", "maybe", NULL), 422,
         "Alt text and credit: ");
    leads_to(desk_post(&chief, "/settings", "languages", "xx", NULL), "/settings?done=saved");
    setting_is(store, "languages", "en");
}

static void test_languages(Store *store, const char *url)
{
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) chief = BROWSER(office);
    desk_sign_in(store, &chief, "Ira", ROLE_CHIEF);
    says(browser_get(&chief, "/settings/languages"), 200, "English");
    says(
        desk_post(&chief, "/settings/languages", "was", "en", "languages", "en", "add", "Q9", NULL),
        422, "not a language code");
    says(
        desk_post(&chief, "/settings/languages", "was", "en", "languages", "en", "add", "en", NULL),
        422, "stands there twice");
    says(
        desk_post(&chief, "/settings/languages", "was", "en", "languages", "en", "add", "ru", NULL),
        200, "value=\"en,ru\"");
    says(
        desk_post(&chief, "/settings/languages", "was", "en", "languages", "en", "add", "ru", NULL),
        200, "`kolokol settings languages en,ru`");
    setting_is(store, "languages", "en"); /* it was only shown */
    for (int presses = 0; presses < 2; presses++) {
        leads_to(desk_post(&chief, "/settings/languages", "was", "en", "languages", "en,ru", "sure",
                           "1", NULL),
                 "/settings/languages?done=saved");
    }
    setting_is(store, "languages", "en,ru");
    desk_audited(store, "settings.set", "languages");
    says(browser_get(&chief, "/settings/languages"), 200, "value=\"ru,en\"");
    says(desk_post(&chief, "/settings/languages", "was", "en,ru", "languages", "ru", NULL), 200,
         "English: its pages leave the paper");
    says(desk_post(&chief, "/settings/languages", "was", "en", "languages", "en,ar", "sure", "1",
                   NULL),
         409, "changed by somebody else");
    setting_is(store, "languages", "en,ru");
}

static void test_roles(Store *store, const char *url)
{
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) editor = BROWSER(office);
    desk_sign_in(store, &editor, "Vera", ROLE_EDITOR);
    says(browser_get(&editor, "/settings"), 403, "Your role");
    says(desk_post(&editor, "/settings", "name", "X", NULL), 403, "Your role");
    setting_is(store, "name", "Our Newspaper");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/texts/every setting is shown", test_all);
    stores_test_add("/request/texts/settings saved", test_save);
    stores_test_add("/request/texts/settings refused", test_wrong);
    stores_test_add("/request/texts/languages", test_languages);
    stores_test_add("/request/texts/settings are not everybody's", test_roles);
    return g_test_run();
}
