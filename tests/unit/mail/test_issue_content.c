/* What an issue says: order, what is kept, and that what is kept reads back. */
#include "fixture.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/story_list.h"
#include "mail/issue_content.h"

#include <string.h>

static GPtrArray *cards(Store *store)
{
    GPtrArray *all = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_true(story_list_read(store, "list:all/en", clock_now(), 0, &all, &error));
    return all;
}

/* A template finds the lead and, by section, the others. */
static void check_values(const IssueContent *content)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *map = value_map(arena);
    issue_content_fill(content, map, "https://bell.example/");
    const Value *lead = value_get(map, "lead");
    g_assert_nonnull(lead);
    g_assert_nonnull(value_get(lead, "url"));
    g_assert_nonnull(value_get(lead, "byline"));
    g_assert_nonnull(value_get(map, "sections"));
}

static void test_round(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    g_autoptr(GError) error = NULL;
    fixture_open(&f, NULL);
    fixture_story(store, "one", "First <story>", "2026-11-23T08:00:00Z");
    fixture_story(store, "two", "Second \"story\"", "2026-11-24T08:00:00Z");
    g_autoptr(GPtrArray) all = cards(store);
    g_autoptr(IssueContent) content = issue_content_of_cards(all, "en");
    g_assert_cmpstr(issue_content_lead(content), ==, "Second \"story\""); /* the newest */
    g_autofree char *json = issue_content_write(content);
    g_autoptr(IssueContent) again = issue_content_read(json, &error);
    g_assert_no_error(error);
    g_autofree char *same = issue_content_write(again);
    g_assert_cmpstr(json, ==, same);
    g_assert_nonnull(strstr(json, "By Ann Lee"));
    g_assert_cmpstr(issue_content_lead(again), ==, "Second \"story\"");
    check_values(again);
}

static void test_ceiling(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    for (unsigned i = 0; i < ISSUE_STORIES + 3; i++) {
        g_autofree char *slug = g_strdup_printf("s%u", i);
        g_autofree char *date = g_strdup_printf("2026-11-24T%02u:%02u:00Z", i / 60, i % 60);
        fixture_story(store, slug, slug, date);
    }
    g_autoptr(GPtrArray) all = cards(store);
    g_autoptr(IssueContent) content = issue_content_of_cards(all, "en");
    g_autofree char *json = issue_content_write(content);
    g_assert_null(strstr(json, "/s2.html"));
    g_assert_nonnull(strstr(json, "/s3.html"));
}

/* Everywhere that the letter says it, the heading of a section too. */
static void test_names(void)
{
    static const char stored[] =
        "[{\"headline\":\"Anna Lee\",\"standfirst\":\"Of Anna Lee\",\"byline\":\"By Anna Lee\","
        "\"path\":\"a.html\",\"section\":\"Anna Lee's letters\"}]";
    g_autoptr(IssueContent) content = issue_content_read(stored, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_ptr_array_add(names, (gpointer)(uintptr_t) "Anna Lee");
    g_assert_true(issue_content_replace(content, names, "N."));
    g_autofree char *json = issue_content_write(content);
    g_assert_null(strstr(json, "Anna"));
    g_assert_nonnull(strstr(json, "N.'s letters"));
    g_assert_false(issue_content_replace(content, names, "N."));
}

static void test_broken(void)
{
    static const char *const texts[] = {"", "{", "[]", "{\"stories\":1}", "7", "{\"stories\":[1]}"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", texts[i]);
        g_assert_null(issue_content_read(texts[i], &error));
        g_assert_nonnull(error);
    }
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_assert_null(issue_content_of_cards(none, "en"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/issue-content/round", test_round);
    stores_test_add("/issue-content/ceiling", test_ceiling);
    g_test_add_func("/issue-content/names", test_names);
    g_test_add_func("/issue-content/broken", test_broken);
    return g_test_run();
}
