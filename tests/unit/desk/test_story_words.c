/* The queue of words to be read: what enters it, what leaves it. */
#include "desk/story_words.h"

#include "desk/live.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "fixture.h"

#include <string.h>

static GArray *queue(Store *store)
{
    g_autoptr(GError) error = NULL;
    GArray *rows = story_words_next(store, 100, &error);
    g_assert_no_error(error);
    return rows;
}

static unsigned waiting(Store *store)
{
    g_autoptr(GArray) rows = queue(store);
    return rows->len;
}

static void take_all(Store *store)
{
    g_autoptr(GArray) rows = queue(store);
    for (guint i = 0; i < rows->len; i++) {
        assert_ok(story_words_done(store, &g_array_index(rows, StoryWordsRow, i), error));
    }
}

static void test_queue(Store *store, const char *url)
{
    int64_t later = fixture_put(store, "title", "B", "date", "2026-11-23T11:00:00Z", NULL);
    int64_t first = fixture_put(store, "title", "A", "date", "2026-11-20T11:00:00Z", NULL);
    fixture_put(store, "title", "About", "kind", "page", "date", "2026-11-20T11:00:00Z", NULL);
    g_autoptr(GArray) rows = queue(store);
    g_assert_cmpuint(rows->len, ==, 2);
    g_assert_cmpint(g_array_index(rows, StoryWordsRow, 0).story, ==, first);
    g_assert_cmpint(g_array_index(rows, StoryWordsRow, 1).story, ==, later);

    /* A change between reading and writing down keeps the row. */
    StoryWordsRow row = g_array_index(rows, StoryWordsRow, 0);
    assert_ok(story_save(store, fixture_site(), first, "A", "", "New.", STORY_MARKDOWN, "ed",
                         fixture_now(), NULL, error));
    assert_ok(story_words_done(store, &row, error));
    g_assert_cmpuint(waiting(store), ==, 2);
    take_all(store);
    g_assert_cmpuint(waiting(store), ==, 0);

    assert_ok(story_save(store, fixture_site(), first, "A", "", "New.", STORY_MARKDOWN, "ed",
                         fixture_now(), NULL, error));
    g_assert_cmpuint(waiting(store), ==, 0);
    assert_ok(story_withdraw(store, fixture_site(), later, fixture_now(), error));
    g_assert_cmpuint(waiting(store), ==, 1);
}

static void test_words(Store *store, const char *url)
{
    g_auto(StoryWords) words = {0};
    int64_t story = fixture_put(store, "title", "Head", "lead", "Lead", "body",
                                "One *two*.\n\n![x](media:9)", NULL);
    assert_ok(story_words_read(store, story, &words, error));
    g_assert_true(words.out);
    g_assert_cmpstr(words.language, ==, "en");
    g_assert_cmpstr(words.text, ==, "Head\nLead\nOne two.");
    int64_t count = 0;
    assert_ok(story_words_count(store, "en", &count, error));
    g_assert_cmpint(count, ==, 1);
    g_autoptr(GArray) places = story_words_walk(store, "en", (StoryPlace){INT64_MIN, 0}, 10, NULL);
    g_assert_cmpuint(places->len, ==, 1);
    assert_ok(story_withdraw(store, fixture_site(), story, fixture_now(), error));
    assert_ok(story_words_read(store, story, &words, error));
    g_assert_false(words.out);
    assert_ok(story_words_read(store, 999, &words, error));
    g_assert_null(words.language);
}

/* Entries are words of their story; a removed one is not. */
static void test_entries(Store *store, const char *url)
{
    g_auto(StoryWords) words = {0};
    int64_t story = fixture_put(store, "title", "Head", "kind", "live", "body", "Text.", NULL);
    int64_t entry = 0;
    take_all(store);
    assert_ok(live_add(store, fixture_site(), story, fixture_now(), "First", "One *two*.",
                       STORY_MARKDOWN, fixture_now(), &entry, error));
    g_assert_cmpuint(waiting(store), ==, 1);
    assert_ok(story_words_read(store, story, &words, error));
    g_assert_cmpstr(words.text, ==, "Head\n\nText.\nFirst\nOne two.");
    take_all(store);
    assert_ok(live_remove(store, fixture_site(), entry, fixture_now(), error));
    g_assert_cmpuint(waiting(store), ==, 1);
    assert_ok(story_words_read(store, story, &words, error));
    g_assert_cmpstr(words.text, ==, "Head\n\nText.");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/story-words/queue", test_queue);
    stores_test_add("/story-words/words", test_words);
    stores_test_add("/story-words/entries", test_entries);
    return g_test_run();
}
