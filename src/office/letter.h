/*
 * Letters of the office: an invitation, a way back in. Each has a one-time link (staff/link.h) and
 * goes out by the job "mail.send"; the link's token stands in that job and in the journal of mails
 * until the letter has left, and nowhere after.
 */
#pragma once

#include "jobs/jobs.h"
#include "staff/link.h"
#include "staff/person.h"

/* Makes the link and enqueues the letter, in one transaction: LINK_INVITE or LINK_RESET. `url` is
 * the office's address. *address (may be NULL; caller frees) gets the link itself, to be handed
 * over by somebody. */
bool office_letter(Store *store, LinkPurpose purpose, const Person *person, const char *url,
                   const char *language, int64_t now, char **address, GError **error);

/* Asks for a way back in for an address, whether or not it is on the staff: the same row for each,
 * so that nobody learns which are. */
bool office_ask_reset(Store *store, const char *email, const char *url, const char *language,
                      int64_t now, GError **error);

/* "office.reset" (lane mail): a letter, if the address is that of an active person who has not had
 * one in the last RESET_EVERY. */
#define RESET_EVERY (5 * INT64_C(60000000)) /* µs */
extern const JobKind office_jobs[];
