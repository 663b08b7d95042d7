/* Names that people write become slugs: made where unknown, once, and refused where they are none.
 */
#include "desk/story_names.h"

#include "base/error.h"
#include "desk/author.h"
#include "desk/section.h"
#include "desk/story_edit.h"
#include "desk/story_input.h"
#include "fixture.h"

#include <string.h>

static Story *story_of(Store *store, int64_t id)
{
    g_autoptr(GError) error = NULL;
    Story *story = story_read(store, id, &error);
    g_assert_no_error(error);
    return story;
}

static char *joined(char *const *slugs)
{
    return g_strjoinv(" ", (char **)(uintptr_t)slugs);
}

static void test_made(Store *store, const char *url)
{
    static const char *const topics[] = {"Ice", "ice ", "Снег и лёд", NULL};
    static const char *const authors[] = {
        "Anna  Li", "reporting: Jon Dee", "REPORTING:Jon Dee", "withheld", "anna li", NULL};
    int64_t id = fixture_put(store, "title", "A", NULL), now = fixture_now();
    assert_ok(story_set_section(store, fixture_site(), id, " City & Port\n", now, error));
    assert_ok(story_set_topics(store, fixture_site(), id, topics, now, error));
    assert_ok(story_set_authors(store, fixture_site(), id, authors, "AP", now, error));
    g_autoptr(Story) story = story_of(store, id);
    g_assert_cmpstr(story->section, ==, "city-port");
    assert_text(joined(story->topics), "ice sneg-i-lyod"); /* each once, in order */
    assert_text(joined(story->authors), "anna-li");
    assert_text(joined(story->reporting), "jon-dee");
    g_assert_true(story->withheld);
    g_autoptr(Section) section = section_read(store, "en", "city-port", NULL);
    g_assert_cmpstr(section->name, ==, "City & Port");
    g_autoptr(Author) author = author_read(store, "en", "anna-li", NULL);
    g_assert_cmpstr(author->name, ==, "Anna Li"); /* as it was written first */
}

static void test_cleared(Store *store, const char *url)
{
    static const char *const none[] = {NULL};
    int64_t now = fixture_now(), id = fixture_put(store, "title", "A", "section", "City", "topics",
                                                  "Ice", "authors", "Anna Li", NULL);
    assert_ok(story_set_section(store, fixture_site(), id, "", now, error));
    assert_ok(story_set_topics(store, fixture_site(), id, none, now, error));
    assert_ok(story_set_authors(store, fixture_site(), id, none, "", now, error));
    g_autoptr(Story) story = story_of(store, id);
    g_assert_cmpstr(story->section, ==, NULL);
    assert_text(joined(story->topics), "");
    assert_text(joined(story->authors), "");
    g_assert_false(story->withheld);
}

static void test_checked(void)
{
    static const char *const good[] = {"reporting: Jon", "withheld", "Анна", NULL};
    static const char *const nobody[] = {"reporting: ", NULL};
    static const char *const empty[] = {"", NULL};
    const char *many[STORY_INPUT_TOPICS + 2];
    for (unsigned i = 0; i < STORY_INPUT_TOPICS + 1; i++) {
        many[i] = "Ice";
    }
    many[STORY_INPUT_TOPICS + 1] = NULL;
    g_autofree char *long_name = g_strnfill(5000, 'x');
    assert_ok(story_names_check(NULL, NULL, NULL, error));
    assert_ok(story_names_check("", NULL, good, error));
    assert_fails(story_names_check("!!!", NULL, NULL, error), KOLOKOL_ERROR_INVALID, "section");
    assert_fails(story_names_check(NULL, empty, NULL, error), KOLOKOL_ERROR_INVALID, "topic");
    assert_fails(story_names_check(NULL, NULL, nobody, error), KOLOKOL_ERROR_INVALID, "author");
    assert_fails(story_names_check(NULL, many, NULL, error), KOLOKOL_ERROR_LIMIT, "topics");
    assert_fails(story_names_check(NULL, NULL, many, error), KOLOKOL_ERROR_LIMIT, "authors");
    assert_fails(story_names_check(long_name, NULL, NULL, error), KOLOKOL_ERROR_LIMIT, "section");
}

/* One string for names parted by '|'. Caller frees. */
static char *keys(const char *names, bool authors)
{
    g_auto(GStrv) parts = g_strsplit(names, "|", -1);
    g_auto(GStrv) list = story_names_keys((const char *const *)parts, authors);
    return g_strjoinv(" ", list);
}

/* What a story stores as one has the same keys. */
static void test_keys(void)
{
    assert_text(keys("Ice|ice |Снег и лёд", false), ":ice :sneg-i-lyod");
    assert_text(keys("Снег", false), ":sneg");
    assert_text(keys("", false), "");
    assert_text(keys("reporting: Jon Dee|anna  li|withheld|Anna Li", true),
                ":anna-li reporting:jon-dee withheld");
    assert_text(keys("Anna Li|REPORTING:jon dee|Withheld", true),
                ":anna-li reporting:jon-dee withheld");
    assert_text(keys("withheld|reporting: A", false), ":withheld :reporting-a");
    assert_text(keys("!!!|story|?", false), "?!!! :story ??"); /* which are refused */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/story-names/made", test_made);
    stores_test_add("/story-names/cleared", test_cleared);
    g_test_add_func("/story-names/keys", test_keys);
    g_test_add_func("/story-names/checked", test_checked);
    return g_test_run();
}
