/* The sweep: sweep.h. */
#include "fund/sweep.h"

#include "base/clock.h"
#include "base/error.h"
#include "fund/inbox.h"
#include "fund/request.h"
#include "fund_sql.h"

#define OPEN_MOST      1000
#define INTENDED_UNTIL CLOCK_DAY /* then nobody goes on with it */

typedef struct {
    int64_t id;
    char *provider, *checkout;
    GiftState state;
} Open;

static void open_clear(gpointer data)
{
    Open *open = data;
    g_free(open->provider);
    g_free(open->checkout);
}

static GArray *open_gifts(Store *store, int64_t before, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Open));
    g_array_set_clear_func(all, open_clear);
    g_autoptr(StoreRows) rows = fund_gifts_open(store, before, OPEN_MOST, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Open open = {store_number(rows, 0), store_text_copy(rows, 1), store_text_copy(rows, 2),
                     (GiftState)store_number(rows, 3)};
        g_array_append_val(all, open);
    }
    return step == STORE_END ? g_steal_pointer(&all) : NULL;
}

/* Counts what the gift has become. */
static bool count(Store *store, int64_t id, SweepReport *report, GError **error)
{
    g_autoptr(Gift) gift = gift_by_id(store, id, error);
    if (gift == NULL) {
        return false;
    }
    report->booked += gift->state == GIFT_SETTLED;
    report->expired += gift->state == GIFT_EXPIRED;
    return true;
}

static bool sweep_one(Store *store, const Open *open, int64_t now, SweepReport *report,
                      GError **error)
{
    if (open->state == GIFT_INTENDED) {
        report->expired++;
        return gift_raise(store, open->id, GIFT_EXPIRED, now, error);
    }
    const PaymentProvider *provider = provider_named(open->provider, error);
    g_autoptr(PaymentFacts) facts =
        provider == NULL ? NULL : provider->fetch(store, open->checkout, error);
    report->asked++;
    return facts != NULL && payment_apply(store, open->provider, facts, now, error) &&
           count(store, open->id, report, error);
}

bool fund_sweep(Store *store, int64_t now, SweepReport *report, GError **error)
{
    SweepReport made = {0};
    if (!inbox_sweep(store, now, &made.waiting, error) ||
        !request_sweep(store, now, &made.requests, error)) {
        return false;
    }
    g_autoptr(GArray) open = open_gifts(store, now - CLOCK_HOUR, error);
    for (guint i = 0; open != NULL && i < open->len; i++) {
        const Open *one = &g_array_index(open, Open, i);
        g_autoptr(Gift) gift = gift_by_id(store, one->id, error);
        bool young =
            gift != NULL && gift->state == GIFT_INTENDED && gift->created > now - INTENDED_UNTIL;
        if (gift == NULL || (!young && !sweep_one(store, one, now, &made, error))) {
            return false;
        }
    }
    if (open == NULL) {
        return false;
    }
    *report = made;
    return true;
}

bool sweep_run(Store *store, const Job *job, void *context, GError **error)
{
    SweepReport report;
    int64_t now = clock_now();
    return fund_sweep(store, now, &report, error) &&
           job_enqueue(store, "pay.sweep", "", NULL, now + SWEEP_EVERY, error);
}
