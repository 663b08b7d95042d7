#include "desk/address.h"

#include "base/error.h"
#include "fixture.h"

#include <string.h>

static void test_default(void)
{
    const DeskSite *site = fixture_site();
    assert_text(address_default(site, STORY_KIND_STORY, "en", 20261123, "a-b"),
                "2026/11/23/a-b.html");
    assert_text(address_default(site, STORY_KIND_LIVE, "ru", 20260102, "a"),
                "ru/2026/01/02/a.html");
    assert_text(address_default(site, STORY_KIND_PAGE, "en", 20260102, "about"), "about.html");
    assert_text(address_default(site, STORY_KIND_PAGE, "ru", 20260102, "about"), "ru/about.html");
}

static void test_given(void)
{
    static const char *const good[][2] = {
        {"2020/05/x.html", "2020/05/x.html"},
        {"/2020/05/my-post/", "2020/05/my-post/index.html"},
        {"2020/05/my-post", "2020/05/my-post/index.html"},
        {"https://old.example/2020/x", "2020/x/index.html"},
        {"old.htm", "old.htm"},
        {"story.php", "story.php/index.html"},
        {"/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C/", "новость/index.html"},
        {"2026/11/x/index.html", "2026/11/x/index.html"},
        {"sections/x", "sections/x/index.html"},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = address_given(fixture_site(), good[i][0], &error);
        g_assert_no_error(error);
        g_assert_cmpstr(path, ==, good[i][1]);
    }
}

/* Where a link's page stands, allowed or not. */
static void test_page(void)
{
    static const char *const rows[][2] = {
        {"", "index.html"},           {"?x", "index.html"},
        {"a/", "a/index.html"},       {"a/?x#y", "a/index.html"},
        {"a.html#b/c", "a.html"},     {"a", "a/index.html"},
        {"%D1%82.html", "т.html"},    {"a/../b.htm", "a/../b.htm"},
        {"index.html", "index.html"}, {"%zz", NULL},
        {"%ff.html", NULL},           {"a%00", NULL},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *page = address_page(rows[i][0]);
        g_assert_cmpstr(page, ==, rows[i][1]);
    }
}

static void test_refused(void)
{
    static const char *const bad[] = {
        "",
        "/",
        "https://old.example/",
        "?p=12",
        "a?b=c",
        "a#b",
        "../x.html",
        "a/../b.html",
        "a//b.html",
        "./a.html",
        "a%00b",
        "a%zz",
        "a b.html",
        "a\nb.html",
        ".git/x.html",
        "MANIFEST/x.html",
        "a/OBJECTS/x.html",
        "o/ab/x.html",
        "STATUS/a.html",
        "section/x.html",
        "ru/topic/x.html",
        "index.html",
        "ru/index.html",
        "404.html",
        "2026",
        "2026/11",
        "2026/11/23/index.html",
        "ru/2026/11",
        "x.html/y.html",
        "x.xml/y.html",
        "a<b>.html",
        "a\"b.html",
        "a\xff.html",
        "%ff.html",
        "x.gz/y.html",
        "a:b.html",
        "a\\b.html",
        "archive/x.html",
        "Section/x.html",
        "Index.html",
        "2026/Index.html",
        "RU/x.html",
        "ru/Topic/x.html",
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = address_given(fixture_site(), bad[i], &error);
        if (path != NULL) {
            g_test_message("accepted: %s as %s", bad[i], path);
        }
        g_assert_null(path);
        g_assert_nonnull(error);
    }
    g_autofree char *longest = g_strnfill(500, 'a');
    assert_fails(address_given(fixture_site(), longest, error) != NULL, KOLOKOL_ERROR_LIMIT,
                 "longer than");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/desk/address/default", test_default);
    g_test_add_func("/desk/address/given", test_given);
    g_test_add_func("/desk/address/page", test_page);
    g_test_add_func("/desk/address/refused", test_refused);
    return g_test_run();
}
