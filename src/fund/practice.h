/*
 * `practice`: a payment provider inside the program, for trying the whole way of a contribution
 * with nothing installed and no money moved. It refuses an address of readers that is not this
 * machine's own, so that nobody ever gives to it by mistake.
 *
 * It has books of its own (fund_practice_…), which the rest of fund reads only as it reads a real
 * provider's: by asking (send, fetch), and by its calls, which go through the inbox.
 */
#pragma once

#include "fund/provider.h"
#include "jobs/jobs.h"

#define PRACTICE_OPEN_FOR (24 * INT64_C(3600000000)) /* µs until a checkout expires */

extern const PaymentProvider practice_provider;

typedef enum { PRACTICE_PAY, PRACTICE_DECLINE, PRACTICE_ABANDON } PracticeDecision;

/* What the payer pressed on the checkout page. The first decision holds, and after
 * PRACTICE_OPEN_FOR PRACTICE_ABANDON does: *holds is it, *gift the code of the gift. NOT_FOUND if
 * there is no such checkout. */
bool practice_decide(Store *store, const char *checkout, PracticeDecision decision,
                     const char *address, int64_t now, PracticeDecision *holds, char **gift,
                     GError **error);

/* The handler of "practice.renew": the next payment of the subscription that the key names, at its
 * date. */
bool practice_renew(Store *store, const Job *job, void *context, GError **error);
