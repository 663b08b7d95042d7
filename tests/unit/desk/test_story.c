#include "desk/story.h"

#include "base/error.h"
#include "desk/story_card.h"
#include "desk/story_row.h"
#include "fixture.h"

#include <string.h>

static void test_words(void)
{
    StoryState state = STORY_DRAFT;
    StoryKind kind = STORY_KIND_STORY;
    StoryFormat format = STORY_MARKDOWN;
    g_assert_true(story_state_parse("taken down", &state));
    g_assert_cmpstr(story_state_name(state), ==, "taken down");
    g_assert_true(story_kind_parse("opinion", &kind));
    g_assert_cmpstr(story_kind_name(kind), ==, "opinion");
    g_assert_true(story_format_parse("html", &format));
    g_assert_cmpstr(story_format_name(format), ==, "html");
    g_assert_false(story_state_parse("gone", &state));
    g_assert_false(story_state_parse(NULL, &state));
}

static void test_byline(void)
{
    char *authors[] = {g_strdup("a"), g_strdup("b"), NULL};
    char *reporting[] = {g_strdup("c"), NULL};
    Story story = {.authors = authors, .reporting = reporting, .withheld = true};
    g_autofree char *byline = story_byline_join(&story);
    g_assert_cmpstr(byline, ==, "a b +c -");
    g_auto(GStrv) by = NULL;
    g_auto(GStrv) report = NULL;
    bool withheld = false;
    story_byline_split(byline, &by, &report, &withheld);
    g_assert_cmpstr(by[1], ==, "b");
    g_assert_cmpstr(report[0], ==, "c");
    g_assert_true(withheld);
    g_auto(GStrv) none = story_slugs_split("");
    g_assert_null(none[0]);
    g_free(authors[0]);
    g_free(authors[1]);
    g_free(reporting[0]);
}

static void test_find(Store *store, const char *url)
{
    int64_t one = fixture_put(store, "id", "3", "title", "A", "path", "a.html", NULL);
    int64_t two = fixture_put(store, "title", "B", NULL);
    int64_t found = 0;
    assert_ok(story_find(store, "3", &found, error));
    g_assert_cmpint(found, ==, one);
    assert_ok(story_find(store, "/a.html", &found, error));
    g_assert_cmpint(found, ==, one);
    assert_ok(story_find(store, "2", &found, error));
    g_assert_cmpint(found, ==, two);
    assert_fails(story_find(store, "99", &found, error), KOLOKOL_ERROR_NOT_FOUND, "no story 99");
    assert_fails(story_find(store, "nothing", &found, error), KOLOKOL_ERROR_NOT_FOUND,
                 "\"nothing\"");
    g_autoptr(Story) by_path = story_by_path(store, "a.html", NULL);
    g_autoptr(Story) by_address = story_by_address(store, "a.html", NULL);
    g_assert_cmpint(by_address->id, ==, by_path->id);
    g_assert_cmpint(by_path->id, ==, one);
    assert_fails(story_by_path(store, "b.html", error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "b.html");
    assert_fails(story_by_external(store, "4", error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "\"4\"");
}

static void test_lists(Store *store, const char *url)
{
    fixture_put(store, "title", "A", NULL);
    fixture_put(store, "title", "B", "language", "ru", NULL);
    fixture_try(store, 0, NULL, "title", "C", NULL);
    g_autoptr(GPtrArray) all = story_recent(store, NULL, -1, 10, NULL);
    g_autoptr(GPtrArray) russian = story_recent(store, "ru", -1, 10, NULL);
    g_autoptr(GPtrArray) drafts = story_recent(store, NULL, STORY_DRAFT, 10, NULL);
    g_autoptr(GPtrArray) both = story_recent(store, "en", STORY_PUBLISHED, 10, NULL);
    g_assert_cmpuint(all->len, ==, 3);
    g_assert_cmpuint(russian->len, ==, 1);
    g_assert_cmpuint(drafts->len, ==, 1);
    g_assert_cmpuint(both->len, ==, 1);
    int64_t counts[STORY_STATES] = {0};
    assert_ok(story_state_counts(store, counts, error));
    g_assert_cmpint(counts[STORY_PUBLISHED], ==, 2);
    g_assert_cmpint(counts[STORY_DRAFT], ==, 1);
    g_autoptr(GArray) ids = story_ids_after(store, 1, 10, NULL);
    g_assert_cmpuint(ids->len, ==, 2);
}

static void test_card(Store *store, const char *url)
{
    int64_t id = fixture_put(store, "title", "A", "date", "2026-12-01", NULL);
    int64_t now = fixture_now();
    assert_fails(story_card(store, id, now, error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "to be seen");
    g_autoptr(StoryCard) card = story_card(store, id, now + INT64_C(30) * 86400 * 1000000, NULL);
    g_assert_cmpstr(card->headline, ==, "A");
    g_assert_null(card->section);
    g_assert_cmpint(card->day, ==, 20261201);
    char *body = NULL;
    StoryFormat format = STORY_HTML;
    assert_fails(story_text(store, 9, &body, &format, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no story 9");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/desk/story/words", test_words);
    g_test_add_func("/desk/story/byline", test_byline);
    stores_test_add("/desk/story/find", test_find);
    stores_test_add("/desk/story/lists", test_lists);
    stores_test_add("/desk/story/card", test_card);
    return g_test_run();
}
