/*
 * The inbox: what providers call to tell us, kept raw under (provider, event) before they get their
 * answer (research: revenue E4). A job "pay.apply" looks at the object that an event names as it is
 * now, and applies it; until then the row waits. Nothing is ever dropped (E6).
 */
#pragma once

#include "fund/provider.h"
#include "jobs/jobs.h"

#define INBOX_BODY_MAX (256u * 1024)

/* Checks a call and keeps it. One that came before changes nothing. DENIED: the signature is wrong;
 * INVALID, LIMIT. */
bool inbox_receive(Store *store, const PaymentProvider *provider, const void *body, size_t length,
                   const char *signature, int64_t now, GError **error);

/* The handler of "pay.apply"; the job's key is "PROVIDER EVENT". */
bool inbox_run(Store *store, const Job *job, void *context, GError **error);

/* Enqueues again what waits; *count is how many that are. */
bool inbox_sweep(Store *store, int64_t now, int64_t *count, GError **error);
