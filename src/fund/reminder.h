/*
 * Remind me later (DESIGN 1.6): an address and a day. The address must confirm within a week; then
 * one mail comes on the day, and the row is erased. So a reader gets two mails at most. Stopping is
 * one click, before the day and after it (research: revenue B, E13, E14).
 *
 * An address can be asked to confirm once in 15 minutes and three times a day; the answer to the
 * reader is the same.
 */
#pragma once

#include "jobs/jobs.h"
#include "store/store.h"

#define REMINDER_CONFIRM_IN (7 * INT64_C(86400000000))    /* µs */
#define REMINDER_AHEAD_MAX  (2 * INT64_C(31622400000000)) /* µs: two years */

typedef struct {
    const char *code; /* random, for links */
    const char *address, *language;
    int64_t due;
    const char *confirm, *stop; /* tokens of the links */
} ReminderAsk;

/* Writes it down and asks the address to confirm, unless that was done often enough. Joins the
 * caller's transaction. */
bool reminder_ask(Store *store, const ReminderAsk *ask, int64_t now, GError **error);

/* *found is false if it is not there any more. Confirming twice is confirming. */
bool reminder_confirm(Store *store, const char *code, bool *found, GError **error);

/* Erases it; one that is gone is stopped. */
bool reminder_stop(Store *store, const char *code, GError **error);

/* The handlers of "remind.send" and "remind.forget"; the job's key is the code. */
bool reminder_send(Store *store, const Job *job, void *context, GError **error);
bool reminder_forget(Store *store, const Job *job, void *context, GError **error);
