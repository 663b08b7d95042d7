/* From the stand's pulse to rows, and back out: readers.h. */
#include "health/readers.h"

#include "base/error.h"
#include "base/pulse.h"
#include "base/tally.h"
#include "health_sql.h"

#include <string.h>

typedef struct {
    Store *store;
    int64_t now;
    GBytes *room;
} Copy;

/* "ru/story" */
static bool put(const TallyCount *count, void *data, GError **error)
{
    const Copy *copy = data;
    const char *slash = strchr(count->name, '/');
    if (slash == NULL || slash == count->name || slash[1] == '\0' ||
        strchr(slash + 1, '/') != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "the totals of readers have a cell \"%s\"",
                    count->name);
    }
    g_autofree char *language = g_strndup(count->name, (size_t)(slash - count->name));
    return health_pages_put(copy->store, count->hour, count->source, language, slash + 1,
                            count->count, error);
}

static bool copy_body(Store *store, void *data, GError **error)
{
    Copy *copy = data;
    return tally_read(copy->room, copy->now, put, copy, error);
}

bool readers_copy(Store *store, const char *run_directory, int64_t now, unsigned *last,
                  GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(GBytes) room = pulse_read_room(run_directory, READERS_PULSE, &reason);
    if (room == NULL) {
        return reason == NULL || fail(error, KOLOKOL_ERROR_INVALID, "%s", reason->message);
    }
    unsigned seen = g_bytes_hash(room) | 1; /* never the 0 of the beginning */
    if (seen == *last) {
        return true;
    }
    Copy copy = {store, now, room};
    if (!store_transact(store, copy_body, &copy, error)) {
        return false;
    }
    *last = seen;
    return true;
}

bool readers_forget(Store *store, int64_t now, GError **error)
{
    return health_pages_forget(store, now - READERS_KEPT, error);
}

bool readers_totals(Store *store, int64_t since, int64_t until, ReadersTaker take, void *data,
                    GError **error)
{
    g_autoptr(StoreRows) rows = health_pages_between(store, since, until, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        ReadersTotal total = {store_number(rows, 0), store_text(rows, 1), store_text(rows, 2),
                              store_number(rows, 3)};
        if (!take(&total, data, error)) {
            return false;
        }
    }
    return step == STORE_END;
}
