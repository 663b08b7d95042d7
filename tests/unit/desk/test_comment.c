/* Comments on passages. */
#include "desk/comment.h"

#include "base/error.h"
#include "desk/takedown.h"
#include "desk/working.h"
#include "fixture.h"

#include <string.h>

static void test_comments(Store *store, const char *url)
{
    int64_t now = fixture_now(), one = 0, two = 0;
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "body", "The fog came.", NULL);
    assert_ok(comment_add(store, id, 7, "Vera", "fog", " Mist? ", now, &one, error));
    assert_ok(comment_add(store, id, 8, "Ilya", "", "Good.", now + 1, &two, error));
    assert_ok(comment_settle(store, id, one, "Ilya", now + 2, error));
    assert_ok(comment_settle(store, id, one, "Vera", now + 3, error)); /* stays as it is */
    g_autoptr(GPtrArray) list = comment_list(store, id, NULL);
    g_assert_cmpuint(list->len, ==, 2);
    const Comment *first = list->pdata[0];
    g_assert_cmpstr(first->text, ==, "Mist?");
    g_assert_cmpstr(first->passage, ==, "fog");
    g_assert_cmpstr(first->settled_by, ==, "Ilya");
    g_assert_cmpint(first->settled, ==, now + 2);
    g_assert_cmpint(((Comment *)list->pdata[1])->settled, ==, 0);
    assert_fails(comment_add(store, id, 7, "Vera", "", " \n", now, NULL, error),
                 KOLOKOL_ERROR_INVALID, "missing");
    assert_fails(comment_add(store, 99, 7, "Vera", "", "x", now, NULL, error),
                 KOLOKOL_ERROR_NOT_FOUND, "no story 99");
    assert_fails(comment_settle(store, id, 99, "Vera", now, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no comment 99");
}

/* Nothing is said about one that was taken down: it would be kept. */
static void test_taken_down(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "body", "The fog came.", NULL);
    assert_ok(comment_add(store, id, 7, "Vera", "fog", "Mist?", now, NULL, error));
    assert_ok(story_takedown(store, fixture_site(), id, &(Takedown){"", "", NULL}, now, error));
    assert_fails(comment_add(store, id, 7, "Vera", "", "The fog.", now, NULL, error),
                 KOLOKOL_ERROR_CONFLICT, "taken down");
    g_autoptr(GPtrArray) list = comment_list(store, id, NULL);
    g_assert_cmpuint(list->len, ==, 0);
}

/* A passage is one of the text, with or without its marks, or of what its writer has not saved. */
static void test_passage(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id =
        fixture_try(store, 0, NULL, "title", "At six", "body", "The *fog* came\nin.", NULL);
    assert_ok(comment_add(store, id, 7, "Vera", "fog came in", "Mist?", now, NULL, error));
    assert_ok(comment_add(store, id, 7, "Vera", "The *fog*", "Mist?", now, NULL, error));
    assert_ok(comment_add(store, id, 7, "Vera", "At six", "Seven?", now, NULL, error));
    assert_fails(comment_add(store, id, 7, "Vera", "rain", "Mist?", now, NULL, error),
                 KOLOKOL_ERROR_INVALID, "passage does not stand");
    WorkingText text = {.story = id,
                        .person = 7,
                        .base = 1,
                        .name = "Vera",
                        .title = "At six",
                        .lead = "",
                        .body = "The rain came.",
                        .rest = ""};
    assert_ok(working_keep(store, &text, 0, now, NULL, error));
    assert_ok(comment_add(store, id, 7, "Vera", "rain", "Mist?", now, NULL, error));
    assert_fails(comment_add(store, id, 8, "Ilya", "rain", "Mist?", now, NULL, error),
                 KOLOKOL_ERROR_INVALID, "passage does not stand");
}

/* As it is copied from the page, from the text, or from the editor that shows no marks. */
static void test_passage_forms(Store *store, const char *url)
{
    static const char *const forms[] = {
        "It's a **great** day",   "It's a great day", "It’s a great day", "day – she said “so”",
        "day -- she said \"so\"", "said\u00a0«so»",   "Rain tomorrow",    "It’ll pour"};
    int64_t now = fixture_now();
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "body",
                             "It's a **great** day -- she said \"so\".", NULL);
    WorkingText text = {.story = id,
                        .person = 7,
                        .base = 1,
                        .name = "Vera",
                        .title = "Rain tomorrow",
                        .lead = "It'll pour.",
                        .body = "Rain.",
                        .rest = ""};
    assert_ok(working_keep(store, &text, 0, now, NULL, error));
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_test_message("%s", forms[i]);
        assert_ok(comment_add(store, id, 7, "Vera", forms[i], "So?", now, NULL, error));
    }
    assert_fails(comment_add(store, id, 8, "Ilya", "Rain tomorrow", "So?", now, NULL, error),
                 KOLOKOL_ERROR_INVALID, "passage does not stand");
}

static void test_stands(void)
{
    g_assert_true(comment_stands("The fog came.", "fog"));
    g_assert_true(comment_stands("The\n  *fog* came.", "The fog"));
    g_assert_true(comment_stands("The *fog* -- it's", "*fog* — it’s"));
    g_assert_false(comment_stands("The fo", "fog"));
    g_assert_false(comment_stands("The mist", "fog"));
    g_assert_false(comment_stands("The mist", ""));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/comment/list", test_comments);
    stores_test_add("/desk/comment/taken-down", test_taken_down);
    stores_test_add("/desk/comment/passage", test_passage);
    stores_test_add("/desk/comment/passage-forms", test_passage_forms);
    g_test_add_func("/desk/comment/stands", test_stands);
    return g_test_run();
}
