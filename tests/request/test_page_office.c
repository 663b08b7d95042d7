/*
 * The paper's own pages in the office, as whole requests; and who reaches what by "The paper".
 * Covers: src/desk/page_office.c.
 */
#include "desk/page_list.h"
#include "doubles/stores.h"
#include "texts_desk.h"

#include <string.h>

static void test_list(Store *store, const char *url)
{
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) editor = BROWSER(office);
    desk_set(store, "languages", "en,ru");
    desk_sign_in(store, &editor, "Vera", ROLE_EDITOR);
    says(browser_get(&editor, "/paper"), 200, "href=\"/pages\"");
    says(browser_get(&editor, "/pages"), 200, "A new page");
    leads_to(desk_post(&editor, "/pages", "title", "About <us>", NULL), "/stories/1");
    leads_to(desk_post(&editor, "/pages", "title", "Privacy", NULL), "/stories/2");
    leads_to(desk_post(&editor, "/pages", "title", "О нас", "language", "ru", NULL), "/stories/3");
    says(browser_get(&editor, "/stories/1"), 200, "About &lt;us&gt;");
    says(browser_get(&editor, "/pages"), 200, "About &lt;us&gt;");
    says_not(browser_get(&editor, "/pages"), "О нас");
    says(browser_get(&editor, "/pages?language=ru"), 200, "href=\"/stories/3\"");
    leads_to(desk_post(&editor, "/pages/2/move", "language", "en", "to", "1", NULL),
             "/pages?language=en&done=1");
    desk_audited(store, "page.move", "en/2");
    leads_to(desk_post(&editor, "/pages/1/move", "language", "en", "hidden", "1", NULL),
             "/pages?language=en&done=1");
    desk_audited(store, "page.hide", "en/1");
    g_autoptr(GPtrArray) pages = page_list(store, "en", NULL);
    g_assert_cmpuint(pages->len, ==, 2);
    g_assert_cmpint(((PageRow *)pages->pdata[0])->id, ==, 2);
    g_assert_true(((PageRow *)pages->pdata[1])->hidden);
    leads_to(desk_post(&editor, "/pages/1/move", "language", "en", "hidden", "0", NULL),
             "/pages?language=en&done=1");
    desk_audited(store, "page.show", "en/1");
}

static void test_refused(Store *store, const char *url)
{
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) editor = BROWSER(office);
    desk_sign_in(store, &editor, "Vera", ROLE_EDITOR);
    leads_to(desk_post(&editor, "/pages", "title", "About", NULL), "/stories/1");
    says(desk_post(&editor, "/pages", "title", "", NULL), 422, "title");
    says(desk_post(&editor, "/pages/1/move", "to", "0", NULL), 422, "is no place");
    says(desk_post(&editor, "/pages/1/move", NULL), 422, "is no place");
    says(desk_post(&editor, "/pages/9/move", "to", "1", NULL), 404, "no such page");
    says(desk_post(&editor, "/pages/x/move", "to", "1", NULL), 404, "no such page");
    says(browser_get(&editor, "/pages?language=xx"), 422, "has no language");
    g_auto(Browser) reporter = BROWSER(office);
    desk_sign_in(store, &reporter, "Anna", ROLE_REPORTER);
    says(browser_get(&reporter, "/pages"), 403, "Your role");
    says(desk_post(&reporter, "/pages", "title", "Mine", NULL), 403, "Your role");
}

/* Nor by the form of a story: not a new one, and no story becomes one by what the form says. */
static void test_no_other_way(Store *store, const char *url)
{
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) reporter = BROWSER(office);
    desk_sign_in(store, &reporter, "Anna", ROLE_REPORTER);
    says(desk_post(&reporter, "/stories/new", "title", "Mine", "kind", "page", NULL), 422,
         "A page of the newspaper is made");
    leads_to(desk_post(&reporter, "/stories/new", "title", "Mine", "kind", "live", NULL),
             "/stories/1");
    g_autoptr(GPtrArray) pages = page_list(store, "en", NULL);
    g_assert_cmpuint(pages->len, ==, 0);
}

/* The menu is short; each finds under "The paper" what is theirs, and the menu says where they are.
 */
static void test_menu(Store *store, const char *url)
{
    static const struct {
        const char *name;
        Role role;
        const char *here, *not_here;
    } cases[] = {
        {"Fund", ROLE_FUNDRAISER, "/campaigns /gifts /newsletters", "/settings /pages /theme"},
        {"Vera", ROLE_EDITOR, "/newsletters /front /pages", "/settings /campaigns /theme"},
        {"Ira", ROLE_CHIEF, "/newsletters /settings /sections /theme", "/campaigns /gifts"},
        {"Root", ROLE_ADMINISTRATOR, "/settings /sections /theme", "/campaigns /pages"},
    };

    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Browser) browser = BROWSER(office);
        g_auto(GStrv) here = g_strsplit(cases[i].here, " ", -1);
        g_auto(GStrv) not_here = g_strsplit(cases[i].not_here, " ", -1);
        desk_sign_in(store, &browser, cases[i].name, cases[i].role);
        for (char **path = here; *path != NULL; path++) {
            g_autofree char *link = g_strdup_printf("href=\"%s\"", *path);
            says(browser_get(&browser, "/paper"), 200, link);
            says_not(browser_get(&browser, "/account"), link);
            if (strcmp(*path, "/theme") != 0) { /* this office changes no theme */
                says(browser_get(&browser, *path), 200, "href=\"/paper\" aria-current=\"true\"");
            }
        }
        for (char **path = not_here; *path != NULL; path++) {
            g_autofree char *link = g_strdup_printf("href=\"%s\"", *path);
            says_not(browser_get(&browser, "/paper"), link);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/pages/list", test_list);
    stores_test_add("/request/pages/refused", test_refused);
    stores_test_add("/request/pages/no-other-way", test_no_other_way);
    stores_test_add("/request/pages/menu", test_menu);
    return g_test_run();
}
