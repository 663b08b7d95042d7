/* Looking at the queue: look.h. Dead jobs one by one are jobs.c. */
#include "jobs/look.h"

#include "jobs_sql.h"

bool jobs_look(Store *store, int64_t now, JobsLane lanes[JOBS_LANES], unsigned *count,
               GError **error)
{
    g_autoptr(StoreRows) rows = jobs_look_lanes(store, now - JOBS_LATE, now, error);
    StoreStep step = STORE_FAILED;
    unsigned found = 0;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        if (found < JOBS_LANES) {
            JobsLane *lane = &lanes[found++];
            g_strlcpy(lane->lane, store_text(rows, 0), sizeof lane->lane);
            lane->waiting = store_number(rows, 1);
            lane->late = store_number(rows, 2);
            lane->running = store_number(rows, 3);
            lane->dead = store_number(rows, 4);
        }
    }
    *count = found;
    return step == STORE_END;
}

bool jobs_look_each(Store *store, JobsSeen what, int64_t now, unsigned most, JobsLookTaker take,
                    void *data, GError **error)
{
    g_autoptr(StoreRows) rows = what == JOBS_SEEN_LATE
                                    ? jobs_look_late(store, now - JOBS_LATE, now, most, error)
                                    : jobs_look_running(store, now, most, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Job job = {.id = store_number(rows, 0),
                   .attempts = store_number(rows, 4),
                   .created = store_number(rows, 5),
                   .kind = store_text(rows, 2),
                   .key = store_text(rows, 3),
                   .payload = ""};
        if (!take(&job, store_text(rows, 1), store_number(rows, 6), store_text(rows, 7), data,
                  error)) {
            return false;
        }
    }
    return step == STORE_END;
}

bool jobs_dead_count(Store *store, int64_t *count, GError **error)
{
    g_autoptr(StoreRows) rows = jobs_dead_count_rows(store, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_FAILED) {
        *count = step == STORE_ROW ? store_number(rows, 0) : 0;
    }
    return step != STORE_FAILED;
}
