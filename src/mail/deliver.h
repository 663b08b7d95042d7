/*
 * The sender: takes due rows of the journal in batches, composes each mail, hands it over, writes
 * down what became of it (delivery.h has the states). Right before a newsletter's mail leaves, its
 * recipient is looked at once more: who has unsubscribed meanwhile gets none.
 *
 * If the way out is closed (no connection, a wrong password), the batch goes back to ready and the
 * turn ends with that error: it is nobody's fault among the recipients.
 */
#pragma once

#include "mail/mailroom.h"

/* Sends for at most `most` microseconds, then *next is when to come again (INT64_MAX: nothing
 * waits). `renew` is called between batches and may end the turn with an error; may be NULL. BUSY:
 * another process sends, *next is then when its lease ends. */
bool deliver_turn(Store *store, const Mailroom *room, int64_t most,
                  bool (*renew)(Store *store, void *data, GError **error), void *data,
                  int64_t *next, GError **error);
