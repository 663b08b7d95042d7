/* The pure function from facts before and after to touches. */
#include "desk/story_touch.h"

#include "base/clock.h"

#include <string.h>

#define NOW  (INT64_C(1795000000) * CLOCK_SECOND)
#define PAST (NOW - CLOCK_DAY)

static const char *const topics[] = {"rivers", "maps", NULL};
static const char *const authors[] = {"anna-li", NULL};

static StoryFacts facts(void)
{
    return (StoryFacts){.id = 7,
                        .group = 3,
                        .language = "en",
                        .out = true,
                        .published = PAST,
                        .day = 20261117,
                        .version = 1,
                        .path = "2026/11/17/a.html",
                        .headline = "A",
                        .standfirst = "",
                        .section = "politics",
                        .agency = "",
                        .alt = "",
                        .topics = topics,
                        .authors = authors};
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Touches as sorted words: "input", "input#" for a list, with "+" for a later moment. */
static char *words(const StoryFacts *before, const StoryFacts *after)
{
    g_autoptr(GPtrArray) touches = story_touches(before, after, NOW);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; i < touches->len; i++) {
        const StoryTouch *touch = touches->pdata[i];
        g_assert_true(!touch->placed || touch->id == 7);
        g_ptr_array_add(all, g_strconcat(touch->input, touch->placed ? "#" : "",
                                         touch->later ? "+" : "", NULL));
    }
    g_ptr_array_sort(all, by_bytes);
    g_ptr_array_add(all, NULL);
    return g_strjoinv(" ", (char **)all->pdata);
}

#define EXPECT(before, after, expected)                                                            \
    do {                                                                                           \
        g_autofree char *found = words(before, after);                                             \
        g_assert_cmpstr(found, ==, expected);                                                      \
    } while (0)

#define EVERYTHING                                                                                 \
    "card:7 count:author-year/en/anna-li/2026 count:author-years/en/anna-li "                      \
    "count:month/en/2026-11 "                                                                      \
    "count:section-year/en/politics/2026 count:section-years/en/politics "                         \
    "count:topic-year/en/maps/2026 "                                                               \
    "count:topic-year/en/rivers/2026 count:topic-years/en/maps count:topic-years/en/rivers "       \
    "count:year/en/2026 "                                                                          \
    "count:years/en group:3 list:all/en# list:author-month/en/anna-li/2026-11# "                   \
    "list:author/en/anna-li# "                                                                     \
    "list:day/en/2026-11-17# list:section-month/en/politics/2026-11# list:section/en/politics# "   \
    "list:topic-month/en/maps/2026-11# list:topic-month/en/rivers/2026-11# list:topic/en/maps# "   \
    "list:topic/en/rivers# sitemap:en/2026-11# story:7 text:all/en# text:section/en/politics#"

static void test_appear(void)
{
    StoryFacts after = facts();
    EXPECT(NULL, &after, EVERYTHING);
    StoryFacts draft = facts();
    draft.out = false;
    after.version = 2;
    EXPECT(&draft, &after, "at:2026/11/17/a.html " EVERYTHING);
    EXPECT(&after, &draft, "at:2026/11/17/a.html " EVERYTHING);
    EXPECT(&after, NULL, EVERYTHING);
    EXPECT(NULL, &draft, "at:2026/11/17/a.html");
}

/* Links to a story that readers may not see follow its address, and its coming out. */
static void test_address(void)
{
    StoryFacts before = facts(), after = facts();
    before.out = after.out = false;
    after.path = "other.html";
    EXPECT(&before, &after, "at:2026/11/17/a.html at:other.html");
    before.path = NULL;
    EXPECT(&before, &after, "at:other.html");
    EXPECT(&after, &before, "at:other.html");
    before = after = facts();
    after.version = 2;
    after.path = "other.html"; /* out before and after: a link was one and is one */
    g_autofree char *moved = words(&before, &after);
    g_assert_null(strstr(moved, "at:"));
    after = facts();
    after.version = 2;
    after.published = NOW + CLOCK_DAY;
    g_autofree char *later = words(&before, &after);
    g_assert_nonnull(strstr(later, "at:2026/11/17/a.html at:2026/11/17/a.html+ "));
    after.published = NOW; /* another machine's clock may be behind */
    g_autofree char *now = words(NULL, &after);
    g_assert_nonnull(strstr(now, "at:2026/11/17/a.html "));
}

static void test_nothing(void)
{
    StoryFacts before = facts();
    StoryFacts after = facts();
    EXPECT(&before, &after, "");
    before.out = false;
    after.out = false;
    after.version = 2;
    EXPECT(&before, &after, "");
}

static void test_body(void)
{
    StoryFacts before = facts();
    StoryFacts after = facts();
    after.version = 2;
    EXPECT(&before, &after, "story:7 text:all/en# text:section/en/politics#");
    after.updated = NOW;
    EXPECT(&before, &after, "sitemap:en/2026-11# story:7 text:all/en# text:section/en/politics#");
}

static void test_headline(void)
{
    StoryFacts before = facts();
    StoryFacts after = facts();
    after.version = 2;
    after.headline = "B";
    EXPECT(
        &before, &after,
        "card:7 group:3 list:all/en# list:author-month/en/anna-li/2026-11# list:author/en/anna-li# "
        "list:day/en/2026-11-17# list:section-month/en/politics/2026-11# list:section/en/politics# "
        "list:topic-month/en/maps/2026-11# list:topic-month/en/rivers/2026-11# list:topic/en/maps# "
        "list:topic/en/rivers# sitemap:en/2026-11# story:7 text:all/en# text:section/en/politics#");
}

static void test_section(void)
{
    StoryFacts before = facts();
    StoryFacts after = facts();
    after.version = 2;
    after.section = "culture";
    g_autofree char *found = words(&before, &after);
    g_assert_nonnull(
        strstr(found, "count:section-year/en/culture/2026 count:section-year/en/politics/2026"));
    g_assert_nonnull(strstr(
        found, "list:section-month/en/culture/2026-11# list:section-month/en/politics/2026-11#"));
    g_assert_nonnull(strstr(found, "text:section/en/culture# text:section/en/politics#"));
    g_assert_null(strstr(found, "count:month"));
    g_assert_null(strstr(found, "count:topic"));
    g_assert_null(strstr(found, "group:"));
}

static void test_topics(void)
{
    static const char *const fewer[] = {"rivers", NULL};
    StoryFacts before = facts();
    StoryFacts after = facts();
    after.version = 2;
    after.topics = fewer;
    EXPECT(
        &before, &after,
        "count:topic-year/en/maps/2026 count:topic-years/en/maps list:topic-month/en/maps/2026-11# "
        "list:topic/en/maps# story:7 text:all/en# text:section/en/politics#");
}

static void test_date(void)
{
    StoryFacts before = facts();
    StoryFacts after = facts();
    after.version = 2;
    after.published = PAST - 30 * CLOCK_DAY;
    after.day = 20261018;
    g_autoptr(GPtrArray) touches = story_touches(&before, &after, NOW);
    unsigned places = 0;
    for (unsigned i = 0; i < touches->len; i++) {
        const StoryTouch *touch = touches->pdata[i];
        if (strcmp(touch->input, "list:all/en") == 0) {
            g_assert_true(touch->published == PAST || touch->published == PAST - 30 * CLOCK_DAY);
            places++;
        }
    }
    g_assert_cmpuint(places, ==, 2);
    g_autofree char *found = words(&before, &after);
    g_assert_nonnull(strstr(found, "count:month/en/2026-10 count:month/en/2026-11"));
    g_assert_nonnull(strstr(found, "list:day/en/2026-10-18# list:day/en/2026-11-17#"));
    g_assert_nonnull(strstr(found, "sitemap:en/2026-10# sitemap:en/2026-11#"));
}

static void test_same_day(void)
{
    StoryFacts before = facts();
    StoryFacts after = facts();
    after.version = 2;
    after.published = PAST + 1;
    g_autofree char *found = words(&before, &after);
    g_assert_nonnull(strstr(found, "count:month/en/2026-11 "));
    g_assert_nonnull(strstr(found, "list:all/en# list:all/en#"));
    g_assert_null(strstr(found, "count:month/en/2026-11 count:month"));
}

static void test_later(void)
{
    StoryFacts after = facts();
    after.published = NOW + CLOCK_DAY;
    g_autoptr(GPtrArray) touches = story_touches(NULL, &after, NOW);
    g_assert_cmpuint(touches->len, >, 20);
    for (unsigned i = 0; i < touches->len; i++) {
        const StoryTouch *touch = touches->pdata[i];
        bool now = !touch->later && g_str_has_prefix(touch->input, "at:"); /* links to it end */
        g_assert_true(now || touch->later);
        g_assert_cmpint(touch->due, ==, now ? 0 : NOW + CLOCK_DAY);
    }
    StoryFacts before = facts();
    after.version = 2;
    g_autofree char *found = words(&before, &after); /* out now, to come back then */
    g_assert_nonnull(strstr(found, "list:all/en# list:all/en#+"));
    g_assert_nonnull(strstr(found, "story:7 story:7+"));
    g_assert_nonnull(strstr(found, "count:years/en count:years/en+"));
}

static void test_soon(void)
{
    StoryFacts after = facts();
    after.published = NOW + CLOCK_SECOND;
    g_autofree char *found = words(NULL, &after);
    g_assert_nonnull(strstr(found, "list:all/en# list:all/en#+"));
    g_assert_nonnull(strstr(found, "story:7 story:7+"));
}

static void test_scheduled_withdrawn(void)
{
    StoryFacts before = facts();
    StoryFacts after = facts();
    before.published = NOW + CLOCK_DAY;
    after.out = false;
    after.version = 2;
    EXPECT(&before, &after, "at:2026/11/17/a.html");
}

static void test_kinds(void)
{
    StoryFacts page = facts();
    page.kind = STORY_KIND_PAGE;
    EXPECT(NULL, &page, "card:7 group:3 list:pages/en# story:7");
    StoryFacts opinion = facts();
    opinion.kind = STORY_KIND_OPINION;
    g_autofree char *found = words(NULL, &opinion);
    g_assert_nonnull(strstr(found, "list:opinion/en#"));
    g_assert_nonnull(strstr(found, "list:section/en/politics#"));
    StoryFacts plain = facts();
    plain.version = 2;
    g_autofree char *back = words(&opinion, &plain);
    g_assert_nonnull(strstr(back, "list:opinion/en#"));
    g_assert_null(strstr(back, "count:"));
}

static void test_group(void)
{
    StoryFacts before = facts();
    StoryFacts after = facts();
    after.version = 2;
    after.group = 9;
    EXPECT(&before, &after, "group:3 group:9 story:7 text:all/en# text:section/en/politics#");
}

static void test_path(void)
{
    StoryFacts before = facts();
    StoryFacts after = facts();
    after.version = 2;
    after.path = "2026/11/17/b.html";
    g_autofree char *found = words(&before, &after);
    g_assert_nonnull(strstr(found, "card:7 group:3"));
    g_assert_nonnull(strstr(found, "list:all/en#"));
    g_assert_null(strstr(found, "count:"));
}

static void test_lists(void)
{
    static const char *const both[] = {"anna-li", NULL};
    StoryFacts story = facts();
    story.reporting = both; /* author and reporter: in the list once */
    g_autoptr(GPtrArray) keys = story_facts_lists(&story);
    g_assert_cmpuint(keys->len, ==, 5);
    g_assert_cmpstr(keys->pdata[0], ==, "all/en");
    g_assert_cmpstr(keys->pdata[4], ==, "author/en/anna-li");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/desk/touch/appear", test_appear);
    g_test_add_func("/desk/touch/nothing", test_nothing);
    g_test_add_func("/desk/touch/address", test_address);
    g_test_add_func("/desk/touch/body", test_body);
    g_test_add_func("/desk/touch/headline", test_headline);
    g_test_add_func("/desk/touch/section", test_section);
    g_test_add_func("/desk/touch/topics", test_topics);
    g_test_add_func("/desk/touch/date", test_date);
    g_test_add_func("/desk/touch/same-day", test_same_day);
    g_test_add_func("/desk/touch/later", test_later);
    g_test_add_func("/desk/touch/soon", test_soon);
    g_test_add_func("/desk/touch/scheduled-withdrawn", test_scheduled_withdrawn);
    g_test_add_func("/desk/touch/kinds", test_kinds);
    g_test_add_func("/desk/touch/group", test_group);
    g_test_add_func("/desk/touch/path", test_path);
    g_test_add_func("/desk/touch/lists", test_lists);
    return g_test_run();
}
