/* Once and not twice: a key with a body, kept a day, of one token; who changed a story last. */
#include "desk/story_once.h"

#include "base/clock.h"
#include "base/error.h"
#include "fixture.h"

#include <string.h>

static StoryOnce once(int64_t token, const char *key, const char *body)
{
    return (StoryOnce){token, key, body, strlen(body)};
}

static int64_t found(Store *store, const StoryOnce *what, int64_t now)
{
    int64_t story = -1;
    assert_ok(story_once_find(store, what, now, &story, error));
    return story;
}

static void test_key(Store *store, const char *url)
{
    int64_t now = fixture_now(), story = -1;
    StoryOnce first = once(1, "key", "body"), other = once(1, "key", "body "),
              theirs = once(2, "key", "body");
    g_assert_cmpint(found(store, &first, now), ==, 0);
    assert_ok(story_once_keep(store, &first, 7, now, error));
    g_assert_cmpint(found(store, &first, now + STORY_ONCE_KEPT), ==, 7);
    g_assert_cmpint(found(store, &theirs, now), ==, 0);
    assert_fails(story_once_find(store, &other, now, &story, error), KOLOKOL_ERROR_INVALID,
                 "Idempotency-Key");
    g_assert_cmpint(story, ==, -1);
    g_assert_cmpint(found(store, &first, now + STORY_ONCE_KEPT + 1), ==, 0);
    g_assert_cmpint(found(store, &other, now), ==, 0); /* swept */
}

static void test_untouched(Store *store, const char *url)
{
    bool untouched = true;
    assert_ok(story_once_untouched(store, 5, 1, &untouched, error));
    g_assert_false(untouched); /* never put by the API */
    assert_ok(story_once_put(store, 5, 1, error));
    assert_ok(story_once_untouched(store, 5, 1, &untouched, error));
    g_assert_true(untouched);
    assert_ok(story_once_untouched(store, 5, 2, &untouched, error));
    g_assert_false(untouched);
    assert_ok(story_once_put(store, 5, 2, error));
    assert_ok(story_once_untouched(store, 5, 2, &untouched, error));
    g_assert_true(untouched);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/story_once/key", test_key);
    stores_test_add("/desk/story_once/untouched", test_untouched);
    return g_test_run();
}
