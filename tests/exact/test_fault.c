/*
 * The fault loop over publish and press (DESIGN 10.9): each call to the database or the disk fails
 * once, and again with every call after it failing too. After each: the current edition is whole,
 * what was reported saved is there, and the next run makes the same edition as a full press.
 *
 * KOLOKOL_FULL=1 fails every call (those of an edit both ways, those of a setting in turn); else
 * about SAMPLES of them, from an offset by KOLOKOL_SEED.
 */
#include "base/error.h"
#include "base/fault.h"
#include "desk/breaking.h"
#include "desk/front.h"
#include "desk/story_edit.h"
#include "exact/changes.h"
#include "exact/newsroom.h"
#include "fund/campaign.h"
#include "mail/newsletter.h"
#include "press/setting.h"
#include "press/tidy.h"

#include <string.h>

#define KINDS_MADE (FAULT_SQL | FAULT_FILE)
#define STORIES    14u
#define SAMPLES    60u

typedef struct {
    TestNewsroom *newsroom;
    Changes *changes;
    const DeskSite *site; /* read before each round: the fixture itself must not fail */
    int64_t story;
    unsigned round;
    bool saved; /* what this round was to save is reported saved */
} Loop;

static Store *store_of(const Loop *loop)
{
    return test_newsroom_store(loop->newsroom);
}

/* An ordinary edit: few pages. */
static bool edit(Loop *loop, GError **error)
{
    g_autofree char *title = g_strdup_printf("Edited %u", loop->round);
    g_autofree char *body = g_strdup_printf("Body %u\n\n![view](media:1)\n", loop->round);
    return story_save(store_of(loop), loop->site, loop->story, title, "", body, STORY_MARKDOWN,
                      "ed", loop->changes->now, NULL, error);
}

/* The frame: all pages. */
static bool describe(Loop *loop, GError **error)
{
    bool changed = false;
    g_autofree char *text = g_strdup_printf("Description %u", loop->round);
    return setting_set(store_of(loop), "description", text, &changed, error);
}

typedef bool (*Change)(Loop *loop, GError **error);

/* Everything that may fail in a round. */
static bool act(Loop *loop, Change change, GError **error)
{
    PressRun how = {.plain = loop->round % 2 == 0};
    PressReport report = {0};
    bool more = false;
    loop->saved = change(loop, error);
    return loop->saved && press_run(test_newsroom_press(loop->newsroom), &how, &report, error) &&
           press_tidy(test_newsroom_press(loop->newsroom), &more, error);
}

static void check_saved(const Loop *loop, Change change)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Story) story = story_read(store_of(loop), loop->story, &error);
    g_assert_no_error(error);
    g_autofree char *title = g_strdup_printf("Edited %u", loop->round);
    g_autofree char *text = g_strdup_printf("Description %u", loop->round);
    g_autofree char *description = setting_get(store_of(loop), "description", &error);
    g_assert_no_error(error);
    if (loop->saved && change == edit) {
        g_assert_cmpstr(story->headline, ==, title);
    } else if (loop->saved) {
        g_assert_cmpstr(description, ==, text);
    }
}

static void check_mended(Loop *loop, uint64_t nth, bool persistent, const char *reason)
{
    PressReport partly = test_newsroom_run(loop->newsroom, false);
    g_autoptr(GHashTable) before = test_newsroom_pages(loop->newsroom);
    PressReport whole = test_newsroom_run(loop->newsroom, true);
    test_newsroom_verify(loop->newsroom);
    if (partly.tally.failed == 0 && whole.tally.written == 0 &&
        hash_equal(&partly.root, &whole.root)) {
        return;
    }
    g_autoptr(GHashTable) after = test_newsroom_pages(loop->newsroom);
    test_newsroom_compare(before, after);
    g_error("after call %" G_GUINT64_FORMAT " failed %s (%s) a full press differs", nth,
            persistent ? "for good" : "once", reason);
}

static void fail_call(Loop *loop, Change change, uint64_t nth, bool persistent)
{
    g_autoptr(GError) error = NULL;
    loop->round++;
    loop->changes->now += CLOCK_MINUTE;
    loop->site = test_newsroom_site(loop->newsroom);
    fault_plan(KINDS_MADE, nth, persistent);
    bool done = act(loop, change, &error);
    fault_end();
    if (!done) {
        g_assert_nonnull(error);
        g_assert_null(strchr(error->message, '\n'));
    }
    test_newsroom_verify(loop->newsroom);
    check_saved(loop, change);
    check_mended(loop, nth, persistent, done ? "nobody noticed" : error->message);
}

static uint64_t count_calls(Loop *loop, Change change)
{
    g_autoptr(GError) error = NULL;
    loop->round++;
    loop->site = test_newsroom_site(loop->newsroom);
    fault_plan(KINDS_MADE, 0, false);
    act(loop, change, &error);
    g_assert_no_error(error);
    return fault_end();
}

static void run_loop(Loop *loop, const char *name, Change change)
{
    bool all = g_strcmp0(g_getenv("KOLOKOL_FULL"), "1") == 0;
    const char *given = g_getenv("KOLOKOL_SEED");
    uint64_t calls = count_calls(loop, change);
    uint64_t step = all ? 1 : calls / SAMPLES + 1;
    uint64_t first = given == NULL ? 0 : g_ascii_strtoull(given, NULL, 10);
    for (uint64_t nth = 1 + first % step; nth <= calls; nth += step) {
        fail_call(loop, change, nth, (nth / step) % 2 == 0);
        if (all && change == edit) {
            fail_call(loop, change, nth, (nth / step) % 2 != 0);
        }
    }
    g_test_message("%s: %" G_GUINT64_FORMAT " calls, every %" G_GUINT64_FORMAT ". failed", name,
                   calls, step);
}

/* A frame with all that it can have: a campaign with its form, a newsletter. */
static void dress_frame(Loop *loop)
{
    static const char campaign[] = "---\nname: winter\nlanguage: en\nheading: A message\n"
                                   "call: Give\n---\nDear readers, {{minimum_monthly}}.\n";
    static const char newsletter[] = "---\nname: weekly\nlanguage: en\nheading: Every week\n"
                                     "description: Six.\nfrom: The Bell <a@bell.example>\n"
                                     "schedule: \"\"\n---\n";
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(GError) error = NULL;
    bool changed = false;
    int64_t now = loop->changes->now;
    g_autoptr(Campaign) asks =
        campaign_parse(campaign, strlen(campaign), zone, now - CLOCK_DAY, &error);
    g_assert_no_error(error);
    campaign_set(store_of(loop), asks, now, &changed, &error);
    g_assert_no_error(error);
    g_autoptr(Newsletter) weekly = newsletter_parse(newsletter, strlen(newsletter), &error);
    g_assert_no_error(error);
    newsletter_set(store_of(loop), weekly, &changed, &error);
    g_assert_no_error(error);
}

/* A front with all that it can have: a held slot, a breaking line with a link, a photo. */
static void dress(Loop *loop)
{
    g_autoptr(GError) error = NULL;
    Store *store = store_of(loop);
    loop->story = g_array_index(loop->changes->stories, int64_t, 0);
    for (guint i = 0; i < loop->changes->stories->len; i++) {
        g_autoptr(Story) story =
            story_read(store, g_array_index(loop->changes->stories, int64_t, i), NULL);
        if (story->kind == STORY_KIND_STORY && strcmp(story->language, "en") == 0 &&
            story_visible(story, loop->changes->now)) {
            loop->story = story->id;
        }
    }
    front_set_story(store, "en", 1, loop->story, INT64_MAX, &error);
    g_assert_no_error(error);
    breaking_set(store, "en", "Breaking", loop->story, INT64_MAX, loop->changes->now, &error);
    g_assert_no_error(error);
    story_set_photo(store, test_newsroom_site(loop->newsroom), loop->story, 1, "", "", "",
                    loop->changes->now, &error);
    g_assert_no_error(error);
}

static void test_faults(void)
{
    g_autoptr(TestNewsroom) newsroom = test_newsroom_new(NULL, "en,ru");
    Loop loop = {.newsroom = newsroom, .changes = changes_begin(newsroom, 3)};
    changes_fill(loop.changes, STORIES);
    dress(&loop);
    dress_frame(&loop);
    test_newsroom_run(newsroom, false);
    run_loop(&loop, "an edit", edit);
    run_loop(&loop, "a setting", describe);
    changes_end(loop.changes);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fault/press", test_faults);
    return g_test_run();
}
