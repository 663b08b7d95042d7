/* What every page has: its policy, its canonical address, relative links only. */
#include "paper/fixture.h"

#include <string.h>

static void test_head(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    test_newsroom_set(fixture.newsroom, "forms-urls", "https://a.example,https://b.example");
    fixture_story(&fixture, "title", "The \"bridge\" & the river", "lead", "It <opens>.", NULL);
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "the-bridge-the-river.html");
    fixture_in_order(page, "<title>The &quot;bridge&quot; &amp; the river", NULL);
    fixture_in_order(page, "default-src &#39;none&#39;", "style-src &#39;sha256-",
                     "form-action https://a.example https://b.example", NULL);
    g_assert_nonnull(strstr(page, FIXTURE_SITE FIXTURE_DAY "the-bridge-the-river.html"));
    g_assert_nonnull(strstr(page, "href=\"../../../"));
    fixture_without(page, "It <opens>");
}

/* A page of a language that the site has no longer is gone. */
static void test_language_gone(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    fixture_story(&fixture, "title", "Новость", "language", "ru", NULL);
    g_autofree char *there = fixture_page(&fixture, "ru/index.html");
    g_assert_nonnull(there);
    test_newsroom_set(fixture.newsroom, "languages", "en");
    g_assert_null(fixture_page(&fixture, "ru/index.html"));
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/page-base/head", test_head);
    g_test_add_func("/page-base/language-gone", test_language_gone);
    return g_test_run();
}
