/* From a stand's totals to rows, on both engines: the same totals twice are one, the old ones go.
 */
#include "health/readers.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/pulse.h"
#include "base/tally.h"
#include "doubles/stores.h"

#include <string.h>
#include <unistd.h>

#define NOON (INT64_C(495000) * CLOCK_HOUR)

typedef struct {
    char *folder;
    Pulse *pulse;
    Tally *tally;
    unsigned last;
} Stand;

static void stand_open(Stand *stand)
{
    *stand = (Stand){.folder = g_dir_make_tmp("kolokol-readers-XXXXXX", NULL)};
    stand->pulse = pulse_take(stand->folder, READERS_PULSE, tally_room(), NOON, NULL);
    stand->tally = tally_new(pulse_room(stand->pulse));
}

static void stand_close(Stand *stand)
{
    tally_free(stand->tally);
    pulse_free(stand->pulse);
    stores_remove_tree(stand->folder);
    g_free(stand->folder);
}

static void reads(Stand *stand, const char *cell, unsigned times, int64_t now)
{
    for (unsigned i = 0; i < times; i++) {
        tally_count(stand->tally, tally_cell(stand->tally, cell));
    }
    tally_publish(stand->tally, now);
}

static void copies(Store *store, Stand *stand, int64_t now)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(readers_copy(store, stand->folder, now, &stand->last, &error));
    g_assert_no_error(error);
}

static bool take(const ReadersTotal *total, void *data, GError **error)
{
    g_string_append_printf(data, "%d %s %s %d; ", (int)((total->hour - NOON) / CLOCK_HOUR),
                           total->language, total->kind, (int)total->pages);
    return true;
}

static void expect(Store *store, int64_t since, int64_t until, const char *totals)
{
    g_autoptr(GString) seen = g_string_new(NULL);
    g_assert_true(readers_totals(store, since, until, take, seen, NULL));
    g_assert_cmpstr(seen->str, ==, totals);
}

static void test_copy(Store *store, const char *url)
{
    Stand stand;
    stand_open(&stand);
    copies(store, &stand, NOON);
    reads(&stand, "-/story", 10, NOON);
    reads(&stand, "ru/front", 7, NOON + CLOCK_HOUR);
    copies(store, &stand, NOON + CLOCK_HOUR);
    stand.last = 0; /* a worker that starts anew */
    copies(store, &stand, NOON + CLOCK_HOUR);
    expect(store, NOON, NOON + CLOCK_DAY, "0 - story 10; 1 ru front 5; ");
    reads(&stand, "-/story", 5, NOON + CLOCK_HOUR);
    copies(store, &stand, NOON + CLOCK_HOUR);
    expect(store, NOON + CLOCK_HOUR, NOON + CLOCK_DAY, "1 - story 5; 1 ru front 5; ");
    expect(store, NOON, NOON + CLOCK_HOUR, "0 - story 10; ");
    stand_close(&stand);
}

/* Two machines, one database: the sums are one. */
static void test_two_stands(Store *store, const char *url)
{
    Stand one, two;
    stand_open(&one);
    stand_open(&two);
    reads(&one, "-/story", 10, NOON);
    reads(&two, "-/story", 20, NOON);
    copies(store, &one, NOON);
    copies(store, &two, NOON);
    expect(store, NOON, NOON + CLOCK_DAY, "0 - story 30; ");
    stand_close(&one);
    stand_close(&two);
}

static void test_forget(Store *store, const char *url)
{
    Stand stand;
    stand_open(&stand);
    reads(&stand, "-/story", 10, NOON);
    reads(&stand, "-/story", 10, NOON + CLOCK_HOUR);
    copies(store, &stand, NOON + CLOCK_HOUR);
    g_assert_true(readers_forget(store, NOON + READERS_KEPT + CLOCK_HOUR, NULL));
    expect(store, 0, NOON + CLOCK_DAY, "1 - story 10; ");
    stand_close(&stand);
}

static void test_strange(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    unsigned last = 0;
    Stand stand;
    stand_open(&stand);
    g_assert_true(readers_copy(store, "/nowhere/at/all", NOON, &last, &error));
    g_assert_no_error(error);
    reads(&stand, "no-language", 10, NOON);
    g_assert_false(readers_copy(store, stand.folder, NOON, &last, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    expect(store, 0, NOON + CLOCK_DAY, "");
    stand_close(&stand);
}

/* What cannot be opened is a bad file, not the database's trouble. */
static void test_unreadable(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("kolokol-readers-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, READERS_PULSE ".pulse", NULL);
    unsigned last = 0;
    g_assert_cmpint(symlink("/nowhere/at/all", file), ==, 0); /* as root may open all else */
    g_assert_false(readers_copy(store, folder, NOON, &last, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_assert_nonnull(strstr(error->message, file));
    stores_remove_tree(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/health/readers/copy", test_copy);
    stores_test_add("/health/readers/two-stands", test_two_stands);
    stores_test_add("/health/readers/forget", test_forget);
    stores_test_add("/health/readers/strange", test_strange);
    stores_test_add("/health/readers/unreadable", test_unreadable);
    return g_test_run();
}
