/* The office's list, by everything it can be searched by. */
#include "desk/story_find.h"

#include "base/clock.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "desk/task.h"
#include "fixture.h"

/* Headlines, parted by '|', with '…' behind if there are more. */
static char *found(Store *store, StoryFind find, unsigned most)
{
    g_autoptr(GError) error = NULL;
    bool more = false;
    g_autoptr(GPtrArray) stories = story_find_list(store, &find, most, &more, &error);
    g_assert_no_error(error);
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < stories->len; i++) {
        g_string_append_printf(all, "%s%s", i > 0 ? "|" : "",
                               ((const Story *)stories->pdata[i])->headline);
    }
    g_string_append(all, more ? "…" : "");
    return g_string_free(all, FALSE);
}

static void fill(Store *store)
{
    fixture_put(store, "title", "Fog in the harbour", "section", "City", "authors", "Anna Li",
                NULL);
    fixture_try(store, 0, NULL, "title", "Туман НАД рекой", "language", "ru", "topics", "Погода",
                NULL);
    fixture_try(store, 0, NULL, "title", "100% of fog", "authors", "reporting: Anna Li", "status",
                "in edit", NULL);
}

static void test_filters(Store *store, const char *url)
{
    fill(store);
    assert_text(found(store, (StoryFind){.state = -1}, 9),
                "100% of fog|Туман НАД рекой|Fog in the harbour");
    assert_text(found(store, (StoryFind){.state = -1, .words = " FOG  harb"}, 9),
                "Fog in the harbour");
    assert_text(found(store, (StoryFind){.state = -1, .words = "над туман"}, 9), "Туман НАД рекой");
    assert_text(found(store, (StoryFind){.state = -1, .words = "0%"}, 9), "100% of fog");
    assert_text(found(store, (StoryFind){.state = -1, .words = "%o"}, 9), "");
    assert_text(found(store, (StoryFind){.state = -1, .words = "\"fog in the\" harb"}, 9),
                "Fog in the harbour");
    assert_text(found(store, (StoryFind){.state = -1, .words = "„of fog“"}, 9), "100% of fog");
    assert_text(found(store, (StoryFind){.state = -1, .words = "\"fog the\""}, 9), "");
    assert_text(found(store, (StoryFind){.state = STORY_IN_EDIT}, 9), "100% of fog");
    assert_text(found(store, (StoryFind){.state = -1, .language = "ru"}, 9), "Туман НАД рекой");
    assert_text(found(store, (StoryFind){.state = -1, .section = "city"}, 9), "Fog in the harbour");
    assert_text(found(store, (StoryFind){.state = -1, .author = "anna-li"}, 9),
                "100% of fog|Fog in the harbour");
    assert_text(found(store, (StoryFind){.state = -1, .author = "anna"}, 9), "");
}

static void test_pages(Store *store, const char *url)
{
    fill(store);
    assert_text(found(store, (StoryFind){.state = -1}, 2), "100% of fog|Туман НАД рекой…");
    g_autoptr(Story) last = story_read(store, 2, NULL);
    assert_text(found(store, (StoryFind){.state = -1, .before = last->changed, .before_id = 2}, 2),
                "Fog in the harbour");
    assert_ok(story_save(store, fixture_site(), 1, "Fog lifts", "", "", STORY_MARKDOWN, "",
                         fixture_now() + 1, NULL, error));
    assert_text(found(store, (StoryFind){.state = -1}, 1), "Fog lifts…");
}

static void test_tasks(Store *store, const char *url)
{
    int64_t now = fixture_now();
    fill(store);
    assert_ok(task_set(store, 1, &(Task){7, now - 1}, error));
    assert_ok(task_set(store, 2, &(Task){7, now + 1}, error));
    assert_ok(task_set(store, 3, &(Task){8, now - 1}, error));
    assert_text(found(store, (StoryFind){.state = -1, .assignee = 7}, 9),
                "Туман НАД рекой|Fog in the harbour");
    assert_text(found(store, (StoryFind){.state = -1, .overdue_at = now}, 9), "100% of fog");
    assert_text(found(store, (StoryFind){.state = -1, .overdue_at = now, .assignee = 7}, 9), "");
    assert_text(found(store, (StoryFind){.state = -1, .overdue_at = now + 2, .words = "рек"}, 9),
                "Туман НАД рекой");
}

/* The clock alone publishes; the list says so once it is settled. */
static void test_settled(Store *store, const char *url)
{
    int64_t now = fixture_now(), then = now + CLOCK_HOUR;
    int64_t id = fixture_try(store, 0, NULL, "title", "A", NULL);
    assert_ok(story_schedule(store, fixture_site(), id, then, now, error));
    assert_text(found(store, (StoryFind){.state = STORY_SCHEDULED}, 9), "A");
    assert_ok(story_settle(store, then, NULL, error));
    assert_text(found(store, (StoryFind){.state = STORY_SCHEDULED}, 9), "");
    assert_text(found(store, (StoryFind){.state = STORY_PUBLISHED}, 9), "A");
}

static void terms_are(const char *words, const char *expected, bool more)
{
    bool left = false;
    g_auto(GStrv) terms = story_find_terms(words, &left);
    g_autofree char *all = g_strjoinv("|", terms);
    g_assert_cmpstr(all, ==, expected);
    g_assert_cmpint(left, ==, more);
}

static void test_terms(void)
{
    terms_are(NULL, "", false);
    terms_are("  \n ", "", false);
    terms_are("One  TWO", "one|two", false);
    terms_are("a \"B  c\" d", "a|b c|d", false);
    terms_are("«Туман над» „x y“ “z", "туман над|x y|z", false);
    terms_are("\"a\u00a0b\u202fc\" “d «e» f”", "a b c|d «e» f", false);
    terms_are("\"\" don't", "don't", false);
    terms_are("1 2 3 4 5 6 7 8", "1|2|3|4|5|6|7|8", false);
    terms_are("1 2 3 4 5 6 7 8 9", "1|2|3|4|5|6|7|8", true);
    terms_are("\xff\"", "\xef\xbf\xbd\"", false);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/desk/story-find/terms", test_terms);
    stores_test_add("/desk/story-find/filters", test_filters);
    stores_test_add("/desk/story-find/pages", test_pages);
    stores_test_add("/desk/story-find/tasks", test_tasks);
    stores_test_add("/desk/story-find/settled", test_settled);
    return g_test_run();
}
