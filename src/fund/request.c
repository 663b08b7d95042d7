/* Requests to providers: request.h. What their bytes are, each provider knows. */
#include "fund/request.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "fund/ledger.h"
#include "fund/subscription.h"
#include "fund_sql.h"

#include <string.h>

#define SWEEP_MOST 1000

typedef struct {
    char *id, *body, *provider;
    int64_t gift, answered;
    PaymentStep step;
} Written;

static void written_clear(Written *written)
{
    g_free(written->id);
    g_free(written->body);
    g_free(written->provider);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Written, written_clear)

static bool read_written(Store *store, const char *id, Written *written, GError **error)
{
    g_autoptr(StoreRows) rows = fund_request_read(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_ROW) {
        return step == STORE_END &&
               fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no request %.40s", id);
    }
    *written = (Written){.id = g_strdup(id),
                         .gift = store_number(rows, 0),
                         .body = store_text_copy(rows, 2),
                         .answered = store_number(rows, 3),
                         .provider = store_text_copy(rows, 4)};
    payment_step_parse(store_text(rows, 1), &written->step);
    return true;
}

typedef struct {
    const Written *written;
    const PaymentAnswer *answer;
    const Job *job; /* NULL if sent at once */
    int64_t now;
} Answered;

static bool answered_body(Store *store, void *data, GError **error)
{
    const Answered *answered = data;
    const Written *written = answered->written;
    if (!fund_request_answered(store, written->id, answered->now, error)) {
        return false;
    }
    if (written->step == PAYMENT_CHECKOUT &&
        (!gift_begun(store, written->gift, answered->answer->object, answered->answer->link,
                     error) ||
         !gift_raise(store, written->gift, GIFT_PENDING, answered->now, error))) {
        return false;
    }
    return answered->job == NULL || job_done(store, answered->job, error);
}

/* Sends what is written and keeps the answer. A stop between the two sends it again. */
static bool send(Store *store, const PaymentProvider *provider, const Written *written,
                 const Job *job, GError **error)
{
    g_auto(PaymentAnswer) answer = {0};
    PaymentRequest request = {written->id, written->step, written->body};
    if (!provider->send(store, &request, &answer, error)) {
        return false;
    }
    Answered answered = {written, &answer, job, clock_now()};
    return store_transact(store, answered_body, &answered, error);
}

bool request_run(Store *store, const Job *job, void *context, GError **error)
{
    g_auto(Written) written = {0};
    if (!read_written(store, job->key, &written, error)) {
        return false;
    }
    const PaymentProvider *provider = provider_named(written.provider, error);
    if (provider == NULL) {
        return false;
    }
    return written.answered != 0 || send(store, provider, &written, job, error);
}

static bool was_asked(Store *store, int64_t gift, PaymentStep step, bool *asked, GError **error)
{
    g_autoptr(StoreRows) rows = fund_request_of_gift(store, gift, payment_step_name(step), error);
    StoreStep read = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *asked = read == STORE_ROW;
    return read != STORE_FAILED;
}

typedef struct {
    const Gift *gift;
    PaymentStep step;
    const char *object;
    int64_t now;
    bool asked;
} Write;

static bool write_body(Store *store, void *data, GError **error)
{
    Write *write = data;
    const Gift *gift = write->gift;
    bool before = false;
    const PaymentProvider *provider = provider_named(gift->provider, error);
    if (provider == NULL || !was_asked(store, gift->id, write->step, &before, error)) {
        return false;
    }
    write->asked = !before;
    if (before) {
        return true;
    }
    PaymentAsk ask = {.step = write->step,
                      .gift = gift->code,
                      .frequency = gift->frequency,
                      .amount = gift->amount,
                      .object = write->object};
    g_auto(Written) written = {.id = random_id(),
                               .body = provider->compose(&ask),
                               .provider = g_strdup(gift->provider),
                               .gift = gift->id,
                               .step = write->step};
    if (!fund_request_write(store, written.id, gift->id, payment_step_name(write->step),
                            written.body, write->now, error)) {
        return false;
    }
    return provider->local ? send(store, provider, &written, NULL, error)
                           : job_enqueue(store, "pay.request", written.id, NULL, write->now, error);
}

bool request_write(Store *store, const Gift *gift, PaymentStep step, const char *object,
                   int64_t now, bool *asked, GError **error)
{
    Write write = {gift, step, object, now, false};
    if (!store_transact(store, write_body, &write, error)) {
        return false;
    }
    *asked = write.asked;
    return true;
}

bool request_refund(Store *store, const Gift *gift, int64_t now, GError **error)
{
    bool asked = false;
    g_autofree char *charge = ledger_charge(store, gift->id, error);
    return charge != NULL &&
           request_write(store, gift, PAYMENT_REFUND, charge, now, &asked, error) &&
           (asked || fail(error, KOLOKOL_ERROR_CONFLICT,
                          "a refund of gift %" G_GINT64_FORMAT " was asked for already", gift->id));
}

bool request_cancel(Store *store, const Gift *gift, int64_t now, GError **error)
{
    bool asked = false;
    g_autoptr(GError) reason = NULL;
    g_autoptr(Subscription) subscription = subscription_of_gift(store, gift->id, &reason);
    if (subscription == NULL) {
        return g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)
                   ? fail(error, KOLOKOL_ERROR_NOT_FOUND,
                          "gift %" G_GINT64_FORMAT " is not repeated: there is nothing to cancel",
                          gift->id)
                   : (g_propagate_error(error, g_steal_pointer(&reason)), false);
    }
    g_autoptr(Gift) first = gift_by_id(store, subscription->gift, error);
    return first != NULL &&
           request_write(store, first, PAYMENT_CANCEL, subscription->object, now, &asked, error) &&
           (asked || fail(error, KOLOKOL_ERROR_CONFLICT,
                          "the end of gift %" G_GINT64_FORMAT " was asked for already", gift->id));
}

bool request_sweep(Store *store, int64_t now, int64_t *count, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(StoreRows) rows = fund_requests_open(store, SWEEP_MOST, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(ids, store_text_copy(rows, 0));
    }
    g_clear_pointer(&rows, store_rows_free);
    for (guint i = 0; step == STORE_END && i < ids->len; i++) {
        if (!job_enqueue(store, "pay.request", ids->pdata[i], NULL, now, error)) {
            return false;
        }
    }
    if (step == STORE_END) {
        *count = ids->len;
    }
    return step == STORE_END;
}
