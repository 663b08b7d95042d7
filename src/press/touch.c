/*
 * Touches: the rows by which the departments tell the press what changed (press.h). Reading them is
 * stale.c.
 *
 * The rows are the press's durable queue: they exist exactly if the transaction that wrote them
 * does, so no second record (a job) is needed. The lane's worker is only woken after the commit.
 */
#include "press/press.h"

#include "base/error.h"
#include "jobs/wake.h"
#include "press/page.h"
#include "press/record.h"
#include "press_sql.h"
#include "seal/hash.h"

#include <string.h>

static void wake(Store *store, void *data)
{
    jobs_wake_all(store, "press");
}

static bool input_ok(Store *store, const char *input, GError **error)
{
    if (!store_in_transaction(store)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "touching \"%.100s\" needs an open transaction",
                    input);
    }
    if (strlen(input) > PRESS_INPUT_MAX) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the name \"%.60s…\" is too long for the press (%u bytes)", input,
                    PRESS_INPUT_MAX);
    }
    store_after_commit(store, wake, NULL);
    return true;
}

bool press_touch(Store *store, const char *input, GError **error)
{
    return input_ok(store, input, error) &&
           press_change_insert(store, input, INT64_MAX, INT64_MAX, error);
}

bool press_touch_at(Store *store, const char *list, int64_t published, int64_t id, GError **error)
{
    return input_ok(store, list, error) && press_change_insert(store, list, published, id, error);
}

bool press_touch_due(Store *store, int64_t due, const char *input, int64_t published, int64_t id,
                     GError **error)
{
    bool whole = published == 0 && id == 0;
    return input_ok(store, input, error) &&
           press_due_insert(store, due, input, whole ? INT64_MAX : published,
                            whole ? INT64_MAX : id, error);
}

bool press_touch_forget(Store *store, const char *input, GError **error)
{
    return press_due_forget_input(store, input, error);
}

GPtrArray *press_pages_of(Store *store, const char *input, unsigned most, GError **error)
{
    g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(StoreRows) rows = press_reader_hashes(store, press_input_number(input), most, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Hash hash = {0};
        size_t length = 0;
        const void *bytes = store_bytes(rows, 0, &length);
        memcpy(hash.bytes, bytes, MIN(length, sizeof hash.bytes));
        char *hex = g_malloc(HASH_HEX);
        hash_hex(&hash, hex);
        g_ptr_array_add(pages, hex);
    }
    return step == STORE_END ? g_steal_pointer(&pages) : NULL;
}
