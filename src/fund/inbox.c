/* The inbox of providers' calls: inbox.h. What is applied is payment.c's. */
#include "fund/inbox.h"

#include "base/clock.h"
#include "base/error.h"
#include "fund_sql.h"

#include <string.h>

#define SWEEP_MOST 1000

typedef struct {
    const PaymentProvider *provider;
    const PaymentEvent *event;
    const void *body;
    size_t length;
    int64_t now;
} Receive;

static bool enqueue(Store *store, const char *provider, const char *event, int64_t now,
                    GError **error)
{
    g_autofree char *key = g_strjoin(" ", provider, event, NULL);
    return job_enqueue(store, "pay.apply", key, NULL, now, error);
}

static bool receive_body(Store *store, void *data, GError **error)
{
    const Receive *receive = data;
    int64_t fresh = 0;
    return fund_inbox_put_counted(store, receive->provider->name, receive->event->id,
                                  receive->event->object, receive->body, receive->length,
                                  receive->now, &fresh, error) &&
           (fresh == 0 ||
            enqueue(store, receive->provider->name, receive->event->id, receive->now, error));
}

bool inbox_receive(Store *store, const PaymentProvider *provider, const void *body, size_t length,
                   const char *signature, int64_t now, GError **error)
{
    g_auto(PaymentEvent) event = {0};
    if (length > INBOX_BODY_MAX) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "a call of %zu bytes; the limit is %u", length,
                    INBOX_BODY_MAX);
    }
    if (!provider->read(body, length, signature, now, &event, error)) {
        return false;
    }
    Receive receive = {provider, &event, body, length, now};
    return store_transact(store, receive_body, &receive, error);
}

typedef struct {
    const char *provider, *event;
    const PaymentFacts *facts;
    const Job *job;
    int64_t now;
} Apply;

static bool apply_body(Store *store, void *data, GError **error)
{
    const Apply *apply = data;
    return payment_apply(store, apply->provider, apply->facts, apply->now, error) &&
           fund_inbox_applied(store, apply->provider, apply->event, apply->now, error) &&
           job_done(store, apply->job, error);
}

/* The object of an event that waits; NULL and true if it does not. */
static bool read_object(Store *store, const char *provider, const char *event, char **object,
                        GError **error)
{
    g_autoptr(StoreRows) rows = fund_inbox_read(store, provider, event, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW && store_number(rows, 1) == 0) {
        *object = store_text_copy(rows, 0);
    }
    return step != STORE_FAILED;
}

bool inbox_run(Store *store, const Job *job, void *context, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(job->key, " ", 2);
    if (g_strv_length(parts) != 2) {
        return fail(error, KOLOKOL_ERROR_INVALID, "pay.apply: no such key \"%.60s\"", job->key);
    }
    g_autofree char *object = NULL;
    const PaymentProvider *provider = provider_named(parts[0], error);
    if (provider == NULL || !read_object(store, parts[0], parts[1], &object, error)) {
        return false;
    }
    if (object == NULL) {
        return true;
    }
    g_autoptr(PaymentFacts) facts = provider->fetch(store, object, error);
    if (facts == NULL) {
        return false;
    }
    Apply apply = {parts[0], parts[1], facts, job, clock_now()};
    return store_transact(store, apply_body, &apply, error);
}

bool inbox_sweep(Store *store, int64_t now, int64_t *count, GError **error)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(StoreRows) rows = fund_inbox_waiting(store, SWEEP_MOST, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(keys, store_text_copy(rows, 0));
        g_ptr_array_add(keys, store_text_copy(rows, 1));
    }
    g_clear_pointer(&rows, store_rows_free);
    for (guint i = 0; step == STORE_END && i < keys->len; i += 2) {
        if (!enqueue(store, keys->pdata[i], keys->pdata[i + 1], now, error)) {
            return false;
        }
    }
    if (step == STORE_END) {
        *count = keys->len / 2;
    }
    return step == STORE_END;
}
