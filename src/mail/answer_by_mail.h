/*
 * The address of a form's answer, by mail: what the door offers when an answer takes long
 * (FORM_BY_MAIL of forms/form.h). The form `answer-by-mail` has `answer`, the ticket, and `email`;
 * it says "we shall write" whoever asks, and enqueues the job "mail.answer".
 *
 * The job waits until the form of that ticket has had its effect (drain_applied()), then asks for
 * one letter with the address of the answer. One letter a ticket, however often and to whatever
 * address it is asked for: the Message-ID follows from the ticket's hash. An address gets as few of
 * them as of confirmations (delivery_allowed()). A ticket that nothing comes of for ANSWER_AWAITED
 * is forgotten without a letter: no such form came, or it stands among those set aside.
 *
 * The ticket itself stands in the job and in the journal until the letter has left, since the
 * letter is made of it; nowhere else is it stored.
 */
#pragma once

#include "forms/form.h"
#include "jobs/jobs.h"
#include "mail/mailroom.h"

#define ANSWER_AWAITED (2 * INT64_C(3600000000)) /* µs; longer than a form is tried (drain.h) */

extern const FormKind mail_form_answer;

/* The handler of "mail.answer". BUSY as long as the form has had no effect yet. */
bool answer_by_mail_take(Store *store, const Mailroom *room, const Job *job, GError **error);
