/* Pages that every edition has: 404, robots.txt, security.txt. */
#include "paper/fixture.h"

static void test_fixed(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_autofree char *missing = fixture_page(&fixture, "404.html");
    fixture_in_order(missing, "The Bell", "</html>", NULL);
    g_autofree char *robots = fixture_page(&fixture, "robots.txt");
    fixture_in_order(robots, "User-agent: *", "Sitemap: " FIXTURE_SITE "sitemap.xml", NULL);
    g_autofree char *icon = fixture_page(&fixture, "favicon.ico");
    g_assert_nonnull(icon);
    g_autofree char *own =
        g_build_filename(test_newsroom_folder(fixture.newsroom), "theme", "favicon.ico", NULL);
    g_assert_true(g_file_set_contents(own, "\0\0\1\0\1\0the paper's own", 21, NULL));
    g_autofree char *hex = g_compute_checksum_for_data(
        G_CHECKSUM_SHA256, (const guchar *)"\0\0\1\0\1\0the paper's own", 21);
    g_autofree char *line = g_strconcat("(favicon.ico) = ", hex, NULL);
    g_autofree char *root = fixture_page(&fixture, "EDITION");
    fixture_in_order(root, line, NULL);
    g_assert_null(fixture_page(&fixture, ".well-known/security.txt"));
    test_newsroom_set(fixture.newsroom, "contact", "desk@paper.example");
    g_autofree char *security = fixture_page(&fixture, ".well-known/security.txt");
    fixture_in_order(security, "Contact: mailto:desk@paper.example\n", "Expires: ", NULL);
}

/* Who asks for a text that is not there is led to texts, in the language. */
static void test_missing_text(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru,ar");
    g_autofree char *missing = fixture_page(&fixture, "404.txt");
    fixture_in_order(missing, "There is no such page\n\n", "archive.\n", "Front page\n",
                     FIXTURE_SITE "index.txt\n", NULL);
    fixture_without(missing, "<");
    g_autofree char *russian = fixture_page(&fixture, "ru/404.txt");
    fixture_in_order(russian, FIXTURE_SITE "ru/index.txt\n", NULL);
    g_autofree char *arabic = fixture_page(&fixture, "ar/404.txt");
    fixture_in_order(arabic, FIXTURE_SITE "ar/index.txt\n", NULL);
    g_autofree char *page = fixture_page(&fixture, "ru/404.html");
    fixture_in_order(page, "type=\"text/plain\" href=\"/ru/404.txt\"", NULL);
}

/* It stands in for addresses of any depth. */
static void test_missing_root(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    g_autofree char *page = fixture_page(&fixture, "ru/404.html");
    fixture_in_order(page, "href=\"/ru/index.html\"", NULL);
    fixture_without(page, "href=\"../");
    test_newsroom_set(fixture.newsroom, "url", "https://host.example/the/paper/");
    g_autofree char *below = fixture_page(&fixture, "ru/404.html");
    fixture_in_order(below, "href=\"/the/paper/ru/index.html\"", NULL);
    fixture_without(below, "href=\"/ru/");
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fixed-page/fixed", test_fixed);
    g_test_add_func("/fixed-page/missing-text", test_missing_text);
    g_test_add_func("/fixed-page/missing-root", test_missing_root);
    return g_test_run();
}
