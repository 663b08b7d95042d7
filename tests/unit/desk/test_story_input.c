#include "desk/story_input.h"

#include "base/error.h"
#include "base/limits.h"
#include "fixture.h"

#include <string.h>

#define SET(key, bytes, length) story_input_set(input, key, bytes, length, error)

static void test_set(void)
{
    g_autoptr(StoryInput) input = story_input_new();
    assert_ok(SET("title", "Title", 5));
    assert_ok(SET("topics", "One", 3));
    assert_ok(SET("topics", "Two", 3));
    g_assert_cmpstr(input->title, ==, "Title");
    g_assert_cmpuint(input->topics->len, ==, 2);
    assert_fails(SET("title", "Again", 5), KOLOKOL_ERROR_CONFLICT, "given twice");
    assert_fails(SET("colour", "red", 3), KOLOKOL_ERROR_INVALID, "no key \"colour\"");
    assert_fails(SET("body", "a\0b", 3), KOLOKOL_ERROR_INVALID, "NUL");
    assert_fails(SET("lead", "ab\xff", 3), KOLOKOL_ERROR_INVALID, "byte 3");
    g_autofree char *longest = g_strnfill(LIMIT_BODY + 1, 'a');
    assert_fails(SET("body", longest, LIMIT_BODY + 1), KOLOKOL_ERROR_LIMIT, "body");
    g_autoptr(StoryInput) fresh = story_input_new();
    assert_fails(story_input_set(fresh, "title", longest, 100000, error), KOLOKOL_ERROR_LIMIT,
                 "title has 100000 bytes");
    for (unsigned i = 2; i < STORY_INPUT_TOPICS; i++) {
        assert_ok(SET("topics", "T", 1));
    }
    assert_fails(SET("topics", "T", 1), KOLOKOL_ERROR_LIMIT, "at most 64 topics");
    g_assert_true(story_input_key("translation_of"));
    g_assert_false(story_input_key("tags"));
}

static void test_check(void)
{
    g_autoptr(StoryInput) input =
        fixture_input("title", "T", "date", "2026-11-23", "status", "ready", "kind", "live", NULL);
    assert_ok(story_input_check(input, fixture_site(), error));
    g_free(input->title);
    input->title = g_strdup("by hand \xff");
    assert_fails(story_input_check(input, fixture_site(), error), KOLOKOL_ERROR_INVALID, "UTF-8");
    g_free(input->title);
    input->title = g_strdup("bell \a");
    assert_fails(story_input_check(input, fixture_site(), error), KOLOKOL_ERROR_INVALID, "control");
}

/* What no page could show is refused where it is given. */
static void test_body(void)
{
    g_autofree char *brackets = g_strnfill(20000, '[');
    g_autofree char *marks = g_strnfill(500000, '&');
    assert_ok(story_input_check_body("Text.", STORY_MARKDOWN, error));
    assert_fails(story_input_check_body(brackets, STORY_MARKDOWN, error), KOLOKOL_ERROR_LIMIT,
                 "body, line 1: too many brackets in one paragraph; divide it");
    assert_ok(story_input_check_body(brackets, STORY_HTML, error));
    assert_fails(story_input_check_body(marks, STORY_HTML, error), KOLOKOL_ERROR_LIMIT,
                 "the body makes 2500000 bytes of HTML; at most 1835008 fit on a page");
    assert_fails(story_input_check_body("a\xff", STORY_HTML, error), KOLOKOL_ERROR_INVALID,
                 "the body is not valid UTF-8");
    g_autoptr(StoryInput) input = fixture_input("title", "T", "body", brackets, NULL);
    assert_fails(story_input_check(input, fixture_site(), error), KOLOKOL_ERROR_LIMIT, "brackets");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/desk/input/set", test_set);
    g_test_add_func("/desk/input/check", test_check);
    g_test_add_func("/desk/input/body", test_body);
    return g_test_run();
}
