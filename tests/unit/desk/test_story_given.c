/* What an import gives becomes a story, or changes one: what counts, what stays, what is refused.
 */
#include "desk/story_given.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/story_state.h"
#include "fixture.h"

#include <string.h>

static Story *story_of(Store *store, int64_t id)
{
    g_autoptr(GError) error = NULL;
    Story *story = story_read(store, id, &error);
    g_assert_no_error(error);
    return story;
}

static int64_t put(Store *store, unsigned flags, const char *key, const char *value)
{
    g_autoptr(GError) error = NULL;
    int64_t id = fixture_try(store, flags, &error, "id", "x", "title", "T", key, value, NULL);
    g_assert_no_error(error);
    return id;
}

static StoryState state_of(Store *store, int64_t id)
{
    g_autoptr(Story) story = story_of(store, id);
    return story->state;
}

static void test_fields(Store *store, const char *url)
{
    int64_t id =
        fixture_put(store, "id", "x", "title", " Two\nlines ", "lead", "L", "agency", "AP", "kind",
                    "opinion", "date", "2026-11-20T08:00", "html", "<p>x</p>", NULL);
    g_autoptr(Story) story = story_of(store, id);
    g_assert_cmpstr(story->external, ==, "x");
    g_assert_cmpstr(story->headline, ==, "Two lines");
    g_assert_cmpstr(story->language, ==, "en"); /* the site's first */
    g_assert_cmpint(story->kind, ==, STORY_KIND_OPINION);
    g_assert_cmpint(story->format, ==, STORY_HTML);
    g_assert_cmpint(story->published, ==, fixture_moment("2026-11-20T06:00:00Z")); /* in Riga */
    /* Given again with less: what is not given is empty, but path, date and state stay. */
    int64_t same = fixture_put(store, "id", "x", "title", "Two lines", "body", "x", NULL);
    g_assert_cmpint(same, ==, id);
    g_autoptr(Story) after = story_of(store, id);
    g_assert_cmpstr(after->standfirst, ==, "");
    g_assert_cmpstr(after->agency, ==, "");
    g_assert_cmpint(after->format, ==, STORY_MARKDOWN);
    g_assert_cmpstr(after->path, ==, story->path);
    g_assert_cmpint(after->published, ==, story->published);
    g_assert_cmpint(after->state, ==, STORY_PUBLISHED);
}

/* An import publishes and withdraws, but brings nothing back that the newsroom has withdrawn, and
 * makes no draft of what is out. */
static void test_states(Store *store, const char *url)
{
    int64_t id = put(store, 0, "status", "draft");
    g_assert_cmpint(state_of(store, id), ==, STORY_DRAFT);
    put(store, 0, "status", "ready");
    g_assert_cmpint(state_of(store, id), ==, STORY_READY);
    put(store, STORY_PUT_PUBLISH, "status", "draft"); /* --publish does not overrule a draft */
    g_assert_cmpint(state_of(store, id), ==, STORY_DRAFT);
    put(store, STORY_PUT_PUBLISH, "date", "2026-11-24T10:00:00Z");
    g_assert_cmpint(state_of(store, id), ==, STORY_SCHEDULED);
    put(store, STORY_PUT_PUBLISH, "date", "2026-11-23T10:00:00Z");
    g_assert_cmpint(state_of(store, id), ==, STORY_PUBLISHED);
    put(store, 0, "status", "draft");
    g_assert_cmpint(state_of(store, id), ==, STORY_PUBLISHED);
    put(store, 0, "status", "withdrawn");
    g_assert_cmpint(state_of(store, id), ==, STORY_WITHDRAWN);
    put(store, STORY_PUT_PUBLISH, "status", "published");
    g_assert_cmpint(state_of(store, id), ==, STORY_WITHDRAWN);
}

static void test_refused(Store *store, const char *url)
{
    fixture_put(store, "id", "x", "title", "A", NULL);
    assert_fails(fixture_try(store, 0, error, "id", "x", "title", "A", "language", "ru", NULL),
                 KOLOKOL_ERROR_CONFLICT, "a translation needs an id of its own");
    assert_fails(fixture_try(store, 0, error, "title", "B", "language", "ru", "translation_of",
                             "nothing", NULL),
                 KOLOKOL_ERROR_INVALID, "bring the original in first");
    assert_fails(fixture_try(store, 0, error, "title", "B", "photo", "77", NULL),
                 KOLOKOL_ERROR_NOT_FOUND, "77");
    assert_fails(fixture_try(store, 0, error, "title", "B", "path", "../etc/passwd", NULL),
                 KOLOKOL_ERROR_INVALID, "path");
    assert_fails(fixture_try(store, 0, error, "title", "B", "date", "0000-01-01", NULL),
                 KOLOKOL_ERROR_INVALID, "date");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/story-given/fields", test_fields);
    stores_test_add("/story-given/states", test_states);
    stores_test_add("/story-given/refused", test_refused);
    return g_test_run();
}
