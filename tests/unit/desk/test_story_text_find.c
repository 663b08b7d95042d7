/* Searching texts: quotations, marks of Markdown, entries, and how far a search comes. */
#include "desk/story_text_find.h"

#include "base/clock.h"
#include "fixture.h"

#define LONG (60 * CLOCK_SECOND)

static char *found(Store *store, const char *words, unsigned most, StoryTextReach *reach)
{
    g_autoptr(GError) error = NULL;
    StoryFind find = {.words = words, .state = -1};
    g_autoptr(GPtrArray) stories = story_text_find(store, &find, most, LONG, reach, &error);
    g_assert_no_error(error);
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < stories->len; i++) {
        g_string_append_printf(all, "%s%s", i > 0 ? "|" : "",
                               ((const Story *)stories->pdata[i])->headline);
    }
    return g_string_free(all, FALSE);
}

static void is(Store *store, const char *words, const char *expected)
{
    StoryTextReach reach;
    g_autofree char *all = found(store, words, 9, &reach);
    g_assert_cmpstr(all, ==, expected);
    g_assert_false(reach.more);
}

static void test_texts(Store *store, const char *url)
{
    fixture_put(store, "title", "Harbour", "body",
                "The *fog* came\nin at **six**, she said to [the\ncourt](https://a.example/).",
                NULL);
    fixture_try(store, 0, NULL, "title", "Река", "language", "ru", "body",
                "Туман НАД рекой, 100% тумана.", NULL);
    fixture_put(store, "title", "Page", "html", "<p>Fog &amp; rain, the c<b>ou</b>rt</p>", NULL);
    is(store, "FOG", "Page|Harbour");
    is(store, "\"the fog came in at six\"", "Harbour");
    is(store, "“she said to the court”", "Harbour");
    is(store, "\"fog came out\"", "");
    is(store, "fog court", "Page|Harbour");
    is(store, "\"fog & rain, the court\"", "Page");
    is(store, "«туман над  рекой»", "Река");
    is(store, "0% тумана", "Река");
    is(store, "a.example", "");
    is(store, "harbour fog", "Harbour");
    is(store, "\"fog\u00a0came in\"", "Harbour");
    is(store, "", "");
    is(store, "\"\"", "");
}

/* As a page sets them or as they were typed. */
static void test_marks(Store *store, const char *url)
{
    static const char *const one[] = {"it's",
                                      "it’s",
                                      "\"it’s a great day -- he said «so»\"",
                                      "“it's a great day — he said \"so\"”",
                                      "snake_case",
                                      "\"it's the\"",
                                      "\"“so”… it’s\"",
                                      "\"court, then\"",
                                      "rock'n'roll"};
    fixture_put(
        store, "title", "One", "body",
        "It's a **great** day -- he said \"so\"... It's the [court](https://a.example/), then "
        "`snake_case` &mdash; rock'n'roll.",
        NULL);
    fixture_put(store, "title", "Two", "body", "Nothing of the kind.", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(one); i++) {
        g_test_message("%s", one[i]);
        is(store, one[i], "One");
    }
    is(store, "\"snake_case – rock\"", "One");
    is(store, "\"its a\"", "");
}

/* It stops where it has enough, or when its time is over, and goes on from there. */
static void test_reach(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    for (int i = 0; i < 5; i++) {
        fixture_put(store, "title", i % 2 == 0 ? "Even" : "Odd", "body",
                    i % 2 == 0 ? "Fog." : "Rain.", NULL);
    }
    StoryTextReach reach;
    g_autofree char *two = found(store, "fog", 2, &reach);
    g_assert_cmpstr(two, ==, "Even|Even");
    g_assert_true(reach.more);
    g_assert_cmpint(reach.id, ==, 3);
    g_assert_cmpuint(reach.read, ==, 3);
    StoryFind rest = {.words = "fog", .state = -1, .before = reach.changed, .before_id = reach.id};
    g_autoptr(GPtrArray) last = story_text_find(store, &rest, 2, LONG, &reach, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(last->len, ==, 1);
    g_assert_false(reach.more);
    rest.before = rest.before_id = 0;
    g_autoptr(GPtrArray) none = story_text_find(store, &rest, 2, 0, &reach, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_true(reach.more);
}

static void test_folded(void)
{
    g_autofree char *folded = story_text_folded(" \n Fog\t\tÜBER \u00a0 Туман ");
    g_assert_cmpstr(folded, ==, "fog über туман");
    g_autofree char *marks = story_text_folded("“A” «b» — c--d’s…");
    g_assert_cmpstr(marks, ==, "'a' 'b' - c-d's...");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/story-text-find/texts", test_texts);
    stores_test_add("/desk/story-text-find/marks", test_marks);
    stores_test_add("/desk/story-text-find/reach", test_reach);
    g_test_add_func("/desk/story-text-find/folded", test_folded);
    return g_test_run();
}
