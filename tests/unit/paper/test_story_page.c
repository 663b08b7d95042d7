/* The story page: what a reader sees, from top to bottom, and what is safe of what was given. */
#include "paper/fixture.h"

#include "desk/correction.h"

#include <string.h>

static void test_whole(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    g_autofree char *photo = g_strdup_printf("%d", (int)fixture_picture(&fixture, 1));
    int64_t id =
        fixture_story(&fixture, "title", "A bridge opens", "section", "City", "topics", "Bridges",
                      "authors", "Anna Li", "authors", "reporting: Jon Dee", "agency", "TASR",
                      "lead", "After ten years.", "photo", photo, "body",
                      "It opened *at noon*.\n\n![Boats at noon](media:1 \"The quay\")", NULL);
    story_correct(test_newsroom_store(fixture.newsroom), test_newsroom_site(fixture.newsroom), id,
                  "It was one o'clock.", fixture.now + CLOCK_MINUTE, NULL, &error);
    g_assert_no_error(error);
    fixture_wait(&fixture, CLOCK_HOUR);
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "a-bridge-opens.html");
    const char *body = strstr(page, "<body");
    fixture_in_order(body, "The Bell", "section/city/index.html", "A bridge opens",
                     "After ten years.", "It opened <em>at noon</em>.", NULL);
    fixture_in_order(body, "alt=\"Boats\"", "The harbour", "Anna Li / TASR", NULL);
    fixture_in_order(body,
                     "By <a rel=\"author\" href=\"../../../author/anna-li/index.html\">Anna Li</a>",
                     "Reporting by <a", "author/jon-dee/index.html", "Jon Dee</a>", "TASR", NULL);
    fixture_in_order(body, "It opened", "<figure><img src=\"../../../o/", "alt=\"Boats at noon\"",
                     "<figcaption>The quay</figcaption>", NULL);
    fixture_in_order(body, "It was one o", NULL);
    fixture_in_order(body, "topic/bridges/index.html", NULL);
}

static void test_withheld(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "From inside", "authors", "withheld", NULL);
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "from-inside.html");
    fixture_without(page, "author/");
}

static void test_hostile(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "<script>alert(1)</script>", "slug", "hostile", "html",
                  "<p onclick=\"x()\">Text <img src=\"https://tracker.example/p.gif\">"
                  "<a href=\"javascript:x()\">link</a></p><script>x()</script>",
                  NULL);
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "hostile.html");
    fixture_in_order(page, "&lt;script&gt;alert(1)&lt;/script&gt;", "Text", NULL);
    fixture_without(page, "<script>alert");
    fixture_without(page, "onclick");
    fixture_without(page, "src=\"https:");
    fixture_without(page, "javascript:");
}

static void test_translations(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    int64_t id = fixture_story(&fixture, "title", "Ice", "language", "en", NULL);
    g_autofree char *other = g_strdup_printf("%d", (int)id);
    fixture_story(&fixture, "title", "Лёд", "language", "ru", "translation_of", other, NULL);
    g_autofree char *english = fixture_page(&fixture, FIXTURE_DAY "ice.html");
    g_autofree char *russian = fixture_page(&fixture, "ru/" FIXTURE_DAY "lyod.html");
    g_assert_nonnull(english);
    g_assert_nonnull(russian);
    g_assert_nonnull(strstr(english, "ru/" FIXTURE_DAY "lyod.html"));
    g_assert_nonnull(strstr(russian, FIXTURE_SITE FIXTURE_DAY "ice.html"));
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/story-page/whole", test_whole);
    g_test_add_func("/story-page/withheld", test_withheld);
    g_test_add_func("/story-page/hostile", test_hostile);
    g_test_add_func("/story-page/translations", test_translations);
    return g_test_run();
}
