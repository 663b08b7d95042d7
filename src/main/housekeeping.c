/* When and of what: housekeeping.h. Counting and measuring are health/'s. */
#include "main/housekeeping.h"

#include "base/clock.h"
#include "base/error.h"
#include "health/figure.h"
#include "health/readers.h"
#include "health/size.h"
#include "press/weight.h"

#include <stdio.h>
#include <string.h>

#define LOOK_EVERY    (10 * CLOCK_SECOND)
#define COUNT_EVERY   CLOCK_MINUTE
#define MEASURE_EVERY CLOCK_HOUR

void housekeeping_clear(Housekeeping *house)
{
    g_clear_pointer(&house->said, g_free);
}

static void say(Housekeeping *house, const GError *reason)
{
    if (g_strcmp0(house->said, reason->message) != 0) {
        fprintf(stderr, "kolokol worker: the dashboard goes without something: %s\n",
                reason->message);
        g_free(house->said);
        house->said = g_strdup(reason->message);
    }
}

/* The database's trouble is the lane's; a bad file is not. */
static bool bearable(Housekeeping *house, GError *taken, GError **error)
{
    g_autoptr(GError) reason = taken;
    if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID) ||
        g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT)) {
        say(house, reason);
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&reason));
    return false;
}

static bool copy_readers(Housekeeping *house, GError **error)
{
    GError *reason = NULL;
    return readers_copy(house->store, house->newsroom->run_dir, clock_now(), &house->copied,
                        &reason) ||
           bearable(house, reason, error);
}

static bool measure_one(Housekeeping *house, const char *figure, const char *path, GError **error)
{
    g_autoptr(GError) reason = NULL;
    int64_t bytes = 0;
    if (!size_of_tree(path, house->stop, &bytes, &reason)) {
        say(house, reason);
        return true;
    }
    return *house->stop || figure_put(house->store, figure, bytes, clock_now(), error);
}

/* A database in PostgreSQL lies elsewhere, its newsroom.db is not there: 0, which is not shown. */
static bool measure(Housekeeping *house, GError **error)
{
    static const char *const parts[][2] = {
        {"size.edition", "edition"},  {"size.media", "media"},   {"size.database", "newsroom.db"},
        {"size.intake", "intake.db"}, {"size.outbox", "outbox"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *path = g_build_filename(house->newsroom->dir, parts[i][1], NULL);
        if (!measure_one(house, parts[i][0], path, error)) {
            return false;
        }
    }
    return readers_forget(house->store, clock_now(), error);
}

static bool count_pages(const Housekeeping *house, GError **error)
{
    int64_t count = 0;
    return press_page_total(house->store, &count, error) &&
           figure_put(house->store, "press.pages", count, clock_now(), error);
}

static bool due(int64_t *last, int64_t every, bool all)
{
    int64_t now = clock_monotonic();
    if (!all && *last != 0 && now - *last < every) {
        return false;
    }
    *last = now;
    return true;
}

bool housekeeping_step(Housekeeping *house, bool all, GError **error)
{
    return (!due(&house->looked, LOOK_EVERY, all) || copy_readers(house, error)) &&
           (!due(&house->counted, COUNT_EVERY, all) || count_pages(house, error)) &&
           (!due(&house->measured, MEASURE_EVERY, all) || measure(house, error));
}
