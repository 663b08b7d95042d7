/* What was taken out of a story stays out: the floor, and what is given back of words below it. */
#include "desk/floor.h"

#include "base/error.h"
#include "desk/live.h"
#include "desk/revision.h"
#include "desk/takedown.h"
#include "desk/withhold.h"
#include "desk/working.h"
#include "fixture.h"

#include <string.h>

#define NAME "Anna Petrova"

static void withhold_of(Store *store, const char *name, const char *instead)
{
    const char *const spellings[] = {name, NULL};
    bool more = true;
    Withhold order = {
        .spellings = spellings, .instead = instead, .reason = "", .person = "Chief", .once = NULL};
    assert_ok(withhold_name(store, fixture_site(), &order, fixture_now(), error));
    while (more) {
        assert_ok(withhold_step(store, fixture_site(), fixture_now(), &more, NULL, error));
    }
}

static void withhold(Store *store, const char *instead)
{
    withhold_of(store, NAME, instead);
}

static int64_t floor_of(Store *store, int64_t id)
{
    int64_t floor = -1;
    assert_ok(floor_read(store, id, &floor, error));
    return floor;
}

/* Only of a story that had the name, and again with each. */
static void test_floor(Store *store, const char *url)
{
    int64_t id = fixture_put(store, "title", "Quiet", "body", NAME " talked.", NULL);
    int64_t other = fixture_put(store, "title", "Other", "body", "Nobody talked.", NULL);
    g_assert_cmpint(floor_of(store, id), ==, 0);
    g_assert_cmpint(floor_of(store, 99), ==, 0);
    assert_ok(floor_check(store, id, 0, error));
    withhold(store, "");
    g_assert_cmpint(floor_of(store, id), ==, 2);
    g_assert_cmpint(floor_of(store, other), ==, 0);
    g_assert_true(floor_moved(store, id, 0) && floor_moved(store, id, 1));
    g_assert_false(floor_moved(store, id, 2) || floor_moved(store, other, 0));
    assert_fails(floor_check(store, id, 1, error), KOLOKOL_ERROR_CONFLICT, "withheld since");
    assert_ok(story_takedown(store, fixture_site(), other, &(Takedown){"", "", NULL}, fixture_now(),
                             error));
    g_assert_true(floor_moved(store, other, 0));
}

/* A working copy that was several revisions behind loses the name and is saved, merged. */
static void test_behind(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "Quiet", "status", "draft", "body",
                             NAME " talked.\n\nSecond.\n\nThird.\n", NULL);
    g_auto(WorkingSaved) saved = {0};
    WorkingText mine = {.story = id,
                        .person = 7,
                        .base = 1,
                        .name = "Rita",
                        .title = "Quiet",
                        .lead = "",
                        .body = NAME " talked.\n\nSecond.\n\nThird, by me.\n",
                        .rest = ""};
    WorkingText theirs = mine;
    theirs.person = 8;
    theirs.body = NAME " talked.\n\nSecond, by her.\n\nThird.\n";
    assert_ok(working_keep(store, &mine, 0, now, NULL, error));
    assert_ok(working_save(store, fixture_site(), &theirs, 1, now, &saved, error));
    withhold(store, "");
    g_autoptr(Working) kept = working_read(store, id, 7, NULL);
    g_assert_cmpint(kept->base, ==, 1);
    g_assert_cmpint(kept->floor, ==, 3);
    assert_fails(working_save(store, fixture_site(), &mine, 1, now, &saved, error),
                 KOLOKOL_ERROR_CONFLICT, "withheld since");
    mine.floor = kept->floor;
    mine.body = kept->body;
    assert_ok(working_save(store, fixture_site(), &mine, 1, now, &saved, error));
    g_assert_cmpint(saved.outcome, ==, WORKING_MERGED);
    g_autoptr(Revision) last = revision_read(store, id, saved.revision, NULL);
    g_assert_cmpstr(last->body, ==,
                    "an author whose name is withheld talked.\n\nSecond, by her.\n\nThird, by "
                    "me.\n");
}

/* It rises with each, also where the text stays: B is withheld where the form knows of A. */
static void test_twice(Store *store, const char *url)
{
    int64_t now = fixture_now(), entry = 0;
    int64_t id = fixture_put(store, "title", "Live", "kind", "live", "body", NAME " talked.",
                             "caption", "Olga Orlova", NULL);
    assert_ok(live_add(store, fixture_site(), id, now, "", "Vera Lind here.", STORY_MARKDOWN, now,
                       &entry, error));
    withhold(store, "");
    int64_t first = floor_of(store, id);
    withhold_of(store, "Vera Lind", "");
    int64_t second = floor_of(store, id);
    g_assert_cmpint(second, >, first);
    g_assert_true(floor_moved(store, id, first));
    WorkingText mine = {.story = id,
                        .person = 7,
                        .base = 2,
                        .floor = first,
                        .name = "Rita",
                        .title = "Live",
                        .lead = "",
                        .body = "Vera Lind talked.",
                        .rest = ""};
    assert_fails(working_keep(store, &mine, 0, now, NULL, error), KOLOKOL_ERROR_CONFLICT,
                 "withheld since");
    withhold_of(store, "Olga Orlova", "");
    int64_t third = floor_of(store, id);
    g_assert_cmpint(third, >, second);
    assert_ok(story_takedown(store, fixture_site(), id, &(Takedown){"", "", NULL}, now, error));
    g_assert_cmpint(floor_of(store, id), >, third);
}

/* What was seen of an entry is another one after it. */
static void test_entry(Store *store, const char *url)
{
    int64_t now = fixture_now(), entry = 0;
    int64_t id = fixture_put(store, "title", "Live", "kind", "live", "body", "Text.", NULL);
    assert_ok(live_add(store, fixture_site(), id, now, "", NAME " here.", STORY_MARKDOWN, now,
                       &entry, error));
    withhold(store, "");
    assert_fails(live_change(store, fixture_site(), entry,
                             &(LiveChange){.seen = 1, .headline = "", .body = NAME " here!"}, now,
                             error),
                 KOLOKOL_ERROR_CONFLICT, "somebody else");
}

static void assert_mended(Store *store, const char *text, const char *clean, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *mended = floor_mend(store, "en", text, clean, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(mended, ==, expected);
}

/* By the order as long as it is open, and by what stands in the name's place. */
static void test_mend(Store *store, const char *url)
{
    static const char clean[] = "It was told.\n\nWhen we came, an author whose name is withheld, "
                                "spoke first of all about it.\n";
    static const char mine[] =
        "It was told. " NAME " knew.\n\nWhen we came, " NAME ", spoke first of all about it.\n";
    assert_mended(store, "Plain.", "Plain.", "Plain.");
    assert_mended(store, "She: " NAME ".", "Nothing alike.", "She: " NAME ".");
    assert_mended(store, mine, clean,
                  "It was told. an author whose name is withheld knew.\n\nWhen we came, an author "
                  "whose name is withheld, spoke first of all about it.\n");
    withhold(store, "a woman");
    assert_mended(store, "She: " NAME ".", "Nothing alike.",
                  "She: an author whose name is withheld.");
    assert_mended(store, "Then Vera Lind, who was there, left.",
                  "Then a woman, who was there, left.",
                  "Then an author whose name is withheld, who was there, left.");
}

/* Words of an order that are signs only name nobody: what stands where a sign stood is kept. */
static void test_signs(Store *store, const char *url)
{
    withhold(store, "***");
    assert_mended(store, "We came, and yesterday we saw.", "We came, and *** we saw.",
                  "We came, and yesterday we saw.");
    assert_mended(store, "We came; yesterday we saw.", "We came: - we saw.",
                  "We came; yesterday we saw.");
    assert_mended(store, "Then " NAME " left.", "Then *** left.",
                  "Then an author whose name is withheld left.");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/floor/floor", test_floor);
    stores_test_add("/desk/floor/behind", test_behind);
    stores_test_add("/desk/floor/twice", test_twice);
    stores_test_add("/desk/floor/entry", test_entry);
    stores_test_add("/desk/floor/mend", test_mend);
    stores_test_add("/desk/floor/signs", test_signs);
    return g_test_run();
}
