/*
 * The worker's side of the intake: one form at a time, exactly once.
 *
 * 1. lease a row of the intake (that counts an attempt, so a form that kills its worker is set
 *    aside in the end), open it with the worker's key;
 * 2. in one transaction of the newsroom: note the ticket as applied, run the handler, keep its
 *    answer closed under the ticket. A ticket that was applied before runs nothing and gives the
 *    kept answer;
 * 3. in one transaction of the intake: write the answer, delete the form.
 *
 * Killed anywhere, the row is still there or all is done; the next lease repeats and meets the
 * note. What the handler refuses (INVALID, LIMIT) is an answer too, and its changes are rolled
 * back. Notes are kept DRAIN_KEPT, longer than any row is tried.
 */
#pragma once

#include "forms/form.h"
#include "forms/intake.h"
#include "seal/box.h"

#define DRAIN_KEPT (30 * INT64_C(86400000000)) /* µs */

typedef struct {
    Store *newsroom, *intake;
    const BoxSecretKey *key;
    const FormKind *const *kinds;
    const FormContext *context;
} Drain;

/* Whether a form of that ticket has had its effect. */
bool drain_applied(Store *newsroom, const char *ticket, bool *applied, GError **error);

/* Takes the next form that is due; *any is false if there was none. An error is the databases';
 * what is wrong with a form itself goes into its row. Not inside a transaction. */
bool drain_one(const Drain *drain, bool *any, GError **error);

/* Removes what is old on both sides, some at a time. */
bool drain_tidy(const Drain *drain, GError **error);
