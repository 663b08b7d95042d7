/* Background work of the press: tidy.h. */
#include "press/tidy.h"

#include "base/clock.h"
#include "base/error.h"
#include "edition/retain.h"
#include "press/code.h"
#include "press/lease.h"
#include "press_sql.h"

#define CODED_AT_ONCE 32u
#define SWEPT_AT_ONCE 500u

/* Names of hash-named files begin with their hash's place, so one range of the index answers for
 * all endings. */
static bool used(const Hash *hash, void *data, bool *is_used, GError **error)
{
    char hex[HASH_HEX];
    hash_hex(hash, hex);
    g_autofree char *name = g_strdup_printf("o/%.2s/%s.", hex, hex);
    return store_rows_any(press_hash_used(data, hash->bytes, sizeof hash->bytes, name, error),
                          is_used, error);
}

static bool sweep(Press *press, bool *more, GError **error)
{
    PressLease lease;
    g_autoptr(GError) reason = NULL;
    unsigned removed = 0;
    if (!press_lease_take(&lease, press_store(press), press_directory(press), &reason)) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    bool done = edition_sweep(press_directory(press), press_objects(press), clock_now(),
                              SWEPT_AT_ONCE, used, press_store(press), &removed, error);
    press_lease_drop(&lease);
    *more = removed == SWEPT_AT_ONCE;
    return done;
}

static bool all_rendered(Press *press, GError **error)
{
    bool any = false;
    if (!store_rows_any(press_failure_any(press_store(press), error), &any, error)) {
        return false;
    }
    return !any || fail(error, KOLOKOL_ERROR_INVALID,
                        "there are pages that could not be rendered and stay as they were; "
                        "`kolokol press` says which");
}

bool press_purge(Press *press, GError **error)
{
    PressLease lease;
    PressReport report = {0};
    unsigned removed = 0;
    if (!press_run(press, &(PressRun){0}, &report, error) || !all_rendered(press, error) ||
        !press_lease_take(&lease, press_store(press), press_directory(press), error)) {
        return false;
    }
    bool done = edition_purge(press_directory(press), press_objects(press), used,
                              press_store(press), &removed, error);
    press_lease_drop(&lease);
    return done;
}

bool press_tidy(Press *press, bool *more, GError **error)
{
    unsigned made = 0;
    *more = false;
    if (!press_code_some(press_store(press), press_objects(press), press_kinds(press),
                         CODED_AT_ONCE, &made, error)) {
        return false;
    }
    if (made > 0) {
        *more = true;
        return true;
    }
    return sweep(press, more, error);
}
