/* Totals by hour: only whole steps leave, nothing is counted twice, strange rooms are refused. */
#include "base/tally.h"

#include "base/clock.h"
#include "base/error.h"

#include <string.h>

#define NOON (INT64_C(495000) * CLOCK_HOUR)

typedef struct {
    int64_t total, last_hour;
    unsigned taken;
    char source[TALLY_SOURCE], names[100];
} Seen;

static bool see(const TallyCount *count, void *data, GError **error)
{
    Seen *seen = data;
    seen->total += count->count;
    seen->last_hour = MAX(seen->last_hour, count->hour);
    seen->taken++;
    g_strlcpy(seen->source, count->source, sizeof seen->source);
    g_strlcat(seen->names, count->name, sizeof seen->names);
    g_strlcat(seen->names, " ", sizeof seen->names);
    return true;
}

static Seen read_room(const void *room, int64_t now)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new(room, tally_room());
    Seen seen = {0};
    g_assert_true(tally_read(bytes, now, see, &seen, &error));
    g_assert_no_error(error);
    return seen;
}

static void count_times(Tally *tally, int cell, unsigned times)
{
    for (unsigned i = 0; i < times; i++) {
        tally_count(tally, cell);
    }
}

static void test_steps(void)
{
    g_autofree void *room = g_malloc0(tally_room());
    g_autoptr(Tally) tally = tally_new(room);
    int front = tally_cell(tally, "en/front"), story = tally_cell(tally, "en/story");
    g_assert_cmpint(front, !=, story);
    g_assert_cmpint(tally_cell(tally, "en/front"), ==, front);
    count_times(tally, front, TALLY_STEP - 1);
    count_times(tally, story, 2 * TALLY_STEP + 1);
    tally_publish(tally, NOON);
    Seen seen = read_room(room, NOON);
    g_assert_cmpint(seen.total, ==, 2 * TALLY_STEP);
    g_assert_cmpstr(seen.names, ==, "en/story ");
    g_assert_cmpint(seen.last_hour, ==, NOON);
    /* What waited joins what comes in the next hour. */
    tally_count(tally, front);
    tally_publish(tally, NOON + CLOCK_HOUR);
    tally_publish(tally, NOON + CLOCK_HOUR);
    seen = read_room(room, NOON + CLOCK_HOUR);
    g_assert_cmpint(seen.total, ==, 3 * TALLY_STEP);
    g_assert_cmpint(seen.last_hour, ==, NOON + CLOCK_HOUR);
}

/* The next process goes on in the same room, under the same source. */
static void test_again(void)
{
    g_autofree void *room = g_malloc0(tally_room());
    Tally *first = tally_new(room);
    count_times(first, tally_cell(first, "en/feed"), TALLY_STEP);
    tally_publish(first, NOON);
    tally_free(first);
    Seen before = read_room(room, NOON);
    g_autoptr(Tally) second = tally_new(room);
    count_times(second, tally_cell(second, "en/feed"), TALLY_STEP);
    tally_publish(second, NOON);
    Seen after = read_room(room, NOON);
    g_assert_cmpstr(before.source, ==, after.source);
    g_assert_cmpuint(after.taken, ==, 1);
    g_assert_cmpint(after.total, ==, 2 * TALLY_STEP);
}

static void test_hours_go(void)
{
    g_autofree void *room = g_malloc0(tally_room());
    g_autoptr(Tally) tally = tally_new(room);
    int cell = tally_cell(tally, "ru/story");
    for (unsigned hour = 0; hour < TALLY_HOURS + 10; hour++) {
        count_times(tally, cell, TALLY_STEP);
        tally_publish(tally, NOON + hour * CLOCK_HOUR);
    }
    Seen seen = read_room(room, NOON + (TALLY_HOURS + 10) * CLOCK_HOUR);
    g_assert_cmpuint(seen.taken, ==, TALLY_HOURS);
    g_assert_cmpint(seen.total, ==, TALLY_HOURS * TALLY_STEP);
}

static void test_cells_end(void)
{
    g_autofree void *room = g_malloc0(tally_room());
    g_autoptr(Tally) tally = tally_new(room);
    for (unsigned i = 0; i < TALLY_CELLS; i++) {
        g_autofree char *name = g_strdup_printf("x%u/story", i);
        g_assert_cmpint(tally_cell(tally, name), ==, (int)i);
    }
    g_assert_cmpint(tally_cell(tally, "one/more"), ==, -1);
    g_assert_cmpint(tally_cell(tally, "x3/story"), ==, 3);
    g_assert_cmpint(tally_cell(tally, ""), ==, -1);
    g_assert_cmpint(tally_cell(tally, "with blank"), ==, -1);
    g_assert_cmpint(tally_cell(tally, "much-longer-than-a-name-may-be"), ==, -1);
    tally_count(tally, -1);
    tally_count(tally, TALLY_CELLS);
    g_autoptr(Tally) alone = tally_new(NULL);
    g_assert_cmpint(tally_cell(alone, "en/story"), ==, -1);
    tally_publish(alone, NOON);
}

static bool refused(const void *bytes, size_t length, int64_t now)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) room = g_bytes_new(bytes, length);
    Seen seen = {0};
    bool done = tally_read(room, now, see, &seen, &error);
    g_assert_true(done || g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID));
    return !done;
}

static void test_strange(void)
{
    g_autofree char *room = g_malloc0(tally_room());
    g_assert_false(refused(room, tally_room(), NOON)); /* nobody has counted */
    g_assert_true(refused(room, 7, NOON));
    g_autoptr(Tally) tally = tally_new(room);
    count_times(tally, tally_cell(tally, "en/story"), TALLY_STEP);
    tally_publish(tally, NOON);
    g_assert_true(refused(room, tally_room(), NOON - 3 * CLOCK_HOUR)); /* an hour to come */
    g_autofree char *other = g_memdup2(room, tally_room());
    other[8] = '\'';
    g_assert_true(refused(other, tally_room(), NOON));
    memcpy(other, room, tally_room());
    char *key = memmem(other, tally_room(), "en/story", 8);
    key[0] = '<';
    key[7] = '>';
    g_assert_true(refused(other, tally_room(), NOON));
    memset(other, 0xff, tally_room());
    g_assert_true(refused(other, tally_room(), NOON));
    for (unsigned i = 0; i < 2000; i++) { /* whatever the bytes: an error or figures, never more */
        memcpy(other, room, tally_room());
        other[(i * 7919u) % tally_room()] = (char)(i * 31);
        refused(other, tally_room(), NOON);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tally/steps", test_steps);
    g_test_add_func("/tally/again", test_again);
    g_test_add_func("/tally/hours-go", test_hours_go);
    g_test_add_func("/tally/cells-end", test_cells_end);
    g_test_add_func("/tally/strange", test_strange);
    return g_test_run();
}
