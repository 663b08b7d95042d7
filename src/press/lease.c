/* The press's lease: lease.h. */
#include "press/lease.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "press_sql.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static bool take_row(Store *store, void *data, GError **error)
{
    PressLease *lease = data;
    int64_t now = clock_now(), fence = 0;
    {
        g_autoptr(StoreRows) rows = press_lease_read(store, error);
        StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
        if (step == STORE_FAILED) {
            return false;
        }
        if (step == STORE_ROW) {
            /* One of this machine that is not us is dead: the file lock is ours. */
            bool here = strcmp(store_text(rows, 0), g_get_host_name()) == 0;
            if (!here && store_number(rows, 2) > now) {
                return fail(error, KOLOKOL_ERROR_BUSY, "the press runs on %s", store_text(rows, 0));
            }
            fence = store_number(rows, 1);
        }
    }
    lease->fence = fence + 1;
    return press_lease_put(store, g_get_host_name(), lease->fence, now + PRESS_LEASE_LIFE, error);
}

bool press_lease_take(PressLease *lease, Store *store, int directory, GError **error)
{
    *lease = (PressLease){.store = store, .lock = -1};
    FILE_AUTO lock = openat(directory, "press.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot open press.lock in the edition directory: %s",
                    g_strerror(errno));
    }
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        return fail(error, KOLOKOL_ERROR_BUSY, "another process of this newsroom is pressing");
    }
    if (!store_transact(store, take_row, lease, error)) {
        return false;
    }
    lease->lock = lock;
    lock = -1;
    return true;
}

bool press_lease_renew(PressLease *lease, GError **error)
{
    int64_t changed = 0;
    if (!press_lease_extend_counted(lease->store, lease->fence, clock_now() + PRESS_LEASE_LIFE,
                                    &changed, error)) {
        return false;
    }
    return changed == 1 ||
           fail(error, KOLOKOL_ERROR_BUSY, "another machine has taken over the press");
}

void press_lease_drop(PressLease *lease)
{
    if (lease->lock >= 0) {
        press_lease_extend_counted(lease->store, lease->fence, 0, NULL, NULL);
        file_close(&lease->lock);
    }
}
