/*
 * Flatness (DESIGN 5): publishing one story costs the same in a small archive and in a large one.
 * Two newsrooms have the same last 60 days and the same span of years, so that their lists of
 * months and years are equally long; what differs is only how many stories stand in the years
 * before. Both have a newsletter, files of search and stories that are related to a few others.
 * Counted are pages, nodes, bytes, statements, rows and the steps of SQLite's machine
 * (which tell of rows passed over); no time is measured.
 *
 * KOLOKOL_FULL=1 compares 1,000 with 100,000 stories instead of 20,000.
 */
#include "base/clock.h"
#include "desk/import.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "exact/newsroom.h"
#include "mail/newsletter.h"

#include <string.h>

#define SMALL      1000u
#define LARGE      20000u
#define LARGEST    100000u
#define NOW        (INT64_C(1795435200) * CLOCK_SECOND) /* 2026-11-23 12:00 UTC */
#define RECENT     600u                                 /* stories of the last days in both */
#define RECENT_DAY 10u
#define OLD_DAYS   995u /* before those, to the first days of January 2024 */
#define CLUSTER    8u   /* stories that have words of their own in common, and so are related */
#define BATCH      500u
#define WAVES_MOST 80u /* files of all waves (DESIGN 7) */
/* Bytes: numbers on archive pages ("12" and "1200 stories") and paths of objects. */
#define BYTES_MORE 300u
#define STEPS_PART 50u /* 2 %: a search in a larger index may take another path */

static int64_t test_clock(void *data)
{
    return *(int64_t *)data;
}

typedef struct {
    PressReport report;
    StoreCounts desk, press;
} Cost;

/* The i-th story, from the newest: first RECENT_DAY a day, then spread over OLD_DAYS. */
static int64_t date_of(unsigned i, unsigned stories)
{
    int64_t recent_days = RECENT / RECENT_DAY;
    if (i < RECENT) {
        return NOW - CLOCK_HOUR - i / RECENT_DAY * CLOCK_DAY - (i % RECENT_DAY) * CLOCK_HOUR;
    }
    int64_t span = OLD_DAYS * CLOCK_DAY;
    return NOW - recent_days * CLOCK_DAY -
           span / (int64_t)(stories - RECENT) * (int64_t)(i - RECENT) - CLOCK_HOUR;
}

static void set(StoryInput *input, const char *key, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void set(StoryInput *input, const char *key, const char *format, ...)
{
    g_autoptr(GError) error = NULL;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *value = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    story_input_set(input, key, value, strlen(value), &error);
    g_assert_no_error(error);
}

/* `i` counts from the newest, so that the newest stories of both archives are the same. */
static StoryInput *story_of(unsigned i, unsigned stories)
{
    StoryInput *input = story_input_new();
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(date_of(i, stories) / CLOCK_SECOND);
    g_autofree char *text = g_date_time_format(date, "%Y-%m-%dT%H:%M:%SZ");
    set(input, "id", "n%06u", i);
    set(input, "title", "The ferry number %06u", i);
    set(input, "language", "en");
    set(input, "date", "%s", text);
    set(input, "section", "Section %u", i % 5);
    set(input, "topics", "Topic %u", i % 6);
    set(input, "authors", "Author %c", 'A' + (int)(i % 4));
    set(input, "lead", "What is known so far.");
    set(input, "body",
        "The ferry number %06u left the *harbour* and came back to quay%u.\n\n"
        "Rain%u fell on captain%u.\n",
        i, i / CLUSTER, i / CLUSTER % 4000, i / CLUSTER);
    return input;
}

/* One that has sent no issue yet: its latest page is a sample of the newest stories, so that each
 * publish presses it, in an archive of any size. */
static void add_newsletter(TestNewsroom *newsroom)
{
    Newsletter newsletter = {.name = (char *)(uintptr_t) "weekly",
                             .language = (char *)(uintptr_t) "en",
                             .heading = (char *)(uintptr_t) "The week",
                             .description = (char *)(uintptr_t) "On Fridays.",
                             .schedule = (char *)(uintptr_t) "",
                             .from = (char *)(uintptr_t) "",
                             .sending = (char *)(uintptr_t) ""};
    g_autoptr(GError) error = NULL;
    bool changed = false;
    newsletter_set(test_newsroom_store(newsroom), &newsletter, &changed, &error);
    g_assert_no_error(error);
    g_assert_true(changed);
}

/* Oldest first, as an archive grows. */
static void import(TestNewsroom *newsroom, unsigned stories)
{
    g_autoptr(DeskImport) row = desk_import_new(
        test_newsroom_store(newsroom), test_newsroom_site(newsroom), STORY_PUT_PUBLISH, NOW);
    for (unsigned done = 0; done < stories; done += BATCH) {
        unsigned count = MIN(BATCH, stories - done);
        StoryInput *inputs[BATCH];
        StoryPut puts[BATCH] = {0};
        GError *errors[BATCH] = {NULL}, *error = NULL;
        for (unsigned i = 0; i < count; i++) {
            inputs[i] = story_of(stories - 1 - done - i, stories);
        }
        desk_import_run(row, (const StoryInput *const *)inputs, count, puts, errors, &error);
        g_assert_no_error(error);
        for (unsigned i = 0; i < count; i++) {
            g_assert_no_error(errors[i]);
            story_put_clear(&puts[i]);
            story_input_free(inputs[i]);
        }
    }
}

static StoreCounts since(StoreCounts before, StoreCounts now)
{
    return (StoreCounts){.statements = now.statements - before.statements,
                         .rows = now.rows - before.rows,
                         .writes = now.writes - before.writes,
                         .steps = now.steps - before.steps};
}

static void add_report(PressReport *sum, const PressReport *more)
{
    sum->tally.rendered += more->tally.rendered;
    sum->tally.written += more->tally.written;
    sum->tally.bytes += more->tally.bytes;
    sum->nodes += more->nodes;
    sum->editions += more->editions;
}

/* Presses after a change that began at `before`; then the slow lane works out what is related, and
 * the pages that show it are pressed. */
static Cost cost_of(TestNewsroom *newsroom, StoreCounts before)
{
    Cost cost = {0};
    Store *store = test_newsroom_store(newsroom);
    StoreCounts between = store_counts(store);
    cost.desk = since(before, between);
    cost.report = test_newsroom_run(newsroom, false);
    test_newsroom_relate(newsroom);
    PressReport after = test_newsroom_run(newsroom, false);
    add_report(&cost.report, &after);
    bool pending = true;
    g_assert_true(press_pending(test_newsroom_press(newsroom), 0, &pending, NULL));
    g_assert_false(pending);
    cost.press = since(between, store_counts(store));
    return cost;
}

static Cost publish(TestNewsroom *newsroom)
{
    g_autoptr(StoryInput) input = story_input_new();
    g_autoptr(GError) error = NULL;
    g_auto(StoryPut) put = {0};
    set(input, "id", "new");
    set(input, "title", "The bridge is open");
    set(input, "language", "en");
    set(input, "section", "Section 1");
    set(input, "topics", "Topic 1");
    set(input, "topics", "Topic 2");
    set(input, "authors", "Author A");
    set(input, "body", "Cars cross it at quay2, quay3 and quay9. Rain2 fell on captain3.\n");
    StoreCounts before = store_counts(test_newsroom_store(newsroom));
    story_put(test_newsroom_store(newsroom), test_newsroom_site(newsroom), input, STORY_PUT_PUBLISH,
              NOW + CLOCK_MINUTE, &put, &error);
    g_assert_no_error(error);
    return cost_of(newsroom, before);
}

static int64_t id_of(TestNewsroom *newsroom, const char *external)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Story) story = story_by_external(test_newsroom_store(newsroom), external, &error);
    g_assert_no_error(error);
    return story->id;
}

static Cost edit(TestNewsroom *newsroom, const char *external, const char *title)
{
    g_autoptr(GError) error = NULL;
    int64_t id = id_of(newsroom, external);
    StoreCounts before = store_counts(test_newsroom_store(newsroom));
    story_save(test_newsroom_store(newsroom), test_newsroom_site(newsroom), id, title, "",
               "Another body.\n", STORY_MARKDOWN, "ed", NOW + 2 * CLOCK_MINUTE, NULL, &error);
    g_assert_no_error(error);
    return cost_of(newsroom, before);
}

static Cost withdraw(TestNewsroom *newsroom, const char *external)
{
    g_autoptr(GError) error = NULL;
    int64_t id = id_of(newsroom, external);
    StoreCounts before = store_counts(test_newsroom_store(newsroom));
    story_withdraw(test_newsroom_store(newsroom), test_newsroom_site(newsroom), id,
                   NOW + 3 * CLOCK_MINUTE, &error);
    g_assert_no_error(error);
    return cost_of(newsroom, before);
}

#define KINDS 5

static const char *const names[KINDS] = {"publish", "edit the body", "edit the title",
                                         "edit an older title", "withdraw"};

/* An archive of so many stories and what each change costs in it. */
static void measure(unsigned stories, Cost costs[KINDS])
{
    int64_t now = NOW;
    clock_replace(test_clock, &now);
    g_autoptr(TestNewsroom) newsroom = test_newsroom_new(NULL, "en");
    add_newsletter(newsroom);
    import(newsroom, stories);
    test_newsroom_close(newsroom);
    test_newsroom_open(newsroom, 2);
    test_newsroom_relate(newsroom);
    PressReport all = test_newsroom_run(newsroom, false);
    g_test_message("%u stories: %u pages", stories, all.tally.written);
    test_newsroom_close(newsroom);
    test_newsroom_open(newsroom, 1);
    now += CLOCK_MINUTE;
    test_newsroom_run(newsroom, false); /* what a first run after opening does */
    costs[0] = publish(newsroom);
    costs[1] = edit(newsroom, "n000003", "The ferry number 000003");
    costs[2] = edit(newsroom, "n000004", "Another headline");
    costs[3] = edit(newsroom, "n000450", "A headline of weeks ago");
    costs[4] = withdraw(newsroom, "n000005");
    clock_replace(NULL, NULL);
}

static void print(const char *name, unsigned stories, const Cost *cost)
{
    g_test_message("%s at %u: rendered %u, written %u, nodes %u, bytes %" G_GUINT64_FORMAT
                   ", editions %u; press: %" G_GUINT64_FORMAT " statements, %" G_GUINT64_FORMAT
                   " rows, %" G_GUINT64_FORMAT " writes, %" G_GUINT64_FORMAT
                   " steps; desk: %" G_GUINT64_FORMAT " statements, %" G_GUINT64_FORMAT
                   " rows, %" G_GUINT64_FORMAT " writes, %" G_GUINT64_FORMAT " steps",
                   name, stories, cost->report.tally.rendered, cost->report.tally.written,
                   cost->report.nodes, cost->report.tally.bytes, cost->report.editions,
                   cost->press.statements, cost->press.rows, cost->press.writes, cost->press.steps,
                   cost->desk.statements, cost->desk.rows, cost->desk.writes, cost->desk.steps);
}

static void test_flat(void)
{
    bool full = g_strcmp0(g_getenv("KOLOKOL_FULL"), "1") == 0;
    unsigned large = full ? LARGEST : LARGE;
    Cost at_small[KINDS], at_large[KINDS];
    measure(SMALL, at_small);
    measure(large, at_large);
    for (unsigned i = 0; i < KINDS; i++) {
        print(names[i], SMALL, &at_small[i]);
        print(names[i], large, &at_large[i]);
    }
    for (unsigned i = 0; i < KINDS; i++) {
        const Cost *a = &at_small[i], *b = &at_large[i];
        g_test_message("comparing: %s", names[i]);
        g_assert_cmpuint(a->report.tally.written, >, 0);
        g_assert_cmpuint(b->report.tally.rendered, <=, a->report.tally.rendered);
        g_assert_cmpuint(b->report.tally.written, <=, a->report.tally.written);
        g_assert_cmpuint(b->report.nodes, <=, a->report.nodes);
        g_assert_cmpuint(b->report.editions, <=, a->report.editions);
        g_assert_cmpuint(b->report.tally.bytes, <=, a->report.tally.bytes + BYTES_MORE);
        g_assert_cmpuint(b->press.statements, <=, a->press.statements);
        g_assert_cmpuint(b->press.rows, <=, a->press.rows);
        g_assert_cmpuint(b->press.writes, <=, a->press.writes);
        g_assert_cmpuint(b->press.steps, <=, a->press.steps + a->press.steps / STEPS_PART);
        g_assert_cmpuint(b->desk.steps, <=, a->desk.steps + a->desk.steps / STEPS_PART);
        g_assert_cmpuint(b->desk.statements, <=, a->desk.statements);
        g_assert_cmpuint(b->desk.rows, <=, a->desk.rows);
        g_assert_cmpuint(b->desk.writes, <=, a->desk.writes);
        g_assert_cmpuint(b->report.tally.written + b->report.nodes, <=, WAVES_MOST);
    }
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/flat/one-story", test_flat);
    return g_test_run();
}
