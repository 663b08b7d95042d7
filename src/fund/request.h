/*
 * Requests to providers: written with their idempotency key and exact body before the first byte is
 * sent; every repetition sends the same (research: revenue E8). A job "pay.request" sends them; one
 * for a local provider is sent at once.
 */
#pragma once

#include "fund/gift.h"
#include "fund/provider.h"
#include "jobs/jobs.h"

/* Writes a request for a gift and enqueues it; joins the caller's transaction. `object` as in
 * PaymentAsk. If that step was asked of that object before, nothing happens: *asked is false. */
bool request_write(Store *store, const Gift *gift, PaymentStep step, const char *object,
                   int64_t now, bool *asked, GError **error);

/* Refunds a gift's payment, ends a gift's subscription: CONFLICT if that was asked already,
 * NOT_FOUND if there is nothing. */
bool request_refund(Store *store, const Gift *gift, int64_t now, GError **error);
bool request_cancel(Store *store, const Gift *gift, int64_t now, GError **error);

/* The handler of "pay.request"; the job's key is the request's. */
bool request_run(Store *store, const Job *job, void *context, GError **error);

/* Enqueues again what has no answer. */
bool request_sweep(Store *store, int64_t now, int64_t *count, GError **error);
