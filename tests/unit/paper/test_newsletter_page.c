/* Pages of newsletters: a sample until the first issue, the list, and what goes with the
 * newsletter. */
#include "mail/newsletter.h"
#include "paper/fixture.h"

static void set(Fixture *fixture, const char *name, const char *language, const char *heading)
{
    Newsletter newsletter = {.name = (char *)(uintptr_t)name,
                             .language = (char *)(uintptr_t)language,
                             .heading = (char *)(uintptr_t)heading,
                             .description = (char *)(uintptr_t) "Each Friday.",
                             .schedule = (char *)(uintptr_t) "",
                             .from = (char *)(uintptr_t) "",
                             .sending = (char *)(uintptr_t) ""};
    g_autoptr(GError) error = NULL;
    bool changed = false;
    newsletter_set(test_newsroom_store(fixture->newsroom), &newsletter, &changed, &error);
    g_assert_no_error(error);
}

static void test_sample(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    g_assert_null(fixture_page(&fixture, "newsletter/weekly/latest.html"));
    g_assert_null(fixture_page(&fixture, "newsletters/index.html"));
    fixture_story(&fixture, "title", "The bridge is open", "language", "en", "body", "Cars.\n",
                  NULL);
    set(&fixture, "weekly", "en", "The week in letters");
    g_autofree char *latest = fixture_page(&fixture, "newsletter/weekly/latest.html");
    fixture_in_order(latest, "The bridge is open", NULL);
    g_autofree char *list = fixture_page(&fixture, "newsletters/index.html");
    fixture_in_order(list, "The week in letters", NULL);
    g_autofree char *archive = fixture_page(&fixture, "newsletter/weekly/index.html");
    g_assert_nonnull(archive);
    g_assert_null(fixture_page(&fixture, "ru/newsletters/index.html"));
    fixture_story(&fixture, "title", "The ferry has sunk", "language", "en", "body", "Rain.\n",
                  NULL);
    g_autofree char *next = fixture_page(&fixture, "newsletter/weekly/latest.html");
    fixture_in_order(next, "The ferry has sunk", "The bridge is open", NULL);
}

/* In a language that the site has no more there is none. */
static void test_language(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    set(&fixture, "nedelya", "ru", "Письма недели");
    g_autofree char *list = fixture_page(&fixture, "ru/newsletters/index.html");
    fixture_in_order(list, "Письма недели", NULL);
    g_assert_null(fixture_page(&fixture, "newsletters/index.html"));
    test_newsroom_set(fixture.newsroom, "languages", "en");
    g_assert_null(fixture_page(&fixture, "newsletter/nedelya/latest.html"));
    g_assert_null(fixture_page(&fixture, "ru/newsletters/index.html"));
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/newsletter_page/sample", test_sample);
    g_test_add_func("/newsletter_page/language", test_language);
    return g_test_run();
}
