/* What a translation was made from: marks, being behind, beginning one. */
#include "desk/match.h"

#include "base/error.h"
#include "desk/story_edit.h"
#include "desk/story_embargo.h"
#include "desk/takedown.h"
#include "fixture.h"

#include <string.h>

static void change(Store *store, int64_t id, const char *body)
{
    assert_ok(story_save(store, fixture_site(), id, "A", "", body, STORY_MARKDOWN, "Vera",
                         fixture_now(), NULL, error));
}

static bool behind(Store *store, int64_t id)
{
    g_auto(Match) match = {0};
    assert_ok(match_read(store, id, &match, error));
    return match.behind;
}

static void test_mark(Store *store, const char *url)
{
    int64_t one = fixture_try(store, 0, NULL, "title", "A", "body", "One.", NULL);
    int64_t other = fixture_try(store, 0, NULL, "title", "B", NULL);
    int64_t two = fixture_try(store, 0, NULL, "title", "A", "language", "ru", "body", "Raz.",
                              "translation_of", "1", NULL);
    g_auto(Match) match = {0};
    assert_ok(match_read(store, two, &match, error));
    g_assert_cmpint(match.original, ==, 0);
    g_assert_cmpstr(match.person, ==, "");
    g_free(fixture_touches(store));
    assert_ok(match_set(store, two, one, 1, "Vera", fixture_now(), error));
    assert_text(fixture_touches(store), ""); /* readers see none of it */
    g_assert_false(behind(store, two));
    g_assert_false(behind(store, one));
    change(store, one, "One, and more.");
    g_assert_true(behind(store, two));
    assert_ok(match_read(store, two, &match, error));
    g_assert_cmpint(match.original, ==, one);
    g_assert_cmpint(match.revision, ==, 1);
    g_assert_cmpint(match.current, ==, 2);
    g_assert_cmpstr(match.person, ==, "Vera");
    assert_ok(match_set(store, two, one, 2, "Ilya", fixture_now(), error));
    g_assert_false(behind(store, two));
    assert_fails(match_set(store, two, one, 9, "x", 1, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no revision 9");
    assert_fails(match_set(store, two, other, 1, "x", 1, error), KOLOKOL_ERROR_INVALID,
                 "no translation");
    assert_fails(match_set(store, two, two, 1, "x", 1, error), KOLOKOL_ERROR_INVALID,
                 "no translation");
    assert_fails(match_set(store, 99, one, 1, "x", 1, error), KOLOKOL_ERROR_NOT_FOUND, "story 99");
    /* Stories that have parted are as never marked; an original that is gone is behind nobody. */
    change(store, one, "One, and still more.");
    g_assert_true(behind(store, two));
    Takedown how = {.reason = "", .person = ""};
    assert_ok(story_takedown(store, fixture_site(), one, &how, fixture_now(), error));
    g_assert_false(behind(store, two));
    assert_ok(story_set_translation_of(store, fixture_site(), two, 0, fixture_now(), error));
    assert_ok(match_read(store, two, &match, error));
    g_assert_cmpint(match.original, ==, 0);
}

static void test_begin(Store *store, const char *url)
{
    int64_t until = fixture_moment("2027-01-01T00:00:00Z"), made = 0;
    fixture_try(store, 0, NULL, "title", "X", "language", "ru", "section", "city", "authors",
                "vera", NULL);
    int64_t one =
        fixture_try(store, 0, NULL, "title", "A", "lead", "L", "body", "One.", "section", "city",
                    "topics", "fog", "authors", "vera", "slug", "a-slug", "agency", "AFP", NULL);
    assert_ok(story_set_embargo(store, fixture_site(), one, until, fixture_now(), error));
    assert_ok(match_begin(store, fixture_site(), one, "ru", "Vera", fixture_now(), &made, error));
    g_autoptr(Story) story = story_read(store, made, NULL);
    g_autoptr(Story) original = story_read(store, one, NULL);
    g_autofree char *body = NULL;
    StoryFormat format = STORY_HTML;
    g_assert_true(story_text(store, made, &body, &format, NULL));
    g_assert_cmpstr(story->language, ==, "ru");
    g_assert_cmpint(story->state, ==, STORY_DRAFT);
    g_assert_cmpint(story->group, ==, original->group);
    g_assert_cmpint(story->embargo, ==, until);
    g_assert_cmpstr(story->headline, ==, "A");
    g_assert_cmpstr(story->standfirst, ==, "L");
    g_assert_cmpstr(body, ==, "One.");
    g_assert_cmpstr(story->section, ==, "city");
    g_assert_cmpstr(story->authors[0], ==, "vera");
    g_assert_null(story->topics[0]); /* no such topic in Russian */
    g_assert_null(story->slug);
    g_assert_cmpstr(story->agency, ==, "AFP");
    g_auto(Match) match = {0};
    assert_ok(match_read(store, made, &match, error));
    g_assert_cmpint(match.original, ==, one);
    g_assert_cmpint(match.revision, ==, original->revision);
    g_autoptr(GPtrArray) group = match_group(store, story->group, NULL);
    g_assert_cmpuint(group->len, ==, 2);
    assert_fails(match_begin(store, fixture_site(), one, "ru", "V", fixture_now(), &made, error),
                 KOLOKOL_ERROR_CONFLICT, "one story a language");
    assert_fails(match_begin(store, fixture_site(), one, "en", "V", fixture_now(), &made, error),
                 KOLOKOL_ERROR_CONFLICT, "itself");
    assert_fails(match_begin(store, fixture_site(), one, "xx", "V", fixture_now(), &made, error),
                 KOLOKOL_ERROR_INVALID, "xx");
    assert_fails(match_begin(store, fixture_site(), 99, "ru", "V", fixture_now(), &made, error),
                 KOLOKOL_ERROR_NOT_FOUND, "story 99");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/match/mark", test_mark);
    stores_test_add("/desk/match/begin", test_begin);
    return g_test_run();
}
