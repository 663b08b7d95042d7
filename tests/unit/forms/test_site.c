/* What the door knows of the newspaper. */
#include "forms/site.h"

#include <string.h>

static void test_site(void)
{
    g_autoptr(DoorSite) site = door_site_new("The \"Bell\"", "https://bell.example/", "en, ru",
                                             "https://f.example,http://x.onion", "a@bell.example");
    door_site_set_name(site, "ru", "Колокол");
    door_site_set_name(site, "fr", "La Cloche");
    g_autofree char *text = door_site_write(site);
    g_autoptr(DoorSite) read = door_site_read(text);
    g_assert_cmpstr(door_site_name(read, "en"), ==, "The \"Bell\"");
    g_assert_cmpstr(door_site_name(read, "ru"), ==, "Колокол");
    g_assert_cmpstr(door_site_name(read, "fr"), ==, "The \"Bell\"");
    g_assert_cmpstr(read->languages[1], ==, "ru");
    g_assert_cmpstr(read->doors[1], ==, "http://x.onion");
    g_assert_cmpstr(door_site_language(read, "ru/x", 2), ==, "ru");
    g_assert_null(door_site_language(read, "r", 1));
    g_assert_null(door_site_language(read, "", 0));
    g_autofree char *home = door_site_home(read, "en");
    g_autofree char *other = door_site_home(read, "ru");
    g_assert_cmpstr(home, ==, "https://bell.example/");
    g_assert_cmpstr(other, ==, "https://bell.example/ru/");
    static const char *const bad[] = {
        "", "{}", "[]", "{\"name\":1}",
        ("{\"name\":\"a\",\"url\":\"b\",\"languages\":\"\",\"doors\":\"\","
         "\"contact\":\"\"}")};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_null(door_site_read(bad[i]));
    }
}

/* A note of an older program has no names. */
static void test_old_note(void)
{
    g_autoptr(DoorSite) site =
        door_site_read("{\"name\":\"a\",\"url\":\"b\",\"languages\":\"en,ru\",\"doors\":\"\","
                       "\"contact\":\"\"}");
    g_assert_cmpstr(door_site_name(site, "ru"), ==, "a");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/site/all", test_site);
    g_test_add_func("/site/old-note", test_old_note);
    return g_test_run();
}
