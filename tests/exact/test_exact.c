/*
 * Exactness of the real paper (DESIGN 5): whatever happens to a newsroom, pressing what changed
 * gives the same root as pressing everything, writes nothing more, and the same on both engines;
 * and a press that knows nothing of what was before gives that root too. A failure prints the seed,
 * the step and the pages that differ.
 *
 * KOLOKOL_SEED sets the seed, KOLOKOL_STEPS the number of steps, KOLOKOL_FULL=1 makes 400.
 */
#include "doubles/stores.h"
#include "exact/changes.h"
#include "exact/newsroom.h"

#include <string.h>

#define SEED    UINT64_C(20261123)
#define STORIES 90
#define FORGET  10 /* every so many steps a press from nothing */
#define AS_OF   15 /* every so many steps a press as of an earlier time, and back */
#define SKIPPED 4  /* every so many steps no press */
#define NEWS    3  /* every so many steps a press of the first wave before that of all */
#define SECOND  5  /* on the engine that comes second, every so many steps a full press */
#define LEFT    7  /* every so many steps words are not read before the press */
#define RELATED 6  /* every so many steps related stories are compared with those computed anew */
#define GROWS   20 /* at this step the archive grows so that its words are counted again */
#define FORGETS 10 /* at this step a story is taken down */
#define STEPS   60
#define ALL     400

static uint64_t number_of(const char *name, uint64_t otherwise)
{
    const char *text = g_getenv(name);
    return text == NULL ? otherwise : g_ascii_strtoull(text, NULL, 10);
}

static unsigned steps_of(void)
{
    return (unsigned)number_of("KOLOKOL_STEPS",
                               g_strcmp0(g_getenv("KOLOKOL_FULL"), "1") == 0 ? ALL : STEPS);
}

/* The roots of the engine that came first, by step. A root that is the same on the second is the
 * full press's there too, so that engine needs fewer of those. */
static GArray *roots;
static bool second;

static void compare_engines(unsigned step, const Hash *root, const Changes *changes)
{
    if (!second) {
        g_array_set_size(roots, step + 1);
        g_array_index(roots, Hash, step) = *root;
    } else if (!hash_equal(&g_array_index(roots, Hash, step), root)) {
        g_error("step %u (%s): the two engines have different roots", step, changes->done);
    }
}

static void fail_step(TestNewsroom *newsroom, const Changes *changes, unsigned step,
                      const char *what, GHashTable *before)
{
    g_autoptr(GHashTable) after = test_newsroom_pages(newsroom);
    g_test_message("step %u: %s: %s", step, changes->done, what);
    test_newsroom_compare(before, after);
    g_error("step %u: %s: %s (the messages above name the pages)", step, changes->done, what);
}

static void print_failures(TestNewsroom *newsroom, const Changes *changes, unsigned step)
{
    g_autoptr(GPtrArray) lines = test_newsroom_failures(newsroom);
    for (guint i = 0; i < lines->len; i++) {
        g_test_message("not rendered: %s", (const char *)lines->pdata[i]);
    }
    g_error("step %u: %s: %u pages could not be rendered", step, changes->done, lines->len);
}

/* Pages of each kind that full presses have made. */
static unsigned made[PRESS_KINDS_MAX];

static void count_kinds(const PressReport *report)
{
    for (size_t i = 0; i < PRESS_KINDS_MAX; i++) {
        made[i] += report->kinds[i].pages;
    }
}

/* Of a kind without a page nothing would have been shown. Some come with the changes only. */
static void check_kinds(TestNewsroom *newsroom)
{
    const PressKind *const *kinds = press_kinds(test_newsroom_press(newsroom));
    unsigned missing = 0;
    for (size_t i = 0; kinds[i] != NULL; i++) {
        if (made[i] == 0) {
            g_test_message("no page of the kind \"%s\"", kinds[i]->name);
            missing++;
        }
    }
    g_assert_cmpuint(missing, ==, 0);
}

static void check_full(TestNewsroom *newsroom, const Changes *changes, unsigned step,
                       const PressReport *report)
{
    g_autoptr(GHashTable) before = test_newsroom_pages(newsroom);
    PressReport whole = test_newsroom_run(newsroom, true);
    count_kinds(&whole);
    if (whole.tally.failed > 0) {
        print_failures(newsroom, changes, step);
    }
    if (whole.tally.written > 0 || whole.tally.removed > 0 ||
        !hash_equal(&whole.root, &report->root)) {
        fail_step(newsroom, changes, step, "a full press differs", before);
    }
}

/* In two processes, to hear of differences between those too. */
static void check_forgotten(TestNewsroom *newsroom, const Changes *changes, unsigned step,
                            const PressReport *report)
{
    g_autoptr(GHashTable) before = test_newsroom_pages(newsroom);
    test_newsroom_forget(newsroom);
    test_newsroom_close(newsroom);
    test_newsroom_open(newsroom, 2);
    PressReport fresh = test_newsroom_run(newsroom, true);
    test_newsroom_close(newsroom);
    test_newsroom_open(newsroom, 1);
    if (!hash_equal(&fresh.root, &report->root)) {
        fail_step(newsroom, changes, step, "a press from nothing differs", before);
    }
}

static void check_as_of(TestNewsroom *newsroom, const Changes *changes, unsigned step,
                        const PressReport *report)
{
    g_autoptr(GHashTable) before = test_newsroom_pages(newsroom);
    g_autoptr(GError) error = NULL;
    PressRun how = {.full = true, .plain = true, .as_of = changes->now - 20 * CLOCK_DAY};
    PressReport earlier = {0};
    press_run(test_newsroom_press(newsroom), &how, &earlier, &error);
    g_assert_no_error(error);
    PressReport again = test_newsroom_run(newsroom, false);
    if (!hash_equal(&again.root, &report->root)) {
        fail_step(newsroom, changes, step, "a press as of earlier times and back differs", before);
    }
}

/* The first wave alone, as a worker makes it while more is to come. */
static void press_news(TestNewsroom *newsroom)
{
    g_autoptr(GError) error = NULL;
    PressRun how = {.plain = true, .last_wave = PRESS_WAVE_NEWS};
    PressReport report = {0};
    press_run(test_newsroom_press(newsroom), &how, &report, &error);
    g_assert_no_error(error);
}

static void take_step(TestNewsroom *newsroom, Changes *changes, unsigned step)
{
    if (step == GROWS) {
        changes_fill(changes, STORIES / 5);
    } else if (step == FORGETS) {
        changes_forget(changes); /* chance alone may leave GONE empty */
    } else if (step > 0) {
        changes_step(changes);
    }
    if (g_getenv("KOLOKOL_TRACE") != NULL) {
        g_test_message("step %u: %s", step, changes->done);
    }
    if (step % SKIPPED == SKIPPED - 1) {
        return; /* two changes meet in one press */
    }
    if (step % NEWS == NEWS - 1) {
        press_news(newsroom);
    }
    if (step % LEFT != LEFT - 1) {
        test_newsroom_relate(newsroom);
    }
    if (step % RELATED == RELATED - 1) {
        g_assert_cmpuint(test_newsroom_check_related(newsroom), >, 0);
    }
    PressReport report = test_newsroom_run(newsroom, false);
    if (report.tally.failed > 0) {
        print_failures(newsroom, changes, step);
    }
    compare_engines(step, &report.root, changes);
    if (!second || step % SECOND == SECOND - 1) {
        check_full(newsroom, changes, step, &report);
    }
    if (step % FORGET == FORGET - 1) {
        check_forgotten(newsroom, changes, step, &report);
    }
    if (step % AS_OF == AS_OF - 1) {
        check_as_of(newsroom, changes, step, &report);
    }
}

static void test_exact(Store *store, const char *url)
{
    uint64_t seed = number_of("KOLOKOL_SEED", SEED);
    g_test_message("KOLOKOL_SEED=%" G_GUINT64_FORMAT, seed);
    g_autoptr(TestNewsroom) newsroom = test_newsroom_new(url, "en,ru");
    Changes *changes = changes_begin(newsroom, seed);
    changes_fill(changes, STORIES);
    for (unsigned step = 0; step <= steps_of(); step++) {
        take_step(newsroom, changes, step);
    }
    PressReport last = test_newsroom_run(newsroom, false);
    check_full(newsroom, changes, steps_of(), &last);
    test_newsroom_verify(newsroom);
    if (steps_of() >= STEPS) {
        check_kinds(newsroom);
    }
    g_test_message("%u changes were refused", changes->refused);
    changes_end(changes);
    second = true;
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    roots = g_array_new(FALSE, FALSE, sizeof(Hash));
    stores_test_add("/exact/paper", test_exact);
    int status = g_test_run();
    g_array_unref(roots);
    return status;
}
