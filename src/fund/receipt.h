/* Thanks by mail: one for each gift that is settled and whose payer's address is known, with the
 * link that ends a repeated one (research: revenue E10). */
#pragma once

#include "store/store.h"

/* Enqueues what is missing for a gift and the renewals of its subscription (0: none). Joins the
 * caller's transaction. */
bool receipts_enqueue(Store *store, int64_t gift, int64_t subscription, GError **error);
