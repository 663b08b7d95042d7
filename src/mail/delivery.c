/* The journal: delivery.h. Who composes and sends what it hands out is deliver.c. */
#include "mail/delivery.h"

#include "base/clock.h"
#include "base/error.h"
#include "mail_sql.h"

#include <string.h>

void delivery_free(Delivery *delivery)
{
    if (delivery == NULL) {
        return;
    }
    g_free(delivery->message_id);
    g_free(delivery->kind);
    g_free(delivery->mark);
    g_free(delivery->address);
    g_free(delivery->language);
    g_free(delivery->content);
    g_free(delivery->status);
    g_free(delivery);
}

const char *delivery_state_name(DeliveryState state)
{
    static const char *const names[DELIVERY_STATES] = {
        [DELIVERY_READY] = "ready",       [DELIVERY_ATTEMPTING] = "attempting",
        [DELIVERY_ACCEPTED] = "accepted", [DELIVERY_REJECTED] = "rejected",
        [DELIVERY_DEFERRED] = "deferred", [DELIVERY_UNCERTAIN] = "uncertain",
        [DELIVERY_EXCLUDED] = "excluded",
    };
    return names[state] == NULL ? "" : names[state];
}

static Delivery *of_row(StoreRows *rows)
{
    Delivery *delivery = g_new0(Delivery, 1);
    *delivery = (Delivery){.id = store_number(rows, 0),
                           .message_id = store_text_copy(rows, 1),
                           .kind = store_text_copy(rows, 2),
                           .bulk = store_number(rows, 3) != 0,
                           .issue = store_number(rows, 4),
                           .subscriber = store_number(rows, 5),
                           .mark = store_text_copy(rows, 6),
                           .address = store_text_copy(rows, 7),
                           .language = store_text_copy(rows, 8),
                           .content = store_text_copy(rows, 9),
                           .state = (DeliveryState)store_number(rows, 10),
                           .attempts = store_number(rows, 11),
                           .created = store_number(rows, 12),
                           .changed = store_number(rows, 13),
                           .status = store_text_copy(rows, 14)};
    return delivery;
}

static bool read_all(StoreRows *opened, GPtrArray *all, GError **error)
{
    g_autoptr(StoreRows) rows = opened;
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(all, of_row(rows));
    }
    return step == STORE_END;
}

static bool read_number(StoreRows *opened, int64_t fallback, int64_t *number, GError **error)
{
    g_autoptr(StoreRows) rows = opened;
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_FAILED) {
        *number = step == STORE_ROW ? store_number(rows, 0) : fallback;
    }
    return step != STORE_FAILED;
}

bool delivery_add(Store *store, const Delivery *d, GError **error)
{
    int64_t id = 0, now = clock_now();
    bool waits = d->state == DELIVERY_READY;
    return store_next_id(store, "mail_delivery", &id, error) &&
           mail_delivery_insert(store, id, d->message_id, d->kind, d->bulk, d->issue, d->subscriber,
                                d->mark, d->address, d->language, d->content, d->state,
                                waits ? &now : NULL, now, d->status == NULL ? "" : d->status,
                                error);
}

typedef struct {
    int64_t fence, until;
} Lease;

static bool take_body(Store *store, void *data, GError **error)
{
    Lease *lease = data;
    int64_t now = clock_now(), fence = 0, until = 0;
    {
        g_autoptr(StoreRows) rows = mail_lease_read(store, error);
        StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
        if (step == STORE_FAILED) {
            return false;
        }
        if (step == STORE_ROW) {
            fence = store_number(rows, 0);
            until = store_number(rows, 1);
        }
    }
    lease->until = until;
    if (until > now) {
        return fail(error, KOLOKOL_ERROR_BUSY, "another process is sending mail");
    }
    lease->fence = fence + 1;
    return mail_lease_put(store, lease->fence, now + DELIVERY_LEASE, error) &&
           mail_delivery_lost(store, now, "the sender ended while it was sending this", error);
}

bool delivery_lease_take(Store *store, int64_t *fence, int64_t *until, GError **error)
{
    Lease lease = {0};
    bool taken = store_transact(store, take_body, &lease, error);
    if (taken) {
        *fence = lease.fence;
    } else if (until != NULL) {
        *until = lease.until;
    }
    return taken;
}

bool delivery_lease_drop(Store *store, int64_t fence, GError **error)
{
    return mail_lease_extend(store, fence, 0, error);
}

typedef struct {
    int64_t fence;
    GPtrArray *claimed;
} Claim;

/* At most a batch, and at first those somebody waits for. */
static bool claim_body(Store *store, void *data, GError **error)
{
    Claim *claim = data;
    int64_t now = clock_now(), changed = 0;
    g_ptr_array_set_size(claim->claimed, 0);
    if (!mail_lease_extend_counted(store, claim->fence, now + DELIVERY_LEASE, &changed, error)) {
        return false;
    }
    if (changed != 1) {
        return fail(error, KOLOKOL_ERROR_BUSY, "another process has taken over sending mail");
    }
    for (int bulk = 0; bulk <= 1 && claim->claimed->len == 0; bulk++) {
        if (!read_all(mail_delivery_due(store, bulk, now, DELIVERY_BATCH, error), claim->claimed,
                      error)) {
            return false;
        }
    }
    for (guint i = 0; i < claim->claimed->len; i++) {
        Delivery *delivery = claim->claimed->pdata[i];
        delivery->attempts++;
        if (!mail_delivery_attempt(store, delivery->id, now, error)) {
            return false;
        }
    }
    return true;
}

GPtrArray *delivery_claim(Store *store, int64_t fence, GError **error)
{
    g_autoptr(GPtrArray) claimed = g_ptr_array_new_with_free_func((GDestroyNotify)delivery_free);
    Claim claim = {fence, claimed};
    return store_transact(store, claim_body, &claim, error) ? g_steal_pointer(&claimed) : NULL;
}

typedef struct {
    const DeliveryResult *results;
    unsigned count;
} Settle;

static bool settle_body(Store *store, void *data, GError **error)
{
    const Settle *settle = data;
    int64_t now = clock_now();
    for (unsigned i = 0; i < settle->count; i++) {
        const DeliveryResult *r = &settle->results[i];
        bool waits = r->state == DELIVERY_READY || r->state == DELIVERY_DEFERRED;
        bool done = waits
                        ? mail_delivery_wait(store, r->id, r->state, r->due, now, r->status, error)
                        : mail_delivery_end(store, r->id, r->state, now, r->status, error);
        if (!done) {
            return false;
        }
    }
    return true;
}

bool delivery_settle(Store *store, const DeliveryResult *results, unsigned count, GError **error)
{
    Settle settle = {results, count};
    return count == 0 || store_transact(store, settle_body, &settle, error);
}

int64_t delivery_retry(int64_t attempts, int64_t now)
{
    int64_t doublings = CLAMP(attempts - 1, 0, 4);
    return now + (30 * CLOCK_MINUTE << doublings);
}

bool delivery_too_old(const Delivery *delivery, int64_t now)
{
    return now - delivery->created > (delivery->bulk ? DELIVERY_BULK_GIVES : DELIVERY_ONE_GIVES);
}

bool delivery_next_due(Store *store, int64_t *due, GError **error)
{
    int64_t one = 0, bulk = 0;
    if (!read_number(mail_delivery_first_due(store, 0, error), INT64_MAX, &one, error) ||
        !read_number(mail_delivery_first_due(store, 1, error), INT64_MAX, &bulk, error)) {
        return false;
    }
    *due = MIN(one, bulk);
    return true;
}

bool delivery_count(Store *store, int64_t issue, int64_t counts[DELIVERY_STATES], GError **error)
{
    memset(counts, 0, sizeof(int64_t) * DELIVERY_STATES);
    g_autoptr(StoreRows) rows = mail_delivery_counts(store, issue, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t state = store_number(rows, 0);
        if (state > 0 && state < DELIVERY_STATES) {
            counts[state] = store_number(rows, 1);
        }
    }
    return step == STORE_END;
}

bool delivery_allowed(Store *store, const char *mark, const char *kind, int64_t subscriber,
                      bool *allowed, GError **error)
{
    int64_t now = clock_now(), lately = 0, today = 0;
    if (!read_number(
            mail_delivery_since_about(store, mark, kind, subscriber, now - DELIVERY_PAUSE, error),
            0, &lately, error) ||
        !read_number(mail_delivery_since(store, mark, kind, now - CLOCK_DAY, error), 0, &today,
                     error)) {
        return false;
    }
    *allowed = lately == 0 && today < DELIVERY_DAY;
    return true;
}

GPtrArray *delivery_list(Store *store, int64_t issue, DeliveryState state, int64_t after,
                         unsigned most, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)delivery_free);
    return read_all(mail_delivery_in_state(store, issue, state, after, most, error), all, error)
               ? g_steal_pointer(&all)
               : NULL;
}

bool delivery_left(Store *store, const char *mark, int64_t subscriber, GError **error)
{
    return mail_delivery_left(store, mark, subscriber, error);
}

bool delivery_erase(Store *store, const char *mark, GError **error)
{
    return mail_delivery_forget(store, mark, clock_now(), error) &&
           mail_delivery_empty(store, mark, error);
}
