/*
 * The jobs of the lane "mail" (jobs/jobs.h). Their context is a Mailroom.
 *
 * mail.send   A letter for one person. Payload:
 *                 {"kind":"…","to":"a@b.example","language":"en","values":{…}}
 *             `kind` is a row of letter_kinds[] (letter.h), `values` what its templates are filled
 * with. Kind and the job's key name the mail: asked for twice, it is sent once. So the key says
 *             what it is about: "gift/482", not the address.
 * mail.subscribe, mail.compose, mail.freeze, mail.deliver are of this department alone: a sign-up,
 * the draft of an issue at its time, its recipients, and the journal.
 */
#pragma once

#include "jobs/jobs.h"

/* Ended by kind NULL. */
extern const JobKind mail_jobs[];

/* Enqueues "mail.send". `values` is JSON, an object; NULL is an empty one. `subscriber` is whose
 * subscription the letter is about, 0: none's (the payload may have it). */
bool mail_send(Store *store, const char *kind, const char *key, const char *to,
               const char *language, const char *values, int64_t subscriber, GError **error);
