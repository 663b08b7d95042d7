#include "desk/story_list.h"

#include "base/clock.h"
#include "base/error.h"
#include "fixture.h"

#include <string.h>

static void test_parse(void)
{
    StoryList list = {0};
    g_assert_true(story_list_parse("list:all/en", &list));
    g_assert_cmpstr(list.key, ==, "all/en");
    g_assert_cmpint(list.day_first, ==, 0);
    g_assert_true(story_list_parse("list:topic-month/pt-BR/rios/2026-02", &list));
    g_assert_cmpstr(list.key, ==, "topic/pt-BR/rios");
    g_assert_cmpint(list.day_first, ==, 20260201);
    g_assert_cmpint(list.day_last, ==, 20260231);
    g_assert_true(story_list_parse("list:day/en/2026-11-23", &list));
    g_assert_cmpstr(list.key, ==, "all/en");
    g_assert_cmpint(list.day_last, ==, 20261123);
    g_assert_true(story_list_parse("text:section/en/news", &list));
    g_assert_cmpstr(list.key, ==, "section/en/news");
    g_assert_true(story_list_parse("sitemap:en/2026-11", &list));
    g_assert_cmpstr(list.key, ==, "all/en");
    static const char *const bad[] = {"",
                                      "list:",
                                      "list:all",
                                      "list:all/",
                                      "list:all/en/x",
                                      "list:section/en",
                                      "list:section/en/",
                                      "list:day/en/2026-02-30",
                                      "list:section-month/en/a/2026-13",
                                      "list:nothing/en",
                                      "list:corrections/en",
                                      "text:topic/en/a",
                                      "sitemap:en",
                                      "story:1",
                                      "list:topic-month/en/a/b/2026-11"};
    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(story_list_parse(bad[i], &list));
    }
}

static void fill(Store *store)
{
    fixture_put(store, "title", "A", "date", "2026-10-31T23:30:00", "section", "News", "topics",
                "Maps", NULL);
    fixture_put(store, "title", "B", "date", "2026-11-01T00:30:00", "section", "News", "authors",
                "Anna", NULL);
    fixture_put(store, "title", "C", "date", "2026-11-20T10:00:00", "section", "News", "kind",
                "opinion", NULL);
    fixture_put(store, "title", "D", "date", "2026-11-20T10:00:00", "section", "Culture", "topics",
                "Maps", NULL);
    fixture_put(store, "title", "E", "date", "2026-12-20T10:00:00", "section", "News", NULL);
    fixture_put(store, "title", "P", "date", "2026-11-20T10:00:00", "kind", "page", NULL);
    fixture_put(store, "title", "R", "date", "2026-11-20T10:00:00", "language", "ru", "section",
                "News", NULL);
    fixture_try(store, 0, NULL, "title", "Draft", "section", "News", NULL);
}

static void test_read(Store *store, const char *url)
{
    int64_t now = fixture_now();
    fill(store);
    assert_text(fixture_list(store, "list:all/en", now, 0), "D|C|B|A");
    assert_text(fixture_list(store, "list:all/en", now, 2), "D|C");
    assert_text(fixture_list(store, "list:all/en", INT64_MAX, 0), "E|D|C|B|A");
    assert_text(fixture_list(store, "list:all/ru", now, 0), "R");
    assert_text(fixture_list(store, "list:section/en/news", now, 0), "C|B|A");
    assert_text(fixture_list(store, "list:section-month/en/news/2026-11", now, 0), "C|B");
    assert_text(fixture_list(store, "list:section-month/en/news/2026-10", now, 0), "A");
    assert_text(fixture_list(store, "list:section-month/en/news/2026-12", now, 0), "");
    assert_text(fixture_list(store, "list:topic/en/maps", now, 0), "D|A");
    assert_text(fixture_list(store, "list:topic-month/en/maps/2026-10", now, 0), "A");
    assert_text(fixture_list(store, "list:author/en/anna", now, 0), "B");
    assert_text(fixture_list(store, "list:author-month/en/anna/2026-11", now, 0), "B");
    assert_text(fixture_list(store, "list:day/en/2026-11-20", now, 0), "D|C");
    assert_text(fixture_list(store, "list:day/en/2026-10-31", now, 0), "A");
    assert_text(fixture_list(store, "list:opinion/en", now, 0), "C");
    assert_text(fixture_list(store, "list:pages/en", now, 0), "P");
    assert_text(fixture_list(store, "text:all/en", now, 1), "D");
    assert_text(fixture_list(store, "text:section/en/culture", now, 0), "D");
    assert_text(fixture_list(store, "sitemap:en/2026-11", now, 0), "D|C|B");
    g_autoptr(GPtrArray) cards = NULL;
    assert_fails(story_list_read(store, "list:bad", now, 1, &cards, error), KOLOKOL_ERROR_INVALID,
                 "list:bad");
    g_assert_null(cards);
}

static void test_walk(Store *store, const char *url)
{
    fill(store);
    GString *all = g_string_new(NULL);
    int64_t published = INT64_MAX;
    int64_t id = INT64_MAX;
    for (;;) {
        g_autoptr(GPtrArray) cards = NULL;
        assert_ok(story_list_read_before(store, "list:all/en", fixture_now(), published, id, 1,
                                         &cards, error));
        if (cards->len == 0) {
            break;
        }
        const StoryCard *card = cards->pdata[0];
        g_string_append(all, card->headline);
        published = card->published;
        id = card->id;
    }
    g_assert_cmpstr(all->str, ==, "DCBA");
    g_string_free(all, TRUE);
    g_autoptr(GArray) ids = NULL;
    assert_ok(story_list_ids(store, "list:day/en/2026-11-20", fixture_now(), 1, &ids, error));
    g_assert_cmpuint(ids->len, ==, 1);
    g_assert_cmpint(g_array_index(ids, int64_t, 0), ==, 4);
}

/* Reading n rows costs n, however many there are. */
static void test_flat(Store *store, const char *url)
{
    for (unsigned i = 0; i < 60; i++) {
        g_autofree char *title = g_strdup_printf("S%u", i);
        fixture_put(store, "title", title, "date", "2026-11-20", "section", "News", NULL);
        if (i == 9 || i == 59) {
            StoreCounts before = store_counts(store);
            g_free(fixture_list(store, "list:section/en/news", fixture_now(), 5));
            StoreCounts after = store_counts(store);
            g_assert_cmpuint(after.rows - before.rows, ==, 5);
            g_assert_cmpuint(after.statements - before.statements, ==, 1);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/desk/list/parse", test_parse);
    stores_test_add("/desk/list/read", test_read);
    stores_test_add("/desk/list/walk", test_walk);
    stores_test_add("/desk/list/flat", test_flat);
    return g_test_run();
}
