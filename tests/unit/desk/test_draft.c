/* Stories before they are out: what is saved, what somebody has typed over it, and how much of it
 * is looked up. */
#include "desk/draft.h"

#include "base/error.h"
#include "desk/story_input.h"
#include "desk/working.h"
#include "fixture.h"

#include <string.h>

#define PERSON 7

static void type(Store *store, int64_t story, const char *rest)
{
    WorkingText text = {.story = story,
                        .person = PERSON,
                        .base = 1,
                        .name = "Rita",
                        .title = "Typed",
                        .lead = "",
                        .body = "New text.",
                        .rest = rest};
    assert_ok(working_keep(store, &text, 0, fixture_now(), NULL, error));
}

static void test_typed(Store *store, const char *url)
{
    g_auto(StoryDraft) saved = {0}, typed = {0};
    int64_t id = fixture_put(store, "title", "Saved", "topics", "Sea", "authors", "Vera", "body",
                             "Old text.", "status", "draft", NULL);
    type(store, id, "topics=Ice%2C%20Sea&authors=withheld%2C%20reporting%3A%20Anna&section=City");
    assert_ok(story_draft_read(store, fixture_site(), id, 0, fixture_now(), &saved, error));
    g_assert_cmpstr(saved.card->headline, ==, "Saved");
    g_assert_cmpstr(saved.body, ==, "Old text.");
    g_assert_cmpstr(saved.topics[0], ==, "Sea");
    g_assert_nonnull(saved.story->path); /* as it would be today */
    assert_ok(story_draft_read(store, fixture_site(), id, PERSON, fixture_now(), &typed, error));
    g_assert_cmpstr(typed.card->headline, ==, "Typed");
    g_assert_cmpstr(typed.body, ==, "New text.");
    assert_text(g_strjoinv(" ", typed.story->topics), "ice sea");
    g_assert_cmpstr(typed.card->section_name, ==, "City");
    g_assert_true(typed.card->withheld);
    g_assert_cmpuint(typed.card->bylines->len, ==, 1);
    g_assert_true(((const StoryByline *)typed.card->bylines->pdata[0])->reporting);
    assert_fails(story_draft_read(store, fixture_site(), 99, 0, fixture_now(), &saved, error),
                 KOLOKOL_ERROR_NOT_FOUND, "99");
}

/* Names that no story could have are not looked up, however many are typed. */
static void test_many(Store *store, const char *url)
{
    g_auto(StoryDraft) draft = {0};
    g_autoptr(GString) rest = g_string_new("topics=");
    int64_t id = fixture_put(store, "title", "Saved", "status", "draft", NULL);
    for (unsigned i = 0; i < 3000; i++) {
        g_string_append_printf(rest, "t%u%%2C", i);
    }
    g_string_append(rest, "&authors=");
    for (unsigned i = 0; i < 3000; i++) {
        g_string_append_printf(rest, "a%u%%2C", i);
    }
    type(store, id, rest->str);
    uint64_t before = store_counts(store).statements;
    assert_ok(story_draft_read(store, fixture_site(), id, PERSON, fixture_now(), &draft, error));
    g_assert_cmpuint(store_counts(store).statements - before, <, 300);
    g_assert_cmpuint(g_strv_length(draft.topics), ==, STORY_INPUT_TOPICS);
    g_assert_cmpuint(draft.card->bylines->len, ==, STORY_INPUT_AUTHORS);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/draft/typed", test_typed);
    stores_test_add("/desk/draft/many", test_many);
    return g_test_run();
}
