/* The page on copies, in each language, and its text: with addresses and a key, and without. */
#include "paper/fixture.h"

#define KEY "RWQAAQIDBAUGBwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

static void test_empty(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    g_autofree char *page = fixture_page(&fixture, "mirrors/index.html");
    fixture_in_order(page, "Mirrors</h1>", FIXTURE_SITE, "id=\"check\"", "-P KEY\n",
                     "sha256sum -c EDITION", "\"../EDITION\"", "\"../EDITION.sig\"",
                     "which begins with RW", "</main>", NULL);
    fixture_without(page, "nofollow");
    g_autofree char *russian = fixture_page(&fixture, "ru/mirrors/index.html");
    fixture_in_order(russian, "Зеркала</h1>", "\"../../EDITION\"", NULL);
    g_autofree char *text = fixture_page(&fixture, "ru/mirrors/index.txt");
    fixture_in_order(text, "Зеркала\n", FIXTURE_SITE, "-P KEY\n", "RW", NULL);
}

static void test_told(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Ferry", NULL);
    g_autofree char *before = fixture_page(&fixture, FIXTURE_DAY "ferry.html");
    test_newsroom_set(fixture.newsroom, "mirrors", "https://a.example, https://b.example/bell");
    test_newsroom_set(fixture.newsroom, "publish-key", KEY);
    g_autofree char *page = fixture_page(&fixture, "mirrors/index.html");
    fixture_in_order(page, "href=\"https://a.example\" rel=\"nofollow noopener\"",
                     "https://b.example/bell", "-P " KEY "\n", "<code dir=\"ltr\">" KEY "</code>",
                     "A false copy shows a false key", NULL);
    fixture_without(page, "which begins with RW");
    g_autofree char *text = fixture_page(&fixture, "mirrors/index.txt");
    fixture_in_order(text, "https://a.example\nhttps://b.example/bell\n", "-P " KEY,
                     "key: " KEY "\n", NULL);
    /* No other page learns of it. */
    g_autofree char *after = fixture_page(&fixture, FIXTURE_DAY "ferry.html");
    g_assert_cmpstr(before, ==, after);
}

/* Every page leads there: the last block of a story (DESIGN 1.8). */
static void test_foot(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    fixture_story(&fixture, "title", "Contact", "kind", "page", NULL);
    fixture_story(&fixture, "title", "Ferry", NULL);
    g_autofree char *story = fixture_page(&fixture, FIXTURE_DAY "ferry.html");
    fixture_in_order(story, "<footer", ">Contact<", "feed.xml", "search/index.html",
                     "archive/index.html", "hreflang=\"ru\"", "\"../../../mirrors/index.html\"",
                     "\"../../../mirrors/index.html#check\"", "</footer>", NULL);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mirrors-page/empty", test_empty);
    g_test_add_func("/mirrors-page/told", test_told);
    g_test_add_func("/mirrors-page/foot", test_foot);
    return g_test_run();
}
