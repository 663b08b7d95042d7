/* The lease on reading words: words_lease.h. */
#include "paper/words_lease.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "paper_sql.h"

void words_lease_init(WordsLease *lease)
{
    uint64_t number = 0;
    random_bytes(&number, sizeof number);
    *lease = (WordsLease){.holder = (int64_t)(number >> 1) | 1};
}

bool words_lease_held(const WordsLease *lease)
{
    return clock_monotonic() < lease->until;
}

static bool read_row(Store *store, int64_t *holder, int64_t *until, GError **error)
{
    g_autoptr(StoreRows) rows = paper_words_lease(store, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *holder = step == STORE_ROW ? store_number(rows, 0) : 0;
    *until = step == STORE_ROW ? store_number(rows, 1) : 0;
    return step != STORE_FAILED;
}

typedef struct {
    WordsLease *lease;
    bool renew; /* only if nobody took it meanwhile */
} Take;

static bool take_body(Store *store, void *data, GError **error)
{
    const Take *take = data;
    WordsLease *lease = take->lease;
    int64_t began = clock_monotonic(), holder = 0, until = 0;
    lease->until = 0;
    if (!read_row(store, &holder, &until, error)) {
        return false;
    }
    if (holder != lease->holder && (take->renew || until > clock_now())) {
        return true;
    }
    if (!paper_words_lease_put(store, lease->holder, clock_now() + WORDS_LEASE, error)) {
        return false;
    }
    lease->until = began + WORDS_LEASE / 2;
    return true;
}

bool words_lease_take(WordsLease *lease, Store *store, GError **error)
{
    Take take = {lease, false};
    return store_transact(store, take_body, &take, error);
}

static bool lost(GError **error)
{
    return fail(error, KOLOKOL_ERROR_BUSY, "another process reads the words of stories");
}

bool words_lease_renew(WordsLease *lease, Store *store, GError **error)
{
    Take take = {lease, true};
    return words_lease_held(lease) ||
           (store_transact(store, take_body, &take, error) && (lease->until > 0 || lost(error)));
}

bool words_lease_check(const WordsLease *lease, Store *store, GError **error)
{
    int64_t holder = 0, until = 0;
    return read_row(store, &holder, &until, error) && (holder == lease->holder || lost(error));
}

bool words_lease_drop(WordsLease *lease, Store *store, GError **error)
{
    bool held = lease->until > 0;
    lease->until = 0;
    return !held || paper_words_lease_end(store, lease->holder, error);
}
